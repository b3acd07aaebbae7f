package org.ndgrad.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ndgrad.autograd.Tensor;

/** Waves of cosines near their bottom: what is left is sin² of half the distance, which does not cancel. */
class CosineSchedulesTest {

    private static final int STEPS = 100_000;

    private static Sgd sgd() {
        return new Sgd(List.of(Tensor.ones(DOUBLE, 1).requiresGrad(true)), 0.1);
    }

    private static double left(int steps) {
        double root = Math.sin(Math.PI * steps / 2 / STEPS);
        return 0.1 * root * root;
    }

    private static double[] rates(Sgd sgd, LrScheduler schedule, int from, int to) {
        return IntStream.rangeClosed(1, to)
                .mapToDouble(t -> {
                    schedule.step();
                    return sgd.learningRate();
                })
                .skip(from - 1L)
                .toArray();
    }

    private static void assertClose(double[] rates, int... left) {
        for (int i = 0; i < rates.length; i++) {
            double expected = left(left[i]);
            assertThat(rates[i]).isCloseTo(expected, within(1e-11 * expected));
        }
    }

    @Test
    void annealingKeepsItsDigitsOnBothSidesOfTheBottom() {
        Sgd sgd = sgd();
        assertClose(rates(sgd, new CosineAnnealingLr(sgd, STEPS), STEPS - 3, STEPS + 3), 3, 2, 1, 0, 1, 2, 3);
    }

    @Test
    void annealingReturnsToTheTopAndFallsAgain() {
        Sgd sgd = sgd();
        double[] rates = rates(sgd, new CosineAnnealingLr(sgd, 50), 1, 250);
        for (int t = 1; t <= rates.length; t++) {
            double expected = 0.05 * (1 + Math.cos(Math.PI * t / 50));
            assertThat(rates[t - 1]).isCloseTo(expected, within(1e-14));
        }
    }

    @Test
    void restartsKeepTheirDigits() {
        Sgd sgd = sgd();
        assertClose(rates(sgd, new CosineAnnealingWarmRestarts(sgd, STEPS), STEPS - 2, STEPS), 2, 1, STEPS);
    }

    @Test
    void oneCycleKeepsTheDigitsOfItsLastRates() {
        Sgd sgd = sgd();
        OneCycleLrOptions options = OneCycleLrOptions.defaults()
                .withCycleMomentum(false)
                .withPctStart(0)
                .withFinalDivFactor(Double.POSITIVE_INFINITY);
        OneCycleLr schedule = new OneCycleLr(sgd, 0.1, STEPS, options);
        double[] rates = rates(sgd, schedule, STEPS - 3, STEPS - 1);
        // the fall begins at step −1 and ends at STEPS − 1
        assertClose(rates, 2, 1, 0);
    }
}
