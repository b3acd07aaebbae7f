package org.ndgrad.nn.train;

import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableMap;
import java.util.Arrays;
import java.util.Map;
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
    private static final String RESIDUAL_EXPONENTS = "residual_exponents";
    private static final String ORIGINS = "origins";
    private static final String MEANS = "means";
    private static final String DEVIATIONS = "deviations";
    private static final String DEVIATION_EXPONENTS = "deviation_exponents";
    private static final String SAMPLES = "samples";

    private ErrorSums residuals = ErrorSums.of(2, 0);
    private double[] origins = new double[0];
    private double[] means = new double[0];
    private ErrorSums deviations = ErrorSums.of(2, 0);
    private long samples;

    /** Returns the score of no samples yet. */
    public R2Score() {}

    @Override
    public void update(Tensor predicted, Tensor targets) {
        int outputs = OutputErrors.outputs("R2Score", predicted, targets, residuals.outputs());
        FiniteNumbers values = FiniteNumbers.of("R2Score", "predictions", predicted);
        FiniteNumbers right = FiniteNumbers.of("R2Score", "targets", targets);
        if (samples == 0) {
            begin(right, outputs);
        }
        for (int i = 0; i < values.count(); i++) {
            int d = i % outputs;
            samples += d == 0 ? 1 : 0;
            double residual = right.minus(values, i);
            if (Double.isInfinite(residual)) {
                residuals.addTwice(d, right.halfMinus(values, i));
            } else {
                residuals.add(d, residual);
            }
            // Welford, "Note on a method for calculating corrected sums", 1962; near 0, where numbers have most digits,
            // and in the unit of the deviations, where neither differences nor means leave the range
            double target = right.minus(origins[d], i);
            int shift = 0;
            if (Double.isInfinite(target)) {
                target = right.halfMinus(origins[d], i);
                shift = 1;
            }
            means[d] = Math.scalb(means[d], deviations.cover(d, target, shift));
            double measured = deviations.measured(d, target, shift);
            double step = measured - means[d];
            means[d] += step / samples;
            deviations.addMeasured(d, step, measured - means[d]);
        }
    }

    private void begin(FiniteNumbers targets, int outputs) {
        residuals = ErrorSums.of(2, outputs);
        origins = new double[outputs];
        Arrays.setAll(origins, d -> d < targets.count() ? targets.get(d) : 0);
        means = new double[outputs];
        deviations = ErrorSums.of(2, outputs);
    }

    @Override
    public double compute() {
        checkState(
                samples >= 2,
                "R2Score: expected at least two samples; got %s. Call update with more before compute.",
                samples);
        double sum = 0;
        for (int d = 0; d < residuals.outputs(); d++) {
            if (residuals.isZero(d)) {
                sum += 1;
            } else if (!deviations.isZero(d)) {
                sum += 1 - residuals.ratio(d, deviations);
            }
        }
        return sum / residuals.outputs();
    }

    @Override
    public void reset() {
        residuals = ErrorSums.of(2, 0);
        origins = new double[0];
        means = new double[0];
        deviations = ErrorSums.of(2, 0);
        samples = 0;
    }

    @Override
    public ImmutableMap<String, Object> stateDict() {
        ImmutableMap.Builder<String, Object> state = ImmutableMap.builder();
        residuals.save(state, RESIDUALS, RESIDUAL_EXPONENTS);
        deviations.save(state, DEVIATIONS, DEVIATION_EXPONENTS);
        return state.put(ORIGINS, Tensor.of(DataType.DOUBLE, origins))
                .put(MEANS, Tensor.of(DataType.DOUBLE, means))
                .put(SAMPLES, samples)
                .buildOrThrow();
    }

    @Override
    public void load(Map<String, ?> state) {
        MetricState read = new MetricState(
                "R2Score",
                state,
                RESIDUALS,
                RESIDUAL_EXPONENTS,
                ORIGINS,
                MEANS,
                DEVIATIONS,
                DEVIATION_EXPONENTS,
                SAMPLES);
        ErrorSums newResiduals = ErrorSums.load(2, read, RESIDUALS, RESIDUAL_EXPONENTS);
        ErrorSums newDeviations = ErrorSums.load(2, read, DEVIATIONS, DEVIATION_EXPONENTS);
        double[] newOrigins = read.numbers(ORIGINS);
        double[] newMeans = read.numbers(MEANS);
        long newSamples = read.count(SAMPLES);
        int outputs = newResiduals.outputs();
        read.check(
                newOrigins.length == outputs
                        && newMeans.length == outputs
                        && newDeviations.outputs() == outputs
                        && (newSamples == 0 || outputs > 0),
                "as many numbers of each kind as there are outputs");
        residuals = newResiduals;
        origins = newOrigins;
        means = newMeans;
        deviations = newDeviations;
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
