package org.ndgrad.autograd.kernels.elementwise;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Comparator.comparingDouble;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.Constants;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.memory.Memory;

/** Draws from distributions whose parameters are arrays. Nothing is drawn where a parameter is refused. */
public final class Sampling {

    private Sampling() {}

    /** Returns a draw from each of the normal distributions, of which mean and std have one shape. */
    public static INDArray normal(DataType type, RandomGenerator random, INDArray mean, INDArray std) {
        double[] means = Copy.toDoubles(mean);
        double[] stds = Copy.toDoubles(std);
        for (int i = 0; i < means.length; i++) {
            checkNormal("normal", means[i], stds[i]);
        }
        for (int i = 0; i < means.length; i++) {
            means[i] += stds[i] * random.nextGaussian();
        }
        return Copy.of(type, means, mean.shape());
    }

    /** Throws unless there is a normal distribution with these parameters. */
    public static void checkNormal(String op, double mean, double std) {
        checkArgument(
                Double.isFinite(mean) && std >= 0 && Double.isFinite(std),
                "%s: expected a finite mean and a finite standard deviation of at least 0; got mean=%s, std=%s."
                        + " Give std itself, not its logarithm.",
                op,
                mean,
                std);
    }

    /** Throws unless a type can hold the numbers between these bounds. */
    public static void checkUniform(String op, DataType type, double low, double high) {
        checkArgument(low <= high, "%s: expected low <= high; got low=%s, high=%s. Swap them.", op, low, high);
        double largest = DTypes.largest(type);
        checkArgument(
                low >= -largest && high <= largest && high - low <= largest,
                "%s: expected bounds and a distance that %s can hold, up to %s; got low=%s, high=%s. Use a wider type.",
                op,
                DTypes.name(type),
                largest,
                low,
                high);
    }

    /** Throws unless a type holds all whole numbers in [low, high), so that none becomes another. */
    public static void checkIntegers(String op, DataType type, long low, long high) {
        checkArgument(
                low < high,
                "%s: expected low < high, of which high is never drawn; got low=%s, high=%s. The bounds come first,"
                        + " then the shape, as in randint(0, 10, 3, 4).",
                op,
                low,
                high);
        long most = DTypes.isFloating(type) ? 1L << digits(type) : type == DataType.BOOL ? 1 : Long.MAX_VALUE;
        long least = type == DataType.BOOL ? 0 : -most;
        checkArgument(
                type == DataType.INT64 || (low >= least && high - 1 <= most),
                "%s: expected bounds between which %s holds every whole number, from %s to %s; got low=%s, high=%s."
                        + " Use a wider type.",
                op,
                DTypes.name(type),
                least,
                most,
                low,
                high);
        Constants.held(op, type, low);
        Constants.held(op, type, high - 1);
    }

    private static int digits(DataType type) {
        return switch (type) {
            case HALF -> 11;
            case BFLOAT16 -> 8;
            case FLOAT -> 24;
            default -> 53;
        };
    }

    /** Returns 1 with the probability that stands in p, else 0. */
    public static INDArray bernoulli(DataType type, RandomGenerator random, INDArray p) {
        double[] probabilities = Copy.toDoubles(p);
        for (double each : probabilities) {
            checkArgument(
                    each >= 0 && each <= 1,
                    "bernoulli: expected probabilities from 0 to 1; got %s. Apply sigmoid to logits first.",
                    each);
        }
        for (int i = 0; i < probabilities.length; i++) {
            probabilities[i] = random.nextDouble() < probabilities[i] ? 1 : 0;
        }
        return Copy.of(type, probabilities, p.shape());
    }

    /** Returns, in int64, the positions of count elements per row of weights, drawn in proportion to them. */
    public static INDArray multinomial(RandomGenerator random, INDArray weights, long count, boolean replacement) {
        double[] all = Copy.toDoubles(weights);
        boolean single = weights.rank() == 1;
        int rows = single ? 1 : Shapes.toInt("multinomial", weights.size(0));
        int columns = Shapes.toInt("multinomial", weights.size(single ? 0 : 1));
        for (int row = 0; row < rows; row++) {
            checkWeights(all, row * columns, columns, count, replacement);
        }
        long[] shape = single ? new long[] {count} : new long[] {rows, count};
        long[] drawn = Memory.longs("multinomial", Shapes.numel("multinomial", shape));
        int draws = rows == 0 ? 0 : drawn.length / rows;
        for (int row = 0; row < rows; row++) {
            double[] own = Arrays.copyOfRange(all, row * columns, (row + 1) * columns);
            if (replacement) {
                independent(random, own, drawn, row * draws, draws);
            } else {
                distinct(random, own, drawn, row * draws, draws);
            }
        }
        return Copy.of(DataType.INT64, drawn, shape);
    }

    private static void checkWeights(double[] all, int start, int length, long count, boolean replacement) {
        long positive = 0;
        for (int i = start; i < start + length; i++) {
            checkArgument(
                    all[i] >= 0 && Double.isFinite(all[i]),
                    "multinomial: expected finite probabilities of at least 0; got %s. Apply softmax to logits first.",
                    all[i]);
            positive += all[i] > 0 ? 1 : 0;
        }
        long needed = replacement ? 1 : count;
        checkArgument(
                positive >= needed,
                "multinomial: expected at least %s probabilities above 0 in each row; got %s. %s.",
                needed,
                positive,
                replacement ? "Give some" : "Draw fewer, or with Replacement.WITH");
    }

    /** Looks up where a number below the sum falls among the sums; what has weight 0 spans nothing. */
    private static void independent(RandomGenerator random, double[] weights, long[] drawn, int start, int count) {
        double largest = DoubleStream.of(weights).max().orElse(1);
        double[] sums = new double[weights.length];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] / largest; // so that the sum is finite
            sums[i] = sum;
        }
        for (int i = 0; i < count; i++) {
            double place = random.nextDouble() * sum;
            int low = 0;
            int high = sums.length - 1;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (sums[middle] > place) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            drawn[start + i] = low;
        }
    }

    /**
     * Lets exponential clocks run, each at the speed of its weight; the first to ring are drawn, in this order.
     *
     * <p>Source: Efraimidis, Spirakis, Weighted random sampling with a reservoir, 2006.
     */
    private static void distinct(RandomGenerator random, double[] weights, long[] drawn, int start, int count) {
        double[] times = new double[weights.length];
        for (int i = 0; i < times.length; i++) {
            double time = Math.log(random.nextExponential()) - Math.log(weights[i]); // as logarithms they fit
            times[i] = weights[i] == 0 ? Double.POSITIVE_INFINITY : time;
        }
        int[] order = IntStream.range(0, times.length)
                .boxed()
                .sorted(comparingDouble(i -> times[i]))
                .limit(count)
                .mapToInt(i -> i)
                .toArray();
        for (int i = 0; i < count; i++) {
            drawn[start + i] = order[i];
        }
    }
}
