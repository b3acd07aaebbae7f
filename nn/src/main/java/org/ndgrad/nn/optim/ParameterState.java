package org.ndgrad.nn.optim;

import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.MemoryScope;
import org.ndgrad.autograd.Tensor;

/**
 * What an optimizer remembers about a parameter: tensors by name, and the number of steps. It is part of
 * {@link Optimizer#stateDict}.
 */
public final class ParameterState {

    static final String STEP = "step";

    /** Stands for the shape of a state that is a number, of any floating type. */
    static final long[] NUMBER = {};

    private final Tensor parameter;
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private long step;

    ParameterState(Tensor parameter) {
        this.parameter = parameter;
    }

    /** Returns a state of the parameter's shape and type, zeros at first. */
    public Tensor zeros(String name) {
        return filled(name, 0);
    }

    /** Returns a state of the parameter's shape and type, everywhere the value at first. */
    public Tensor filled(String name, double value) {
        Tensor known = tensors.get(name);
        if (known == null) {
            known = value == 0 ? Tensor.zerosLike(parameter) : Tensor.fullLike(parameter, value);
            tensors.put(name, known);
        }
        return known;
    }

    /** Returns a single number of {@link Tensor#defaultDtype}, as PyTorch keeps it, which is the value at first. */
    public Tensor number(String name, double value) {
        Tensor known = tensors.get(name);
        if (known == null) {
            known = Tensor.of(Tensor.defaultDtype(), value);
            tensors.put(name, known);
        }
        return known;
    }

    /** Whether there is a state of this name. */
    public boolean has(String name) {
        return tensors.containsKey(name);
    }

    /** Returns the state of this name. */
    public Tensor get(String name) {
        Tensor known = tensors.get(name);
        if (known == null) {
            throw new IllegalArgumentException("state: expected one of " + tensors.keySet() + "; got '" + name
                    + "'. Call put first, or zeros, which makes it.");
        }
        return known;
    }

    /** Keeps a tensor under a name, in place of what was there. */
    public void put(String name, Tensor value) {
        tensors.put(name, MemoryScope.stored(value.detach()));
    }

    /** Counts one step more and returns their number, so 1 in the first. */
    public long nextStep() {
        return ++step;
    }

    /** Returns the number of steps that were counted. */
    public long step() {
        return step;
    }

    /** Returns everything by name, the number of steps as a float64 number. */
    ImmutableMap<String, Tensor> tensors() {
        ImmutableMap.Builder<String, Tensor> all = ImmutableMap.builder();
        if (step > 0) {
            all.put(STEP, Tensor.of(DataType.DOUBLE, (double) step));
        }
        return all.putAll(tensors).buildOrThrow();
    }

    /** Takes over a state by name. */
    void load(String name, Tensor value) {
        if (name.equals(STEP)) {
            step = (long) value.item();
        } else {
            put(name, value.clone());
        }
    }

    @Override
    public String toString() {
        return "ParameterState(step=" + step + ", tensors=" + tensors.keySet() + ")";
    }
}
