package org.ndgrad.nn.optim;

import com.google.common.collect.ImmutableMap;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.AdamStep;
import org.ndgrad.autograd.internal.Updates;

/** The step of {@link Adam} and {@link AdamW}, in one pass. */
final class Moments {

    static final String MEAN = "exp_avg";
    static final String SQUARE = "exp_avg_sq";
    private static final String LARGEST = "max_exp_avg_sq";

    private Moments() {}

    static ImmutableMap<String, long[]> shapes(Tensor parameter, boolean amsgrad) {
        return amsgrad
                ? OptionsOptimizer.counted(parameter, MEAN, SQUARE, LARGEST)
                : OptionsOptimizer.counted(parameter, MEAN, SQUARE);
    }

    static void step(Tensor parameter, Tensor grad, ParameterState state, double learningRate, AdamOptions options) {
        boolean decoupled = options.decoupledWeightDecay();
        AdamStep step = new AdamStep(
                state.nextStep(),
                learningRate,
                options.beta1(),
                options.beta2(),
                options.epsilon(),
                decoupled ? 0 : options.weightDecay(),
                decoupled ? 1 - learningRate * options.weightDecay() : 1,
                options.maximize());
        step(parameter, grad, state, step, options.amsgrad());
    }

    static void step(Tensor parameter, Tensor grad, ParameterState state, double learningRate, AdamWOptions options) {
        AdamStep step = new AdamStep(
                state.nextStep(),
                learningRate,
                options.beta1(),
                options.beta2(),
                options.epsilon(),
                0,
                1 - learningRate * options.weightDecay(),
                options.maximize());
        step(parameter, grad, state, step, options.amsgrad());
    }

    private static void step(Tensor parameter, Tensor grad, ParameterState state, AdamStep step, boolean amsgrad) {
        Tensor mean = state.zeros(MEAN);
        Tensor square = state.zeros(SQUARE);
        if (amsgrad) {
            Updates.adam(parameter, mean, square, state.zeros(LARGEST), grad, step);
        } else {
            Updates.adam(parameter, mean, square, grad, step);
        }
    }
}
