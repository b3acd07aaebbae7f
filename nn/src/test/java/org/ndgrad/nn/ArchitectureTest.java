package org.ndgrad.nn;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.PrintRule;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.data.Batch;
import org.ndgrad.nn.data.TensorDataset;
import org.ndgrad.nn.io.Inspect;
import org.ndgrad.nn.optim.AveragedParameters;
import org.ndgrad.nn.optim.Lbfgs;
import org.ndgrad.nn.optim.Optimizer;
import org.ndgrad.nn.optim.OptimizerState;
import org.ndgrad.nn.optim.ParameterState;
import org.ndgrad.nn.train.EarlyStopping;
import org.ndgrad.nn.train.Progress;

/** What this module may depend on. */
@AnalyzeClasses(packages = "org.ndgrad.nn", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule KNOWS_OF_AUTOGRAD_ONLY_WHAT_IS_PUBLIC =
            noClasses().should().dependOnClassesThat().resideInAPackage("org.ndgrad.autograd.kernels..");

    @ArchTest
    static final ArchRule EVERY_OBJECT_SAYS_WHAT_IT_IS = PrintRule.everyObjectSaysWhatItIs();

    @ArchTest
    static final ArchRule COMPUTES_WITH_TENSORS = noClasses()
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.nd4j..").and(DescribedPredicate.not(type(DataType.class))));

    /** JShell does not offer what a class takes over from one that is not public. */
    @ArchTest
    static final ArchRule WHAT_IS_PUBLIC_IS_FOUND = methods()
            .that()
            .areDeclaredInClassesThat(describe(
                    "are not public and have public subclasses",
                    base -> !isPublic(base) && base.getAllSubclasses().stream().anyMatch(each -> isPublic(each))))
            .should()
            .notBePublic();

    private static boolean isPublic(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC);
    }

    /** It marks memory as out of our hands, so that it never comes back. */
    @ArchTest
    static final ArchRule LETS_NO_MEMORY_ESCAPE = noClasses().should().callMethod(Tensor.class, "data");

    /** A trace notes what is called by Functions and by tensors; it would miss what is called on a family. */
    @ArchTest
    static final ArchRule LAYERS_CAN_BE_TRACED = noClasses()
            .that()
            .resideInAPackage("org.ndgrad.nn")
            .should()
            .callMethodWhere(describe(
                    "it computes tensors, on a family of operations",
                    call -> call.getTargetOwner().getPackageName().equals("org.ndgrad.autograd.ops")
                            && call.getTarget().getRawReturnType().isEquivalentTo(Tensor.class)
                            && call.getTarget().resolveMember().stream()
                                    .anyMatch(method -> method.getModifiers().contains(JavaModifier.STATIC))));

    /**
     * They keep them, so that no scope ends them; KeptTensorsTest tries them. Blocks keep them in Owned. CrossEntropy,
     * ClassMargins, Rebuild, Tree, Samples and TorchTensors are gone with a call. A Result, Pass or PackedSequence is
     * the result of a pass, which a scope ends as it ends tensors.
     */
    @ArchTest
    static final ArchRule OBJECTS_WITH_TENSORS_ARE_KNOWN = fields().that(describe(
                    "hold tensors",
                    field -> field.getType().getAllInvolvedRawTypes().stream().anyMatch(type(Tensor.class))))
            .should()
            .beDeclaredInClassesThat(belongToAnyOf(
                            Parameters.class,
                            Owned.class,
                            Rebuild.class,
                            Tree.class,
                            BceOptions.class,
                            CrossEntropyOptions.class,
                            MultiMarginOptions.class,
                            MaskOptions.class,
                            PackedSequence.class,
                            Batch.class,
                            TensorDataset.class,
                            Optimizer.class,
                            ParameterState.class,
                            OptimizerState.class,
                            AveragedParameters.class,
                            Lbfgs.class,
                            EarlyStopping.class,
                            CrossEntropy.class,
                            ClassMargins.class)
                    .or(assignableTo(Block.class))
                    .or(simpleName("Result"))
                    .or(simpleName("PackedResult"))
                    .or(simpleName("Padded"))
                    .or(simpleName("Pass"))
                    .or(simpleName("Weights"))
                    .or(simpleName("Scaling"))
                    .or(simpleName("Split"))
                    .or(simpleName("TorchTensors"))
                    .or(simpleName("Samples"))
                    .or(simpleName("RowsDataset"))
                    .or(simpleName("Pair"))
                    .or(simpleName("Point")));

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("org.ndgrad.nn.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule LAYERS_AND_LOSSES_DO_NOT_KNOW_OPTIMIZERS_AND_DATA = noClasses()
            .that()
            .resideInAPackage("org.ndgrad.nn")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.ndgrad.nn.optim..", "org.ndgrad.nn.data..", "org.ndgrad.nn.io..");

    /** Lazy layers extend those that they become, which nobody else can. */
    @ArchTest
    static final ArchRule LAYERS_ARE_FINAL_OR_SEALED = classes()
            .that()
            .areAssignableTo(Block.class)
            .and()
            .doNotHaveModifier(JavaModifier.ABSTRACT)
            .and(describe("are not sealed", type -> !type.reflect().isSealed()))
            .should()
            .haveModifier(JavaModifier.FINAL);

    /** Progress shows how far a long work is, which is what it is for. */
    @ArchTest
    static final ArchRule IS_SILENT = noClasses()
            .that()
            .doNotBelongToAnyOf(Inspect.class, Progress.class)
            .should(ACCESS_STANDARD_STREAMS)
            .because("a library leaves the streams to the program");

    @ArchTest
    static final ArchRule THROWS_NO_GENERIC_EXCEPTIONS = NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
}
