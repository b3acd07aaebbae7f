package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.ndgrad.autograd.MemoryScope;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Text;

/**
 * A function of one tensor with parameters of its own: the building block of networks.
 *
 * <p>To write a layer, extend this class, register what it owns in the constructor, and compute in {@link #forward}.
 * There is no derivative to write.
 *
 * <pre>{@code
 * final class Residual extends Layer {
 *     private final Layer body;
 *     private final Tensor scale;
 *
 *     Residual(Layer body) {
 *         this.body = child("body", body);
 *         this.scale = parameter("scale", Tensor.ones(1));
 *     }
 *
 *     @Override
 *     public Tensor forward(Tensor x) {
 *         return x.add(body.forward(x).mul(scale));
 *     }
 * }
 * }</pre>
 *
 * <p>Parameters and buffers are named by path, as in PyTorch's state dict: {@code body.0.weight} is the weight of the
 * first layer of {@code body}. Whether a layer trains or evaluates is explicit state, set by {@link #train} and
 * {@link #eval} for the layer and everything below it; a new layer trains.
 *
 * <p>Not thread-safe.
 */
public abstract class Layer {

    private final Map<String, Tensor> parameters = new LinkedHashMap<>();
    private final Map<String, Tensor> buffers = new LinkedHashMap<>();
    private final Map<String, Layer> children = new LinkedHashMap<>();
    private boolean training = true;

    /** Creates a layer in training mode that owns nothing yet. */
    protected Layer() {}

    /**
     * Returns the layer's output for an input.
     *
     * @param x input; each layer says of what shape
     * @return output; each layer says of what shape
     */
    public abstract Tensor forward(Tensor x);

    /**
     * Registers a tensor to be learned, makes it require a gradient, and returns it.
     *
     * @param name one step of a dotted path: not empty, without dots, not used in this layer before
     * @param initial a leaf of floating dtype; it is registered itself, not copied
     * @return {@code initial}
     * @throws IllegalArgumentException if the name is not usable, or {@code initial} is not a leaf or not floating
     */
    protected final Tensor parameter(String name, Tensor initial) {
        checkName(name);
        checkArgument(
                initial.isLeaf(),
                "%s: expected a leaf tensor as parameter '%s'; got the result of an operation. Call detach() on it.",
                className(),
                name);
        checkArgument(
                initial.dtype().isFPType(),
                "%s: expected a floating-point tensor as parameter '%s'; got %s. Convert it, or make it a buffer.",
                className(),
                name,
                Text.dtype(initial));
        parameters.put(name, MemoryScope.stored(initial.requiresGrad(true)));
        return initial;
    }

    /**
     * Registers a tensor that belongs to the layer but is not learned, such as a running mean, and returns it.
     *
     * @param name one step of a dotted path: not empty, without dots, not used in this layer before
     * @param initial a tensor that does not require a gradient; it is registered itself, not copied
     * @return {@code initial}
     * @throws IllegalArgumentException if the name is not usable or {@code initial} requires a gradient
     */
    protected final Tensor buffer(String name, Tensor initial) {
        checkName(name);
        checkArgument(
                !initial.requiresGrad(),
                "%s: expected a buffer '%s' that does not require a gradient; got one that does. "
                        + "Make it a parameter, or detach() it.",
                className(),
                name);
        buffers.put(name, MemoryScope.stored(initial));
        return initial;
    }

    /**
     * Registers a layer inside this one and returns it.
     *
     * @param name one step of a dotted path: not empty, without dots, not used in this layer before
     * @param layer the inner layer; one layer may be registered in several places, which then share its parameters
     * @return {@code layer}
     * @throws IllegalArgumentException if the name is not usable or {@code layer} is this layer
     */
    protected final <L extends Layer> L child(String name, L layer) {
        checkName(name);
        checkArgument(layer != this, "%s: expected another layer as child '%s'; got itself.", className(), name);
        children.put(name, checkNotNull(layer));
        return layer;
    }

    /**
     * Returns all parameters of this layer and the layers below, by dotted path; a shared one once, where first met.
     */
    public final ImmutableMap<String, Tensor> parameters() {
        return collect(layer -> layer.parameters);
    }

    /** Returns those of {@link #parameters} that require a gradient: all but the frozen ones. */
    public final ImmutableMap<String, Tensor> trainableParameters() {
        return ImmutableMap.copyOf(Maps.filterValues(parameters(), Tensor::requiresGrad));
    }

    /** Returns all buffers of this layer and the layers below, by dotted path; a shared one once, where first met. */
    public final ImmutableMap<String, Tensor> buffers() {
        return collect(layer -> layer.buffers);
    }

    /** Returns the layers directly inside this one, by name. */
    public final ImmutableMap<String, Layer> children() {
        return ImmutableMap.copyOf(children);
    }

    /** Returns the number of elements in all parameters, each shared one counted once. */
    public final long parameterCount() {
        return parameters().values().stream().mapToLong(Tensor::numel).sum();
    }

    /** Puts this layer and all below it in training mode: dropout drops. Returns this layer. */
    public final Layer train() {
        return training(true);
    }

    /** Puts this layer and all below it in evaluation mode: dropout is the identity. Returns this layer. */
    public final Layer eval() {
        return training(false);
    }

    /** Returns whether the layer is in training mode. */
    public final boolean isTraining() {
        return training;
    }

    /** Clears the gradients of all parameters: afterwards none has a gradient. */
    public final void zeroGrad() {
        parameters().values().forEach(Tensor::zeroGrad);
    }

    /**
     * Freezes or unfreezes all parameters of this layer and the layers below. A frozen parameter gets no gradient, and
     * costs no work in the backward pass.
     *
     * @param requiresGrad false to freeze
     * @return this layer
     */
    public final Layer requiresGrad(boolean requiresGrad) {
        parameters().values().forEach(parameter -> parameter.requiresGrad(requiresGrad));
        return this;
    }

    /** Returns the layer's settings as they stand between the parentheses of {@link #toString}; none by default. */
    protected String settings() {
        return "";
    }

    /** Returns the tree of layers with their settings, one layer a line, as PyTorch prints modules. */
    @Override
    public final String toString() {
        StringBuilder text = new StringBuilder();
        print(text, "");
        return text.toString();
    }

    private void print(StringBuilder text, String indent) {
        text.append(className()).append('(').append(settings());
        if (!children.isEmpty()) {
            children.forEach((name, layer) -> {
                text.append('\n').append(indent).append("  (").append(name).append("): ");
                layer.print(text, indent + "  ");
            });
            text.append('\n').append(indent);
        }
        text.append(')');
    }

    private Layer training(boolean on) {
        training = on;
        children.values().forEach(layer -> layer.training(on));
        return this;
    }

    private ImmutableMap<String, Tensor> collect(Function<Layer, Map<String, Tensor>> own) {
        ImmutableMap.Builder<String, Tensor> found = ImmutableMap.builder();
        collect(own, "", Collections.newSetFromMap(new IdentityHashMap<>()), found);
        return found.buildOrThrow();
    }

    private void collect(
            Function<Layer, Map<String, Tensor>> own,
            String prefix,
            Set<Tensor> seen,
            ImmutableMap.Builder<String, Tensor> found) {
        own.apply(this).forEach((name, tensor) -> {
            if (seen.add(tensor)) {
                found.put(prefix + name, tensor);
            }
        });
        children.forEach((name, layer) -> layer.collect(own, prefix + name + '.', seen, found));
    }

    private void checkName(String name) {
        checkArgument(
                !name.isEmpty() && name.indexOf('.') < 0,
                "%s: expected a name that is not empty and has no dot; got '%s'.",
                className(),
                name);
        checkArgument(
                !parameters.containsKey(name) && !buffers.containsKey(name) && !children.containsKey(name),
                "%s: expected a new name; got '%s', which is registered already.",
                className(),
                name);
    }

    private String className() {
        String name = getClass().getSimpleName();
        return name.isEmpty() ? "Layer" : name;
    }
}
