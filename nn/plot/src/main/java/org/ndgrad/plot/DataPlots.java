package org.ndgrad.plot;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Tensor;

/** Ready-made plots of data. */
public final class DataPlots {

    private DataPlots() {}

    /**
     * Returns points of many dimensions, such as features or an embedding, in the two dimensions in which they vary
     * most: their first two principal components.
     *
     * <pre>{@code
     * DataPlots.embedding(model.forward(x), labels, "cats", "dogs")
     * }</pre>
     *
     * @param x shape (N, D), D at least 2; not scaled, so that columns of larger numbers count more
     * @param classes whole numbers from 0 of shape (N), or one-hot rows of shape (N, C)
     * @param names the names of the classes; "class 0", "class 1", … if left out
     * @return a scatter plot whose axes say which share of the variance they show
     * @throws IllegalArgumentException if the shapes do not fit, a number is not finite, or names are missing
     */
    public static Plot embedding(Object x, Object classes, String... names) {
        double[][] rows = Numbers.matrix("embedding", "x", x);
        checkArgument(
                rows.length >= 2 && rows[0].length >= 2,
                "embedding: expected at least two points of two dimensions; got shape (%s, %s). Pass more of them.",
                rows.length,
                rows.length == 0 ? 0 : rows[0].length);
        for (int i = 0; i < rows.length; i++) {
            checkArgument(
                    Arrays.stream(rows[i]).allMatch(Double::isFinite),
                    "embedding: expected finite numbers; got another in row %s. Remove the row.",
                    i);
        }
        Components components = Autograd.noGrad(() -> Components.of(rows));
        checkArgument(
                Arrays.stream(components.points).flatMapToDouble(Arrays::stream).allMatch(Double::isFinite),
                "embedding: expected numbers whose components float64 holds; got ones up to %s. Scale them.",
                Arrays.stream(rows)
                        .flatMapToDouble(Arrays::stream)
                        .map(Math::abs)
                        .max()
                        .orElse(0));
        return Plot.titled("First two principal components")
                .xLabel(components.label("first", 0))
                .yLabel(components.label("second", 1))
                .size(760, 600)
                .scatter(components.points, classes, names);
    }

    /**
     * The points in their first two components.
     *
     * @param shares of the variance
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Components(double[][] points, double[] shares) {

        static Components of(double[][] rows) {
            Tensor x = Tensor.of(DataType.DOUBLE, (Object[]) rows);
            // in a unit near the largest number, no square or sum over- or underflows
            int exponent = Math.getExponent(x.abs().amax().item());
            Tensor measured = x.mul(Math.scalb(1.0, -exponent));
            Tensor centered = measured.sub(measured.mean(0));
            // the singular vectors of the smaller matrix; those of Xᵀ X are those of X, its values are squares
            boolean many = rows.length > rows[0].length;
            var svd = many ? centered.t().matmul(centered).svd() : centered.svd();
            Tensor variances = many ? svd.s() : svd.s().mul(svd.s());
            double[] all = variances.toDoubleArray();
            double total = Arrays.stream(all).sum();
            double[][] axes = IntStream.range(0, 2)
                    .mapToObj(i -> upright(
                            svd.vt().select(0, Math.min(i, all.length - 1)).toDoubleArray()))
                    .toArray(double[][]::new);
            Tensor points = centered.matmul(
                            Tensor.of(DataType.DOUBLE, (Object[]) axes).t())
                    .mul(Math.scalb(1.0, exponent));
            return new Components(
                    Numbers.matrix("embedding", "x", points),
                    Arrays.stream(all).map(v -> total == 0 ? 0 : v / total).toArray());
        }

        /** A singular vector may point either way; here, its largest element is positive. */
        private static double[] upright(double... vector) {
            double largest = Arrays.stream(vector).reduce(0, (a, b) -> Math.abs(b) > Math.abs(a) ? b : a);
            return largest < 0 ? Arrays.stream(vector).map(v -> -v).toArray() : vector;
        }

        String label(String which, int index) {
            return String.format(Locale.ROOT, "%s component (%.0f %% of the variance)", which, 100 * shares[index]);
        }
    }
}
