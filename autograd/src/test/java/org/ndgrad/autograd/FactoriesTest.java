package org.ndgrad.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nd4j.linalg.api.buffer.DataType.BFLOAT16;
import static org.nd4j.linalg.api.buffer.DataType.BOOL;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT16;
import static org.nd4j.linalg.api.buffer.DataType.INT32;
import static org.nd4j.linalg.api.buffer.DataType.INT64;
import static org.nd4j.linalg.api.buffer.DataType.UINT8;
import static org.ndgrad.autograd.Misuse.misuse;
import static org.ndgrad.autograd.Tensors.bits;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.ops.OpCase;

/** Types and values of what factories make, with and without a type asked for. */
class FactoriesTest {

    @AfterEach
    void goBackToFloat32() {
        Tensor.defaultDtype(FLOAT);
    }

    /** Of the default type in PyTorch, too. */
    private static final Map<String, Supplier<Tensor>> FLOATING = ImmutableMap.<String, Supplier<Tensor>>builder()
            .put("torch.tensor(1.5)", () -> Tensor.of(1.5))
            .put("torch.tensor([1.5, 2])", () -> Tensor.of(1.5, 2))
            .put("torch.tensor of floats", () -> Tensor.of(1.5f, 2f))
            .put("torch.tensor([[1.5], [2]])", () -> Tensor.of(new double[][] {{1.5}, {2}}))
            .put("torch.tensor([[1.5], [2]]) of floats", () -> Tensor.of(new float[][] {{1.5f}, {2}}))
            .put("torch.tensor of a list", () -> Tensor.of(List.of(1.5, 2.0)))
            .put("torch.tensor of floats in lists", () -> Tensor.of(List.of(List.of(1.5f), List.of(2f))))
            .put("torch.tensor([1, 2.5])", () -> Tensor.of(List.of(1, 2.5)))
            .put("torch.tensor([])", () -> Tensor.of(List.of()))
            .put("torch.empty(2)", () -> Tensor.empty(2))
            .put("torch.zeros(2)", () -> Tensor.zeros(2))
            .put("torch.ones(2)", () -> Tensor.ones(2))
            .put("torch.full((2,), 1.5)", () -> Tensor.full(1.5, 2))
            .put("torch.eye(2)", () -> Tensor.eye(2))
            .put("torch.eye(2, 3)", () -> Tensor.eye(2, 3))
            .put("torch.arange(3.0)", () -> Tensor.arange(3.0))
            .put("torch.arange(1, 3.0)", () -> Tensor.arange(1, 3.0))
            .put("torch.arange(0, 1, 0.5)", () -> Tensor.arange(0, 1, 0.5))
            .put("torch.linspace(0, 1, 3)", () -> Tensor.linspace(0, 1, 3))
            .put("torch.logspace(0, 2, 3)", () -> Tensor.logspace(0, 2, 3))
            .put("torch.logspace(0, 3, 4, base=2)", () -> Tensor.logspace(0, 3, 4, 2))
            .put("torch.rand(2)", () -> Tensor.rand(2))
            .put("torch.rand(2, generator)", () -> Tensor.rand(new Rng(0), 2))
            .put("torch.randn(2)", () -> Tensor.randn(2))
            .put("torch.randn(2, generator)", () -> Tensor.randn(new Rng(0), 2))
            .put("torch.normal(0, 1, (2,))", () -> Tensor.normal(0, 1, 2))
            .put("torch.normal(0, 1, (2,), generator)", () -> Tensor.normal(new Rng(0), 0, 1, 2))
            .put("torch.bernoulli(torch.tensor(0.5))", () -> Tensor.bernoulli(Tensor.of(0.5)))
            .put("torch.zeros_like(torch.ones(2))", () -> Tensor.zerosLike(Tensor.ones(2)))
            .buildOrThrow();

    private static final Map<String, Supplier<Tensor>> WHOLE = ImmutableMap.<String, Supplier<Tensor>>builder()
            .put("torch.tensor(1)", () -> Tensor.of(1))
            .put("torch.tensor([1, 2])", () -> Tensor.of(1, 2))
            .put("torch.tensor([[1], [2]])", () -> Tensor.of(new int[][] {{1}, {2}}))
            .put("torch.tensor of a list of whole numbers", () -> Tensor.of(List.of(1, 2L, (short) 3)))
            .put("torch.tensor([True, 2])", () -> Tensor.of(List.of(true, 2)))
            .put("torch.full((2,), 7)", () -> Tensor.full(7, 2))
            .put("torch.full((2,), 7) of long", () -> Tensor.full(7L, 2))
            .put("torch.arange(3)", () -> Tensor.arange(3))
            .put("torch.arange(1, 3)", () -> Tensor.arange(1, 3))
            .put("torch.arange(0, 4, 2)", () -> Tensor.arange(0, 4, 2))
            .put("torch.randint(3, (2,))", () -> Tensor.randint(3, new long[] {2}))
            .put("torch.randint(0, 3, (2,))", () -> Tensor.randint(0, 3, 2))
            .put("torch.randperm(3)", () -> Tensor.randperm(3))
            .put("torch.multinomial(torch.ones(2), 1)", () -> Tensor.multinomial(Tensor.ones(2), 1))
            .put("torch.zeros_like(torch.arange(2))", () -> Tensor.zerosLike(Tensor.arange(2)))
            .buildOrThrow();

    private static final Map<String, Supplier<Tensor>> FIXED = ImmutableMap.<String, Supplier<Tensor>>builder()
            .put("float32", () -> Tensor.zeros(FLOAT, 2))
            .put("float32 of doubles", () -> Tensor.of(FLOAT, 1.0, 2.0))
            .put("float32 of rand", () -> Tensor.rand(FLOAT, 2))
            .put("float32 of a view", () -> Tensor.ones(FLOAT, 2, 2).get(0))
            .put("float32 like another", () -> Tensor.randLike(Tensor.ones(FLOAT, 2)))
            .put("whole numbers divided", () -> Tensor.of(1, 2).div(2))
            .put("whole numbers and a fraction", () -> Tensor.of(1, 2).mul(1.5))
            .put(
                    "the mean of a function of whole numbers",
                    () -> Tensor.arange(3).exp().mean())
            .put("float32 and a number", () -> Tensor.ones(FLOAT, 2).mul(1.5))
            .put("float32 and a scalar", () -> Tensor.ones(FLOAT, 2).mul(Tensor.of(1.5)))
            .buildOrThrow();

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE", "HALF", "BFLOAT16"})
    void factoriesFollowTheDefaultAndNothingElseDoes(DataType dtype) {
        Tensor.defaultDtype(dtype);

        assertThat(Tensor.defaultDtype()).isEqualTo(dtype);
        FLOATING.forEach((name, make) -> assertThat(make.get().dtype()).as(name).isEqualTo(dtype));
        WHOLE.forEach((name, make) -> assertThat(make.get().dtype()).as(name).isEqualTo(INT64));
        FIXED.forEach((name, make) -> assertThat(make.get().dtype()).as(name).isEqualTo(FLOAT));
        assertThat(Tensor.full(true, 2).dtype()).isEqualTo(BOOL);
        assertThat(Tensor.of(true, false).dtype()).isEqualTo(BOOL);
        assertThat(Tensor.of(List.of(true, false)).dtype()).isEqualTo(BOOL);
    }

    @Test
    void aDefaultHoldsInAllThreads() throws InterruptedException {
        Tensor.defaultDtype(DOUBLE);
        List<DataType> seen = new CopyOnWriteArrayList<>();
        Thread other = new Thread(() -> seen.add(Tensor.zeros(2).dtype()));
        other.start();
        other.join();

        assertThat(seen).containsExactly(DOUBLE);
    }

    @Test
    void theDefaultChangesNoSequenceOfNumbers() {
        double[] narrow = Tensor.randn(new Rng(1), 50).toDoubleArray();
        Tensor.defaultDtype(DOUBLE);

        assertThat(Tensor.randn(new Rng(1), 50).to(FLOAT).toDoubleArray()).isEqualTo(narrow);
    }

    /** Within operations and their gradients, tensors are made, too. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.ndgrad.autograd.ops.OpCases#all")
    void noOperationReadsTheDefault(OpCase op) {
        List<Tensor> expected = outcome(op);
        Tensor.defaultDtype(BFLOAT16);
        List<Tensor> actual = outcome(op);

        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.size(); i++) {
            assertThat(actual.get(i).dtype()).isEqualTo(expected.get(i).dtype());
            assertThat(bits(actual.get(i))).isEqualTo(bits(expected.get(i)));
        }
    }

    private static List<Tensor> outcome(OpCase op) {
        List<Tensor> leaves = Tensors.leaves(op.inputs());
        Tensor output = op.function().apply(leaves);
        ImmutableList.Builder<Tensor> all = ImmutableList.<Tensor>builder().add(output);
        return op.order() == 0
                ? all.build()
                : all.addAll(Tensors.gradients(output, leaves)).build();
    }

    @Test
    void numbersAreSpacedAsAsked() {
        assertThat(Tensor.arange(2, 5).toLongArray()).containsExactly(2, 3, 4);
        assertThat(Tensor.arange(5, 0, -2).toLongArray()).containsExactly(5, 3, 1);
        assertThat(Tensor.arange(3, 3, 1).toLongArray()).isEmpty();
        assertThat(Tensor.arange(2.5).toDoubleArray()).containsExactly(0, 1, 2);
        assertThat(Tensor.arange(0.5, 3).toDoubleArray()).containsExactly(0.5, 1.5, 2.5);
        assertThat(Tensor.arange(UINT8, 253, 256).toLongArray()).containsExactly(253, 254, 255);
        assertThat(Tensor.arange(FLOAT16, 3).toDoubleArray()).containsExactly(0, 1, 2);
        assertThat(Tensor.arange(DOUBLE, 1, 2, 0.5).toDoubleArray()).containsExactly(1, 1.5);
        assertThat(Tensor.arange(INT32, 0, 4.0).toLongArray()).containsExactly(0, 1, 2, 3);
        assertThat(Tensor.arange(Long.MAX_VALUE - 2, Long.MAX_VALUE).toLongArray())
                .containsExactly(Long.MAX_VALUE - 2, Long.MAX_VALUE - 1);
        assertThat(Tensor.arange(Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE).toLongArray())
                .containsExactly(Long.MIN_VALUE, -1, Long.MAX_VALUE - 1);
        assertThat(Tensor.linspace(-1, 1, 3).toDoubleArray()).containsExactly(-1, 0, 1);
        assertThat(Tensor.logspace(0, 3, 4).toDoubleArray()).containsExactly(1, 10, 100, 1000);
        assertThat(Tensor.logspace(INT64, 0, 3, 4).toLongArray()).containsExactly(1, 10, 100, 1000);
        assertThat(Tensor.logspace(-2, 1, 4, 2).toDoubleArray()).containsExactly(0.25, 0.5, 1, 2);
        assertThat(Tensor.logspace(DOUBLE, 0, 0.3, 4, 3).toDoubleArray()[3]).isEqualTo(Math.pow(3, 0.3));
        assertThat(Tensor.logspace(1, 5, 1).toDoubleArray()).containsExactly(10);
        assertThat(Tensor.logspace(1, 5, 0).shape()).containsExactly(0);
    }

    @Test
    void constantsHaveTheirShapeAndValue() {
        assertThat(Tensor.full(7, 2, 3).shape()).containsExactly(2, 3);
        assertThat(Tensor.full(7, 2, 3).toLongArray()).containsOnly(7);
        assertThat(Tensor.full(0.5).shape()).isEmpty();
        assertThat(Tensor.eye(2, 3).toDoubleArray()).containsExactly(1, 0, 0, 0, 1, 0);
        assertThat(Tensor.eye(INT32, 3, 2).toLongArray()).containsExactly(1, 0, 0, 1, 0, 0);
        assertThat(Tensor.eye(0, 3).shape()).containsExactly(0, 3);
        assertThat(Tensor.empty(INT32, 2, 3).shape()).containsExactly(2, 3);
        Tensor x = Tensor.ones(DOUBLE, 2, 3);
        assertThat(Tensor.fullLike(x, 0.5).toDoubleArray()).containsOnly(0.5);
        for (Tensor like : List.of(
                Tensor.emptyLike(x),
                Tensor.zerosLike(x),
                Tensor.onesLike(x),
                Tensor.fullLike(x, 1),
                Tensor.randLike(x))) {
            assertThat(like.dtype()).isEqualTo(DOUBLE);
            assertThat(like.shape()).containsExactly(2, 3);
        }
        for (Tensor like : List.of(
                Tensor.emptyLike(INT32, x),
                Tensor.zerosLike(INT32, x),
                Tensor.onesLike(INT32, x),
                Tensor.fullLike(INT32, x, 1),
                Tensor.randintLike(INT32, x, 3))) {
            assertThat(like.dtype()).isEqualTo(INT32);
            assertThat(like.shape()).containsExactly(2, 3);
        }
    }

    static Stream<Misuse> misuses() {
        Class<IllegalArgumentException> argument = IllegalArgumentException.class;
        String leads = "arange: expected a step that leads from start to end; got %s. Check its sign.";
        return Stream.of(
                misuse(
                        "a default of whole numbers",
                        argument,
                        "defaultDtype: expected a floating type; got int64. Give DOUBLE, FLOAT, FLOAT16 or BFLOAT16;"
                                + " ask for other types where you need them, as in Tensor.zeros(dtype, 3).",
                        () -> Tensor.defaultDtype(INT64)),
                misuse(
                        "no default",
                        NullPointerException.class,
                        "defaultDtype: expected a floating type; got null. Give DOUBLE, FLOAT, FLOAT16 or BFLOAT16.",
                        () -> Tensor.defaultDtype(null)),
                misuse("step 0", argument, leads.formatted("0, 3, 0"), () -> Tensor.arange(0, 3, 0)),
                misuse("step back", argument, leads.formatted("0, -1, 1"), () -> Tensor.arange(-1)),
                misuse("step 0.0", argument, leads.formatted("0.0, 3.0, 0.0"), () -> Tensor.arange(0, 3, 0.0)),
                misuse("NaN", argument, leads.formatted("0.0, NaN, 1.0"), () -> Tensor.arange(Double.NaN)),
                misuse(
                        "a fraction",
                        argument,
                        "arange: expected whole numbers for type int64; got 0.5. Use a floating type, or round first.",
                        () -> Tensor.arange(INT64, 0, 2, 0.5)),
                misuse(
                        "booleans",
                        argument,
                        "arange: expected a type of numbers; got bool. Use int64 and compare.",
                        () -> Tensor.arange(BOOL, 2)),
                misuse(
                        "beyond the type",
                        argument,
                        "arange: expected a number that uint8 can hold, from 0 to 255; got 256. Use a wider type, or a"
                                + " number in this range.",
                        () -> Tensor.arange(UINT8, 257)),
                misuse(
                        "powers beyond the type",
                        argument,
                        "logspace: expected a number that uint8 can hold, from 0 to 255; got 1000.0. Use a wider type,"
                                + " or a number in this range.",
                        () -> Tensor.logspace(UINT8, 0, 3, 4)),
                misuse(
                        "negative steps",
                        argument,
                        "logspace: expected at least 0 steps; got -1. Give a count.",
                        () -> Tensor.logspace(0, 3, -1)),
                misuse(
                        "a negative identity",
                        argument,
                        "eye: expected sizes of at least 0; got (-1, -1). Give a shape.",
                        () -> Tensor.eye(-1)),
                misuse(
                        "a negative size",
                        argument,
                        "empty: expected sizes of at least 0; got (2, -1). Give a shape.",
                        () -> Tensor.empty(2, -1)));
    }

    @ParameterizedTest
    @MethodSource("misuses")
    void whatCannotBeMadeIsRefused(Misuse misuse) {
        misuse.assertAnswer();
    }
}
