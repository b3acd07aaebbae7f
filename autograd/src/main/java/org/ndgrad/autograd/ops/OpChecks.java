package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.primitives.ImmutableLongArray;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.Constants;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;

/** Checks of arguments that several families share. */
final class OpChecks {

    private OpChecks() {}

    /** Returns the number as a scalar of x's type, or throws if the type does not reach to it. */
    static Tensor constant(String op, Tensor x, Number number) {
        return Tensor.of(x.dtype(), Constants.held(op, x.dtype(), number));
    }

    /** Returns what is given; refuses null, for which there is a form of the operation without it. */
    static <T> T given(String op, String what, T value) {
        return checkNotNull(value, "%s: expected a %s; got null. Leave it out.", op, what);
    }

    static void bounds(String op, Object low, Object high) {
        checkNotNull(low, "%s: expected a lower bound; got null. Use clampMax for an upper one alone.", op);
        checkNotNull(high, "%s: expected an upper bound; got null. Use clampMin for a lower one alone.", op);
    }

    /** Refuses more views than the heap holds; each takes some hundred bytes. */
    static void views(String op, long count) {
        checkArgument(
                count <= Runtime.getRuntime().maxMemory() / 256,
                "%s: expected so few pieces that the heap can hold a view of each; got %s. Use fewer.",
                op,
                count);
    }

    static void floating(String op, Tensor x) {
        checkArgument(
                DTypes.isFloating(x.dtype()),
                "%s: expected a tensor of a floating type; got %s. Convert it with to(DataType.FLOAT).",
                op,
                DTypes.name(x.dtype()));
    }

    static void numbers(String op, Tensor x) {
        checkArgument(
                x.dtype() != DataType.BOOL, "%s: expected a tensor of numbers; got bool. Convert it with to(…).", op);
    }

    /** Refuses numbers, which may be meant as indices or as weights. */
    static void bool(String op, String what, Tensor x) {
        checkArgument(
                x.dtype() == DataType.BOOL,
                "%s: expected a boolean %s; got %s. Compare, for example with ne(0).",
                op,
                what,
                DTypes.name(x.dtype()));
    }

    /** Refuses an epsilon below 0, and NaN. */
    static void epsilon(String op, double epsilon) {
        checkArgument(epsilon >= 0, "%s: expected an epsilon of at least 0; got %s. Use the default.", op, epsilon);
    }

    static void oneType(String op, Tensor a, Tensor b) {
        checkArgument(
                a.dtype() == b.dtype(),
                "%s: expected operands of one type; got %s and %s. Convert one with to(…).",
                op,
                DTypes.name(a.dtype()),
                DTypes.name(b.dtype()));
    }

    static void hasDim(String op, Tensor x) {
        checkArgument(x.ndim() > 0, "%s: expected at least 1 dim; got a scalar. Call unsqueeze(0) first.", op);
    }

    static void differ(String op, int dimA, int dimB, int ndim) {
        checkArgument(
                Shapes.dim(op, dimA, ndim) != Shapes.dim(op, dimB, ndim),
                "%s: expected two different dims; got %s and %s. Name two.",
                op,
                dimA,
                dimB);
    }

    /** Refuses what would make the product larger by broadcasting. */
    static void broadcasts(String op, String what, Tensor given, Tensor product) {
        checkArgument(
                Shapes.broadcastsTo(given.shape(), product.shape()),
                "%s: expected a %s that broadcasts to %s, the shape of the product; got %s. Reshape it.",
                op,
                what,
                Shapes.format(product.shape()),
                Shapes.format(given.shape()));
    }

    static void notEmpty(String op, List<Tensor> tensors) {
        checkArgument(!tensors.isEmpty(), "%s: expected at least one tensor; got none. Check the list.", op);
    }

    /** Refuses numbers, one for each spatial dim or one for all, that are below the least, or none. */
    static void perDim(String who, String what, ImmutableLongArray values, int least) {
        checkArgument(
                !values.isEmpty() && values.stream().allMatch(value -> value >= least && value <= Integer.MAX_VALUE),
                "%s: expected a %s of at least %s and below 2^31; got %s. Give one number, or one for each spatial dim.",
                who,
                what,
                least,
                Shapes.format(values.toArray()));
    }

    /** Refuses a window that does not fit. */
    static void fits(String op, boolean fits, long span, long size, int dim) {
        checkArgument(
                fits,
                "%s: expected a window no larger than the padded input; got a span of %s in %s along spatial dim %s. Pad"
                        + " more, or use a smaller window or dilation.",
                op,
                span,
                size,
                dim);
    }

    /** Refuses nothing where there must be something to choose from. */
    static void hasElements(String op, long count, String where, Tensor x) {
        checkArgument(
                count > 0,
                "%s: expected at least one element along %s; got shape %s. Check for an empty tensor first.",
                op,
                where,
                Shapes.format(x.shape()));
    }

    static void vector(String op, Tensor index, String forOthers) {
        checkArgument(
                index.ndim() <= 1,
                "%s: expected a vector as index; got shape %s. Use %s for other shapes.",
                op,
                Shapes.format(index.shape()),
                forOthers);
    }
}
