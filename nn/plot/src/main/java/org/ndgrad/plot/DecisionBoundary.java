package org.ndgrad.plot;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Tensor;

/**
 * What a model says of the plane around some points, asked for once, so that it may learn on before it is drawn.
 *
 * <p>One output is the probability of class 1 if it is in [0, 1] everywhere, else a logit. Several outputs are scores;
 * they become probabilities by softmax if they are none.
 */
final class DecisionBoundary implements Field {

    /** How many points are asked for in each direction, and together in one forward pass. */
    private static final int NODES = 281;

    private static final int BATCH = 8192;

    /** So many times the range of the data is covered, for axes that show more than the data. */
    private static final double COVERED = 1.8;

    private final double[] x;
    private final double[] y;
    private final double[] values;
    private final boolean logits;

    /** Asks the model for points around these. */
    DecisionBoundary(Function<Tensor, Tensor> model, DataType dtype, double[][] points) {
        x = nodes(Numbers.column(points, 0));
        y = nodes(Numbers.column(points, 1));
        double[][] grid = new double[NODES * NODES][];
        Arrays.setAll(grid, i -> new double[] {x[i % NODES], y[i / NODES]});
        double farthest = DoubleStream.concat(DoubleStream.of(x), DoubleStream.of(y))
                .map(Math::abs)
                .max()
                .orElse(0);
        List<double[]> parts = new ArrayList<>();
        for (int start = 0; start < grid.length; start += BATCH) {
            double[][] batch = Arrays.copyOfRange(grid, start, Math.min(grid.length, start + BATCH));
            parts.add(outputs(model, Tensor.of(dtype, (Object[]) batch), farthest));
        }
        double[] outputs = parts.stream().flatMapToDouble(Arrays::stream).toArray();
        logits = outputs.length == grid.length && Arrays.stream(outputs).anyMatch(v -> v < 0 || v > 1);
        values = logits
                ? Arrays.stream(outputs).map(v -> 1 / (1 + Math.exp(-v))).toArray()
                : outputs.length == grid.length ? outputs : probabilities(outputs, grid.length);
    }

    private static double[] nodes(double... data) {
        double low = Arrays.stream(data).filter(Double::isFinite).min().orElse(0);
        double high = Arrays.stream(data).filter(Double::isFinite).max().orElse(1);
        Axis axis = Axis.linear(low, high, (COVERED - 1) / 2, 0);
        return IntStream.range(0, NODES)
                .mapToDouble(i -> axis.value(i / (NODES - 1.0)))
                .toArray();
    }

    private static double[] outputs(Function<Tensor, Tensor> model, Tensor points, double farthest) {
        Tensor output = Autograd.noGrad(() -> model.apply(points));
        long rows = points.size(0);
        checkArgument(
                output.ndim() >= 1 && output.ndim() <= 2 && output.size(0) == rows && output.numel() > 0,
                "decisionBoundary: expected outputs of shape (%s), (%s, 1) or (%s, C) for %s points; got %s."
                        + " Pass a model that maps (N, 2) to one score, or one for each class.",
                rows,
                rows,
                rows,
                rows,
                Arrays.toString(output.shape()));
        double[] values = output.toDoubleArray();
        String advice = points.isfinite().all().item() != 0
                ? "Check that the parameters of the model are finite"
                : "The points go to " + farthest
                        + ", which the type of the model does not hold: scale them, or pass a model of float64";
        for (double value : values) {
            checkArgument(
                    !Double.isNaN(value), "decisionBoundary: expected outputs that are numbers; got NaN. %s.", advice);
        }
        return values;
    }

    private static double[] probabilities(double[] outputs, int rows) {
        int classes = outputs.length / rows;
        boolean already = Arrays.stream(outputs).allMatch(v -> v >= 0 && v <= 1)
                && IntStream.range(0, rows).allMatch(row -> Math.abs(1 - sum(outputs, row, classes)) < 1e-3);
        if (already) {
            return outputs;
        }
        double[] softmax = new double[outputs.length];
        for (int row = 0; row < rows; row++) {
            int start = row * classes;
            double largest =
                    Arrays.stream(outputs, start, start + classes).max().orElse(0);
            for (int k = start; k < start + classes; k++) {
                softmax[k] = outputs[k] == largest ? 1 : Math.exp(outputs[k] - largest);
            }
            double sum = sum(softmax, row, classes);
            for (int k = start; k < start + classes; k++) {
                softmax[k] /= sum;
            }
        }
        return softmax;
    }

    private static double sum(double[] values, int row, int count) {
        return Arrays.stream(values, row * count, (row + 1) * count).sum();
    }

    /** Returns where the border is, for a title. */
    String border() {
        return values.length > NODES * NODES ? "" : logits ? " at output 0" : " at output 0.5";
    }

    @Override
    public double[] at(double[][] points) {
        int classes = values.length / (NODES * NODES);
        double[] result = new double[points.length * classes];
        for (int i = 0; i < points.length; i++) {
            double column = Axis.part(x[0], x[NODES - 1], points[i][0]) * (NODES - 1);
            double row = Axis.part(y[0], y[NODES - 1], points[i][1]) * (NODES - 1);
            double slack = 1e-6 * NODES;
            checkArgument(
                    column >= -slack && column <= NODES - 1 + slack && row >= -slack && row <= NODES - 1 + slack,
                    "decisionBoundary: expected axes within %s ≤ x ≤ %s and %s ≤ y ≤ %s, where the model was asked; got"
                            + " (%s, %s). Use probabilityField for a wider view.",
                    (float) x[0],
                    (float) x[NODES - 1],
                    (float) y[0],
                    (float) y[NODES - 1],
                    (float) points[i][0],
                    (float) points[i][1]);
            int left = Math.max(0, Math.min(NODES - 2, (int) column));
            int below = Math.max(0, Math.min(NODES - 2, (int) row));
            for (int k = 0; k < classes; k++) {
                int node = (below * NODES + left) * classes + k;
                int next = node + NODES * classes;
                double lower = Axis.between(values[node], values[node + classes], column - left);
                double upper = Axis.between(values[next], values[next + classes], column - left);
                result[i * classes + k] = Axis.between(lower, upper, row - below);
            }
        }
        return result;
    }
}
