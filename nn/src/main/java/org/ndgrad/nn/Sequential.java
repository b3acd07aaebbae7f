package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkElementIndex;

import com.google.common.collect.ImmutableList;
import java.util.List;
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
        for (Layer layer : layers) {
            y = layer.forward(y);
        }
        return y;
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
