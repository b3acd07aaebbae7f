package org.ndgrad.autograd.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Index;
import org.ndgrad.autograd.KeepDim;
import org.ndgrad.autograd.Tensor;

/** int64 is int64 all the way: 2⁵³ + 1, which no double holds, stays what it is. */
class Int64Test {

    private static final long BIG = 1L << 53;
    private static final int[] ALL = {};

    /** Operations for which (2⁵³ + a) does not lead to the result of a, modulo 2⁵³, and why. */
    private static final Map<String, String> OTHER_LAWS = ImmutableMap.<String, String>builder()
            .put("avgPool1d", "a padded window divides a sum of fewer numbers")
            .put("avgPool2d", "a padded window divides a sum of fewer numbers")
            .put("avgPool3d", "a padded window divides a sum of fewer numbers")
            .put("clamp", "has bounds")
            .put("clampMax", "has bounds")
            .put("clampMin", "has bounds")
            .put("div", "divides")
            .put("floorDivide", "divides")
            .put("fmod", "divides")
            .put("hardtanh", "has bounds")
            .put("pow", "has exponents")
            .put("relu6", "has bounds")
            .put("remainder", "divides")
            .put("round", "has a unit")
            .build();

    /** Returns odd numbers above 0 in the order of a sample's elements. */
    private static Tensor small(Tensor sample) {
        Tensor whole = Rounding.floor(sample.add(4).mul(50)).to(DataType.INT64);
        return sample.dtype() == DataType.DOUBLE ? whole.mul(2).add(1) : sample;
    }

    private static Tensor big(Tensor sample) {
        return sample.dtype() == DataType.DOUBLE ? small(sample).add(BIG) : sample;
    }

    private static List<Tensor> map(List<Tensor> sample, UnaryOperator<Tensor> f) {
        return sample.stream().map(f).toList();
    }

    /** 2⁵³ is 0 in residues modulo itself, so that sums, products and choices of large numbers show what is lost. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.ndgrad.autograd.ops.OpCases#all")
    void largeNumbersGiveTheResiduesOfSmallOnes(OpCase op) {
        for (List<Tensor> sample : op.samples()) {
            if (takesWholeNumbers(op, sample) && !OTHER_LAWS.containsKey(op.name())) {
                long[] expected =
                        op.function().apply(map(sample, Int64Test::small)).toLongArray();
                long[] actual = op.function().apply(map(sample, Int64Test::big)).toLongArray();

                assertThat(residues(actual)).containsExactly(residues(expected));
            }
        }
    }

    private static boolean takesWholeNumbers(OpCase op, List<Tensor> sample) {
        try {
            return op.function().apply(map(sample, Int64Test::small)).dtype() == DataType.INT64;
        } catch (IllegalArgumentException | IndexOutOfBoundsException refused) {
            return false;
        }
    }

    private static long[] residues(long[] values) {
        return Arrays.stream(values).map(v -> v & (BIG - 1)).toArray();
    }

    @Test
    void manyOperationsTakeWholeNumbers() {
        Set<String> names = new TreeSet<>();
        OpCases.all().filter(op -> takesWholeNumbers(op, op.inputs())).forEach(op -> names.add(op.name()));

        assertThat(names)
                .hasSizeGreaterThan(90)
                .containsAll(OTHER_LAWS.keySet().stream()
                        .filter(name -> !name.equals("div"))
                        .toList());
    }

    private static Arguments survives(String name, Tensor result, long... expected) {
        return Arguments.of(Named.of(name, result), expected);
    }

    static Stream<Arguments> results() {
        long v = BIG + 1;
        Tensor x = Tensor.of(1, 2);
        Tensor y = Tensor.of(v, -v);
        Tensor mask = Tensor.of(false, true);
        Tensor place = Tensor.of(new long[] {1});
        return Stream.of(
                survives("full", Tensor.full(DataType.INT64, v, 1), v),
                survives("of", Tensor.of(DataType.INT64, v), v),
                survives("of nested", Tensor.of(DataType.INT64, new long[][] {{v}}), v),
                survives("linspace", Tensor.linspace(DataType.INT64, -v, v, 3), -v, 0, v),
                survives("linspace of one", Tensor.linspace(DataType.INT64, v, v + 2, 1), v),
                survives("pad", Padding.pad(x, new long[] {0, 1}, v), 1, 2, v),
                survives("threshold", Activations.threshold(x, 1, v), v, 2),
                survives("threshold at", Activations.threshold(Tensor.of(v - 1, v, v + 1), v, 0), 0, 0, v + 1),
                survives("threshold below", Activations.threshold(Tensor.of(-2, -1, 0), -1.5, 7), 7, -1, 0),
                survives("hardtanh", Activations.hardtanh(y.mul(2), -v, v), v, -v),
                survives("clamp", y.mul(2).clamp(-v, v), v, -v),
                survives("clampMin", Bounds.clampMin(x, v), v, v),
                survives("clampMax", Bounds.clampMax(y.add(2), v), v, 2 - v),
                survives("maskedFill", Comparison.maskedFill(x, mask, v), 1, v),
                survives("indexFill", Scattering.indexFill(x, 0, place, v), 1, v),
                survives("scatter", Scattering.scatter(x, 0, place, v), 1, v),
                survives("set", Tensor.of(1, 2).set(v, Index.at(1)), 1, v),
                survives("fill_", Tensor.of(1, 2).fill_(v), v, v),
                survives("add_", Tensor.of(1, 2).add_(v - 1), v, v + 1),
                survives("add_ of a multiple", Tensor.of(1, 2).add_(Tensor.of(1, 1), v - 1), v, v + 1),
                survives("add_ of a double", Tensor.of(0, 1).add_(y, 1.0), v, 1 - v),
                survives("sub_", Tensor.of(1, 2).sub_(1 - v), v, v + 1),
                survives("mul_", Tensor.of(1, -1).mul_(v), v, -v),
                survives("indexAdd", Scattering.indexAdd(x, 0, place, place, v), 1, v + 2),
                survives("addmm", AddedProducts.addmm(Tensor.of(0), place.reshape(1, 1), place.reshape(1, 1), 1, v), v),
                survives("addcmul", Arithmetic.addcmul(x, Tensor.of(1, 1), Tensor.of(1, 1), v), v + 1, v + 2),
                survives("rsub", x.rsub(v), v - 1, v - 2),
                survives("floorDivide", Arithmetic.floorDivide(y, 1), v, -v),
                survives("remainder", Arithmetic.remainder(y, BIG), 1, BIG - 1),
                survives("fmod", Arithmetic.fmod(y, BIG), 1, -1),
                survives("pow", y.pow(1), v, -v),
                survives("round to tens", Rounding.round(y, -1), BIG - 2, 2 - BIG),
                survives("round to thousands", Rounding.round(Tensor.of(1500, 2500, -1500), -3), 2000, 2000, -2000),
                survives("round to more than there is", Rounding.round(y, -30), 0, 0),
                survives("avgPool1d", Pooling.avgPool1d(Tensor.of(v, v, v).reshape(1, 3), 3), v),
                survives(
                        "avgPool1d below 0",
                        Pooling.avgPool1d(Tensor.of(-v, -v - 1).reshape(1, 2), 2),
                        -v),
                survives("where", Comparison.where(mask, Tensor.of(v), x), 1, v),
                survives("cat", Joining.cat(List.of(y, x.to(DataType.INT8)), 0), v, -v, 1, 2),
                survives(
                        "isclose",
                        Comparison.isclose(y, y.add(1), 0, 0.5, Comparison.NanEquality.UNEQUAL)
                                .to(DataType.INT64),
                        0,
                        0),
                survives(
                        "isclose far apart",
                        Comparison.isclose(
                                        Tensor.of(Long.MAX_VALUE, 0),
                                        Tensor.of(Long.MIN_VALUE, 0),
                                        1,
                                        0,
                                        Comparison.NanEquality.UNEQUAL)
                                .to(DataType.INT64),
                        0,
                        1),
                survives("eq", y.eq(v).to(DataType.INT64), 1, 0),
                survives("lt", y.lt(v).to(DataType.INT64), 0, 1));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("results")
    void numbersBeyondDoublesSurvive(Tensor result, long... expected) {
        assertThat(result.toLongArray()).containsExactly(expected);
    }

    @Test
    void spacedNumbersHaveTheFractionCutOff() {
        assertThat(Tensor.linspace(DataType.INT32, -5, 5, 4).toLongArray()).containsExactly(-5, -1, 1, 5);
        assertThat(Tensor.linspace(DataType.INT64, Long.MIN_VALUE, Long.MAX_VALUE, 3)
                        .toLongArray())
                .containsExactly(Long.MIN_VALUE, 0, Long.MAX_VALUE);
        assertThat(Tensor.linspace(DataType.INT8, 0, 10, 0).numel()).isZero();
    }

    static Stream<DataType> narrow() {
        return Stream.of(DataType.BOOL, DataType.UINT8, DataType.INT8, DataType.INT16, DataType.INT32, DataType.INT64);
    }

    private static Tensor prod(Tensor x) {
        return Reductions.prod(x, ALL, KeepDim.NO);
    }

    /** As in PyTorch. */
    @ParameterizedTest
    @MethodSource("narrow")
    void sumsAndProductsAreInt64(DataType type) {
        Tensor x = Tensor.ones(type, 2, 300);

        Tensor running = Cumulative.cumsum(x, 1);
        List<Tensor> results = List.of(
                x.sum(),
                x.sum(1),
                prod(x),
                running,
                Cumulative.cumprod(x, 1),
                Reductions.countNonzero(x, ALL, KeepDim.NO));

        assertThat(results).allSatisfy(y -> assertThat(y.dtype()).isEqualTo(DataType.INT64));
        assertThat(x.sum().toLongArray()).containsExactly(600);
        assertThat(prod(x).toLongArray()).containsExactly(1);
        assertThat(running.get(0, 299).toLongArray()).containsExactly(300);
    }

    /** As in PyTorch: within a type, and in int64 for sums. */
    @Test
    void whatDoesNotFitWrapsAround() {
        Tensor large = Tensor.of(Long.MAX_VALUE, 1);

        assertThat(large.sum().toLongArray()).containsExactly(Long.MIN_VALUE);
        assertThat(large.mul(2).toLongArray()).containsExactly(-2, 2);
        assertThat(prod(large.mul(2).add(4)).toLongArray()).containsExactly(12);
        assertThat(Cumulative.cumsum(large, 0).toLongArray()).containsExactly(Long.MAX_VALUE, Long.MIN_VALUE);
        assertThat(Tensor.of(DataType.INT8, 100, 100)
                        .add(Tensor.of(DataType.INT8, 100, 27))
                        .toLongArray())
                .containsExactly(-56, 127);
        assertThat(Tensor.of(DataType.INT8, 1, 2).add(300).toLongArray()).containsExactly(45, 46);
        assertThat(Tensor.of(DataType.INT8, 1, 2).add_(300).toLongArray()).containsExactly(45, 46);
        assertThat(Tensor.of(DataType.INT8, 1, 2).lt(300).toLongArray()).containsExactly(1, 1);
        assertThat(Tensor.of(DataType.INT8, 100, 100).sum().toLongArray()).containsExactly(200);
        assertThat(Tensor.of(DataType.INT32, 1 << 20, 1).square().toLongArray()).containsExactly(0, 1);
        assertThat(Tensor.ones(DataType.INT8, 1, 200)
                        .matmul(Tensor.ones(DataType.INT8, 200, 1))
                        .toLongArray())
                .containsExactly(-56);
    }
}
