package org.ndgrad.nn.conformance;

import static org.ndgrad.nn.conformance.Calls.one;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Index;
import org.ndgrad.autograd.Reduce;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.Comparison;
import org.ndgrad.autograd.ops.EmbeddingBagOptions;
import org.ndgrad.autograd.ops.EmbeddingOptions;
import org.ndgrad.autograd.ops.Embeddings;
import org.ndgrad.autograd.ops.Indexing;
import org.ndgrad.autograd.ops.Joining;
import org.ndgrad.autograd.ops.Scattering;
import org.ndgrad.autograd.ops.Shaping;
import org.ndgrad.nn.conformance.Calls.Row;

/** Rows of the operations that read or write elements by their places. */
final class IndexingCalls {

    private IndexingCalls() {}

    static List<Row> rows() {
        return ImmutableList.<Row>builder()
                .addAll(reading())
                .addAll(scattering())
                .addAll(filling())
                .build();
    }

    private static List<Row> reading() {
        return ImmutableList.of(
                one("__getitem__", "Indexing.get", a -> Indexing.get(a.input(), indices(a.value(1, "index")))),
                one("gather", "Indexing.gather", a -> Indexing.gather(a.input(), dim(a), a.tensor(2, "index"))),
                one(
                        "index_select",
                        "Indexing.indexSelect",
                        a -> Indexing.indexSelect(a.input(), dim(a), a.tensor(2, "index"))),
                one(
                        "masked_select",
                        "Indexing.maskedSelect",
                        a -> Indexing.maskedSelect(a.input(), a.tensor(1, "mask"))),
                one("select", "Shaping.select", a -> Shaping.select(a.input(), dim(a), a.integer(2, "index"))),
                one("take", "Indexing.take", a -> Indexing.take(a.input(), a.tensor(1, "index"))),
                one("take_along_dim", "Indexing.takeAlongDim", IndexingCalls::takeAlongDim),
                one(
                        "nn.functional.one_hot",
                        "Indexing.oneHot",
                        a -> Indexing.oneHot(a.input(), a.integer(1, "num_classes"))),
                one("nonzero", "Indexing.nonzero", a -> Indexing.nonzero(a.input())),
                one("argwhere", "Indexing.nonzero", a -> Indexing.nonzero(a.input())),
                one(
                        "nn.functional.embedding",
                        "Embeddings.embedding",
                        a -> Embeddings.embedding(a.tensor(1, "input"), a.tensor(0, "weight"), rows(a, 2, 3, 4, 5))),
                one(
                        "nn.functional.embedding_bag",
                        "Embeddings.embeddingBag",
                        a -> Embeddings.embeddingBag(a.tensor(1, "input"), a.tensor(0, "weight"), bags(a))));
    }

    private static List<Row> scattering() {
        return ImmutableList.of(
                one("scatter", "Scattering.scatter,Scattering.scatterReduce", IndexingCalls::scatter),
                one(
                        "scatter_add",
                        "Indexing.scatterAdd",
                        a -> Indexing.scatterAdd(a.input(), dim(a), a.tensor(2, "index"), a.tensor(3, "src"))),
                one(
                        "scatter_reduce",
                        "Scattering.scatterReduce",
                        a -> Scattering.scatterReduce(
                                a.input(),
                                dim(a),
                                a.tensor(2, "index"),
                                a.tensor(3, "src"),
                                Reduce.valueOf(Ascii.toUpperCase(a.text(4, "reduce", ""))),
                                a.flag(5, "include_self", true) ? Scattering.Own.INCLUDED : Scattering.Own.EXCLUDED)),
                one(
                        "select_scatter",
                        "Scattering.selectScatter",
                        a -> Scattering.selectScatter(
                                a.input(), a.tensor(1, "src"), a.integer(2, "dim"), a.integer(3, "index"))),
                one(
                        "slice_scatter",
                        "Scattering.sliceScatter",
                        a -> Scattering.sliceScatter(
                                a.input(),
                                a.tensor(1, "src"),
                                a.integer(2, "dim", 0),
                                a.scalar(3, "start", 0).longValue(),
                                a.scalar(4, "end", Long.MAX_VALUE).longValue(),
                                a.scalar(5, "step", 1).longValue())),
                one(
                        "diagonal_scatter",
                        "Scattering.diagonalScatter",
                        a -> Scattering.diagonalScatter(
                                a.input(),
                                a.tensor(1, "src"),
                                a.integer(2, "offset", 0),
                                a.integer(3, "dim1", 0),
                                a.integer(4, "dim2", 1))));
    }

    private static List<Row> filling() {
        return ImmutableList.of(
                one(
                        "index_add",
                        "Scattering.indexAdd",
                        a -> Scattering.indexAdd(
                                a.input(),
                                dim(a),
                                a.tensor(2, "index"),
                                a.tensor(3, "source"),
                                a.scalar(4, "alpha", 1))),
                one(
                        "index_copy",
                        "Scattering.indexCopy",
                        a -> Scattering.indexCopy(a.input(), dim(a), a.tensor(2, "index"), a.tensor(3, "source"))),
                one(
                        "index_fill",
                        "Scattering.indexFill",
                        a -> a.isTensor(3, "value")
                                ? Scattering.indexFill(a.input(), dim(a), a.tensor(2, "index"), a.tensor(3, "value"))
                                : Scattering.indexFill(a.input(), dim(a), a.tensor(2, "index"), a.scalar(3, "value"))),
                one(
                        "index_put",
                        "Scattering.indexPut",
                        a -> Scattering.indexPut(
                                a.input(),
                                a.tensor(2, "values"),
                                a.flag(3, "accumulate", false) ? Scattering.Put.ADD : Scattering.Put.REPLACE,
                                indices(a.value(1, "indices")))),
                one(
                        "masked_fill",
                        "Comparison.maskedFill",
                        a -> a.isTensor(2, "value")
                                ? Comparison.maskedFill(a.input(), a.tensor(1, "mask"), a.tensor(2, "value"))
                                : Comparison.maskedFill(a.input(), a.tensor(1, "mask"), a.scalar(2, "value"))),
                one(
                        "masked_scatter",
                        "Scattering.maskedScatter",
                        a -> Scattering.maskedScatter(a.input(), a.tensor(1, "mask"), a.tensor(2, "source"))));
    }

    private static int dim(Arguments a) {
        return a.integer(1, "dim");
    }

    /**
     * In brackets, a list counts as a tuple of indices, unless it holds only numbers; a list among them is a tensor.
     */
    private static Index[] indices(Optional<Object> given) {
        Object index = given.orElse(Arguments.None.NONE);
        boolean several = index instanceof List<?> list
                && !list.stream().allMatch(each -> each instanceof Long || each instanceof Boolean);
        List<?> all = several ? (List<?>) index : ImmutableList.of(index);
        return all.stream().map(IndexingCalls::index).toArray(Index[]::new);
    }

    private static Index index(Object value) {
        if (value instanceof Arguments.Slice slice) {
            return Index.range(
                    slice.start().orElse(0L),
                    slice.stop().orElse(Long.MAX_VALUE),
                    slice.step().orElse(1L));
        }
        if (value instanceof List<?> list) {
            return list(list);
        }
        if (value instanceof Boolean flag) {
            return Tensor.of(flag);
        }
        if (value instanceof Long position) {
            return Index.at(position);
        }
        if (value == Arguments.Ellipsis.ELLIPSIS) {
            return Index.ELLIPSIS;
        }
        return value == Arguments.None.NONE ? Index.NEW_AXIS : (Tensor) value;
    }

    /** Returns the tensor that a nested list of whole numbers or booleans stands for. */
    private static Tensor list(List<?> list) {
        if (!list.isEmpty() && list.get(0) instanceof List) {
            Tensor[] parts = list.stream().map(each -> list((List<?>) each)).toArray(Tensor[]::new);
            return Joining.stack(ImmutableList.copyOf(parts), 0);
        }
        boolean mask = !list.isEmpty() && list.get(0) instanceof Boolean;
        Tensor numbers = Tensor.of(list.stream()
                .mapToLong(each -> each instanceof Boolean flag ? (flag ? 1 : 0) : (Long) each)
                .toArray());
        return mask ? numbers.to(DataType.BOOL) : numbers;
    }

    private static Tensor takeAlongDim(Arguments a) {
        return a.has(2, "dim")
                ? Indexing.takeAlongDim(a.input(), a.tensor(1, "indices"), a.integer(2, "dim"))
                : Indexing.take(a.input(), a.tensor(1, "indices").reshape(-1));
    }

    private static Tensor scatter(Arguments a) {
        Tensor x = a.input();
        Tensor index = a.tensor(2, "index");
        boolean number = !a.isTensor(3, "src");
        Optional<Reduce> reduce = a.value(-1, "reduce").map(how -> switch ((String) how) {
            case "add" -> Reduce.SUM;
            case "multiply" -> Reduce.PROD;
            default -> throw new IllegalArgumentException("scatter: expected add or multiply; got " + how);
        });
        if (reduce.isEmpty()) {
            return number
                    ? Scattering.scatter(x, dim(a), index, a.scalar(3, "value"))
                    : Scattering.scatter(x, dim(a), index, a.tensor(3, "src"));
        }
        Tensor source = number ? Tensor.of(x.dtype(), a.scalar(3, "value")).expand(index.shape()) : a.tensor(3, "src");
        return Scattering.scatterReduce(x, dim(a), index, source, reduce.orElseThrow());
    }

    private static EmbeddingOptions rows(Arguments a, int padding, int maxNorm, int norm, int scale) {
        EmbeddingOptions options =
                EmbeddingOptions.defaults().withScaleByFrequency(a.flag(scale, "scale_grad_by_freq", false));
        OptionalDouble bound = a.real(maxNorm, "max_norm");
        if (bound.isPresent()) {
            options = options.withMaxNorm(bound.getAsDouble(), a.real(norm, "norm_type", 2));
        }
        return a.has(padding, "padding_idx") ? options.withPaddingIndex(a.integer(padding, "padding_idx")) : options;
    }

    private static EmbeddingBagOptions bags(Arguments a) {
        EmbeddingBagOptions options = EmbeddingBagOptions.defaults()
                .withMode(Embeddings.Mode.valueOf(Ascii.toUpperCase(a.text(6, "mode", "mean"))))
                .withRows(rows(a, 10, 3, 4, 5));
        Optional<Tensor> weights = a.optionalTensor(8, "per_sample_weights");
        if (weights.isPresent()) {
            options = options.withWeights(weights.orElseThrow());
        }
        Optional<Tensor> offsets = a.optionalTensor(2, "offsets");
        if (offsets.isEmpty()) {
            return options;
        }
        return a.flag(9, "include_last_offset", false)
                ? options.withOffsetsAndEnd(offsets.orElseThrow())
                : options.withOffsets(offsets.orElseThrow());
    }
}
