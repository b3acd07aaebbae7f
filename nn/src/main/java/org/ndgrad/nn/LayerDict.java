package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.Iterator;
import java.util.Map;

/**
 * Layers by names, in the order in which they came, {@code ModuleDict} in PyTorch. It computes nothing itself. A field
 * with a plain map of layers does as well where their number is known.
 *
 * @param <B> what they have in common
 */
public final class LayerDict<B extends Block> extends Block implements Iterable<B> {

    /** Creates an empty dictionary. */
    public LayerDict() {}

    /** Creates a dictionary of layers. */
    public LayerDict(Map<String, ? extends B> layers) {
        layers.forEach(this::put);
    }

    /**
     * Adds a layer under a new name; returns this.
     *
     * @param name not empty, without dots
     * @throws IllegalArgumentException if the name is not usable or taken
     */
    public LayerDict<B> put(String name, B layer) {
        child(name, layer);
        return this;
    }

    /** Returns the number of layers. */
    public int size() {
        return owned().children.size();
    }

    /** Returns the names in order. */
    public ImmutableSet<String> names() {
        return ImmutableSet.copyOf(owned().children.keySet());
    }

    /**
     * Returns the layer of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    @SuppressWarnings("unchecked") // put takes nothing else
    public B get(String name) {
        Block layer = owned().children.get(name);
        checkArgument(layer != null, "LayerDict: expected one of the names %s; got '%s'. Put it in.", names(), name);
        return (B) layer;
    }

    /** Returns the layers in order. */
    @Override
    @SuppressWarnings("unchecked") // put takes nothing else
    public Iterator<B> iterator() {
        return (Iterator<B>) ImmutableList.copyOf(owned().children.values()).iterator();
    }
}
