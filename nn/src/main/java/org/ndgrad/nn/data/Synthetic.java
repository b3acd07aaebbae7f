package org.ndgrad.nn.data;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.random.RandomGenerator;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Checks;

/**
 * Small data sets made up by a formula. The same seed gives the same data.
 *
 * <p>Sets with classes have features (N, 2) of the default floating type and 64-bit integer targets (N), ordered by
 * class; shuffle them by {@link DataLoader} or {@link Splits}.
 */
public final class Synthetic {

    private Synthetic() {}

    /**
     * Draws round clouds of points, one class each, from N(center, std²).
     *
     * @param samples points per class, at least 1
     * @param std at least 0
     * @param centers one point of F coordinates per class
     * @return features (classes · samples, F)
     */
    public static TensorDataset blobs(RandomGenerator rng, int samples, double std, double[]... centers) {
        checkSamples("blobs", samples);
        checkNoise("blobs", std);
        checkArgument(centers.length > 0, "blobs: expected at least one center; got none. Give some.");
        for (double[] center : centers) {
            checkArgument(
                    center.length > 0 && center.length == centers[0].length,
                    "blobs: expected centers of as many coordinates; got %s and %s. Give each one for every feature.",
                    centers[0].length,
                    center.length);
        }
        double[][] points = points("blobs", centers.length, samples);
        for (int i = 0; i < points.length; i++) {
            points[i] = centers[i / samples].clone();
            for (int j = 0; j < points[i].length; j++) {
                points[i][j] += std * rng.nextGaussian();
            }
        }
        return classes(points, samples);
    }

    /**
     * Draws two clouds of points from normal distributions with unit variances and a common correlation.
     *
     * @param samples points per class, at least 1
     * @param correlation ρ in [−1, 1] between the two coordinates
     * @param centers the means of the two classes, two coordinates each
     * @return features (2 · samples, 2)
     */
    public static TensorDataset gaussianPair(
            RandomGenerator rng, int samples, double correlation, double[]... centers) {
        checkSamples("gaussianPair", samples);
        checkArgument(
                correlation >= -1 && correlation <= 1,
                "gaussianPair: expected a correlation in [-1, 1]; got %s. Choose one between.",
                correlation);
        checkArgument(
                centers.length == 2 && centers[0].length == 2 && centers[1].length == 2,
                "gaussianPair: expected two centers of two coordinates; got %s centers. Give a pair of pairs.",
                centers.length);
        double[][] points = points("gaussianPair", 2, samples);
        for (int i = 0; i < points.length; i++) {
            double u = rng.nextGaussian();
            double v = correlation * u + Math.sqrt(1 - correlation * correlation) * rng.nextGaussian();
            points[i] = new double[] {centers[i / samples][0] + u, centers[i / samples][1] + v};
        }
        return classes(points, samples);
    }

    /**
     * Draws points uniformly from the square [−1, 1]², in class 1 where the signs of the coordinates differ: no
     * straight line separates the classes. Here the classes are mixed, not ordered.
     *
     * @param samples points in all, at least 1
     * @return features (samples, 2)
     */
    public static TensorDataset xor(RandomGenerator rng, int samples) {
        checkSamples("xor", samples);
        double[][] points = points("xor", 1, samples);
        long[] labels = new long[samples];
        for (int i = 0; i < samples; i++) {
            points[i] = new double[] {rng.nextDouble(-1, 1), rng.nextDouble(-1, 1)};
            labels[i] = points[i][0] * points[i][1] < 0 ? 1 : 0;
        }
        return new TensorDataset(Tensor.of(points), Tensor.of(labels));
    }

    /**
     * Draws two interleaving half circles of radius 1.
     *
     * @param samples points per class, at least 1
     * @param noise standard deviation of what is added to each coordinate, at least 0
     * @return features (2 · samples, 2)
     */
    public static TensorDataset moons(RandomGenerator rng, int samples, double noise) {
        checkSamples("moons", samples);
        checkNoise("moons", noise);
        double[][] points = points("moons", 2, samples);
        for (int i = 0; i < points.length; i++) {
            double angle = rng.nextDouble(Math.PI);
            double x = i < samples ? Math.cos(angle) : 1 - Math.cos(angle);
            double y = i < samples ? Math.sin(angle) : 0.5 - Math.sin(angle);
            points[i] = noisy(rng, noise, x, y);
        }
        return classes(points, samples);
    }

    /**
     * Draws two circles around the origin, of radius 1 for class 0 and a smaller one for class 1.
     *
     * @param samples points per class, at least 1
     * @param noise standard deviation of what is added to each coordinate, at least 0
     * @param factor radius of the inner circle, in (0, 1)
     * @return features (2 · samples, 2)
     */
    public static TensorDataset circles(RandomGenerator rng, int samples, double noise, double factor) {
        checkSamples("circles", samples);
        checkNoise("circles", noise);
        checkArgument(
                factor > 0 && factor < 1, "circles: expected a factor in (0, 1); got %s. Choose one between.", factor);
        double[][] points = points("circles", 2, samples);
        for (int i = 0; i < points.length; i++) {
            double angle = rng.nextDouble(2 * Math.PI);
            double radius = i < samples ? 1 : factor;
            points[i] = noisy(rng, noise, radius * Math.cos(angle), radius * Math.sin(angle));
        }
        return classes(points, samples);
    }

    /**
     * Draws spirals that wind once around the origin, one for each class, by equal angles apart: radius t and angle
     * 2π t for t uniform in [0, 1).
     *
     * @param samples points per class, at least 1
     * @param noise standard deviation of what is added to each coordinate, at least 0
     * @param classes how many spirals, at least 1
     * @return features (classes · samples, 2)
     */
    public static TensorDataset spirals(RandomGenerator rng, int samples, double noise, int classes) {
        checkSamples("spirals", samples);
        checkNoise("spirals", noise);
        checkArgument(classes >= 1, "spirals: expected at least one class; got %s. Two are usual.", classes);
        double[][] points = points("spirals", classes, samples);
        for (int i = 0; i < points.length; i++) {
            double radius = rng.nextDouble();
            int label = i / samples;
            double angle = 2 * Math.PI * (radius + (double) label / classes);
            points[i] = noisy(rng, noise, radius * Math.cos(angle), radius * Math.sin(angle));
        }
        return classes(points, samples);
    }

    /**
     * Draws x uniformly from [−π, π), with target sin x plus noise.
     *
     * @param samples at least 1
     * @param noise standard deviation of what is added to the target, at least 0
     * @return features (samples, 1) and targets (samples, 1), both of {@link Tensor#defaultDtype()}
     */
    public static TensorDataset sine(RandomGenerator rng, int samples, double noise) {
        checkSamples("sine", samples);
        checkNoise("sine", noise);
        double[][] x = new double[samples][1];
        double[][] y = new double[samples][1];
        for (int i = 0; i < samples; i++) {
            x[i][0] = rng.nextDouble(-Math.PI, Math.PI);
            y[i][0] = Math.sin(x[i][0]) + (noise == 0 ? 0 : noise * rng.nextGaussian());
        }
        return new TensorDataset(Tensor.of(x), Tensor.of(y));
    }

    private static double[] noisy(RandomGenerator rng, double noise, double x, double y) {
        return noise == 0
                ? new double[] {x, y}
                : new double[] {x + noise * rng.nextGaussian(), y + noise * rng.nextGaussian()};
    }

    private static TensorDataset classes(double[][] points, int samplesPerClass) {
        long[] labels = new long[points.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i / samplesPerClass;
        }
        return new TensorDataset(Tensor.of(points), Tensor.of(labels));
    }

    private static double[][] points(String who, long classes, long samples) {
        return Checks.javaArray(who, classes * samples, double[][]::new);
    }

    private static void checkSamples(String who, int samples) {
        checkArgument(samples >= 1, "%s: expected at least one sample; got %s. Ask for more.", who, samples);
    }

    private static void checkNoise(String who, double noise) {
        checkArgument(
                noise >= 0 && Double.isFinite(noise),
                "%s: expected a finite standard deviation of at least 0; got %s. Use 0 for none.",
                who,
                noise);
    }
}
