package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;
import static org.ndgrad.autograd.kernels.memory.Memory.array;

import com.google.common.primitives.Ints;
import com.google.common.primitives.Longs;
import java.util.Arrays;
import java.util.PrimitiveIterator;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.elementwise.Copy;
import org.ndgrad.autograd.kernels.indexing.Views;
import org.ndgrad.autograd.kernels.memory.Memory;

/** Other shapes for the same elements. The results are views of the input's memory, unless said otherwise. */
public final class Shaping {

    private Shaping() {}

    /**
     * y = x in another shape, one size of which may be −1; a copy where strides cannot express it. ∂L/∂x = g reshaped.
     */
    public static Tensor reshape(Tensor x, long... shape) {
        return reshape("reshape", x, shape);
    }

    /** y = {@link #reshape x reshaped} as other is. */
    public static Tensor reshapeAs(Tensor x, Tensor other) {
        return reshape("reshapeAs", x, other.shape());
    }

    private static Tensor reshape(String op, Tensor x, long... shape) {
        long[] target = Shapes.reshaped(op, x.shape(), shape);
        long[] from = x.shape();
        return Op.pureView(op, x, Views.reshape(array(x), target))
                .wrt(x, g -> g.reshape(from))
                .tensor();
    }

    /**
     * y = x in another shape, always a view; ∂L/∂x = g reshaped.
     *
     * @param shape sizes with x's number of elements as their product; one may be −1
     * @throws IllegalArgumentException if x's strides do not allow it, see {@link #reshape}
     */
    public static Tensor view(Tensor x, long... shape) {
        return view("view", x, shape);
    }

    /** y = {@link #view a view} of x in other's shape. */
    public static Tensor viewAs(Tensor x, Tensor other) {
        return view("viewAs", x, other.shape());
    }

    private static Tensor view(String op, Tensor x, long... shape) {
        long[] target = Shapes.reshaped(op, x.shape(), shape);
        long[] from = x.shape();
        INDArray value = Views.view(array(x), target)
                .orElseThrow(() -> new IllegalArgumentException(op + ": expected a shape that joins only neighbors in"
                        + " memory; got " + Shapes.format(target) + " for a view of shape " + Shapes.format(from)
                        + ". Use reshape, which copies where needed, or call contiguous() first."));
        return Op.pureView(op, x, value).wrt(x, g -> g.reshape(from)).tensor();
    }

    /** y = x as a vector, x's own memory only if that is contiguous. */
    public static Tensor ravel(Tensor x) {
        return reshape(contiguous(x), x.numel());
    }

    /**
     * y = x with a dim divided into several; a view.
     *
     * @param sizes their product is the size of the dim; one may be −1
     */
    public static Tensor unflatten(Tensor x, int dim, long... sizes) {
        int along = Shapes.dim("unflatten", dim, x.ndim());
        checkArgument(sizes.length > 0, "unflatten: expected at least one size; got none. Use squeeze to drop a dim.");
        long[] parts = Shapes.reshaped("unflatten", new long[] {x.size(along)}, sizes);
        long[] shape = x.shape();
        return reshape(
                x,
                Longs.concat(
                        Arrays.copyOf(shape, along),
                        parts,
                        Arrays.copyOfRange(shape, Math.min(along + 1, shape.length), shape.length)));
    }

    /** y = x with the dims from start to end joined into one; a scalar becomes a vector of one element. */
    public static Tensor flatten(Tensor x, @Default("0") int start, @Default("-1") int end) {
        int first = Shapes.dim("flatten", start, x.ndim());
        int last = Shapes.dim("flatten", end, x.ndim());
        checkArgument(
                first <= last,
                "flatten: expected a start dim up to the end dim; got %s and %s. Swap them.",
                start,
                end);
        long[] shape = x.shape();
        long[] joined = new long[Math.max(1, shape.length - (last - first))];
        System.arraycopy(shape, 0, joined, 0, Math.min(first, shape.length));
        joined[first] = Shapes.numel("flatten", Arrays.copyOfRange(shape, first, Math.min(last + 1, shape.length)));
        for (int d = last + 1; d < shape.length; d++) {
            joined[d - (last - first)] = shape[d];
        }
        return reshape(x, joined);
    }

    /** y = x with dim d being x's dim {@code dims[d]}; ∂L/∂x = g permuted back. */
    public static Tensor permute(Tensor x, int... dims) {
        boolean all = dims.length == x.ndim();
        int[] order = new int[dims.length];
        int[] back = new int[dims.length];
        long seen = 0;
        for (int d = 0; all && d < dims.length; d++) {
            order[d] = Shapes.dim("permute", dims[d], x.ndim());
            back[order[d]] = d;
            seen |= 1L << order[d];
        }
        checkArgument(
                all && Long.bitCount(seen) == dims.length,
                "permute: expected each of the %s dims once; got %s. Name all of them.",
                x.ndim(),
                Ints.asList(dims));
        return Op.pureView("permute", x, Views.permute(array(x), order))
                .wrt(x, g -> g.permute(back))
                .tensor();
    }

    /** y = x with two dims exchanged. */
    public static Tensor transpose(Tensor x, int dimA, int dimB) {
        int a = Shapes.dim("transpose", dimA, x.ndim());
        int b = Shapes.dim("transpose", dimB, x.ndim());
        int[] order = IntStream.range(0, x.ndim()).toArray();
        if (order.length > 0) {
            order[a] = b;
            order[b] = a;
        }
        return permute(x, order);
    }

    /** y = xᵀ for a matrix, x itself for fewer dims. */
    public static Tensor t(Tensor x) {
        checkArgument(
                x.ndim() <= 2,
                "t: expected at most 2 dims; got shape %s. Use transpose(dimA, dimB).",
                Shapes.format(x.shape()));
        return x.ndim() < 2 ? x : transpose(x, 0, 1);
    }

    /** y = xᵀ for each matrix of the last two dims; a view. */
    public static Tensor mT(Tensor x) {
        checkArgument(
                x.ndim() >= 2,
                "mT: expected at least 2 dims; got shape %s. Use t() for vectors and scalars.",
                Shapes.format(x.shape()));
        return transpose(x, -2, -1);
    }

    /** y = x with one dim at another place, the others in their order; a view. */
    public static Tensor movedim(Tensor x, int source, int destination) {
        return movedim(x, new int[] {source}, new int[] {destination});
    }

    /**
     * y = x with the source dims at the destination places, the others in their order; a view.
     *
     * @param sources distinct dims
     * @param destinations as many distinct places
     */
    public static Tensor movedim(Tensor x, int[] sources, int[] destinations) {
        checkArgument(
                sources.length == destinations.length,
                "movedim: expected a destination per source; got %s and %s. Give as many of both.",
                Ints.asList(sources),
                Ints.asList(destinations));
        int[] from = resolved("movedim", sources, x.ndim());
        int[] to = resolved("movedim", destinations, x.ndim());
        PrimitiveIterator.OfInt rest = others(x, from).iterator();
        return permute(
                x,
                IntStream.range(0, x.ndim())
                        .map(place -> Ints.contains(to, place) ? from[Ints.indexOf(to, place)] : rest.nextInt())
                        .toArray());
    }

    private static int[] resolved(String op, int[] dims, int ndim) {
        if (dims.length > 0) {
            Shapes.dims(op, dims, ndim); // distinct?
        }
        return ndim == 0
                ? new int[0]
                : Arrays.stream(dims).map(d -> Shapes.dim(op, d, ndim)).toArray();
    }

    private static IntStream others(Tensor x, int[] dims) {
        return IntStream.range(0, x.ndim()).filter(d -> !Ints.contains(dims, d));
    }

    /** y = x with the named dims first, joined into one, and the others behind; a copy where needed. */
    static Tensor moveToFront(Tensor x, int[] dims) {
        int[] rest = others(x, dims).toArray();
        Tensor moved = permute(x, Ints.concat(dims, rest));
        long[] shape = new long[rest.length + 1];
        shape[0] = Shapes.count(x.shape(), dims);
        for (int d = 0; d < rest.length; d++) {
            shape[d + 1] = x.size(rest[d]);
        }
        return reshape(moved, shape);
    }

    /** y = x without the named dims where their size is 1, without all such dims if none is named. */
    public static Tensor squeeze(Tensor x, int... dims) {
        int[] named = Shapes.dims("squeeze", dims, x.ndim());
        int[] gone = Arrays.stream(named).filter(d -> x.size(d) == 1).toArray();
        return reshape(x, Shapes.reduced(x.shape(), gone, false));
    }

    /** y = x with a new dim of size 1 at this place, from −(dims + 1) to dims. */
    public static Tensor unsqueeze(Tensor x, int dim) {
        int place = Shapes.dim("unsqueeze", dim, x.ndim() + 1);
        long[] shape = new long[x.ndim() + 1];
        for (int d = 0; d < shape.length; d++) {
            shape[d] = d == place ? 1 : x.size(d < place ? d : d - 1);
        }
        return reshape(x, shape);
    }

    /** y = x, a scalar as a vector of one element. */
    public static Tensor atleast1d(Tensor x) {
        return x.ndim() == 0 ? unsqueeze(x, 0) : x;
    }

    /** y = x, a scalar as a matrix of one element, a vector of n elements as a row, shape (1, n). */
    public static Tensor atleast2d(Tensor x) {
        return x.ndim() < 2 ? unsqueeze(atleast1d(x), 0) : x;
    }

    /** y = x with at least 3 dims: a vector of n elements in shape (1, n, 1), a matrix in shape (m, n, 1). */
    public static Tensor atleast3d(Tensor x) {
        return x.ndim() < 3 ? unsqueeze(atleast2d(x), 2) : x;
    }

    /** y = x with dims of size 1 repeated, without using memory; −1 keeps a size. ∂L/∂x = g summed over them. */
    public static Tensor expand(Tensor x, long... shape) {
        return expand("expand", x, shape);
    }

    /** As {@link #expand}: y = x with dims of size 1 repeated, without using memory; ∂L/∂x = g summed over them. */
    public static Tensor broadcastTo(Tensor x, long... shape) {
        return expand("broadcastTo", x, shape);
    }

    /** y = x {@link #expand expanded} to other's shape. */
    public static Tensor expandAs(Tensor x, Tensor other) {
        return expand("expandAs", x, other.shape());
    }

    private static Tensor expand(String op, Tensor x, long... shape) {
        long[] target = shape.clone();
        int extra = shape.length - x.ndim();
        for (int d = Math.max(extra, 0); d < shape.length; d++) {
            target[d] = shape[d] == -1 ? x.size(d - extra) : shape[d];
        }
        Shapes.numel(op, target);
        return Op.pureView(op, x, Views.expand(op, array(x), target))
                .wrt(x, g -> g)
                .tensor();
    }

    /**
     * y = x[…, start : end : step, …]; ∂L/∂x = g in these places, 0 elsewhere.
     *
     * @param start the first index; negative counts from the end; too large or small ones are cut to the size, as in
     *     Python
     * @param end the index to stop before; likewise
     * @param step at least 1
     */
    public static Tensor slice(Tensor x, int dim, long start, long end, @Default("1") long step) {
        OpChecks.hasDim("slice", x);
        checkArgument(step >= 1, "slice: expected a step of at least 1; got %s. Use flip to go backwards.", step);
        int along = Shapes.dim("slice", dim, x.ndim());
        long size = x.size(along);
        long from = bounded(start, size);
        long to = bounded(end, size);
        long count = to <= from ? 0 : (to - from - 1) / step + 1;
        long[] shape = x.shape();
        return Op.pureView("slice", x, Views.slice(array(x), along, from, count, step))
                .wrt(x, g -> embed(g, shape, along, from, step))
                .tensor();
    }

    /**
     * y = x[…, start : start + length, …], a view; ∂L/∂x = g in these places, 0 elsewhere.
     *
     * @param start from −size, counted from the end, to size
     * @param length from 0 to what is left of the dim
     */
    public static Tensor narrow(Tensor x, int dim, long start, long length) {
        OpChecks.hasDim("narrow", x);
        long size = x.size(Shapes.dim("narrow", dim, x.ndim()));
        long from = start < 0 ? start + size : start;
        if (from < 0 || from > size || length < 0 || length > size - from) {
            throw new IndexOutOfBoundsException("narrow: expected a start and a length within the " + size
                    + " indices of dim " + dim + "; got " + start + " and " + length + ". Choose fewer, or use slice.");
        }
        return slice(x, dim, from, from + length, 1);
    }

    private static long bounded(long index, long size) {
        return Math.min(Math.max(index < 0 ? index + size : index, 0), size);
    }

    /** y = zeros of the shape with x at start, start + step, … of a dim; ∂L/∂x = g in these places. A new tensor. */
    static Tensor embed(Tensor x, long[] shape, int dim, long start, long step) {
        long end = start + (x.size(dim) - 1) * step + 1;
        return Op.pure("embed", Views.embed(array(x), shape, dim, start, step))
                .wrt(x, g -> slice(g, dim, start, Math.max(start, end), step))
                .tensor();
    }

    /** y = x[…, index, …] without this dim; a negative index counts from the end. */
    public static Tensor select(Tensor x, int dim, long index) {
        checkArgument(x.ndim() > 0, "select: expected at least 1 dim; got a scalar. Call item() for its value.");
        int along = Shapes.dim("select", dim, x.ndim());
        long size = x.size(along);
        if (index < -size || index >= size) {
            throw new IndexOutOfBoundsException("select: expected an index from " + -size + " to " + (size - 1)
                    + " along dim " + dim + " of shape " + Shapes.format(x.shape()) + "; got " + index
                    + ". Choose one of them.");
        }
        long place = index < 0 ? index + size : index;
        return reshape(slice(x, along, place, place + 1, 1), Shapes.reduced(x.shape(), new int[] {along}, false));
    }

    /** y = x with the order turned around along the dims; ∂L/∂x = g turned around. A new tensor. */
    public static Tensor flip(Tensor x, int... dims) {
        int[] over = Shapes.dims("flip", dims, x.ndim());
        return Op.pure("flip", Views.flip(array(x), over))
                .wrt(x, g -> flip(g, over))
                .tensor();
    }

    /** y = x in memory of its own; ∂L/∂x = g. */
    public static Tensor clone(Tensor x) {
        return Op.pure("clone", Copy.copy(array(x))).wrt(x, g -> g).tensor();
    }

    /** y = x if its elements lie in row-major order without gaps, else a copy in which they do; ∂L/∂x = g. */
    public static Tensor contiguous(Tensor x) {
        return Memory.isContiguous(array(x)) ? x : clone(x);
    }

    /** y = x in another type, x itself if it has that type; ∂L/∂x = g in x's type. A new tensor otherwise. */
    public static Tensor to(Tensor x, DataType dtype) {
        DTypes.check("to", dtype);
        if (x.dtype() == dtype) {
            return x;
        }
        INDArray cast = Copy.cast(array(x), dtype);
        return Op.pure("to", cast).wrt(x, g -> g).tensor();
    }

    /** y = {@link #to x in other's type}. */
    public static Tensor typeAs(Tensor x, Tensor other) {
        return to(x, other.dtype());
    }
}
