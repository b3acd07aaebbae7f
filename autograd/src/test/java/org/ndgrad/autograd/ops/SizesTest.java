package org.ndgrad.autograd.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.KeepDim;
import org.ndgrad.autograd.Tensor;

/**
 * Sizes that no memory, no Java array and no native code holds are answered in the form of all messages, whichever
 * operation meets them. See {@link MisuseTest} for the words.
 */
class SizesTest {

    private static final long HUGE = 1L << 40;
    private static final long MANY = (1L << 31) + 8;
    private static final long MOST = Long.MAX_VALUE;

    /** Returns a tensor of any size that takes no memory. */
    private static Tensor wide(long... shape) {
        return Tensor.of(1.0).expand(shape);
    }

    private static Named<Supplier<Object>> of(String name, Supplier<Object> action) {
        return Named.of(name, action);
    }

    private static Arguments refused(String begin, Supplier<Object> action) {
        return Arguments.of(begin, action);
    }

    static Stream<Named<Supplier<Object>>> tooLarge() {
        Tensor line = wide(HUGE);
        Tensor places = Tensor.of(0).expand(HUGE);
        Tensor tall = wide(1 << 22, 2);
        return Stream.of(
                of("cdist", () -> Norms.cdist(tall, tall, 2)),
                of("cdist of stacks", () -> Norms.cdist(wide(MANY, 1, 1), wide(MANY, 1, 1), 1)),
                of("cdist of wide rows", () -> Norms.cdist(wide(2, MANY), wide(2, MANY), 1)),
                of("outer", () -> LinearAlgebra.outer(line, line)),
                of("kron", () -> Contractions.kron(line, line)),
                of(
                        "meshgrid",
                        () -> Grids.meshgrid(List.of(line, line), Grids.Indexing.IJ)
                                .get(0)
                                .clone()),
                of("repeat", () -> Repeating.repeat(Tensor.ones(2), HUGE)),
                of("tile", () -> Repeating.tile(Tensor.ones(2), HUGE, HUGE)),
                of("expand and copy", () -> line.clone()),
                of("oneHot", () -> Indexing.oneHot(Tensor.of(new long[] {0, 1}), HUGE)),
                of("oneHot of many", () -> Indexing.oneHot(places, 2)),
                of("tril", () -> Diagonals.tril(wide(MANY, MANY), 0)),
                of("diagEmbed", () -> Diagonals.diagEmbed(line)),
                of("blockDiag", () -> Diagonals.blockDiag(List.of(wide(MANY, 1), wide(1, MANY)))),
                of("eye", () -> Tensor.eye(DataType.FLOAT, MANY)),
                of("arange", () -> Tensor.arange(HUGE)),
                of("arange by halves", () -> Tensor.arange(0, HUGE, 0.5)),
                of("linspace", () -> Tensor.linspace(DataType.INT32, 0, 1, HUGE)),
                of("randperm", () -> Tensor.randperm(new Random(1), HUGE)),
                of("rand", () -> Tensor.rand(HUGE)),
                of("pad", () -> Padding.pad(Tensor.ones(2), new long[] {0, HUGE}, 0)),
                of("unfold to columns", () -> Convolutions.unfold(wide(1, HUGE, 3, 3), 2)),
                of(
                        "unfold to views, copied",
                        () -> Windows.unfold(line, 0, HUGE / 2, 1).clone()),
                of("conv1d of many images", () -> Convolutions.conv1d(wide(MANY, 1, 1), Tensor.ones(1, 1, 1))),
                of("conv1d of many channels", () -> Convolutions.conv1d(wide(1, MANY, 1), wide(1, MANY, 1))),
                of("conv1d to many channels", () -> Convolutions.conv1d(wide(1, 1, 1), wide(MANY, 1, 1))),
                of("conv2d of a large image", () -> Convolutions.conv2d(wide(1, 1, MANY, 1), wide(1, 1, 1, 1))),
                of("maxPool1d", () -> Pooling.maxPool1d(wide(1, 1, MANY), 2)),
                of("avgPool2d", () -> Pooling.avgPool2d(wide(1, 1 << 16, 1 << 16), 2)),
                of("adaptiveAvgPool1d", () -> Pooling.adaptiveAvgPool1d(wide(1, 1, MANY), 2)),
                of("interpolate", () -> Resampling.interpolate(wide(1, 1, MANY), InterpolateOptions.ofSizes(2))),
                of(
                        "interpolate to many",
                        () -> Resampling.interpolate(wide(1, 1, 2), InterpolateOptions.ofSizes(MANY))),
                of("gridSample", () -> Resampling.gridSample(wide(1, 1, MANY, 1), Tensor.zeros(1, 1, 1, 2))),
                of("gridSample at many places", () -> Resampling.gridSample(wide(1, 1, 1, 1), wide(1, MANY, 1, 2))),
                of("matmul", () -> tall.matmul(tall.t())),
                of("matmul of long rows", () -> wide(1, MANY).matmul(wide(MANY, 1))),
                of("matmul of many rows", () -> wide(MANY, 1).matmul(wide(1, 1))),
                of("matmul of many pairs", () -> wide(HUGE, 1, 1).matmul(wide(1, 1))),
                of("einsum", () -> Contractions.einsum("i,j->ij", line, line)),
                of("det", () -> Determinants.det(wide(1 << 16, 1 << 16))),
                of("det of many", () -> Determinants.det(wide(MANY, 1, 1))),
                of("inverse", () -> Solvers.inv(wide(1 << 16, 1 << 16))),
                of("qr", () -> Decompositions.qr(wide(MANY, 1))),
                of("svd", () -> Decompositions.svd(wide(1 << 16, 1 << 16))),
                of("matrixExp", () -> MatrixFunctions.matrixExp(wide(1 << 16, 1 << 16))),
                of("sort", () -> Sorting.sort(line, 0)),
                of("topk", () -> Sorting.topk(line, 2, 0)),
                of("median", () -> Sorting.median(line, 0, KeepDim.NO)),
                of("sum to many", () -> wide(MANY, 1).sum(1)),
                of(
                        "sum of whole numbers to many",
                        () -> Tensor.of(1).expand(MANY, 1).sum(1)),
                of("var to many", () -> Reductions.var(wide(MANY, 2), new int[] {1}, 1, KeepDim.NO)),
                of("norm to many", () -> Reductions.norm(wide(MANY, 2), 2, new int[] {1}, KeepDim.NO)),
                of("softmax", () -> Activations.softmax(line, 0)),
                of("layerNorm", () -> Normalization.layerNorm(wide(MANY, 1), 1)),
                of("batchNorm", () -> Normalization.batchNorm(wide(2, MANY), BatchNormOptions.defaults())),
                of("cat", () -> Joining.cat(List.of(line, line), 0)),
                of("split", () -> Joining.split(line, 1, 0)),
                of("chunk", () -> Joining.chunk(line, Integer.MAX_VALUE, 0)),
                of("unbind", () -> Joining.unbind(line, 0)),
                of("repeatInterleave", () -> Repeating.repeatInterleave(Tensor.ones(2), HUGE, 0)),
                of("repeatInterleave by counts", () -> Repeating.repeatInterleave(Tensor.of(1L << 30, 1L << 30, 8))),
                of("gather", () -> Indexing.gather(Tensor.ones(2), 0, places)),
                of("indexSelect", () -> Indexing.indexSelect(Tensor.ones(2), 0, places)),
                of("embedding", () -> Embeddings.embedding(places, Tensor.ones(2, 2))),
                of("toDoubleArray", line::toDoubleArray),
                of("toLongArray", line::toLongArray),
                of("bincount", () -> Counting.bincount(Tensor.of(new long[] {Long.MAX_VALUE}), 0)),
                of(
                        "bincount with weights",
                        () -> Counting.bincount(
                                Tensor.of(new long[] {Long.MAX_VALUE}), Tensor.of(new double[] {1}), 0)),
                of("oneHot as labels need", () -> Indexing.oneHot(Tensor.of(Long.MAX_VALUE))));
    }

    /** Sums and products of sizes that are 2^63 or more, and a small number if only 64 bits are kept. */
    static Stream<Arguments> beyondLong() {
        Tensor quarter = wide(1L << 62);
        Tensor nothing = Tensor.zeros(0, 1L << 62);
        Tensor some = Tensor.of(1.0, 2, 3, 4);
        return Stream.of(
                refused(
                        "split: expected sizes that add up to 4,",
                        () -> Joining.split(some, new long[] {MOST, MOST, 6}, 0)),
                refused("split: expected sizes that add up to 4,", () -> Joining.split(some, new long[] {2, -2, 4}, 0)),
                refused("cat", () -> Joining.cat(List.of(quarter, quarter, quarter, quarter, some), 0)),
                refused("cat", () -> Joining.cat(List.of(nothing, nothing), 1)),
                refused("cat", () -> Joining.cat(List.of(nothing, nothing, nothing, nothing, Tensor.zeros(0, 3)), 1)),
                refused("cat", () -> Joining.hstack(List.of(quarter, quarter, quarter, quarter, some))),
                refused("cat", () -> Joining.vstack(List.of(nothing.t(), nothing.t()))),
                refused("blockDiag", () -> Diagonals.blockDiag(List.of(nothing, nothing, nothing, nothing))),
                refused("flatten", () -> Shaping.flatten(Tensor.zeros(0, 1L << 62, 4), 1, 2)),
                refused("flatten", () -> Shaping.flatten(Tensor.zeros(0, 1L << 62, 2), 1, 2)),
                refused("kron", () -> Contractions.kron(nothing, Tensor.zeros(1, 4))),
                refused("kron", () -> Contractions.kron(nothing, Tensor.zeros(1, 2))),
                refused("pixelShuffle", () -> Rearranging.pixelShuffle(Tensor.zeros(16, 0, 1L << 62), 4)),
                refused("pixelUnshuffle", () -> Rearranging.pixelUnshuffle(Tensor.zeros(1L << 62, 0, 2), 2)),
                refused("diagEmbed", () -> Diagonals.diagEmbed(nothing, 1L << 61, 0, 1)),
                refused("diagEmbed", () -> Diagonals.diagEmbed(Tensor.zeros(0, MOST), 1, 0, 1)),
                refused("pad", () -> Padding.pad(Tensor.zeros(0, MOST), new long[] {1, 1}, 0)));
    }

    @ParameterizedTest(name = "{0} {index}")
    @MethodSource("beyondLong")
    void whatOverflowsIsRefusedByTheOperation(String begin, Supplier<Object> action) {
        assertThatThrownBy(action::get)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(begin)
                .hasMessageMatching("(?s)[a-zA-Z0-9. ]+: expected .*; got .*\\. .*\\.");
    }

    /** What stays below 2^63 is not refused, though a sum on the way would be. */
    @Test
    void sizesUpToTheLastOneAreComputedWith() {
        Tensor x = wide(MOST);

        assertThat(Joining.split(x, MOST - 1, 0)).extracting(Tensor::numel).containsExactly(MOST - 1, 1L);
        assertThat(Joining.split(x, MOST, 0)).extracting(Tensor::numel).containsExactly(MOST);
        assertThat(Joining.split(x, 1L << 62, 0)).extracting(Tensor::numel).containsExactly(1L << 62, (1L << 62) - 1);
        assertThat(Joining.chunk(x, 2, 0)).extracting(Tensor::numel).containsExactly(1L << 62, (1L << 62) - 1);
        assertThat(Joining.split(x, new long[] {MOST, 0}, 0))
                .extracting(Tensor::numel)
                .containsExactly(MOST, 0L);
        Tensor nothing = Tensor.zeros(0, 1L << 62, 6);
        assertThat(nothing.sum(1, 2).shape()).containsExactly(0);
        assertThat(nothing.amax(1, 2).shape()).containsExactly(0);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tooLarge")
    void isAnsweredInTheFormOfAllMessages(Supplier<Object> action) {
        assertThatThrownBy(action::get)
                .isInstanceOfAny(IllegalArgumentException.class, IllegalStateException.class)
                .hasMessageMatching("(?s)[a-zA-Z0-9. ]+: expected .*; got .*\\. .*\\.");
    }

    @Test
    void viewsOfAnySizeAreMadeAndPrinted() {
        Tensor x = Tensor.of(1.0, 2.0, 3.0).reshape(3, 1).expand(3, HUGE);

        assertThat(x.select(0, 2).select(0, HUGE - 1).item()).isEqualTo(3);
        assertThat(x.transpose(0, 1).slice(0, HUGE - 1, HUGE).toDoubleArray()).containsExactly(1, 2, 3);
        assertThat(x.toString()).contains(String.valueOf(HUGE));
    }
}
