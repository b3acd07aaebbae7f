package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;
import static org.ndgrad.autograd.kernels.memory.Memory.array;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.HalfTypes;
import org.ndgrad.autograd.KeepDim;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.indexing.IndexGroups;

/** Rows of a table, looked up by their numbers. */
public final class Embeddings {

    /** How {@link #embeddingBag} combines the rows of a bag. */
    public enum Mode {
        /** Their sum, 0 for an empty bag. */
        SUM,
        /** Their mean, 0 for an empty bag. */
        MEAN,
        /** The largest element of each column, 0 for an empty bag; the gradient goes to the first of equal ones. */
        MAX
    }

    private Embeddings() {}

    /** y[…, :] = table[index[…], :]; see {@link #embedding(Tensor, Tensor, EmbeddingOptions)}. */
    public static Tensor embedding(Tensor index, Tensor table) {
        return embedding(index, table, EmbeddingOptions.defaults());
    }

    /**
     * y[…, :] = table[index[…], :]; ∂L/∂table = g added up where it came from.
     *
     * <p>With a largest norm, rows of the table that are longer are changed in place first, also under recording.
     *
     * @param index integral, shape (*), from 0 to N−1
     * @param table shape (N, E)
     * @return shape (*, E)
     */
    public static Tensor embedding(Tensor index, Tensor table, EmbeddingOptions options) {
        checkArgument(
                table.ndim() == 2,
                "embedding: expected a table of shape (N, E); got %s. Reshape it.",
                Shapes.format(table.shape()));
        Positions positions = Positions.of("embedding", table, 0, false, index);
        options.maxNorm().ifPresent(bound -> shrink(table.detach(), positions, bound, options.norm()));
        long[] shape = table.shape();
        Tensor factors = factors(positions, shape[0], options);
        return Op.pure("embedding", positions.taken("embedding", array(table)))
                .wrt(
                        table,
                        g -> positions.spread(
                                "embedding", factors.ndim() == 0 ? g : g.mul(factors.to(g.dtype())), shape),
                        positions.flat(),
                        factors)
                .tensor();
    }

    private static void shrink(Tensor table, Positions positions, double bound, double norm) {
        Positions used = new Positions(positions.flat().reshape(-1), 0, 1, positions.range());
        Tensor rows = used.take("embedding", table);
        Indexing.set(table, Norms.renorm(rows, norm, 0, bound), used.flat());
    }

    /** Returns by what the gradients of rows are multiplied, shape (*, 1), or () if by nothing. */
    private static Tensor factors(Positions positions, long count, EmbeddingOptions options) {
        Tensor index = positions.flat();
        Tensor factors = Tensor.of(DataType.DOUBLE, 1);
        if (options.scaleByFrequency()) {
            Tensor ones = Tensor.ones(DataType.DOUBLE, index.shape());
            Tensor counts = positions.spread("embedding", ones, new long[] {count});
            factors = positions.take("embedding", counts).rdiv(1);
        }
        if (options.paddingIndex().isPresent()) {
            Tensor read = index.ne(padding("embedding", count, options));
            factors = factors.mul(read.to(DataType.DOUBLE));
        }
        return options.scaleByFrequency() || options.paddingIndex().isPresent() ? factors.unsqueeze(-1) : factors;
    }

    private static long padding(String op, long count, EmbeddingOptions options) {
        long index = options.paddingIndex().orElseThrow();
        if (index < -count || index >= count) {
            throw new IndexOutOfBoundsException(op + ": expected a paddingIndex from " + -count + " to " + (count - 1)
                    + "; got " + index + ". Choose a row of the table.");
        }
        return index < 0 ? index + count : index;
    }

    /**
     * y[b, :] = the sum, mean or largest of the rows table[index[i], :] of bag b; ∂L/∂table = g added up where it came
     * from, ∂L/∂weightᵢ = g · table[index[i], :].
     *
     * @param index integral, from 0 to N−1; a matrix, of which each row is a bag, or a vector with offsets
     * @param table shape (N, E)
     * @return shape (bags, E)
     */
    public static Tensor embeddingBag(Tensor index, Tensor table, EmbeddingBagOptions options) {
        checkIndex(index, options);
        long bags;
        Tensor bag;
        if (index.ndim() == 2) {
            bags = index.size(0);
            bag = Tensor.arange(bags).unsqueeze(1).expand(index.shape()).reshape(-1);
        } else {
            Tensor offsets = options.offsets().orElseThrow();
            bags = offsets.numel() - (options.endIncluded() ? 1 : 0);
            long end = options.endIncluded() ? offsets.get(-1).toLongArray()[0] : index.numel();
            bag = Op.pure("bags", IndexGroups.between(array(offsets.slice(0, 0, bags)), end))
                    .tensor();
        }
        Positions kept = kept(table, index.reshape(-1).slice(0, 0, bag.numel()), options.rows());
        bag = kept.take("embeddingBag", bag);
        Tensor rows = embedding(kept.take("embeddingBag", index.reshape(-1)), table, options.rows());
        Tensor bagOf = bag;
        if (options.weights().isEmpty()) {
            return HalfTypes.wide(
                    rows, v -> Scaled.fitting((in, s) -> combine(in.get(0), bagOf, bags, options.mode()), v));
        }
        Tensor weights = options.weights().orElseThrow().reshape(-1);
        return HalfTypes.wide(
                rows,
                kept.take("embeddingBag", weights).unsqueeze(1),
                (v, w) -> Scaled.fitting((in, s) -> combine(weighted(in.get(0), w), bagOf, bags, options.mode()), v));
    }

    /** y = rows, each times its weight; ∂L/∂w = Σ g · row, of products that may not fit as long as the sum does. */
    private static Tensor weighted(Tensor rows, Tensor w) {
        return Op.pure("mul", array(rows.detach().mul(w.detach())))
                .wrt(rows, g -> g.mul(w), w)
                .wrt(w, g -> Scaled.fitting((in, s) -> g.mul(in.get(0)).sum(1, KeepDim.YES), rows), rows)
                .tensor();
    }

    /** Returns the positions of the indices that count. */
    private static Positions kept(Tensor table, Tensor index, EmbeddingOptions options) {
        return options.paddingIndex().isPresent()
                ? Positions.where(index.ne(padding("embeddingBag", table.size(0), options)))
                : new Positions(Tensor.arange(index.numel()), 0, 1);
    }

    private static Tensor combine(Tensor rows, Tensor bag, long bags, Mode mode) {
        long[] shape = {bags, rows.size(1)};
        Positions groups = new Positions(bag, 0, 1);
        Tensor counts = groups.spread("embeddingBag", Tensor.ones(rows.dtype(), rows.size(0)), new long[] {bags})
                .unsqueeze(1);
        return switch (mode) {
            case SUM -> groups.spread("embeddingBag", rows, shape);
            case MEAN -> groups.spread("embeddingBag", rows, shape).div(counts.maximum(Tensor.onesLike(counts)));
            case MAX -> {
                if (rows.numel() == 0) {
                    yield groups.spread("embeddingBag", rows, shape);
                }
                Tensor best = Op.pure("largest", IndexGroups.largest(array(rows), array(bag), bags))
                        .tensor();
                Tensor largest = rows.gather(0, best.maximum(Tensor.zerosLike(best)));
                yield Comparison.maskedFill(largest, counts.eq(0), 0);
            }
        };
    }

    private static void checkIndex(Tensor index, EmbeddingBagOptions options) {
        checkArgument(
                index.ndim() == (options.offsets().isPresent() ? 1 : 2),
                "embeddingBag: expected a matrix of indices, or a vector with offsets; got shape %s %s offsets."
                        + " Add or drop the offsets.",
                Shapes.format(index.shape()),
                options.offsets().isPresent() ? "with" : "without");
        options.weights()
                .ifPresent(weights -> checkArgument(
                        Arrays.equals(weights.shape(), index.shape()),
                        "embeddingBag: expected weights of the indices' shape %s; got %s. Give one factor per index.",
                        Shapes.format(index.shape()),
                        Shapes.format(weights.shape())));
        options.offsets().ifPresent(offsets -> checkOffsets(offsets, index.numel()));
    }

    private static void checkOffsets(Tensor offsets, long count) {
        Positions.checkIntegral("embeddingBag", "integral offsets", offsets);
        long[] starts = offsets.toLongArray();
        boolean ascending = offsets.ndim() == 1 && starts.length > 0 && starts[0] == 0;
        for (int i = 1; i < starts.length; i++) {
            ascending &= starts[i - 1] <= starts[i];
        }
        checkArgument(
                ascending && starts[starts.length - 1] <= count,
                "embeddingBag: expected a vector of offsets that ascend from 0 to at most %s; got %s. Sort the indices by"
                        + " bag.",
                count,
                offsets);
    }
}
