package org.ndgrad.nn.train;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import java.util.Arrays;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Checks;
import org.ndgrad.autograd.internal.Text;

/** A sum of errors for each of D outputs. */
final class OutputErrors {

    private static final String SUMS = "sums";
    private static final String SAMPLES = "samples";

    private final String who;
    private final DoubleBinaryOperator error;
    private double[] sums = new double[0];
    private long samples;

    /**
     * Makes sums of 0.
     *
     * @param who printed in messages
     * @param error of a predicted value and its target
     */
    OutputErrors(String who, DoubleBinaryOperator error) {
        this.who = who;
        this.error = error;
    }

    void add(Tensor predicted, Tensor targets) {
        int outputs = outputs(who, predicted, targets, sums.length);
        double[] values = finite(who, "predictions", predicted);
        double[] right = finite(who, "targets", targets);
        sums = Arrays.copyOf(sums, outputs);
        for (int i = 0; i < values.length; i++) {
            sums[i % outputs] += error.applyAsDouble(values[i], right[i]);
        }
        samples += predicted.size(0);
    }

    /** Returns the mean over the outputs of what {@code finish} makes of the mean error of each. */
    double mean(DoubleUnaryOperator finish) {
        Share.checkSamples(who, samples);
        return Arrays.stream(sums)
                .map(sum -> finish.applyAsDouble(sum / samples))
                .average()
                .orElseThrow();
    }

    void reset() {
        sums = new double[0];
        samples = 0;
    }

    ImmutableMap<String, Object> stateDict() {
        return ImmutableMap.of(SUMS, Tensor.of(DataType.DOUBLE, sums), SAMPLES, samples);
    }

    void load(Map<String, ?> state) {
        MetricState read = new MetricState(who, state, SUMS, SAMPLES);
        double[] newSums = read.numbers(SUMS);
        long newSamples = read.count(SAMPLES);
        read.check(
                Arrays.stream(newSums).allMatch(sum -> sum >= 0) && (newSamples == 0 || newSums.length > 0),
                "sums of at least 0, one for each output");
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

    static double[] finite(String who, String name, Tensor tensor) {
        double[] values = tensor.toDoubleArray();
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException(who + ": expected " + name + " that are finite; got " + values[i]
                        + " at position " + i + ". Look at the loss and the inputs: training may have diverged.");
            }
        }
        return values;
    }
}
