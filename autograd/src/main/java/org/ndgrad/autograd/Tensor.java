package org.ndgrad.autograd;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.elementwise.Copy;
import org.ndgrad.autograd.kernels.memory.Memory;
import org.ndgrad.autograd.kernels.memory.Operand;

/**
 * An n-dimensional array that records the operations done on it, so that {@link #backward(Backward...)} can
 * differentiate them.
 *
 * <pre>{@code
 * Tensor w = Tensor.of(0.5, -1.0).requiresGrad(true);
 * Tensor loss = w.mul(w).sum();
 * loss.backward();
 * w.grad(); // 2 w
 * }</pre>
 *
 * <p>Values from {@code double} and {@code float} are {@link #defaultDtype() float32}, from {@code int} and
 * {@code long} int64, unless a type is asked for. Operations follow PyTorch in broadcasting, promotion and special
 * values, and never change their operands; only methods that end in an underscore ({@link #add_})
 * and {@code set} do.
 *
 * <p>Threads may share tensors that none of them changes. Gradients accumulate under a lock, so that independent graphs
 * over the same leaves can be gone through at once.
 */
public final class Tensor extends TensorOperations implements Index {

    private final Storage storage;
    private @Nullable Node node;
    private int slot;
    private boolean requiresGrad;
    private volatile @Nullable Tensor grad;

    Tensor(INDArray data, Storage storage) {
        super(data);
        this.storage = storage;
    }

    /** Makes this the output of an operation. */
    void connect(Node producer, int index) {
        node = producer;
        slot = index;
        requiresGrad = true;
    }

    private INDArray array() {
        return Memory.array(this);
    }

    // Facts

    /** Returns the sizes of the dimensions. */
    public long[] shape() {
        return array().shape().clone();
    }

    /** Returns the size of a dimension. */
    public long size(int dim) {
        return ndim() == 0 ? 1 : array().size(Shapes.dim("size", dim, ndim()));
    }

    /** Returns the number of dimensions. */
    public int ndim() {
        return array().rank();
    }

    /** As {@link #ndim}, by the name of PyTorch's method. */
    public int dim() {
        return ndim();
    }

    /** Returns the number of elements. */
    public long numel() {
        return array().length();
    }

    /** Returns the type of the elements. */
    public DataType dtype() {
        return array().dataType();
    }

    String dtypeName() {
        return DTypes.name(dtype());
    }

    /**
     * Returns the values as the ND4J array that holds them, for an operation to read.
     *
     * <p>Do not write to it: nothing would notice, and gradients could be wrong. See {@link #toINDArray}.
     */
    public INDArray data() {
        return Memory.escape(array());
    }

    /**
     * Returns the values as an ND4J array over the same memory, for other code to use.
     *
     * @throws IllegalStateException if this requires a gradient, since what is done to the array is not recorded
     */
    public INDArray toINDArray() {
        checkState(
                !requiresGrad,
                "toINDArray: expected a tensor that requires no gradient; got one of shape %s that does."
                        + " Call detach() first.",
                Shapes.format(shape()));
        return data();
    }

    /**
     * Returns the one value; a whole one beyond 2⁵³ is rounded, see {@link #toLongArray}.
     *
     * @throws IllegalStateException if there is not exactly one
     */
    public double item() {
        checkState(
                numel() == 1,
                "item: expected a tensor of one element; got shape %s. Select an element, or call toDoubleArray().",
                Shapes.format(shape()));
        return Copy.toDoubles(array())[0];
    }

    /** Returns a copy of the values in row-major order. */
    public double[] toDoubleArray() {
        return Copy.toDoubles(array());
    }

    /** Returns a copy of the values in row-major order, floating ones truncated towards zero. */
    public long[] toLongArray() {
        return Copy.toLongs(array());
    }

    /** Returns the values, abbreviated at the edges if they are many, with shape, type and origin. */
    @Override
    public String toString() {
        Node producer = node;
        String origin = producer == null || producer.isLeaf() ? null : producer.title();
        return TensorFormat.format(array(), origin, requiresGrad);
    }

    // Differentiation

    /** Whether operations on this are recorded. */
    public boolean requiresGrad() {
        return requiresGrad;
    }

    /**
     * Sets whether operations on this are recorded from now on, and returns this.
     *
     * @throws IllegalArgumentException if the type is not a floating one
     * @throws IllegalStateException to switch it off in the result of a recorded operation
     */
    public Tensor requiresGrad(boolean required) {
        checkArgument(
                !required || DTypes.isFloating(dtype()),
                "requiresGrad: expected a tensor of a floating type; got %s. Convert it with to(DataType.FLOAT).",
                dtypeName());
        checkState(
                required || isLeaf(),
                "requiresGrad: expected a leaf to switch off; got the result of '%s'. Call detach() for a constant.",
                node().name());
        requiresGrad = required;
        return this;
    }

    /** Whether this is not the result of a recorded operation. */
    public boolean isLeaf() {
        return node == null || node.isLeaf();
    }

    /** Returns where gradients of this arrive. */
    synchronized Node node() {
        Node known = node == null ? Node.leaf(this) : node;
        node = known;
        return known;
    }

    int slot() {
        return slot;
    }

    Storage storage() {
        return storage;
    }

    /**
     * Adds the derivative of this with respect to every leaf that requires a gradient to the leaf's {@link #grad}.
     *
     * @throws IllegalStateException unless this has one element and was computed from such a leaf, or if values saved
     *     for it were changed in place or released by an earlier pass
     */
    public void backward(Backward... options) {
        Autograd.backward(this, null, options);
    }

    /**
     * As {@link #backward(Backward...)} for a tensor of any shape.
     *
     * @param gradient the gradient of some scalar with respect to this, of this shape
     */
    public void backward(Tensor gradient, Backward... options) {
        Autograd.backward(this, gradient, options);
    }

    /**
     * Returns the gradient that backward passes have gathered.
     *
     * @throws IllegalStateException if there is none, see {@link #hasGrad}
     */
    public synchronized Tensor grad() {
        Tensor gathered = grad;
        if (gathered == null) {
            throw new IllegalStateException("grad: expected a gradient; got none for this " + gradientMissing());
        }
        Custody.keep(gathered);
        return gathered;
    }

    /** Returns the likely reason and its cure. */
    private String gradientMissing() {
        String shape = String.valueOf(Shapes.format(shape()));
        if (!isLeaf()) {
            return "result of '" + node().name() + "' of shape " + shape + ", which is no leaf: gradients arrive in the"
                    + " tensors that it was computed from. Update parameters in place, Autograd.noGrad(() -> w.sub_(…)),"
                    + " since w = w.sub(…) makes another tensor; or call retainGrad() before backward().";
        }
        return requiresGrad
                ? "tensor of shape " + shape + ". Call backward() on a result that depends on it."
                : "tensor of shape " + shape + ", which does not require one. Call requiresGrad(true) before it is"
                        + " used, and backward() on a result that depends on it. Update parameters in place,"
                        + " Autograd.noGrad(() -> w.sub_(…)), since w = w.sub(…) makes another tensor.";
    }

    /** Whether a gradient has arrived since the last {@link #zeroGrad}. */
    public boolean hasGrad() {
        return grad != null;
    }

    /** Replaces the gradient; it must have this shape and type. */
    public synchronized void grad(Tensor gradient) {
        checkArgument(
                Arrays.equals(shape(), gradient.shape()) && dtype() == gradient.dtype(),
                "grad: expected shape %s and dtype %s; got %s and %s. Reshape it, or convert it with to(…).",
                Shapes.format(shape()),
                dtypeName(),
                Shapes.format(gradient.shape()),
                gradient.dtypeName());
        Custody.use(gradient);
        Custody.keep(gradient);
        zeroGrad();
        grad = gradient;
    }

    /** Removes the gradient. */
    public synchronized void zeroGrad() {
        Custody.done(grad);
        grad = null;
    }

    @Override
    protected synchronized @Nullable Operand borrowGrad() {
        Custody.use(grad);
        return grad;
    }

    @Override
    protected void giveBack() {
        Custody.done(this);
    }

    /** Adds a gradient, of which the caller has counted a use for this. */
    synchronized void accumulate(Tensor gradient) {
        Tensor before = grad;
        if (before == null) {
            Custody.keepIfSeen(gradient);
            grad = gradient;
        } else if (gradient.requiresGrad() || before.requiresGrad()) {
            grad(before.add(gradient));
            Custody.done(gradient);
        } else {
            Autograd.noGrad(() -> before.add_(gradient));
            Custody.done(gradient);
        }
    }

    /** Keeps the gradient of this result of an operation, as if it were a leaf, and returns this. */
    public Tensor retainGrad() {
        checkState(
                requiresGrad,
                "retainGrad: expected a tensor that requires a gradient; got a constant."
                        + " Call requiresGrad(true) on what it is computed from.");
        node().retain(slot, this);
        return this;
    }

    /** Returns the same values in the same memory, cut off from the graph. */
    public Tensor detach() {
        Tensor result = new Tensor(array(), storage);
        return Trace.isOn() ? Trace.noted("detach", result, new Object[] {this}) : result;
    }

    // Changes in place

    /** Changes the values in place, where neither they nor the operands are being recorded. */
    Tensor change(String name, Consumer<INDArray> change, Tensor... operands) {
        checkState(
                !GradMode.isEnabled()
                        || !(requiresGrad || Arrays.stream(operands).anyMatch(Tensor::requiresGrad)),
                "%s: expected tensors that are not being recorded; got shape %s %s. Wrap the change in"
                        + " Autograd.noGrad(() -> …), or use the operation that returns a new tensor, on a clone().",
                name,
                Shapes.format(shape()),
                requiresGrad
                        ? (isLeaf() ? "(a leaf that requires a gradient)" : "(part of a graph)")
                        : "and a gradient");
        change.accept(array());
        storage.bump(name);
        return this;
    }

    /** Returns a copy in memory of its own; gradients pass through. */
    @Override
    @SuppressWarnings("MethodDoesntCallSuperMethod")
    public Tensor clone() {
        return Functions.clone(this);
    }
}
