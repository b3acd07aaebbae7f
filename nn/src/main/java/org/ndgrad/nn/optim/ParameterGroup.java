package org.ndgrad.nn.optim;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Map;
import java.util.OptionalDouble;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Checks;
import org.ndgrad.nn.Parameters;

/** Parameters of an optimizer that share a learning rate and options. */
public final class ParameterGroup {

    private final String owner;
    private final Parameters parameters;
    private double learningRate;
    private OptionalDouble initialLearningRate = OptionalDouble.empty();
    private Record options;

    ParameterGroup(String owner, Map<String, Tensor> parameters, double learningRate, Record options) {
        this.owner = owner;
        this.parameters = Parameters.of(parameters);
        this.learningRate = checked(learningRate);
        this.options = Checks.given(owner, "options", options);
    }

    /** Returns the parameters by name: as their model names them, else by number. */
    public Parameters parameters() {
        return parameters;
    }

    /** Returns the learning rate η. */
    public double learningRate() {
        return learningRate;
    }

    /**
     * Sets the learning rate for the steps to come. Schedules that are made later begin with it.
     *
     * @param learningRate η ≥ 0, finite
     * @throws IllegalArgumentException if it is not
     */
    public void learningRate(double learningRate) {
        this.learningRate = checked(learningRate);
        initialLearningRate = OptionalDouble.empty();
    }

    /** Returns the options, those of the optimizer's class such as {@link AdamOptions}. */
    public Record options() {
        return options;
    }

    void options(Record options) {
        this.options = options;
    }

    /** Returns the learning rate before the first schedule changed it. */
    double initialLearningRate() {
        return initialLearningRate.orElse(learningRate);
    }

    OptionalDouble knownInitialLearningRate() {
        return initialLearningRate;
    }

    /** Sets the learning rate for a schedule, which remembers the first one. */
    void schedule(double learningRate) {
        double initial = initialLearningRate();
        this.learningRate = checked(learningRate);
        initialLearningRate = OptionalDouble.of(initial);
    }

    void restore(double learningRate, OptionalDouble initialLearningRate, Record options) {
        this.learningRate = learningRate;
        this.initialLearningRate = initialLearningRate;
        this.options = options;
    }

    private double checked(double value) {
        checkArgument(
                value >= 0 && Double.isFinite(value),
                "%s: expected a finite learning rate of at least 0; got %s. Try 1e-3.",
                owner,
                value);
        return value;
    }

    String describe() {
        String settings = OptionNames.toMap(options).isEmpty() ? "" : ", " + options;
        return "learningRate=" + learningRate + ", parameters=" + parameters.size() + ", elements="
                + parameters.values().stream().mapToLong(Tensor::numel).sum() + settings;
    }

    /** Returns the learning rate, the options, and how much there is to optimize. */
    @Override
    public String toString() {
        return "ParameterGroup(" + describe() + ")";
    }
}
