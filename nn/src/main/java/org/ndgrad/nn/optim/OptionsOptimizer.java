package org.ndgrad.nn.optim;

import com.google.common.collect.ImmutableMap;
import java.util.Map;
import org.ndgrad.autograd.Tensor;

/**
 * What optimizers with options have in common.
 *
 * @param <S> the optimizer's own class
 * @param <O> its options
 */
public abstract class OptionsOptimizer<S extends OptionsOptimizer<S, O>, O extends Record> extends Optimizer {

    OptionsOptimizer(Iterable<Tensor> parameters, double learningRate, O options) {
        super(parameters, learningRate, options);
    }

    /**
     * Adds parameters with a learning rate and options of their own.
     *
     * @param parameters further leaves that require gradients, at least one
     * @param learningRate η ≥ 0, finite
     * @return this
     * @throws IllegalArgumentException if a parameter, the learning rate or the options are not usable
     */
    public final S addGroup(Iterable<Tensor> parameters, double learningRate, O options) {
        add(parameters, learningRate, options);
        return self();
    }

    @Override
    public final S addGroup(Iterable<Tensor> parameters, double learningRate) {
        super.addGroup(parameters, learningRate);
        return self();
    }

    @SuppressWarnings("unchecked") // S is the class itself
    private S self() {
        return (S) this;
    }

    /** Returns the options of the first group or, in {@link #update}, of the parameter's group. */
    @SuppressWarnings("unchecked") // groups get none but O
    final O options() {
        return (O) groupOptions();
    }

    @Override
    final boolean keepsGradients() {
        return false;
    }

    @Override
    @SuppressWarnings("unchecked") // groups get none but O
    final Map<String, long[]> stateShapes(Tensor parameter, Record options) {
        return shapes(parameter, (O) options);
    }

    /** Returns what is remembered of a parameter: names with shapes. */
    abstract ImmutableMap<String, long[]> shapes(Tensor parameter, O options);

    /** Returns states of the parameter's shape beside the number of steps. */
    static ImmutableMap<String, long[]> counted(Tensor parameter, String... names) {
        return ImmutableMap.<String, long[]>builder()
                .put(ParameterState.STEP, ParameterState.NUMBER)
                .putAll(uncounted(parameter, names))
                .buildOrThrow();
    }

    /** Returns states of the parameter's shape. */
    static ImmutableMap<String, long[]> uncounted(Tensor parameter, String... names) {
        ImmutableMap.Builder<String, long[]> shapes = ImmutableMap.builder();
        for (String name : names) {
            shapes.put(name, parameter.shape());
        }
        return shapes.buildOrThrow();
    }
}
