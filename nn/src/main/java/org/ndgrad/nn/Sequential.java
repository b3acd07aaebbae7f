package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkElementIndex;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.ndgrad.autograd.MemoryScope;
import org.ndgrad.autograd.Tensor;

/**
 * Layers in a row, y = fₙ(… f₂(f₁(x))).
 *
 * <p>Children are named by position, so that the weight of a first {@link Linear} is the parameter {@code 0.weight}.
 * Without layers it is the identity.
 *
 * <pre>{@code
 * Sequential model = new Sequential(new Linear(2, 8), new Tanh(), new Linear(8, 1));
 * Tensor y = model.forward(Tensor.randn(32, 2)); // shape (32, 1)
 * }</pre>
 */
public final class Sequential extends Layer {

    private final ImmutableList<Layer> layers;
    private final ImmutableList<ImmutableList<UnaryOperator<Tensor>>> runs;

    /** Creates a row of layers, the first one first. */
    public Sequential(Layer... layers) {
        this(List.of(layers));
    }

    /** Creates a row of layers, the first one first. */
    public Sequential(List<? extends Layer> layers) {
        this.layers = ImmutableList.copyOf(layers);
        for (int i = 0; i < this.layers.size(); i++) {
            child(Integer.toString(i), this.layers.get(i));
        }
        this.runs = runs(this.layers);
    }

    /**
     * Returns the output of the last layer.
     *
     * @param x what the first layer takes
     * @return what the last layer returns
     */
    @Override
    public Tensor forward(Tensor x) {
        Tensor y = x;
        for (ImmutableList<UnaryOperator<Tensor>> run : runs) {
            y = MemoryScope.chain(y, run);
        }
        return y;
    }

    /** Returns the layers, those joined that follow one another and do not keep what they pass on. */
    private static ImmutableList<ImmutableList<UnaryOperator<Tensor>>> runs(List<Layer> layers) {
        ImmutableList.Builder<ImmutableList<UnaryOperator<Tensor>>> runs = ImmutableList.builder();
        for (int from = 0, to; from < layers.size(); from = to) {
            to = from + 1;
            while (to < layers.size()
                    && layers.get(to - 1) instanceof KeepsNothing
                    && layers.get(to) instanceof KeepsNothing) {
                to++;
            }
            runs.add(layers.subList(from, to).stream()
                    .map(layer -> (UnaryOperator<Tensor>) layer::forward)
                    .collect(ImmutableList.toImmutableList()));
        }
        return runs.build();
    }

    /**
     * Returns the layer at a position.
     *
     * @param index in [0, size)
     * @throws IndexOutOfBoundsException if there is no such layer
     */
    public Layer get(int index) {
        checkElementIndex(index, layers.size(), "layer");
        return layers.get(index);
    }

    /** Returns the number of layers. */
    public int size() {
        return layers.size();
    }
}
