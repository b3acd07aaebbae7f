package org.ndgrad.autograd;

import static com.google.common.base.Preconditions.checkState;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableFrom;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.indexing.StridedLayout;
import org.ndgrad.autograd.kernels.memory.Memory;
import org.ndgrad.autograd.ops.AttentionOptions;
import org.ndgrad.autograd.ops.BatchNormOptions;
import org.ndgrad.autograd.ops.CovarianceOptions;
import org.ndgrad.autograd.ops.EmbeddingBagOptions;
import org.ndgrad.autograd.ops.FractionalPoolOptions;
import org.ndgrad.autograd.ops.NormalizationOptions;
import org.ndgrad.autograd.ops.RankOptions;

/** The invariants of the architecture page. */
@AnalyzeClasses(packages = "org.ndgrad.autograd", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String KERNELS_ROOT = "org.ndgrad.autograd.kernels";
    private static final String KERNELS = KERNELS_ROOT + "..";
    private static final String OPS = "org.ndgrad.autograd.ops..";
    private static final String INTERNAL = "org.ndgrad.autograd.internal..";

    /** The rooms of the kernels, from top to bottom. A room knows only what lies below it. */
    private static final ImmutableList<String> ROOMS = ImmutableList.of(
            "fused", "spatial", "linalg", "reduction", "indexing", "elementwise", "loops", "memory", "math", "");

    /** What an array tells without computing. */
    private static final Set<String> FACTS = ImmutableSet.of("shape", "rank", "length", "size", "dataType", "isEmpty");

    private static final DescribedPredicate<JavaAccess<?>> COMPUTE_WITH_ND4J =
            describe("compute with ND4J, or call more of an INDArray than its facts", access -> {
                JavaClass owner = access.getTargetOwner();
                boolean foreign = owner.getPackageName().startsWith("org.nd4j")
                        || owner.getPackageName().startsWith("org.bytedeco");
                boolean fact = owner.isEquivalentTo(INDArray.class) && FACTS.contains(access.getName());
                boolean constant = owner.isEquivalentTo(DataType.class);
                return foreign && !fact && !constant;
            });

    @ArchTest
    static final ArchRule everyObjectSaysWhatItIs = PrintRule.everyObjectSaysWhatItIs();

    @ArchTest
    static final ArchRule onlyKernelsComputeWithNd4j = noClasses()
            .that()
            .resideOutsideOfPackage(KERNELS)
            .should()
            .accessTargetWhere(COMPUTE_WITH_ND4J)
            .because("kernels know the traps of ND4J");

    @ArchTest
    static final ArchRule outsideKernelsOnlyArraysAndTheirTypesAreKnownOfNd4j = noClasses()
            .that()
            .resideOutsideOfPackage(KERNELS)
            .should()
            .dependOnClassesThat(describe("are of ND4J, but neither INDArray nor DataType", type -> {
                JavaClass element = type.getBaseComponentType();
                boolean foreign = element.getPackageName().startsWith("org.nd4j")
                        || element.getPackageName().startsWith("org.bytedeco");
                return foreign && !element.isEquivalentTo(INDArray.class) && !element.isEquivalentTo(DataType.class);
            }));

    @ArchTest
    static final ArchRule kernelsKnowNoTensor = classes()
            .that()
            .resideInAPackage(KERNELS)
            .should()
            .onlyDependOnClassesThat(resideInAPackage("org.ndgrad..")
                    .and(DescribedPredicate.not(resideInAPackage(KERNELS)))
                    .negate());

    @ArchTest
    static final ArchRule roomsOfKernelsKnowOnlyWhatLiesBelow = classes()
            .that()
            .resideInAPackage(KERNELS)
            .should(new ArchCondition<>("know only kernels of their own room and of those below") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    for (Dependency each : type.getDirectDependenciesFromSelf()) {
                        if (floor(each.getTargetClass()) < floor(type)) {
                            events.add(SimpleConditionEvent.violated(type, each.getDescription()));
                        }
                    }
                }
            });

    /** Returns how far a kernel is from the top; what is none is far below. */
    private static int floor(JavaClass type) {
        String name = type.getBaseComponentType().getPackageName();
        if (!name.startsWith(KERNELS_ROOT)) {
            return Integer.MAX_VALUE;
        }
        int floor = ROOMS.indexOf(name.substring(KERNELS_ROOT.length()).replace(".", ""));
        checkState(floor >= 0, "%s: expected in one of the rooms %s.", type.getName(), ROOMS);
        return floor;
    }

    @ArchTest
    static final ArchRule mathKnowsNeitherNd4jNorNativeCode = noClasses()
            .that()
            .resideInAPackage(KERNELS_ROOT + ".math")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.nd4j..", "org.bytedeco..");

    @ArchTest
    static final ArchRule nativeCodeIsReachedFromTwoRooms = noClasses()
            .that()
            .resideOutsideOfPackages(KERNELS_ROOT + ".memory", KERNELS_ROOT + ".linalg")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.bytedeco..");

    @ArchTest
    static final ArchRule loopsAreForKernels = noClasses()
            .that()
            .resideOutsideOfPackage(KERNELS)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(KERNELS_ROOT + ".loops");

    @ArchTest
    static final ArchRule whatIsFusedIsForInternal = noClasses()
            .that()
            .resideOutsideOfPackages(INTERNAL, KERNELS_ROOT + ".fused")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(KERNELS_ROOT + ".fused");

    /** ND4J's class, of which ours is one, has state that ours lacks. Memory also asks arrays that are ND4J's. */
    @ArchTest
    static void kernelsAskOfAnArrayOnlyWhatOursAnswers(JavaClasses all) {
        JavaClass ours = all.get(KERNELS_ROOT + ".memory.HostArray");
        noClasses()
                .that()
                .resideInAPackage(KERNELS)
                .and()
                .doNotBelongToAnyOf(Memory.class)
                .should()
                .accessTargetWhere(describe(
                        "is of an array, but not answered by HostArray",
                        access -> access.getTarget() instanceof CodeUnitAccessTarget method
                                && !method.getName().equals("<init>")
                                && method.getOwner().isAssignableTo(INDArray.class)
                                && ours.tryGetMethod(
                                                method.getName(),
                                                method.getRawParameterTypes().stream()
                                                        .map(JavaClass::getName)
                                                        .toArray(String[]::new))
                                        .isEmpty()))
                .check(all);
    }

    @ArchTest
    static final ArchRule sizesBeyondAnIntAreAnsweredWithAMessage = noClasses()
            .that()
            .doNotBelongToAnyOf(Shapes.class, StridedLayout.class)
            .should()
            .accessTargetWhere(describe(
                    "throw an ArithmeticException where a size does not fit, or ask for a stride as an int",
                    access -> (access.getTargetOwner().isEquivalentTo(Math.class)
                                    && access.getName().endsWith("Exact"))
                            || (access.getTarget() instanceof CodeUnitAccessTarget method
                                    && method.getOwner().isAssignableTo(INDArray.class)
                                    && method.getName().equals("stride")
                                    && !method.getRawParameterTypes().isEmpty())))
            .because("Shapes.toInt, Memory.longs and Memory.stride do better");

    @ArchTest
    static final ArchRule arraysAreMadeInOnePlace = noClasses()
            .that()
            .doNotBelongToAnyOf(Memory.class)
            .should()
            .accessTargetWhere(describe(
                    "make an array",
                    access -> access.getTargetOwner().isEquivalentTo(Nd4j.class)
                            && access.getName().startsWith("create")));

    @ArchTest
    static final ArchRule theOverwritingNamespacesOfNd4jAreNotUsed = noClasses()
            .should()
            .accessTargetWhere(describe(
                    "use a namespace such as Nd4j.math",
                    access -> access.getTargetOwner().isEquivalentTo(Nd4j.class)
                            && ImmutableSet.of(
                                            "math", "nn", "base", "random", "rnn", "cnn", "loss", "image", "linalg",
                                            "bitwise")
                                    .contains(access.getName())))
            .because("half of what they offer overwrites its argument");

    @ArchTest
    static final ArchRule nothingUsesWhatNd4jHasShadedOrSameDiff =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("org.nd4j.shade..", "org.nd4j.autodiff..");

    @ArchTest
    static final ArchRule theEngineNamesNoOperation = noClasses()
            .that()
            .belongToAnyOf(
                    Engine.class,
                    Node.class,
                    Edge.class,
                    Saved.class,
                    Op.class,
                    Autograd.class,
                    GradMode.class,
                    Storage.class,
                    Custody.class,
                    PassMemory.class,
                    GradCheck.class)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(OPS, INTERNAL);

    @ArchTest
    static final ArchRule whatIsInternalIsForLayersAndOptimizers = noClasses()
            .that()
            .resideOutsideOfPackage(INTERNAL)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(INTERNAL);

    /** They keep them, so that no scope ends them; KeptOptionsTest tries them. */
    @ArchTest
    static final ArchRule optionsWithTensorsAreKnown = fields().that(describe(
                    "hold tensors of options",
                    field -> field.getOwner().getSimpleName().endsWith("Options")
                            && field.getType().getAllInvolvedRawTypes().stream().anyMatch(type(Tensor.class))))
            .should()
            .beDeclaredInClassesThat(belongToAnyOf(
                    AttentionOptions.class,
                    BatchNormOptions.class,
                    CovarianceOptions.class,
                    EmbeddingBagOptions.class,
                    FractionalPoolOptions.class,
                    NormalizationOptions.class,
                    RankOptions.class));

    /** It marks memory as out of our hands, so that it never comes back. */
    @ArchTest
    static final ArchRule operationsLetNoMemoryEscape =
            noClasses().that().resideInAnyPackage(OPS, INTERNAL).should().callMethod(Tensor.class, "data");

    @ArchTest
    static final ArchRule packagesHaveNoCyclesButBetweenTensorAndItsOperations = slices().assignedFrom(
                    new SliceAssignment() {
                        @Override
                        public SliceIdentifier getIdentifierOf(JavaClass type) {
                            return SliceIdentifier.of(type.getPackageName());
                        }

                        @Override
                        public String getDescription() {
                            return "packages";
                        }
                    })
            .should()
            .beFreeOfCycles()
            .ignoreDependency(assignableFrom(Tensor.class), resideInAPackage(OPS))
            .ignoreDependency(belongToAnyOf(Functions.class, Testing.class), resideInAPackage(OPS));

    @ArchTest
    static final ArchRule nothingPrintsButTheNoteOnUnpacking = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("org.ndgrad.autograd.kernels.memory.Startup")
            .should(ACCESS_STANDARD_STREAMS);

    @ArchTest
    static final ArchRule exceptionsSayWhatIsWrong = NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;

    @ArchTest
    static final ArchRule nothingLogs = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

    @ArchTest
    static final ArchRule familiesOfOperationsAreFinalAndHaveNoState = classes()
            .that()
            .resideInAPackage(OPS)
            .and()
            .areTopLevelClasses()
            .and()
            .areNotRecords()
            .and()
            .areNotAnnotations()
            .and()
            .doNotHaveSimpleName("package-info")
            .should()
            .haveModifier(JavaModifier.FINAL)
            .andShould()
            .haveOnlyFinalFields()
            .andShould()
            .haveOnlyPrivateConstructors();

    @ArchTest
    static void everyPackageIsNullMarked(JavaClasses all) {
        Set<JavaPackage> packages = all.stream().map(JavaClass::getPackage).collect(ImmutableSet.toImmutableSet());

        assertThat(packages).isNotEmpty().allMatch(each -> each.isAnnotatedWith(NullMarked.class));
    }
}
