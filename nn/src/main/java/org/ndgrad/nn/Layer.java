package org.ndgrad.nn;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;

/**
 * A block that maps one tensor to one tensor: what {@link Sequential} takes.
 *
 * <p>To write a layer, extend this class, keep what it owns in fields, and compute in {@link #forward}. There is no
 * derivative to write.
 *
 * <pre>{@code
 * final class Residual extends Layer {
 *     private final Linear body = new Linear(16, 16);
 *     private final Tensor scale = Tensor.ones(1).requiresGrad(true);
 *
 *     @Override
 *     public Tensor forward(Tensor x) {
 *         return x.add(body.forward(x).mul(scale));
 *     }
 * }
 * }</pre>
 */
public abstract class Layer extends Block {

    /** Creates a layer in training mode that owns what its fields hold. */
    protected Layer() {}

    /**
     * Returns the layer's output for an input.
     *
     * @param x input; each layer says of what shape
     * @return output; each layer says of what shape
     */
    public abstract Tensor forward(Tensor x);

    /** Returns {@link #forward} of an input, with the hooks of this layer around. */
    public Tensor call(Tensor x) {
        return hasHooks() ? hooked(List.of(x), inputs -> forward(inputs.get(0))) : forward(x);
    }

    /**
     * Returns a table of the layers with the shapes of their outputs and their numbers of parameters, made by a forward
     * pass of zeros in evaluation mode, without recording.
     *
     * @param inputShape shape of the input, with the dimension of samples
     */
    public final Summary summary(long... inputShape) {
        return Summary.of(this, inputShape);
    }

    /** Returns a table as {@link #summary(long...)} does, made by a forward pass of the input. */
    public final Summary summary(Tensor input) {
        return Summary.of(this, input);
    }

    /**
     * Draws what the layer says of the plane, with points over it, as {@code ClassifierPlots.decisionBoundary} does: a
     * layer from (N, 2) to (N, C) scores, or to (N, 1) or (N) probabilities or logits.
     *
     * <pre>{@code
     * model.plotBoundary(x, y, "inside", "outside").show();
     * }</pre>
     *
     * @param x points, shape (N, 2)
     * @param y their classes: whole numbers from 0 of shape (N), −1 and 1, or one-hot rows of shape (N, C)
     * @param names the names of the classes; "class 0", "class 1", … if left out
     * @throws IllegalArgumentException if a shape does not fit, an output is NaN, or names are missing
     * @throws IllegalStateException if the module {@code ndgrad-plot} is not there
     */
    public final Picture plotBoundary(Tensor x, Tensor y, String... names) {
        return Painter.of("plotBoundary").decisionBoundary(this, x, y, names);
    }

    @Override
    public Layer apply(Consumer<? super Block> function) {
        return (Layer) super.apply(function);
    }

    @Override
    public Layer train() {
        return (Layer) super.train();
    }

    @Override
    public Layer eval() {
        return (Layer) super.eval();
    }

    @Override
    public Layer requiresGrad(boolean requiresGrad) {
        return (Layer) super.requiresGrad(requiresGrad);
    }

    @Override
    public Layer freeze() {
        return (Layer) super.freeze();
    }

    @Override
    public Layer unfreeze() {
        return (Layer) super.unfreeze();
    }

    @Override
    public Layer to(DataType dtype) {
        return (Layer) super.to(dtype);
    }

    @Override
    public Layer load(Map<String, Tensor> stateDict) {
        return (Layer) super.load(stateDict);
    }

    @Override
    public Layer copy() {
        return (Layer) super.copy();
    }

    @Override
    public Layer with(Map<String, Tensor> parameters) {
        return (Layer) super.with(parameters);
    }
}
