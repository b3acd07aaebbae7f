package org.ndgrad.autograd.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ndgrad.autograd.Tensors.assertSame;
import static org.ndgrad.autograd.Tensors.bits;
import static org.ndgrad.autograd.Tensors.direction;
import static org.ndgrad.autograd.Tensors.gradients;
import static org.ndgrad.autograd.Tensors.leaf;
import static org.ndgrad.autograd.Tensors.leaves;

import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Lists;
import com.google.common.collect.Sets;
import com.google.common.reflect.ClassPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Backward;
import org.ndgrad.autograd.Calls;
import org.ndgrad.autograd.Captures;
import org.ndgrad.autograd.GradCheck;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.Tensors;
import org.ndgrad.autograd.internal.FusedLosses;

/** What holds for every operation: each row of {@link OpCases} is checked in the same way. */
class OpTableTest {

    private static final Supplier<List<Class<?>>> FAMILIES = Suppliers.memoize(OpTableTest::findFamilies);

    /** What the tables of all families call, read at once: reading takes its time. */
    private static final Supplier<ImmutableMap<Class<?>, Set<Method>>> CALLS =
            Suppliers.memoize(() -> Calls.of(families().map(OpTableTest::cases).collect(Collectors.toList())));

    private static final Set<String> EXPANDED = Set.of("expand", "expandAs", "broadcastTo");

    private static final List<UnaryOperator<Tensor>> LAYOUTS =
            List.of(Tensor::clone, Tensors::transposed, Tensors::sliced);

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.ndgrad.autograd.ops.OpCases#differentiable")
    void gradientsMatchFiniteDifferencesInEveryLayout(OpCase op) {
        for (UnaryOperator<Tensor> layout : LAYOUTS) {
            GradCheck.gradcheck(op.function(), arranged(op.inputs(), layout));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.ndgrad.autograd.ops.OpCases#differentiable")
    void gradientsMatchFiniteDifferencesForBroadcastScalarAndEmptyInputs(OpCase op) {
        for (List<Tensor> sample : op.samples()) {
            GradCheck.gradcheck(op.function(), arranged(sample, Tensor::clone));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.ndgrad.autograd.ops.OpCases#differentiable")
    void gradientsOfGradientsMatchFiniteDifferences(OpCase op) {
        for (List<Tensor> sample : op.samples()) {
            GradCheck.gradgradcheck(op.function(), arranged(sample, Tensor::clone));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.ndgrad.autograd.ops.OpCases#differentiable")
    void gradientsOfGradientsMatchFiniteDifferencesForViews(OpCase op) {
        GradCheck.gradgradcheck(op.function(), arranged(op.inputs(), Tensors::sliced));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.ndgrad.autograd.ops.OpCases#all")
    void valuesAndGradientsDoNotDependOnTheLayout(OpCase op) {
        for (List<Tensor> sample : op.samples()) {
            Tensor value = op.function().apply(arranged(sample, Tensor::clone));
            for (UnaryOperator<Tensor> layout : LAYOUTS) {
                List<Tensor> inputs = arranged(sample, layout);
                assertSame(op.function().apply(inputs), value, 1e-14);
                if (op.order() > 0) {
                    inputs.forEach(Tensors::leaf);
                    assertSame(gradients(op.function(), inputs), gradients(op.function(), leaves(sample)), 1e-14);
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.ndgrad.autograd.ops.OpCases#differentiable")
    void resultsRequireGradientsAndGradientsHaveTheShapeAndTypeOfTheInputs(OpCase op) {
        for (DataType dtype : List.of(DataType.DOUBLE, DataType.FLOAT, DataType.FLOAT16)) {
            for (List<Tensor> sample : op.samples()) {
                List<Tensor> inputs = converted(sample, dtype);
                inputs.stream().filter(x -> x.dtype() == dtype).forEach(x -> x.requiresGrad(true));

                Tensor output = op.function().apply(inputs);
                output.backward(direction(output));

                assertThat(output.requiresGrad()).isTrue();
                for (Tensor input : inputs) {
                    if (input.hasGrad()) {
                        assertThat(input.grad().shape()).isEqualTo(input.shape());
                        assertThat(input.grad().dtype()).isEqualTo(input.dtype());
                        assertThat(input.grad().requiresGrad()).isFalse();
                    }
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.ndgrad.autograd.ops.OpCases#differentiable")
    void inputsOfDifferentTypesGetGradientsOfTheirTypeOrAreRefused(OpCase op) {
        for (List<Tensor> sample : op.samples()) {
            List<Tensor> inputs = new ArrayList<>(leaves(sample));
            inputs.set(
                    0,
                    inputs.get(0).dtype() == DataType.DOUBLE
                            ? leaf(sample.get(0).to(DataType.FLOAT))
                            : inputs.get(0));
            List<Tensor> gradients;
            try {
                gradients = gradients(op.function(), inputs);
            } catch (IllegalArgumentException refused) {
                assertThat(refused).hasMessageContaining("type");
                continue;
            }
            List<Tensor> differentiable =
                    inputs.stream().filter(Tensor::requiresGrad).toList();
            for (int i = 0; i < gradients.size(); i++) {
                assertThat(gradients.get(i).dtype())
                        .isEqualTo(differentiable.get(i).dtype());
                assertThat(gradients.get(i).shape())
                        .isEqualTo(differentiable.get(i).shape());
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.ndgrad.autograd.ops.OpCases#all")
    void discreteResultsRequireNoGradient(OpCase op) {
        for (List<Tensor> sample : op.samples()) {
            List<Tensor> inputs = leaves(sample);

            boolean recorded = op.function().apply(inputs).requiresGrad();

            assertThat(recorded).isEqualTo(op.order() > 0);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.ndgrad.autograd.ops.OpCases#all")
    void inputsKeepTheirValuesBitByBit(OpCase op) {
        for (List<Tensor> sample : op.samples()) {
            List<Tensor> inputs = leaves(sample);
            List<long[]> before = inputs.stream().map(Tensors::bits).toList();

            Tensor output = op.function().apply(inputs);
            if (op.order() > 0) {
                gradients(output, inputs, Backward.CREATE_GRAPH);
            }

            for (int i = 0; i < before.size(); i++) {
                assertThat(bits(inputs.get(i))).isEqualTo(before.get(i));
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.ndgrad.autograd.ops.OpCases#all")
    void nothingIsRecordedUnderNoGradAndTheValueIsTheSame(OpCase op) {
        for (List<Tensor> sample : op.samples()) {
            List<Tensor> inputs = leaves(sample);

            Tensor output = Autograd.noGrad(() -> op.function().apply(inputs));

            assertThat(inputs.contains(output) || !output.requiresGrad()).isTrue();
            assertThat(output.isLeaf()).isTrue();
            assertSame(output, op.function().apply(inputs), 1e-14);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.ndgrad.autograd.ops.OpCases#differentiable")
    void float32AgreesWithFloat64(OpCase op) {
        for (List<Tensor> sample : op.samples()) {
            List<Tensor> single = converted(sample, DataType.FLOAT);
            List<Tensor> exact = converted(single, DataType.DOUBLE);
            single.forEach(Tensors::leaf);
            exact.forEach(Tensors::leaf);

            Tensor value = op.function().apply(single);

            assertThat(value.dtype()).isEqualTo(DataType.FLOAT);
            assertSame(value, op.function().apply(exact), 1e-5);
            assertSame(gradients(value, single), gradients(op.function(), exact), 1e-5);
        }
    }

    /** Proves that every tensor which a vjp reads is declared as such. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.ndgrad.autograd.ops.OpCases#differentiable")
    void anInputChangedInPlaceIsNoticedOrDoesNotMatter(OpCase op) {
        for (List<Tensor> sample : op.samples()) {
            List<Tensor> expected = gradients(op.function(), leaves(sample));
            for (int changed = 0; changed < sample.size(); changed++) {
                List<Tensor> inputs = leaves(sample);
                Tensor output = op.function().apply(inputs);
                disturb(inputs.get(changed));

                assertNoticedOrHarmless(output, inputs, expected);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.ndgrad.autograd.ops.OpCases#differentiable")
    void anOutputChangedInPlaceIsNoticedOrDoesNotMatter(OpCase op) {
        for (List<Tensor> sample : op.samples()) {
            List<Tensor> expected = gradients(op.function(), leaves(sample));
            List<Tensor> inputs = leaves(sample);
            Tensor output = op.function().apply(inputs);
            if (output.numel() > 0 && !EXPANDED.contains(op.name())) { // an expanded tensor refuses
                disturb(output);
            }

            assertNoticedOrHarmless(output, inputs, expected);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.ndgrad.autograd.ops.OpCases#differentiable")
    void aSecondPassIsRefusedOrGivesTheSame(OpCase op) {
        for (List<Tensor> sample : op.samples()) {
            List<Tensor> inputs = leaves(sample);
            Tensor output = op.function().apply(inputs);
            List<Tensor> first = gradients(output, inputs);

            assertNoticedOrHarmless(output, inputs, first);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.ndgrad.autograd.ops.OpCases#differentiable")
    void aRetainedGraphGivesTheSameAgain(OpCase op) {
        for (List<Tensor> sample : op.samples()) {
            List<Tensor> inputs = leaves(sample);
            Tensor output = op.function().apply(inputs);

            List<Tensor> first = gradients(output, inputs, Backward.RETAIN_GRAPH);

            assertSame(gradients(output, inputs), first, 0);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.ndgrad.autograd.ops.OpCases#differentiable")
    void vjpsCaptureNothingButWhatTheyDeclare(OpCase op) {
        for (List<Tensor> sample : op.samples()) {
            Tensor output = op.function().apply(leaves(sample));

            assertThat(Captures.undeclared(output)).isEmpty();
        }
    }

    @Test
    void anUndeclaredCaptureIsFound() {
        Tensor x = Tensor.of(1.0).requiresGrad(true);
        Tensor other = Tensor.of(2.0);

        Tensor output = Op.of("careless", x.data()).wrt(x, g -> g.mul(other)).tensor();

        assertThat(Captures.undeclared(output))
                .hasSize(1)
                .allMatch(line -> line.startsWith("'careless' captures tensor"));
    }

    static Stream<Class<?>> families() {
        return FAMILIES.get().stream();
    }

    private static List<Class<?>> findFamilies() {
        try {
            Stream<Class<?>> all =
                    ClassPath.from(Tensor.class.getClassLoader())
                            .getTopLevelClasses(Arithmetic.class.getPackageName())
                            .stream()
                            .map(ClassPath.ClassInfo::load);
            return Stream.concat(all, Stream.of(FusedLosses.class))
                    .filter(family -> operations(family).findAny().isPresent())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Method> operations(Class<?> family) {
        boolean isValue = family.isRecord() || family.isEnum() || family.isInterface();
        return Arrays.stream(family.getDeclaredMethods())
                .filter(method -> !isValue)
                .filter(method -> Modifier.isPublic(method.getModifiers()) && Modifier.isStatic(method.getModifiers()))
                .filter(method -> method.getReturnType() == Tensor.class
                        || method.getReturnType() == List.class
                        || method.getReturnType().isRecord());
    }

    @Test
    void rowsBearTheNamesOfTheOperations() {
        Set<String> operations = families()
                .flatMap(OpTableTest::operations)
                .map(Method::getName)
                .collect(ImmutableSortedSet.toImmutableSortedSet(String::compareTo));

        assertThat(OpCases.all().map(OpCase::name).collect(ImmutableSortedSet.toImmutableSortedSet(String::compareTo)))
                .isEqualTo(operations)
                .hasSizeGreaterThan(90);
    }

    private static Class<?> cases(Class<?> family) {
        try {
            return Class.forName(family.getName() + "Cases");
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    /** Each overload counts. No row stands in the table of another family. */
    @ParameterizedTest
    @MethodSource("families")
    void everyPublicOperationHasARow(Class<?> family) {
        Set<Method> own = operations(family).collect(ImmutableSet.toImmutableSet());
        Set<Method> all = families().flatMap(OpTableTest::operations).collect(ImmutableSet.toImmutableSet());
        Set<Method> called = CALLS.get().get(cases(family));

        assertThat(Sets.difference(own, called)).as("operations without a row").isEmpty();
        assertThat(Sets.difference(Sets.intersection(called, all), own))
                .as("operations of other families")
                .isEmpty();
    }

    @Test
    void everyRowHasItsOwnTitle() {
        assertThat(OpCases.all().map(OpCase::toString)).doesNotHaveDuplicates();
    }

    private static List<Tensor> arranged(List<Tensor> inputs, UnaryOperator<Tensor> layout) {
        return inputs.stream().map(layout).collect(ImmutableList.toImmutableList());
    }

    private static List<Tensor> converted(List<Tensor> inputs, DataType dtype) {
        boolean floating = inputs.stream().anyMatch(x -> x.dtype() == DataType.DOUBLE || x.dtype() == DataType.FLOAT);
        return ImmutableList.copyOf(Lists.transform(
                inputs,
                x -> floating && (x.dtype() == DataType.DOUBLE || x.dtype() == DataType.FLOAT)
                        ? x.detach().to(dtype).clone()
                        : x.clone()));
    }

    /** Changes all values in place, so that indices stay indices. */
    private static void disturb(Tensor x) {
        Autograd.noGrad(() -> {
            if (x.dtype() == DataType.DOUBLE || x.dtype() == DataType.FLOAT) {
                x.mul_(-1.25).add_(0.125);
            } else if (x.dtype() == DataType.BOOL) {
                x.copy_(x.eq(0));
            } else {
                x.fill_(0);
            }
        });
    }

    private static void assertNoticedOrHarmless(Tensor output, List<Tensor> inputs, List<Tensor> expected) {
        List<Tensor> gradients;
        try {
            gradients = gradients(output, inputs);
        } catch (IllegalStateException noticed) {
            assertThat(noticed).hasMessageStartingWith("backward through '");
            return;
        }
        assertSame(gradients, expected, 0);
    }
}
