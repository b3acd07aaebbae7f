package org.ndgrad.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;

import com.google.common.base.Splitter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;

/** Steps of optimizers where squares or products of gradients leave the range of their type. */
class OptimizerRangeTest {

    /** Returns a parameter's first element after each step from 1, with all gradients of a step the same. */
    private static double[] path(Tensor parameter, Function<List<Tensor>, Optimizer> maker, double... gradients) {
        Optimizer optimizer = maker.apply(List.of(parameter.requiresGrad(true)));
        return Arrays.stream(gradients)
                .map(gradient -> {
                    parameter.grad(Tensor.full(parameter.dtype(), gradient, parameter.shape()));
                    optimizer.step();
                    return parameter.detach().flatten().get(0).item();
                })
                .toArray();
    }

    private static double[] repeated(double gradient, int steps) {
        double[] gradients = new double[steps];
        Arrays.fill(gradients, gradient);
        return gradients;
    }

    @ParameterizedTest
    @CsvSource({
        "HALF, 0.99, 0.001", "FLOAT, 0.5, 1e4", "FLOAT, 0.99, 1e-20", "DOUBLE, 0.9, 0.1", "BFLOAT16, 0.9, -3",
        "DOUBLE, 0.99, -1e-160", "HALF, 0.5, 7", "FLOAT, 0.9, -0.3", "DOUBLE, 0.5, 1e100", "DOUBLE, 0, 0.7"
    })
    void constantGradientsHaveAVarianceOfAtLeastZero(DataType type, double alpha, double gradient) {
        RmsPropOptions options = RmsPropOptions.defaults().withCentered(true).withAlpha(alpha);
        double rate = 1e-11 / Math.abs(gradient); // the most a step can be is rate · gradient / epsilon

        double[] path = path(
                Tensor.zeros(type, 2), parameters -> new RmsProp(parameters, rate, options), repeated(gradient, 900));

        assertThat(Arrays.stream(path)).allMatch(Double::isFinite);
        for (int i = 1; i < path.length; i++) {
            double step = (path[i - 1] - path[i]) * Math.signum(gradient);
            assertThat(step).isBetween(-0.0, 1.01e-3 + Math.ulp((float) path[i]) * 0x1p16);
        }
    }

    @Test
    void theVarianceOfGradientsIsWhatTheirMeansSayAsLongAsTheyCanTell() {
        RmsPropOptions options = RmsPropOptions.defaults().withCentered(true).withAlpha(0.5);
        double[] path =
                path(Tensor.zeros(DOUBLE, 1), parameters -> new RmsProp(parameters, 1, options), repeated(3, 20));
        double expected = 0;
        for (int t = 1; t <= path.length; t++) {
            double left = Math.pow(0.5, t);
            expected -= 3 / (3 * Math.sqrt(left * (1 - left)) + 1e-8);
            assertThat(path[t - 1]).isCloseTo(expected, within(1e-8 * Math.abs(expected)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1e-200 1e-200 -1e-200, 0.9 0.78 0.78",
        "5e-324 5e-324 5e-324, 0.9 0.78 0.636",
        "1e300 1e300 -1e-300, 0.9 0.78 0.78",
        "1e-30 1e-30 -1e-30, 0.9 0.78 0.78",
        "Infinity Infinity -Infinity 1, 0.9 0.78 0.78 0.72",
        "-1 1e-300 -1, 1.1 1.1 1.15",
        "1 0 1, 0.9 0.9 0.8",
        "1 -0.0 1, 0.9 0.9 0.8"
    })
    void resilientDescentLooksAtSignsOnly(String gradients, String expected) {
        double[] path = path(Tensor.ones(DOUBLE, 1), parameters -> new Rprop(parameters, 0.1), numbers(gradients));

        assertThat(path).containsExactly(numbers(expected), within(1e-12));
    }

    private static double[] numbers(String text) {
        return Splitter.on(' ')
                .splitToStream(text)
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    @ParameterizedTest
    @CsvSource({
        "FLOAT, 1",
        "FLOAT, 1e12",
        "FLOAT, 1e18",
        "FLOAT, 1e30",
        "FLOAT, -3e38",
        "HALF, 1",
        "HALF, 100",
        "HALF, 300",
        "HALF, 6e4",
        "BFLOAT16, 1e12",
        "BFLOAT16, 1e30",
        "DOUBLE, 1",
        "DOUBLE, 1e100",
        "DOUBLE, 1e200",
        "DOUBLE, -1e308"
    })
    void adafactorsStepsDoNotDependOnTheSizeOfGradients(DataType type, double gradient) {
        double digits = type == DOUBLE ? 1e-12 : type == FLOAT ? 1e-6 : type == DataType.FLOAT16 ? 2e-3 : 1e-2;
        for (long[] shape : new long[][] {{2, 2}, {3, 1}, {2, 3, 2}, {4}, {}}) {
            double[] path =
                    path(Tensor.ones(type, shape), parameters -> new Adafactor(parameters, 0.1), repeated(gradient, 3));
            double[] expected = gradient > 0 ? new double[] {0.9, 0.81, 0.729} : new double[] {1.1, 1.21, 1.331};

            assertThat(path).as(Arrays.toString(shape)).containsExactly(expected, within(digits));
        }
    }

    @Test
    void adafactorsRowsAndColumnsOfDifferentSizesAreTakenApart() {
        double[] rows = {1, 2, 0.5};
        double[] columns = {1, 3};
        for (double size : new double[] {1, 0x1p40, 0x1p100, 0x1p-30}) {
            List<Double> moved = new ArrayList<>();
            for (DataType type : new DataType[] {FLOAT, DOUBLE}) {
                Tensor parameter = Tensor.ones(type, 3, 2).requiresGrad(true);
                Tensor gradient = Tensor.of(DOUBLE, rows)
                        .unsqueeze(1)
                        .mul(Tensor.of(DOUBLE, columns))
                        .mul(size)
                        .to(type);
                Adafactor optimizer = new Adafactor(
                        List.of(parameter), 0.1, AdafactorOptions.defaults().withGradientEpsilon(1e-30));
                for (int i = 0; i < 3; i++) {
                    parameter.grad(i == 1 ? gradient.neg() : gradient);
                    optimizer.step();
                }
                moved.add(parameter.detach().get(2, 1).item());
            }
            assertThat(moved.get(0)).as(size + "").isCloseTo(moved.get(1), within(1e-6));
            assertThat(moved.get(1)).isCloseTo(0.91, within(2e-2));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "DOUBLE, 1e200",
        "DOUBLE, 1e300",
        "DOUBLE, -1e39",
        "FLOAT, 1e30",
        "FLOAT, 3e38",
        "FLOAT, -1",
        "HALF, 6e4",
        "BFLOAT16, 3e38"
    })
    void muonsStepsDoNotDependOnTheSizeOfGradients(DataType type, double gradient) {
        Function<List<Tensor>, Optimizer> maker = parameters -> new Muon(parameters, 0.1);
        double[] expected = path(Tensor.ones(type, 2, 3), maker, Math.signum(gradient));

        assertThat(path(Tensor.ones(type, 2, 3), maker, gradient)).containsExactly(expected, within(1e-3));
    }

    @ParameterizedTest
    @CsvSource({"0, NaN", "0, Infinity", "1e200, NaN"})
    void muonDoesNotHideWhatIsNotFinite(double first, double second) {
        Tensor parameter = Tensor.ones(DOUBLE, 1, 2).requiresGrad(true);
        parameter.grad(Tensor.of(DOUBLE, first, second).unsqueeze(0));

        new Muon(List.of(parameter), 0.1).step();

        assertThat(parameter.detach().get(0, 1).item()).isNaN();
    }

    /** Products of rates, decays and gradients do not fit, their sums with parameters do. */
    @ParameterizedTest
    @CsvSource({
        "FLOAT, 3e38, 3e37, 20, 0, -3e38",
        "FLOAT, 0, 1e38, 1e-50, 0, -1e-12",
        "FLOAT, 0, 0x1p-133, 1e39, 0, -0.0918354961579912",
        "FLOAT, 1e30, 0, 1e-10, 1e10, 0",
        "FLOAT, 1, 1e-40, 0.1, 0, 1",
        "HALF, 6e4, 6e4, 2, 0, -6e4",
        "BFLOAT16, 3e38, 3e38, 2, 0, -3e38",
        "DOUBLE, 1.5e308, 1.5e305, 2e3, 0, -1.5e308",
        "DOUBLE, 0, 1e-300, 1e300, 0, -1",
        "DOUBLE, 1e-10, 1e-308, 1e300, 0, -9.9e-9",
        "DOUBLE, 1e-310, 1e-310, 2, 0, -1e-310"
    })
    void descentGoesWhereTheNumbersFit(
            DataType type, double start, double gradient, double rate, double weightDecay, double expected) {
        double digits = type == DOUBLE ? 1e-14 : type == FLOAT ? 1e-6 : type == DataType.FLOAT16 ? 1e-3 : 1e-2;
        for (double sign : new double[] {1, -1}) {
            for (SgdOptions options : List.of(
                    SgdOptions.defaults(),
                    SgdOptions.defaults().withMomentum(0.9),
                    SgdOptions.defaults().withMaximize(true))) {
                Tensor parameter = Tensor.full(type, sign * start, 5).requiresGrad(true);
                parameter.grad(Tensor.full(type, options.maximize() ? -sign * gradient : sign * gradient, 5));

                new Sgd(List.of(parameter), rate, options.withWeightDecay(weightDecay)).step();

                assertThat(parameter.detach().get(4).item())
                        .isEqualTo(sign * expected, within(digits * Math.max(Math.abs(expected), start)));
            }
        }
    }

    /** In the first step, the quotient of mean and root is 1 unless the epsilon is large. */
    @ParameterizedTest
    @CsvSource({
        "FLOAT, 0, 10, 1e38, 1e-8, -1e38",
        "FLOAT, 0, 1e18, 1e30, 1e-30, -1e30",
        "FLOAT, 0, 1e-18, 1e30, 1e-30, -1e30",
        "FLOAT, 0, 1e-10, 1e-40, 0, -1e-40",
        "FLOAT, 0, 1e18, 1e-40, 0, -1e-40",
        "FLOAT, 3e38, 1, 6e38, 1e-8, -3e38",
        "FLOAT, 0, 0, 1, 1e-50, 0",
        "FLOAT, 0.5, 1e-3, 0.25, 1e-8, 0.25",
        "BFLOAT16, 3e38, 1, 6e38, 1e-8, -3e38",
        "DOUBLE, 0, 1e150, 1e300, 1e-300, -1e300"
    })
    void adamsStepIsItsRateWhateverTheGradient(
            DataType type, double start, double gradient, double rate, double epsilon, double expected) {
        double digits = type == DOUBLE ? 1e-7 : type == FLOAT ? 2e-5 : 1e-2;
        for (boolean amsgrad : new boolean[] {false, true}) {
            AdamOptions adam = AdamOptions.defaults().withEpsilon(epsilon).withAmsgrad(amsgrad);
            AdamWOptions adamW = AdamWOptions.defaults()
                    .withEpsilon(epsilon)
                    .withAmsgrad(amsgrad)
                    .withWeightDecay(0);
            for (Function<List<Tensor>, Optimizer> maker : List.<Function<List<Tensor>, Optimizer>>of(
                    parameters -> new Adam(parameters, rate, adam), parameters -> new AdamW(parameters, rate, adamW))) {
                assertThat(path(Tensor.full(type, start, 5), maker, gradient)[0])
                        .isEqualTo(expected, within(digits * Math.abs(expected)));
            }
        }
    }
}
