package org.ndgrad.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;

/** Losses and gradients that fit are right, although differences, distances or sums on the way to them do not fit. */
class LossRangeTest {

    private static final Tensor CLASSES = Tensor.of(1, 0);

    /** A loss of tensors whose lengths, such as a margin, are counted in a unit. */
    interface Loss {
        Tensor of(List<Tensor> inputs, double unit);
    }

    /** A loss that is twice as much if all lengths are, and numbers about 1 that make its inputs of shape (2, 2). */
    @SuppressWarnings("ArrayRecordComponent") // rows are not compared
    record Row(String name, Reduction reduction, Loss loss, double[]... inputs) {
        @Override
        public String toString() {
            return name + " " + reduction;
        }
    }

    static Stream<Row> rows() {
        double[] x = {1, -0.875, 1, 0.25};
        double[] t = {-1, 0.75, 0.5, 1};
        double[] other = {-0.875, -0.5, 1, -1};
        return Stream.of(Reduction.MEAN, Reduction.SUM, Reduction.NONE).flatMap(reduction -> {
            TripletMarginOptions triplet =
                    TripletMarginOptions.defaults().withReduction(reduction).withEpsilon(0);
            MultiMarginOptions multi = MultiMarginOptions.defaults().withReduction(reduction);
            return Stream.of(
                    new Row("l1", reduction, (in, u) -> Losses.l1Loss(in.get(0), in.get(1), reduction), x, t),
                    new Row(
                            "smoothL1",
                            reduction,
                            (in, u) -> Losses.smoothL1Loss(in.get(0), in.get(1), 0.5 * u, reduction),
                            x,
                            t),
                    new Row(
                            "marginRanking",
                            reduction,
                            (in, u) -> MarginLosses.marginRankingLoss(
                                    in.get(0), in.get(1), labels(in.get(0)), 0.25 * u, reduction),
                            x,
                            t),
                    new Row(
                            "hingeEmbedding",
                            reduction,
                            (in, u) -> Losses.hingeEmbeddingLoss(
                                    in.get(0), Tensor.of(1, -1, 1, -1).reshape(2, 2), 0.75 * u, reduction),
                            x),
                    new Row(
                            "multiMargin",
                            reduction,
                            (in, u) -> MarginLosses.multiMarginLoss(in.get(0), CLASSES, multi.withMargin(0.125 * u)),
                            x),
                    new Row(
                            "tripletMargin",
                            reduction,
                            (in, u) -> MarginLosses.tripletMarginLoss(
                                    in.get(0), in.get(1), in.get(2), triplet.withMargin(0.125 * u)),
                            x,
                            t,
                            other));
        });
    }

    private static Tensor labels(Tensor like) {
        return Tensor.of(like.dtype(), -0.5, 0.25, 0, -0.125).reshape(2, 2);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void lossesOfDistancesThatDoNotFitAreRight(Row row) {
        assertScales(row, DataType.FLOAT, 0x1.8p127, 1e-6);
        assertScales(row, DataType.DOUBLE, 0x1.8p1023, 1e-14);
    }

    /** Compares with the loss of numbers about 1; where what is to be expected does not fit, it is infinite. */
    private static void assertScales(Row row, DataType type, double size, double tolerance) {
        List<Tensor> ones = inputs(row, DataType.DOUBLE, 1);
        Tensor expected = row.loss.of(ones, 1);
        expected.backward(Tensor.full(DataType.DOUBLE, 0.25, expected.shape()));
        List<Tensor> large = inputs(row, type, size);
        Tensor actual = row.loss.of(large, size);
        actual.backward(Tensor.full(type, 0.25, actual.shape()));

        double most = (type == DataType.FLOAT ? Float.MAX_VALUE : Double.MAX_VALUE) / size;
        double[] values = expected.toDoubleArray();
        for (int i = 0; i < values.length; i++) {
            double is = actual.toDoubleArray()[i] / size;
            assertThat(is).isCloseTo(values[i] > most ? is : values[i], within(tolerance));
            assertThat(Double.isInfinite(is)).isEqualTo(values[i] > most);
        }
        for (int k = 0; k < large.size(); k++) {
            assertThat(large.get(k).grad().toDoubleArray())
                    .containsExactly(ones.get(k).grad().toDoubleArray(), within(tolerance));
        }
    }

    private static List<Tensor> inputs(Row row, DataType type, double size) {
        return Arrays.stream(row.inputs)
                .map(values -> Tensor.of(
                                type, Arrays.stream(values).map(v -> v * size).toArray())
                        .reshape(2, 2)
                        .requiresGrad(true))
                .toList();
    }

    /** A loss of numbers x and t, its value, its slope by the first x for a g of 0.1; infinite if it does not fit. */
    @SuppressWarnings("ArrayRecordComponent") // rows are not compared
    record Known(
            String name,
            DataType type,
            BinaryOperator<Tensor> loss,
            double[] x,
            double[] t,
            double value,
            double slope) {
        @Override
        public String toString() {
            return name + " of " + type;
        }
    }

    static Stream<Known> known() {
        double[] zeros = {0, 0, 0};
        double infinite = Double.POSITIVE_INFINITY;
        BinaryOperator<Tensor> huber = (x, t) -> Losses.huberLoss(x, t, 0.125);
        BinaryOperator<Tensor> widely = (x, t) ->
                Losses.gaussianNllLoss(x, t, Tensor.full(x.dtype(), x.dtype() == DataType.DOUBLE ? 1e308 : 1e38, 4));
        BinaryOperator<Tensor> none =
                (x, t) -> Losses.mseLoss(x, t, Reduction.NONE).sum();
        BinaryOperator<Tensor> smooth = (x, t) -> Losses.crossEntropy(
                x.reshape(1, 4),
                Tensor.zeros(DataType.INT64, 1),
                CrossEntropyOptions.defaults().withLabelSmoothing(0.5));
        double e89 = 4.4896128191743455e38;
        double e88 = 1.6516362549940018e38;
        return Stream.of(
                new Known("huber", DataType.FLOAT, huber, four(3e38, zeros), four(-3e38, zeros), 1.875e37, 0.003125),
                new Known("huber", DataType.DOUBLE, huber, four(1e308, zeros), four(-1e308, zeros), 6.25e306, 0.003125),
                new Known(
                        "mse", DataType.FLOAT, Losses::mseLoss, four(3e38, zeros), four(-3e38, zeros), infinite, 3e37),
                new Known(
                        "mse",
                        DataType.DOUBLE,
                        Losses::mseLoss,
                        four(1.5e308, zeros),
                        four(-1.5e308, zeros),
                        infinite,
                        1.5e307),
                new Known("squares", DataType.FLOAT, none, four(3e38, zeros), four(-3e38, zeros), infinite, 1.2e38),
                new Known("gaussian", DataType.FLOAT, widely, four(2e38, zeros), four(-2e38, zeros), 2e38, 0.1),
                new Known("gaussian", DataType.DOUBLE, widely, four(1e308, zeros), four(-1e308, zeros), 5e307, 0.05),
                new Known(
                        "crossEntropy",
                        DataType.FLOAT,
                        smooth,
                        four(3e38, new double[] {-3e38, 3e38, 3e38}),
                        four(0, zeros),
                        7.5e37,
                        -0.0291666667),
                new Known(
                        "poissonNll",
                        DataType.FLOAT,
                        Losses::poissonNllLoss,
                        four(89, zeros),
                        four(4e36, zeros),
                        (e89 - 89 * (double) 4e36f + 3) / 4,
                        (e89 - (double) 4e36f) / 40),
                new Known("klDiv", DataType.FLOAT, Losses::klDiv, four(88, zeros), four(e88, zeros), 0, -e88 / 40));
    }

    private static double[] four(double first, double[] others) {
        return new double[] {first, others[0], others[1], others[2]};
    }

    @ParameterizedTest
    @MethodSource("known")
    void lossesAndSlopesFitWhereDifferencesDoNot(Known row) {
        Tensor x = Tensor.of(row.type, row.x).requiresGrad(true);
        Tensor loss = row.loss.apply(x, Tensor.of(row.type, row.t));
        loss.backward(Tensor.full(row.type, 0.1));

        double tolerance = row.type == DataType.FLOAT ? 1e-6 : 1e-14;
        if (row.value == 0) {
            assertThat(Math.abs(loss.item())).isLessThan(1e31); // of terms of 10⁴⁰
        } else if (row.value == Double.POSITIVE_INFINITY) {
            assertThat(loss.item()).isInfinite();
        } else {
            assertThat(loss.item() / row.value).isCloseTo(1, within(tolerance));
        }
        assertThat(x.grad().get(0).item() / row.slope).isCloseTo(1, within(tolerance));
    }

    @ParameterizedTest
    @CsvSource({"1e200, 1e200", "-1e300, 1", "1e155, -1e-200"})
    void cosinesOfShortVectorsDoNotDependOnOtherRows(double large, double other) {
        Tensor small = Tensor.of(DataType.DOUBLE, 1e-6, 0, 3e-6, 4e-6, 0, 0).reshape(3, 2);
        Tensor first = Functions.cat(small, Tensor.of(DataType.DOUBLE, large, 0).reshape(1, 2));
        Tensor second =
                Functions.cat(small, Tensor.of(DataType.DOUBLE, other, 0).reshape(1, 2));

        double[] alone = cosineLosses(small, small);
        double[] together = cosineLosses(first, second);

        assertThat(Arrays.copyOf(together, 3)).containsExactly(alone, within(1e-12));
        assertThat(alone[0]).isCloseTo(0.5, within(1e-12));
        double cosine = Math.signum(large) * (other / Math.hypot(other, 1e-6));
        assertThat(together[3]).isCloseTo(1 - cosine, within(1e-12));
    }

    private static double[] cosineLosses(Tensor first, Tensor second) {
        Tensor labels = Tensor.ones(DataType.DOUBLE, first.size(0));
        return MarginLosses.cosineEmbeddingLoss(first, second, labels, 0, Reduction.NONE)
                .toDoubleArray();
    }
}
