package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkElementIndex;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.MemoryScope;
import org.ndgrad.autograd.Tensor;

/**
 * Layers in a row, y = fₙ(… f₂(f₁(x))).
 *
 * <p>Children are named by position, so that the weight of a first {@link Linear} is the parameter {@code 0.weight}; or
 * they are given names. Without layers it is the identity. A layer that refuses its input is named by its place.
 *
 * <pre>{@code
 * Sequential model = new Sequential(new Linear(2, 8), new Tanh(), new Linear(8, 1));
 * Tensor y = model.forward(Tensor.randn(32, 2)); // shape (32, 1)
 * }</pre>
 */
public final class Sequential extends BuiltIn implements Iterable<Layer> {

    private final ImmutableMap<String, Layer> layers;
    private transient @Nullable ImmutableList<ImmutableList<UnaryOperator<Tensor>>> runs;

    /** Creates a row of layers, the first one first. */
    public Sequential(Layer... layers) {
        this(List.of(layers));
    }

    /** Creates a row of layers, the first one first. */
    public Sequential(List<? extends Layer> layers) {
        this(numbered(layers));
    }

    /** Creates a row of layers with names, in the order of the map. */
    public Sequential(Map<String, ? extends Layer> layers) {
        this.layers = ImmutableMap.copyOf(layers);
        this.layers.forEach(this::child);
    }

    private static ImmutableMap<String, Layer> numbered(List<? extends Layer> layers) {
        ImmutableMap.Builder<String, Layer> numbered = ImmutableMap.builder();
        for (int i = 0; i < layers.size(); i++) {
            numbered.put(Integer.toString(i), layers.get(i));
        }
        return numbered.buildOrThrow();
    }

    @Override
    Tensor compute(Tensor x) {
        if (runs == null) {
            runs = runs();
        }
        boolean isWatched = isWatched();
        Tensor y = x;
        for (ImmutableList<UnaryOperator<Tensor>> run : runs) {
            if (isWatched) {
                for (UnaryOperator<Tensor> step : run) {
                    y = step.apply(y);
                }
            } else {
                y = MemoryScope.chain(y, run);
            }
        }
        return y;
    }

    /** Returns whether there are hooks, which may keep what passes. */
    private boolean isWatched() {
        for (Layer layer : layers.values()) {
            if (layer.hasHooks()) {
                return true;
            }
        }
        return false;
    }

    /** Returns the layers, those joined that follow one another and do not keep what they pass on. */
    private ImmutableList<ImmutableList<UnaryOperator<Tensor>>> runs() {
        List<Map.Entry<String, Layer>> all = layers.entrySet().asList();
        ImmutableList.Builder<ImmutableList<UnaryOperator<Tensor>>> found = ImmutableList.builder();
        for (int from = 0, to; from < all.size(); from = to) {
            to = from + 1;
            while (to < all.size()
                    && all.get(to - 1).getValue() instanceof KeepsNothing
                    && all.get(to).getValue() instanceof KeepsNothing) {
                to++;
            }
            found.add(all.subList(from, to).stream()
                    .map(entry -> (UnaryOperator<Tensor>) x -> step(entry.getKey(), entry.getValue(), x))
                    .collect(ImmutableList.toImmutableList()));
        }
        return found.build();
    }

    private static Tensor step(String name, Layer layer, Tensor x) {
        try {
            return layer.call(x);
        } catch (IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException e) {
            throw Places.inside(name, layer, e);
        }
    }

    @Override
    void copied() {
        runs = null;
    }

    /**
     * Returns the layer at a position.
     *
     * @param index in [0, size)
     * @throws IndexOutOfBoundsException if there is no such layer
     */
    public Layer get(int index) {
        checkElementIndex(index, layers.size(), "layer");
        return layers.values().asList().get(index);
    }

    /** Returns the number of layers. */
    public int size() {
        return layers.size();
    }

    /** Returns the layers in order. */
    @Override
    public Iterator<Layer> iterator() {
        return layers.values().iterator();
    }

    @Override
    public Sequential apply(Consumer<? super Block> function) {
        return (Sequential) super.apply(function);
    }

    @Override
    public Sequential train() {
        return (Sequential) super.train();
    }

    @Override
    public Sequential eval() {
        return (Sequential) super.eval();
    }

    @Override
    public Sequential requiresGrad(boolean requiresGrad) {
        return (Sequential) super.requiresGrad(requiresGrad);
    }

    @Override
    public Sequential freeze() {
        return (Sequential) super.freeze();
    }

    @Override
    public Sequential unfreeze() {
        return (Sequential) super.unfreeze();
    }

    @Override
    public Sequential to(DataType dtype) {
        return (Sequential) super.to(dtype);
    }

    @Override
    public Sequential load(Map<String, Tensor> stateDict) {
        return (Sequential) super.load(stateDict);
    }

    @Override
    public Sequential copy() {
        return (Sequential) super.copy();
    }

    @Override
    public Sequential with(Map<String, Tensor> parameters) {
        return (Sequential) super.with(parameters);
    }
}
