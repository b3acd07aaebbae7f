package org.ndgrad.nn.train;

import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableMap;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Stateful;

/**
 * R² = 1 − Σ (y − p)² / Σ (y − ȳ)², p the prediction for target y, ȳ the mean of the targets, as scikit-learn's
 * {@code r2_score}: 1 is perfect, 0 as good as always the mean, and less is worse.
 *
 * <p>Predictions and targets are of the same shape, (N) or (N, D); of several outputs, the value is the mean. Where all
 * targets are equal, it is 1 if all predictions are right, else 0. NaN and infinite values are refused.
 */
public final class R2Score implements Metric, Stateful {

    private static final String RESIDUALS = "residuals";
    private static final String ORIGINS = "origins";
    private static final String MEANS = "means";
    private static final String DEVIATIONS = "deviations";
    private static final String SAMPLES = "samples";

    private double[] residuals = new double[0];
    private double[] origins = new double[0];
    private double[] means = new double[0];
    private double[] deviations = new double[0];
    private long samples;

    /** Returns the score of no samples yet. */
    public R2Score() {}

    @Override
    public void update(Tensor predicted, Tensor targets) {
        int outputs = OutputErrors.outputs("R2Score", predicted, targets, residuals.length);
        double[] values = OutputErrors.finite("R2Score", "predictions", predicted);
        double[] right = OutputErrors.finite("R2Score", "targets", targets);
        residuals = Arrays.copyOf(residuals, outputs);
        origins = samples == 0 ? Arrays.copyOf(right, outputs) : origins;
        means = Arrays.copyOf(means, outputs);
        deviations = Arrays.copyOf(deviations, outputs);
        for (int i = 0; i < values.length; i++) {
            int d = i % outputs;
            samples += d == 0 ? 1 : 0;
            double residual = right[i] - values[i];
            residuals[d] += residual * residual;
            // Welford, "Note on a method for calculating corrected sums", 1962; near 0, where numbers have most digits
            double target = right[i] - origins[d];
            double step = target - means[d];
            means[d] += step / samples;
            deviations[d] += step * (target - means[d]);
        }
    }

    @Override
    public double compute() {
        checkState(
                samples >= 2,
                "R2Score: expected at least two samples; got %s. Call update with more before compute.",
                samples);
        double sum = 0;
        for (int d = 0; d < residuals.length; d++) {
            if (residuals[d] == 0) {
                sum += 1;
            } else if (deviations[d] != 0) {
                sum += 1 - residuals[d] / deviations[d];
            }
        }
        checkState(
                !Double.isNaN(sum),
                "R2Score: expected errors whose squares are finite; got an infinite sum. Scale the targets.");
        return sum / residuals.length;
    }

    @Override
    public void reset() {
        residuals = new double[0];
        origins = new double[0];
        means = new double[0];
        deviations = new double[0];
        samples = 0;
    }

    @Override
    public ImmutableMap<String, Object> stateDict() {
        return ImmutableMap.<String, Object>builder()
                .put(RESIDUALS, Tensor.of(DataType.DOUBLE, residuals))
                .put(ORIGINS, Tensor.of(DataType.DOUBLE, origins))
                .put(MEANS, Tensor.of(DataType.DOUBLE, means))
                .put(DEVIATIONS, Tensor.of(DataType.DOUBLE, deviations))
                .put(SAMPLES, samples)
                .buildOrThrow();
    }

    @Override
    public void load(Map<String, ?> state) {
        MetricState read = new MetricState("R2Score", state, RESIDUALS, ORIGINS, MEANS, DEVIATIONS, SAMPLES);
        List<double[]> all = Stream.of(RESIDUALS, ORIGINS, MEANS, DEVIATIONS)
                .map(read::numbers)
                .toList();
        long newSamples = read.count(SAMPLES);
        int outputs = all.get(0).length;
        read.check(
                all.stream().allMatch(each -> each.length == outputs) && (newSamples == 0 || outputs > 0),
                "as many numbers of each kind as there are outputs");
        residuals = all.get(0);
        origins = all.get(1);
        means = all.get(2);
        deviations = all.get(3);
        samples = newSamples;
    }

    @Override
    public String name() {
        return "r2";
    }

    @Override
    public String toString() {
        return MetricText.of(this);
    }
}
