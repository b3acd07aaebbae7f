package org.ndgrad.nn.train;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import java.util.Arrays;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Checks;
import org.ndgrad.autograd.internal.Text;

/** A sum of errors for each of D outputs. */
final class OutputErrors {

    private static final String SUMS = "sums";
    private static final String EXPONENTS = "exponents";
    private static final String SAMPLES = "samples";

    private final String who;
    private final int power;
    private final DoubleBinaryOperator error;
    private ErrorSums sums;
    private long samples;

    /**
     * Makes sums of 0.
     *
     * @param who printed in messages
     * @param power of the errors that are added: 1 or 2
     * @param error of a difference between a predicted value and its target, and of the target; of half a difference,
     *     half of it
     */
    OutputErrors(String who, int power, DoubleBinaryOperator error) {
        this.who = who;
        this.power = power;
        this.error = error;
        this.sums = ErrorSums.of(power, 0);
    }

    /** Returns sums of the differences to a power. */
    static OutputErrors of(String who, int power) {
        return new OutputErrors(who, power, (difference, target) -> difference);
    }

    void add(Tensor predicted, Tensor targets) {
        int outputs = outputs(who, predicted, targets, sums.outputs());
        FiniteNumbers values = FiniteNumbers.of(who, "predictions", predicted);
        FiniteNumbers right = FiniteNumbers.of(who, "targets", targets);
        sums = sums.outputs() == 0 ? ErrorSums.of(power, outputs) : sums;
        for (int i = 0; i < values.count(); i++) {
            double difference = values.minus(right, i);
            if (Double.isInfinite(difference)) {
                sums.addTwice(i % outputs, error.applyAsDouble(values.halfMinus(right, i), right.get(i)));
            } else {
                sums.add(i % outputs, error.applyAsDouble(difference, right.get(i)));
            }
        }
        samples += predicted.size(0);
    }

    /** Returns the mean over the outputs of the mean of each. */
    double mean() {
        return average(output -> sums.mean(output, samples));
    }

    /** Returns the mean over the outputs of √ of the mean of each. */
    double rootMean() {
        return average(output -> sums.rootMean(output, samples));
    }

    private double average(IntToDoubleFunction ofOutput) {
        Share.checkSamples(who, samples);
        double[] values =
                IntStream.range(0, sums.outputs()).mapToDouble(ofOutput).toArray();
        double unit = Arrays.stream(values).anyMatch(each -> each > 0x1p900) ? 0x1p-100 : 1; // a finite sum
        return Arrays.stream(values).map(each -> each * unit).average().orElseThrow() / unit;
    }

    void reset() {
        sums = ErrorSums.of(power, 0);
        samples = 0;
    }

    ImmutableMap<String, Object> stateDict() {
        ImmutableMap.Builder<String, Object> state = ImmutableMap.builder();
        sums.save(state, SUMS, EXPONENTS);
        return state.put(SAMPLES, samples).buildOrThrow();
    }

    void load(Map<String, ?> state) {
        MetricState read = new MetricState(who, state, SUMS, EXPONENTS, SAMPLES);
        ErrorSums newSums = ErrorSums.load(power, read, SUMS, EXPONENTS);
        long newSamples = read.count(SAMPLES);
        read.check(newSamples == 0 || newSums.outputs() > 0, "sums of at least 0, one for each output");
        sums = newSums;
        samples = newSamples;
    }

    /**
     * Returns D, after a check of the shapes.
     *
     * @param before D of the batches before, 0 if there were none
     */
    static int outputs(String who, Tensor predicted, Tensor targets, int before) {
        Checks.sameShape(who, "targets", targets, "predictions", predicted);
        checkArgument(
                predicted.ndim() == 1 || (predicted.ndim() == 2 && predicted.size(1) > 0),
                "%s: expected values of shape (N) or (N, D); got %s. Call flatten(1), or flatten() if all elements"
                        + " count the same.",
                who,
                Text.shape(predicted));
        int outputs = predicted.ndim() == 1 ? 1 : (int) predicted.size(1);
        checkArgument(
                before == 0 || before == outputs,
                "%s: expected as many outputs as before, %s; got shape %s. Call reset() before other data.",
                who,
                before,
                Text.shape(predicted));
        return outputs;
    }
}
