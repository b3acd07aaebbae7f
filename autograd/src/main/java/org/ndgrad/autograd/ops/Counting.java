package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;
import static org.ndgrad.autograd.kernels.memory.Memory.array;

import com.google.common.math.LongMath;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Side;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.indexing.Histogram;
import org.ndgrad.autograd.kernels.indexing.SortedSearch;

/** Which elements there are, how many of each, and where they belong among others. */
public final class Counting {

    private Counting() {}

    /** y = the different elements, each once, in ascending order. NaN equals nothing, so that each stays. */
    public static Tensor unique(Tensor x) {
        Tensor sorted = x.detach().flatten().sort().values();
        return sorted.get(firsts(sorted));
    }

    /** Returns the different elements in ascending order, where each element is among them, and how often. */
    public static Unique uniqueAll(Tensor x) {
        Tensor flat = x.detach().flatten();
        ValuesAndIndices sorted = flat.sort();
        Unique runs = runs(sorted.values());
        Tensor inverse = Tensor.zeros(DataType.INT64, flat.numel()).scatter(0, sorted.indices(), runs.inverse());
        return new Unique(runs.values(), inverse.reshape(x.shape()), runs.counts());
    }

    /** y = the elements in row-major order, each once where several equal ones stand beside each other. */
    public static Tensor uniqueConsecutive(Tensor x) {
        Tensor flat = x.detach().flatten();
        return flat.get(firsts(flat));
    }

    /** Returns the elements of {@link #uniqueConsecutive}, which of them each element is, and how often. */
    public static Unique uniqueConsecutiveAll(Tensor x) {
        Unique runs = runs(x.detach().flatten());
        return new Unique(runs.values(), runs.inverse().reshape(x.shape()), runs.counts());
    }

    /** Returns which elements differ from the one before. */
    private static Tensor firsts(Tensor vector) {
        long n = vector.numel();
        Tensor differs = vector.slice(0, 1, n).ne(vector.slice(0, 0, Math.max(n - 1, 0)));
        return Joining.cat(List.of(Tensor.full(true, Math.min(n, 1)), differs), 0);
    }

    private static Unique runs(Tensor vector) {
        Tensor isFirst = firsts(vector);
        Tensor run = isFirst.to(DataType.INT64).cumsum(0).sub(1);
        return new Unique(vector.get(isFirst), run, bincount(run, 0));
    }

    /**
     * y[k] = how often k is in x, in int64.
     *
     * @param x integral, not negative, a vector
     * @param minLength the least length of the result, which otherwise ends with the largest number
     */
    public static Tensor bincount(Tensor x, @Default("0") long minLength) {
        return Tensor.of(Histogram.ofWhole("bincount", array(x), bins(x, x, minLength)));
    }

    /**
     * y[k] = the sum of the weights where x is k, in float64 unless the weights are float32; ∂L/∂weights = g gathered.
     *
     * @param x integral, not negative, a vector
     * @param weights of x's shape
     * @param minLength the least length of the result, which otherwise ends with the largest number
     */
    public static Tensor bincount(Tensor x, Tensor weights, @Default("0") long minLength) {
        Tensor terms = weights.dtype() == DataType.FLOAT ? weights : weights.to(DataType.DOUBLE);
        return Tensor.zeros(terms.dtype(), bins(x, weights, minLength)).scatterAdd(0, x, terms);
    }

    private static long bins(Tensor x, Tensor weights, long minLength) {
        Positions.checkIntegral("bincount", "whole numbers", x);
        checkArgument(
                x.ndim() == 1 && Arrays.equals(x.shape(), weights.shape()) && minLength >= 0,
                "bincount: expected a vector, weights of its shape, and a length of at least 0; got shapes %s, %s and"
                        + " length %s. Flatten them.",
                Shapes.format(x.shape()),
                Shapes.format(weights.shape()),
                minLength);
        boolean isEmpty = x.numel() == 0;
        long least = isEmpty ? 0 : x.min().itemLong();
        checkArgument(least >= 0, "bincount: expected numbers of at least 0; got %s. Subtract the least.", least);
        return Math.max(minLength, isEmpty ? 0 : LongMath.saturatedAdd(x.max().itemLong(), 1));
    }

    /**
     * y[k] = how many elements are in the k-th of so many intervals of one length between two bounds, in x's type.
     * Elements outside and NaN do not count; the last interval has both its bounds.
     *
     * @param x floating
     * @param bins at least 1
     * @param low the least bound; if both are the same, the smallest and largest element are the bounds
     * @param high the largest bound
     */
    public static Tensor histc(
            Tensor x, @Default("100") long bins, @Default("0") Number low, @Default("0") Number high) {
        OpChecks.floating("histc", x);
        double from = low.doubleValue();
        double to = high.doubleValue();
        Tensor all = x.detach().flatten();
        if (from == to && all.numel() > 0) {
            from = all.min().item();
            to = all.max().item();
        }
        checkArgument(
                bins >= 1 && from <= to && Double.isFinite(from) && Double.isFinite(to),
                "histc: expected at least 1 bin and finite bounds in ascending order; got %s bins from %s to %s. Give"
                        + " bounds.",
                bins,
                from,
                to);
        if (from == to) {
            double margin = Math.max(1, Math.ulp(to));
            from -= margin;
            to += margin;
        }
        return Tensor.of(Histogram.ofIntervals("histc", array(all), bins, from, to))
                .to(x.dtype());
    }

    /** y = whether each element of x is one of those in test; NaN is none. */
    public static Tensor isin(Tensor x, Tensor test) {
        DataType type = DTypes.promote(x.dtype(), test.dtype());
        if (test.numel() == 0) {
            return Tensor.zeros(DataType.BOOL, x.shape());
        }
        Tensor values = x.detach().to(type);
        Tensor sorted = test.detach().to(type).flatten().sort().values();
        long numbers = Comparison.logicalNot(Comparison.isnan(sorted)).sum().itemLong();
        Tensor place =
                searchsorted(sorted.slice(0, 0, numbers), values, Side.LEFT).clampMax(sorted.numel() - 1);
        return sorted.take(place).eq(values);
    }

    /**
     * y = how many elements of a sorted row stand before each value: where to put it in so that the row stays sorted.
     * In int64. All stand before NaN; in a row that ends with NaN, a number is looked for as in PyTorch, by halving,
     * and comes behind each NaN met on the way.
     *
     * @param sorted in ascending order, one row for all, shape (n), or one for each of the values' rows, shape (…, n)
     * @param values of the same type, any shape, or (…, m)
     * @param side where to put a value among elements that equal it
     */
    public static Tensor searchsorted(Tensor sorted, Tensor values, @Default("Side.LEFT") Side side) {
        return places("searchsorted", sorted, values, side);
    }

    /** y = which interval between sorted boundaries each element is in, see {@link #searchsorted}. */
    public static Tensor bucketize(Tensor x, Tensor boundaries, @Default("Side.LEFT") Side side) {
        checkArgument(
                boundaries.ndim() == 1,
                "bucketize: expected a vector of boundaries; got shape %s. Use searchsorted for several rows.",
                Shapes.format(boundaries.shape()));
        return places("bucketize", boundaries, x, side);
    }

    private static long[] rows(Tensor x) {
        return Shapes.with(x.shape(), x.ndim() - 1, 1);
    }

    private static Tensor places(String op, Tensor sorted, Tensor values, Side side) {
        checkArgument(
                sorted.dtype() == values.dtype(),
                "%s: expected one type; got %s for what is sorted and %s for the values. Convert with to(…).",
                op,
                DTypes.name(sorted.dtype()),
                DTypes.name(values.dtype()));
        checkArgument(
                sorted.ndim() == 1
                        || (sorted.ndim() > 1
                                && sorted.ndim() == values.ndim()
                                && Arrays.equals(rows(sorted), rows(values))),
                "%s: expected one sorted row, or one for each row of the values; got shapes %s and %s. Expand one.",
                op,
                Shapes.format(sorted.shape()),
                Shapes.format(values.shape()));
        return Op.pure(
                        op,
                        SortedSearch.places(
                                op, array(sorted), array(values), OpChecks.given(op, "side", side) == Side.RIGHT))
                .tensor();
    }
}
