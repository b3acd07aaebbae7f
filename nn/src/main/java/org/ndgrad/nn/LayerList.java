package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkElementIndex;

import com.google.common.collect.ImmutableList;
import java.util.Iterator;
import java.util.List;

/**
 * Layers in a list that grows, named by position, {@code ModuleList} in PyTorch. It computes nothing itself. A field
 * with a plain list of layers does as well where their number is known.
 *
 * @param <B> what they have in common
 */
public final class LayerList<B extends Block> extends Block implements Iterable<B> {

    /** Creates a list of layers, {@code new LayerList<>(first, second)}, or of none. */
    @SafeVarargs
    public LayerList(B... layers) {
        for (B layer : layers) {
            add(layer);
        }
    }

    /** Creates a list of layers. */
    public LayerList(List<? extends B> layers) {
        layers.forEach(this::add);
    }

    /** Adds a layer at the end; returns this. */
    public LayerList<B> add(B layer) {
        child(Integer.toString(size()), layer);
        return this;
    }

    /** Returns the number of layers. */
    public int size() {
        return owned().children.size();
    }

    /**
     * Returns the layer at a position.
     *
     * @param index in [0, size)
     * @throws IndexOutOfBoundsException if there is no such layer
     */
    public B get(int index) {
        checkElementIndex(index, size(), "layer");
        return all().get(index);
    }

    @SuppressWarnings("unchecked") // add takes nothing else
    private ImmutableList<B> all() {
        return (ImmutableList<B>) ImmutableList.copyOf(owned().children.values());
    }

    /** Returns the layers in order. */
    @Override
    public Iterator<B> iterator() {
        return all().iterator();
    }
}
