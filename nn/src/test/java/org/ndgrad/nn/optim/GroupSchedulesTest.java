package org.ndgrad.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.ndgrad.autograd.Tensor;

/** Schedules that are given something of its own for each of two groups. Numbers from PyTorch 2.13. */
class GroupSchedulesTest {

    private static final List<LongToDoubleFunction> FACTORS =
            List.of(t -> Math.pow(0.5, (double) t), t -> 1.0 / (1 + t));

    private static Tensor leaf() {
        return Tensor.zeros(1).requiresGrad(true);
    }

    private static Sgd sgd() {
        return new Sgd(List.of(leaf()), 0.1, SgdOptions.defaults().withMomentum(0.9)).addGroup(List.of(leaf()), 0.2);
    }

    /** Checks the rates, and the momenta if there are numbers for them, before each step. */
    private static void check(LrScheduler scheduler, double[]... expected) {
        Optimizer optimizer = scheduler.optimizer();
        for (double[] numbers : expected) {
            for (int group = 0; group < 2; group++) {
                ParameterGroup each = optimizer.groups().get(group);
                assertThat(each.learningRate()).isCloseTo(numbers[group], within(1e-14));
                if (numbers.length == 4) {
                    assertThat(((SgdOptions) each.options()).momentum()).isCloseTo(numbers[2 + group], within(1e-14));
                }
            }
            optimizer.step();
            if (scheduler instanceof ReduceLrOnPlateau plateau) {
                plateau.step(1);
            } else {
                scheduler.step();
            }
        }
    }

    @Test
    void functionsAreOfEachGroup() {
        check(new LambdaLr(sgd(), FACTORS), new double[] {0.1, 0.2}, new double[] {0.05, 0.1}, new double[] {
            0.025, 0.06666666666666667
        });
        check(
                new MultiplicativeLr(sgd(), List.<LongToDoubleFunction>of(t -> 0.5, t -> 0.9)),
                new double[] {0.1, 0.2},
                new double[] {0.05, 0.18000000000000002},
                new double[] {0.025, 0.16200000000000003});
    }

    @Test
    void oneCycleHasRatesAndMomentaOfEachGroup() {
        OneCycleLrOptions options =
                OneCycleLrOptions.defaults().withBaseMomentum(0.8, 0.7).withMaxMomentum(0.9, 0.95);
        check(
                new OneCycleLr(sgd(), List.of(1.0, 0.5), 6, options),
                new double[] {0.040000000000000036, 0.020000000000000018, 0.9, 0.95},
                new double[] {0.9944154354509117, 0.49720771772545586, 0.8005584586887436, 0.7013961467218589},
                new double[] {0.811745653949763, 0.4058728269748815, 0.8188255099070634, 0.7470637747676583},
                new double[] {0.46263710266697505, 0.23131855133348753, 0.8537365046793213, 0.834341261698303});
    }

    @Test
    void cyclesHaveRatesAndMomentaOfEachGroup() {
        CyclicLrOptions options = CyclicLrOptions.defaults()
                .withStepSizeUp(3)
                .withBaseMomentum(0.8, 0.7)
                .withMaxMomentum(0.9, 0.95);
        check(
                new CyclicLr(sgd(), List.of(0.1, 0.01), List.of(1.0, 0.5), options),
                new double[] {0.1, 0.01, 0.9, 0.95},
                new double[] {0.40000000000000013, 0.17333333333333342, 0.8666666666666667, 0.8666666666666666},
                new double[] {0.6999999999999998, 0.3366666666666666, 0.8333333333333334, 0.7833333333333333},
                new double[] {1.0, 0.5, 0.8, 0.7},
                new double[] {0.7000000000000003, 0.33666666666666684, 0.8333333333333334, 0.7833333333333332});
    }

    @Test
    void aPlateauHasASmallestRateOfEachGroup() {
        ReduceLrOnPlateauOptions options =
                ReduceLrOnPlateauOptions.defaults().withPatience(0).withMinLearningRate(0.05, 0.001);
        check(
                new ReduceLrOnPlateau(sgd(), options),
                new double[] {0.1, 0.2},
                new double[] {0.1, 0.2},
                new double[] {0.05, 0.020000000000000004},
                new double[] {0.05, 0.0020000000000000005},
                new double[] {0.05, 0.001});
    }

    @Test
    void otherNumbersThanGroupsAreRefused() {
        assertThatThrownBy(() -> new OneCycleLr(sgd(), List.of(1.0, 0.5, 0.1), 6))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("OneCycleLr: expected one largest rate, or one for each of the 2 groups; got 3."
                        + " Give them in the order of groups().");
        Sgd sgd = sgd();
        LrScheduler scheduler = new LambdaLr(sgd, FACTORS);
        sgd.addGroup(List.of(leaf()), 0.3);
        sgd.step();
        assertThatThrownBy(scheduler::step)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("LambdaLr: expected the 2 groups that there were; got more. Make the schedule after all"
                        + " groups were added.");
    }
}
