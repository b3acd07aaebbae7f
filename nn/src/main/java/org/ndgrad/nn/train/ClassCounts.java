package org.ndgrad.nn.train;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableMap;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongBinaryOperator;
import java.util.stream.IntStream;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Checks;

/** How often each class was predicted, was right, and both; what precision, recall and F1 are made of. */
final class ClassCounts {

    private static final System.Logger LOGGER = System.getLogger(ClassCounts.class.getName());

    private static final String BOTH = "both";
    private static final String PREDICTED = "predicted";
    private static final String ACTUAL = "actual";

    private final String who;
    private final PrecisionRecallOptions options;
    private final int factor;
    private final LongBinaryOperator denominator;
    private long[] both = new long[2];
    private long[] predicted = new long[2];
    private long[] actual = new long[2];
    private boolean warned;

    /**
     * Makes counts of {@code factor} × both / {@code denominator(predicted, actual)}.
     *
     * @param who printed in messages
     */
    ClassCounts(String who, PrecisionRecallOptions options, int factor, LongBinaryOperator denominator) {
        this.who = who;
        this.options = Checks.given(who, "options", options);
        this.factor = factor;
        this.denominator = denominator;
    }

    void add(Tensor predictions, Tensor targets) {
        Labels labels = Labels.of(who, predictions, targets, options.scores(), options.threshold());
        checkArgument(
                !isBinary() || labels.classes() <= 2,
                "%s: expected two classes, of which it looks at class 1; got %s. Choose Average.MACRO, MICRO or"
                        + " WEIGHTED.",
                who,
                labels.classes());
        for (int i = 0; i < labels.targets().length; i++) {
            int guess = labels.predicted()[i];
            int right = labels.targets()[i];
            grow(Math.max(guess, right) + 1);
            predicted[guess]++;
            actual[right]++;
            both[right] += guess == right ? 1 : 0;
        }
    }

    private boolean isBinary() {
        return options.average() == Average.BINARY;
    }

    private void grow(int classes) {
        if (classes > actual.length) {
            int length = Math.max(classes, 2 * actual.length);
            both = Arrays.copyOf(both, length);
            predicted = Arrays.copyOf(predicted, length);
            actual = Arrays.copyOf(actual, length);
        }
    }

    void reset() {
        both = new long[2];
        predicted = new long[2];
        actual = new long[2];
    }

    ImmutableMap<String, Object> stateDict() {
        return ImmutableMap.of(BOTH, Tensor.of(both), PREDICTED, Tensor.of(predicted), ACTUAL, Tensor.of(actual));
    }

    void load(Map<String, ?> state) {
        MetricState read = new MetricState(who, state, BOTH, PREDICTED, ACTUAL);
        long[] newBoth = read.counts(BOTH);
        long[] newPredicted = read.counts(PREDICTED);
        long[] newActual = read.counts(ACTUAL);
        int classes = newBoth.length;
        read.check(
                (isBinary() ? classes == 2 : classes >= 2)
                        && newPredicted.length == classes
                        && newActual.length == classes
                        && Arrays.stream(newPredicted).sum()
                                == Arrays.stream(newActual).sum()
                        && IntStream.range(0, classes)
                                .allMatch(c -> newBoth[c] <= Math.min(newPredicted[c], newActual[c])),
                "counts of the same samples and classes" + (isBinary() ? ", which are two" : ""));
        both = newBoth;
        predicted = newPredicted;
        actual = newActual;
    }

    /** Returns {@code measure}, with the average behind it if there is one. */
    String name(String measure) {
        return isBinary() ? measure : measure + "_" + options.average().name().toLowerCase(Locale.ROOT);
    }

    double value() {
        long samples = Arrays.stream(actual).sum();
        Share.checkSamples(who, samples);
        double value = switch (options.average()) {
            case BINARY -> value(both[1], predicted[1], actual[1], 1);
            case MICRO -> value(Arrays.stream(both).sum(), samples, samples, 0);
            case MACRO -> mean(false);
            case WEIGHTED -> mean(true);
        };
        checkState(
                !Double.isNaN(value),
                "%s: expected a class whose value is not 0 / 0; got none, and ZeroDivision.LEAVE_OUT leaves out all."
                        + " Choose ZeroDivision.ZERO or ONE, or give more samples.",
                who);
        return value;
    }

    /** Returns the mean over the classes that occur and have a value; NaN if none has. */
    private double mean(boolean byTargets) {
        double sum = 0;
        double weights = 0;
        double plainSum = 0;
        long classes = 0;
        for (int c = 0; c < actual.length; c++) {
            double value = actual[c] + predicted[c] == 0 ? Double.NaN : value(both[c], predicted[c], actual[c], c);
            if (!Double.isNaN(value)) {
                sum += value * actual[c];
                weights += actual[c];
                plainSum += value;
                classes++;
            }
        }
        return byTargets && weights > 0 ? sum / weights : plainSum / classes;
    }

    private double value(long right, long guessed, long wanted, int label) {
        long divisor = denominator.applyAsLong(guessed, wanted);
        if (divisor > 0) {
            return (double) (factor * right) / divisor;
        }
        if (options.zeroDivision() == ZeroDivision.WARN && !warned) {
            warned = true;
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "{0}: expected samples to divide by; got 0 / 0 for class {1}, which was {2}, and counts as 0."
                            + " Choose with withZeroDivision.",
                    who,
                    label,
                    guessed == 0 ? "never predicted" : "never a target");
        }
        return switch (options.zeroDivision()) {
            case WARN, ZERO -> 0;
            case ONE -> 1;
            case LEAVE_OUT -> Double.NaN;
        };
    }
}
