package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.Iterator;
import java.util.Map;
import org.ndgrad.autograd.Tensor;

/**
 * Parameters by names, in the order in which they came. A field with a plain map of tensors that require gradients does
 * as well where their number is known.
 */
public final class ParameterDict extends Block implements Iterable<Tensor> {

    /** Creates an empty dictionary. */
    public ParameterDict() {}

    /** Creates a dictionary of parameters, see {@link #put}. */
    public ParameterDict(Map<String, Tensor> parameters) {
        parameters.forEach(this::put);
    }

    /**
     * Adds a parameter under a new name; returns this.
     *
     * @param name not empty, without dots
     * @param initial a leaf of floating dtype, which is made to require a gradient
     * @throws IllegalArgumentException if the name is not usable or taken, or the tensor is no such leaf
     */
    public ParameterDict put(String name, Tensor initial) {
        parameter(name, initial);
        return this;
    }

    /** Returns the number of parameters. */
    public int size() {
        return owned().parameters.size();
    }

    /** Returns the names in order. */
    public ImmutableSet<String> names() {
        return ImmutableSet.copyOf(owned().parameters.keySet());
    }

    /**
     * Returns the parameter of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Tensor get(String name) {
        Tensor parameter = owned().parameters.get(name);
        checkArgument(
                parameter != null, "ParameterDict: expected one of the names %s; got '%s'. Put it in.", names(), name);
        return parameter;
    }

    /** Returns the parameters in order. */
    @Override
    public Iterator<Tensor> iterator() {
        return ImmutableList.copyOf(owned().parameters.values()).iterator();
    }
}
