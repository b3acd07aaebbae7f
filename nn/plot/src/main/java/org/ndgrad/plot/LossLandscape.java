package org.ndgrad.plot;

import static com.google.common.base.Preconditions.checkArgument;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Block;
import org.ndgrad.nn.Evaluation;

/**
 * A loss around the parameters of a model, over two random directions whose filters are as long as those of the
 * parameters (Li, Xu, Taylor, Studer and Goldstein, "Visualizing the Loss Landscape of Neural Nets", 2018).
 */
final class LossLandscape {

    private static final int STEPS = 25;
    private static final double REACH = 1;

    private final List<Tensor> parameters;
    private final List<Tensor> start;
    private final List<Tensor> right;
    private final List<Tensor> up;

    private LossLandscape(Block model) {
        parameters = new ArrayList<>(model.parameters().values());
        start = parameters.stream().map(p -> p.detach().clone()).toList();
        var random = new Random(0); // the picture of a model is always the same, and no other random numbers change
        right = start.stream().map(p -> direction(p, random)).toList();
        up = start.stream().map(p -> direction(p, random)).toList();
    }

    static Plot of(Block model, Supplier<Tensor> loss) {
        checkArgument(
                model.parameterCount() > 0,
                "lossLandscape: expected a model with parameters; got %s without. Pass the model that was trained.",
                model.getClass().getSimpleName());
        double[] steps = IntStream.range(0, STEPS)
                .mapToDouble(i -> REACH * (2.0 * i / (STEPS - 1) - 1))
                .toArray();
        var landscape = new LossLandscape(model);
        double[][] losses = Evaluation.of(model, () -> landscape.losses(steps, loss));
        return Plot.titled("Loss around the parameters")
                .xLabel("first direction")
                .yLabel("second direction")
                .size(720, 600)
                .contours(steps, steps, losses)
                .scatter("parameters", new double[1], new double[1], Color.WHITE, Marker.DIAMOND);
    }

    private double[][] losses(double[] steps, Supplier<Tensor> loss) {
        double[][] losses = new double[steps.length][steps.length];
        try {
            for (int j = 0; j < steps.length; j++) {
                for (int i = 0; i < steps.length; i++) {
                    move(steps[i], steps[j]);
                    Tensor value = loss.get();
                    checkArgument(
                            value.numel() == 1,
                            "lossLandscape: expected a loss of one element; got shape %s. Take its mean.",
                            Arrays.toString(value.shape()));
                    losses[j][i] = value.item();
                }
            }
        } finally {
            for (int p = 0; p < parameters.size(); p++) {
                parameters.get(p).copy_(start.get(p));
            }
        }
        return losses;
    }

    private void move(double across, double upward) {
        for (int p = 0; p < parameters.size(); p++) {
            parameters
                    .get(p)
                    .copy_(start.get(p)
                            .add(right.get(p).mul(across))
                            .add(up.get(p).mul(upward)));
        }
    }

    /** Returns random numbers whose filters, the rows along the first dim, have the norms of those of the parameter. */
    private static Tensor direction(Tensor parameter, Random random) {
        double[] values = parameter.toDoubleArray();
        int filters = parameter.ndim() > 1 ? (int) parameter.size(0) : 1;
        int length = values.length / Math.max(1, filters);
        double[] direction = new double[values.length];
        Arrays.setAll(direction, i -> random.nextGaussian());
        for (int start = 0; start < values.length; start += length) {
            double scale = norm(values, start, length) / Math.max(Double.MIN_NORMAL, norm(direction, start, length));
            for (int i = start; i < start + length; i++) {
                direction[i] *= scale;
            }
        }
        return Autograd.noGrad(() -> Tensor.of(parameter.dtype(), direction).reshape(parameter.shape()));
    }

    private static double norm(double[] values, int start, int length) {
        return Math.sqrt(
                Arrays.stream(values, start, start + length).map(v -> v * v).sum());
    }
}
