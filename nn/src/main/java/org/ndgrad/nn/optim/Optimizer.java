package org.ndgrad.nn.optim;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.MemoryScope;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Updates;

/**
 * Changes parameters in place, by their gradients.
 *
 * <pre>{@code
 * Optimizer optimizer = new Adam(model.parameters(), 1e-3);
 * for (Batch batch : loader) {
 *     optimizer.zeroGrad();
 *     Losses.mseLoss(model.forward(batch.features()), batch.targets()).backward();
 *     optimizer.step();
 * }
 * }</pre>
 *
 * <p>To write an optimizer, extend this class and say in {@link #update} what happens to one parameter. It is called
 * with recording off, once per step for each parameter that has a gradient; others are skipped, state and all. Keep
 * state in an identity map from the parameter, which no open MemoryScope ends, and change the parameter by
 * {@code add_}, {@code sub_}, {@code mul_} and {@code div_}, leaving the gradient as it is.
 *
 * <p>Not thread-safe.
 */
public abstract class Optimizer {

    private final ImmutableList<Tensor> parameters;
    private double learningRate;

    /**
     * Stores what to optimize.
     *
     * @param parameters distinct leaves that require gradients, at least one
     * @param learningRate η ≥ 0, finite
     * @throws IllegalArgumentException if there are no parameters, one appears twice, is not a leaf or does not require
     *     a gradient, or the learning rate is not usable
     */
    protected Optimizer(Iterable<Tensor> parameters, double learningRate) {
        this.parameters = ImmutableList.copyOf(parameters);
        this.learningRate = checkLearningRate(learningRate);
        checkArgument(
                !this.parameters.isEmpty(),
                "%s: expected at least one parameter; got none. Pass model.parameters().values().",
                name());
        Set<Tensor> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < this.parameters.size(); i++) {
            Tensor parameter = this.parameters.get(i);
            checkArgument(
                    parameter.isLeaf(),
                    "%s: expected leaf tensors; got the result of an operation as parameter %s. "
                            + "Only leaves keep gradients: pass the tensor it was computed from, or detach() it.",
                    name(),
                    i);
            checkArgument(
                    parameter.requiresGrad(),
                    "%s: expected tensors that require gradients; parameter %s does not. Call requiresGrad(true), or "
                            + "leave frozen ones out with model.trainableParameters().values().",
                    name(),
                    i);
            checkArgument(
                    seen.add(parameter),
                    "%s: expected distinct parameters; parameter %s appears a second time. Pass it once.",
                    name(),
                    i);
            MemoryScope.stored(parameter);
        }
    }

    /**
     * Changes one parameter by its gradient.
     *
     * @param parameter any shape
     * @param grad its gradient, shape and dtype of the parameter; not to be changed
     */
    protected abstract void update(Tensor parameter, Tensor grad);

    /** Whether {@link #update} may keep gradients, so that their memory must not come back at {@link #zeroGrad}. */
    boolean keepsGradients() {
        return true;
    }

    /** Updates every parameter that has a gradient. */
    public final void step() {
        Autograd.noGrad(() -> {
            for (Tensor parameter : parameters) {
                Updates.borrowGradient(parameter).ifPresent(gradient -> {
                    if (keepsGradients()) {
                        MemoryScope.outside(() -> update(parameter, gradient));
                    } else {
                        update(parameter, gradient);
                        Updates.giveBack(gradient);
                    }
                });
            }
        });
    }

    /**
     * Clears all gradients: afterwards no parameter has one, and {@link #step} skips it until the next backward pass.
     */
    public final void zeroGrad() {
        parameters.forEach(Tensor::zeroGrad);
    }

    /** Returns the parameters in the order given. */
    public final ImmutableList<Tensor> parameters() {
        return parameters;
    }

    /** Returns the learning rate η. */
    public final double learningRate() {
        return learningRate;
    }

    /**
     * Sets the learning rate for the steps to come.
     *
     * @param learningRate η ≥ 0, finite
     * @throws IllegalArgumentException if it is not
     */
    public final void learningRate(double learningRate) {
        this.learningRate = checkLearningRate(learningRate);
    }

    private double checkLearningRate(double value) {
        checkArgument(
                value >= 0 && Double.isFinite(value),
                "%s: expected a finite learning rate of at least 0; got %s. Try 1e-3.",
                name(),
                value);
        return value;
    }

    /** Returns the options, as {@link #toString} shows them. */
    Object options() {
        return "";
    }

    /** Returns the name, the learning rate, what else was chosen, and how much there is to optimize. */
    @Override
    public String toString() {
        String options = options().toString();
        return name() + "(learningRate=" + learningRate + ", parameters=" + parameters.size() + ", elements="
                + parameters.stream().mapToLong(Tensor::numel).sum() + (options.isEmpty() ? "" : ", " + options) + ")";
    }

    private String name() {
        return getClass().getSimpleName();
    }
}
