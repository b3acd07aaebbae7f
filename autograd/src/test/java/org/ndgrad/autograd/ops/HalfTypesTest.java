package org.ndgrad.autograd.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.ndgrad.autograd.Tensors.direction;

import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.KeepDim;
import org.ndgrad.autograd.Reduce;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.DTypes;

/** In half types, values and gradients are those of float32, rounded once. */
class HalfTypesTest {

    private static final List<DataType> TYPES = List.of(DataType.FLOAT16, DataType.BFLOAT16);
    private static final int[] ALL = {};

    /** Their rows make much of results that were rounded, so that no tolerance is right. */
    private static final Set<String> ILL_CONDITIONED = Set.of("eigh", "svd", "lstsq", "pinv", "cond");

    /** Rows that make a matrix of their input, have numbers of their own, or do more than the one operation. */
    private static final Pattern COMPOSED = Pattern.compile(
            "(slog|log|)det.*|cholesky.*|qr.*|lu.*|eig.*|svd.*|inv.*|solve.*|matrixExp scaled|(std|var)Mean.*"
                    + "|batchNorm (by|in).*|cumprod with zeros|(nan|)quantile several"
                    + "|broadcastTensors.*|meshgrid.*|split.*|chunk.*|tensorSplit.*|unbind.*");

    /** Reductions, norms and the like of a vector of up to 70000 numbers. */
    private static final Map<String, UnaryOperator<Tensor>> OF_VECTORS =
            ImmutableMap.<String, UnaryOperator<Tensor>>builder()
                    .put("mean", x -> x.mean())
                    .put("nanmean", x -> Reductions.nanmean(x, ALL, KeepDim.NO))
                    .put("std", x -> x.std())
                    .put("var", x -> Reductions.var(x, ALL, 1, KeepDim.NO).div(100))
                    .put("norm", x -> x.norm())
                    .put("1-norm", x -> Reductions.norm(x.div(64), 1, ALL, KeepDim.NO))
                    .put("3-norm", x -> Reductions.norm(x, 3, ALL, KeepDim.NO))
                    .put("infinity norm", x -> Reductions.norm(x, Double.POSITIVE_INFINITY, ALL, KeepDim.NO))
                    .put("logsumexp", x -> x.logsumexp())
                    .put("max", x -> x.max())
                    .put("amin", x -> Reductions.amin(x, ALL, KeepDim.NO))
                    .put("median", x -> Sorting.median(x))
                    .put("quantile", x -> Statistics.quantile(x, 0.75, ALL, KeepDim.NO))
                    .put("nanquantile", x -> Statistics.nanquantile(x, 0.25, ALL, KeepDim.NO))
                    .put("softmax", x -> x.softmax(0))
                    .put("logSoftmax", x -> x.logSoftmax(0))
                    .put("normalize", x -> Norms.normalize(x, 2, new int[] {0}, 1e-12))
                    .put("cosine", x -> Norms.cosineSimilarity(x, flipped(x), 0, 1e-8))
                    .put("dist", x -> Norms.dist(x, flipped(x), 2))
                    .put("pairwise distance", x -> Norms.pairwiseDistance(x, flipped(x), 2, 1e-6, KeepDim.NO))
                    .put("layerNorm", x -> Normalization.layerNorm(x, x.numel()))
                    .put("rmsNorm", x -> Normalization.rmsNorm(x, x.numel()))
                    .put("dot", x -> LinearAlgebra.dot(x, x.detach().div(4096)))
                    .put(
                            "matmul",
                            x -> x.reshape(1, -1).matmul(x.detach().div(4096).reshape(-1, 1)))
                    .put(
                            "einsum",
                            x -> Contractions.einsum("i,i->", x, x.detach().div(4096)))
                    .put("trapezoid", x -> Cumulative.trapezoid(x, 1e-3, 0))
                    .put("cumsum", x -> Cumulative.cumsum(x.div(8192), 0))
                    .put("logcumsumexp", x -> Cumulative.logcumsumexp(x, 0))
                    .put("pooling", x -> Pooling.adaptiveAvgPool1d(x.reshape(1, 1, -1), 1))
                    .put("indexAdd", x -> Scattering.indexAdd(one(x), 0, zeros(x), x.div(4096)))
                    .put("scatterAdd", x -> Indexing.scatterAdd(one(x), 0, zeros(x), x.div(4096)))
                    .put("scatterReduce mean", x -> reduced(x, Reduce.MEAN))
                    .put("scatterReduce largest", x -> reduced(x, Reduce.AMAX))
                    .put("indexPut", x -> Scattering.indexPut(one(x), x.div(4096), Scattering.Put.ADD, zeros(x)))
                    .put("gather", x -> x.slice(0, 0, 1).gather(0, zeros(x)).div(8192))
                    .put("attention", x -> attention(x.reshape(1, -1)))
                    .put("attention over many", x -> attention(x.reshape(-1, 1).slice(0, 0, 500)))
                    .put("cov", x -> Statistics.cov(x).div(256))
                    .buildOrThrow();

    private static Tensor one(Tensor x) {
        return Tensor.zeros(x.dtype(), 1);
    }

    private static Tensor flipped(Tensor x) {
        return Shaping.flip(x.detach(), 0);
    }

    private static Tensor zeros(Tensor x) {
        return Tensor.zeros(DataType.INT64, x.numel());
    }

    private static Tensor reduced(Tensor x, Reduce how) {
        return Scattering.scatterReduce(one(x), 0, zeros(x), x, how);
    }

    private static Tensor attention(Tensor x) {
        return Attention.scaledDotProductAttention(x, x, x);
    }

    static Stream<Arguments> large() {
        return OF_VECTORS.keySet().stream()
                .flatMap(name -> Stream.of(
                        arguments(name, DataType.BFLOAT16, 3001),
                        arguments(name, DataType.FLOAT16, 3001),
                        arguments(name, DataType.FLOAT16, 70_000)));
    }

    @ParameterizedTest(name = "{0} of {2} {1}")
    @MethodSource("large")
    void largeCountsAndSumsAreThoseOfFloat32(String name, DataType type, int count) {
        Tensor mixed =
                Tensor.randn(DataType.FLOAT, new Random(count), count).mul(30).to(type);
        Tensor alike = Tensor.full(type, 3, count);

        assertRoundedOnce(x -> OF_VECTORS.get(name).apply(x.get(0)), List.of(mixed), 1, 2);
        assertRoundedOnce(x -> OF_VECTORS.get(name).apply(x.get(0)), List.of(alike), 1, 2);
    }

    static Stream<Arguments> table() {
        return OpCases.all()
                .filter(op -> !ILL_CONDITIONED.contains(op.name()))
                .flatMap(op -> TYPES.stream().map(type -> arguments(op, type)));
    }

    /** Of numbers near 1, and of those whose squares float16 does not reach to. */
    @ParameterizedTest(name = "{0} of {1}")
    @MethodSource("table")
    void everyOperationIsThatOfFloat32(OpCase op, DataType type) {
        boolean composed = COMPOSED.matcher(op.toString()).matches();
        int units = composed ? 4 : 1;
        for (double scale :
                composed || type == DataType.BFLOAT16 ? new double[] {1} : new double[] {1, 150, 1.0 / 256}) {
            for (List<Tensor> sample : op.samples()) {
                List<Tensor> inputs = sample.stream()
                        .map(x -> DTypes.isFloating(x.dtype()) ? x.mul(scale).to(type) : x)
                        .toList();
                assertRoundedOnce(op.function(), inputs, units, units, composed ? 8 : Double.POSITIVE_INFINITY);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HALF", "BFLOAT16", "FLOAT", "DOUBLE"})
    void drawsStayBelowOneAndTakeAllValues(DataType type) {
        double[] drawn = Tensor.rand(type, new Random(1), 300_000).toDoubleArray();

        assertThat(Arrays.stream(drawn)).allMatch(x -> x >= 0 && x < 1);
        assertThat(Arrays.stream(drawn).average().orElseThrow())
                .isCloseTo(type == DataType.BFLOAT16 ? 0.498 : 0.5, within(2e-3));
        assertThat(Arrays.stream(drawn).distinct().count()).isGreaterThanOrEqualTo(256);
    }

    @ParameterizedTest
    @EnumSource(names = {"LONG", "BOOL", "UBYTE"})
    void drawsAreOfFloatingTypes(DataType type) {
        assertThatThrownBy(() -> Tensor.rand(type, new Random(1), 2))
                .hasMessageStartingWith("rand: expected a floating type; got");
        assertThatThrownBy(() -> Tensor.randn(type, new Random(1), 2))
                .hasMessageStartingWith("randn: expected a floating type; got");
    }

    @ParameterizedTest
    @EnumSource(names = {"HALF", "BFLOAT16", "FLOAT"})
    void numbersAreAsExactInPlace(DataType type) {
        Tensor x = Tensor.full(type, 300, 2);

        assertThat(x.clone().mul_(0.001).toDoubleArray()).isEqualTo(x.mul(0.001).toDoubleArray());
        assertThat(x.clone().div_(1e9).toDoubleArray()).isEqualTo(x.div(1e9).toDoubleArray());
        assertThat(x.clone().add_(0.3).toDoubleArray()).isEqualTo(x.add(0.3).toDoubleArray());
    }

    /** One by one, float32 would stop growing at 2²⁴, and lose digits long before. */
    @Test
    void manyFloatsThatMeetInOnePlaceAreSummedInDoubles() {
        Tensor start = Tensor.full(DataType.FLOAT, 1 << 24, 1);
        Tensor ones = Tensor.ones(5000);

        double expected = (1 << 24) + 5000;
        assertThat(Scattering.indexAdd(start, 0, zeros(ones), ones).item()).isEqualTo(expected);
        assertThat(Indexing.scatterAdd(start, 0, zeros(ones), ones).item()).isEqualTo(expected);
        assertThat(Scattering.indexPut(start, ones, Scattering.Put.ADD, zeros(ones))
                        .item())
                .isEqualTo(expected);
        Tensor x = start.clone().requiresGrad(true);
        x.gather(0, zeros(ones)).backward(Tensor.full(DataType.FLOAT, 0.1f, 5000));
        assertThat(x.grad().item()).isEqualTo((float) (0.1f * 5000.0));
        Tensor table = Tensor.zeros(1, 16).requiresGrad(true);
        Embeddings.embedding(zeros(ones), table).backward(Tensor.full(DataType.FLOAT, 0.1f, 5000, 16));
        assertThat(table.grad().get(0, 15).item()).isEqualTo((float) (0.1f * 5000.0));
    }

    private static void assertRoundedOnce(
            Function<List<Tensor>, Tensor> f, List<Tensor> inputs, int valueUnits, int units) {
        assertRoundedOnce(f, inputs, valueUnits, units, 8);
    }

    /** Compares with float32, in units in the last place of the half type; small elements have those of large ones. */
    private static void assertRoundedOnce(
            Function<List<Tensor>, Tensor> f, List<Tensor> inputs, int valueUnits, int units, double below) {
        List<Tensor> half = copies(inputs, false);
        List<Tensor> wide = copies(inputs, true);
        Tensor value = f.apply(half);
        Tensor expected = f.apply(wide);

        DataType type = inputs.stream()
                .map(Tensor::dtype)
                .filter(DTypes::isFloating)
                .findFirst()
                .orElse(value.dtype());
        assertClose(value, expected, type, valueUnits, below);
        if (value.requiresGrad()) {
            value.backward(direction(value));
            expected.backward(direction(value).to(expected.dtype()));
            for (int i = 0; i < half.size(); i++) {
                assertThat(half.get(i).hasGrad()).isEqualTo(wide.get(i).hasGrad());
                if (half.get(i).hasGrad()) {
                    assertThat(half.get(i).grad().dtype()).isEqualTo(half.get(i).dtype());
                    assertClose(half.get(i).grad(), wide.get(i).grad(), type, units, below);
                }
            }
        }
    }

    private static List<Tensor> copies(List<Tensor> inputs, boolean wide) {
        List<Tensor> copies = new ArrayList<>();
        for (Tensor x : inputs) {
            boolean floating = DTypes.isFloating(x.dtype());
            Tensor copy = wide && floating ? x.to(DataType.FLOAT) : x.clone();
            copies.add(floating ? copy.requiresGrad(true) : copy);
        }
        return copies;
    }

    private static void assertClose(Tensor actual, Tensor expected, DataType type, int units, double below) {
        double[] is = actual.toDoubleArray();
        double[] should = expected.to(actual.dtype()).toDoubleArray();
        boolean small = type == DataType.FLOAT16;
        double unit = small ? 0x1p-10 : 0x1p-7;
        double largest = Arrays.stream(should)
                .map(Math::abs)
                .filter(Double::isFinite)
                .max()
                .orElse(0);
        assertThat(is).hasSameSizeAs(should);
        for (int i = 0; i < is.length; i++) {
            double size = Math.max(Math.abs(should[i]), largest / below);
            double tolerance = units * unit * Math.max(size, small ? 0x1p-14 : 0x1p-126);
            boolean same = Double.compare(is[i], should[i]) == 0 || Math.abs(is[i] - should[i]) <= tolerance;
            if (!same) {
                fail("element %s: expected %s; got %s", i, should[i], is[i]);
            }
        }
    }
}
