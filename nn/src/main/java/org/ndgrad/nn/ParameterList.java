package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkElementIndex;

import com.google.common.collect.ImmutableList;
import java.util.Iterator;
import java.util.List;
import org.ndgrad.autograd.Tensor;

/**
 * Parameters in a list that grows, named by position. A field with a plain list of tensors that require gradients does
 * as well where their number is known.
 */
public final class ParameterList extends Block implements Iterable<Tensor> {

    /** Creates a list of parameters, see {@link #add}, or of none. */
    public ParameterList(Tensor... parameters) {
        this(List.of(parameters));
    }

    /** Creates a list of parameters, see {@link #add}. */
    public ParameterList(List<Tensor> parameters) {
        parameters.forEach(this::add);
    }

    /**
     * Adds a parameter at the end; returns this.
     *
     * @param initial a leaf of floating dtype, which is made to require a gradient
     * @throws IllegalArgumentException if it is not
     */
    public ParameterList add(Tensor initial) {
        parameter(Integer.toString(size()), initial);
        return this;
    }

    /** Returns the number of parameters. */
    public int size() {
        return owned().parameters.size();
    }

    /**
     * Returns the parameter at a position.
     *
     * @param index in [0, size)
     * @throws IndexOutOfBoundsException if there is no such parameter
     */
    public Tensor get(int index) {
        checkElementIndex(index, size(), "parameter");
        return ImmutableList.copyOf(owned().parameters.values()).get(index);
    }

    /** Returns the parameters in order. */
    @Override
    public Iterator<Tensor> iterator() {
        return ImmutableList.copyOf(owned().parameters.values()).iterator();
    }
}
