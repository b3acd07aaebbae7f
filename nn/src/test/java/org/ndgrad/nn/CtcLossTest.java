package org.ndgrad.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Backward;
import org.ndgrad.autograd.GradCheck;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;

/** Losses and gradients by PyTorch 2.13. */
class CtcLossTest {

    private static final double NAN = Double.NaN;

    /** Four steps of two samples with three classes. */
    private static final Tensor SCORES = Tensor.of(DOUBLE, new double[] {
                0.5, -1, 0.25, 1, 0, -0.5, 0, 0.75, -1, -0.25, 0.5, 1, 1.5, 0, 0.5, 0, 1, -1, -0.5, 0.25, 1, 0.75,
                -0.25, 0.5
            })
            .reshape(4, 2, 3);

    private static final Tensor PADDED = Tensor.of(1, 2, 1, 1).reshape(2, 2);
    private static final CtcOptions NONE = CtcOptions.defaults().withReduction(Reduction.NONE);

    private static void assertLoss(
            Tensor targets, long[] inputs, long[] lengths, CtcOptions options, double[] loss, double... gradient) {
        Tensor x = SCORES.logSoftmax(-1).detach().requiresGrad(true);

        Tensor y = Losses.ctcLoss(x, targets, Tensor.of(inputs), Tensor.of(lengths), options);
        y.sum().backward();

        assertThat(y.toDoubleArray()).containsExactly(loss, within(1e-14));
        assertThat(x.grad().toDoubleArray()).containsExactly(gradient, within(1e-14));
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void classesThatCannotBeHaveNoSlope(DataType type) {
        double half = Math.log(0.5);
        double never = Double.NEGATIVE_INFINITY;
        Tensor x = Tensor.of(type, half, half, never, half, half, never)
                .reshape(2, 1, 3)
                .requiresGrad(true);
        Tensor z = Tensor.of(type, half, half, never, never, 0, never)
                .reshape(2, 1, 3)
                .requiresGrad(true);
        Tensor label = Tensor.of(1L).reshape(1, 1);

        Tensor loss = Losses.ctcLoss(x, label, Tensor.of(2L), Tensor.of(1L), NONE);
        loss.sum().backward();
        Losses.ctcLoss(z, label, Tensor.of(2L), Tensor.of(1L), NONE).sum().backward();

        assertThat(loss.item()).isCloseTo(-Math.log(0.75), within(1e-7));
        assertThat(x.grad().toDoubleArray())
                .containsExactly(new double[] {1 / 6.0, -1 / 6.0, 0, 1 / 6.0, -1 / 6.0, 0}, within(1e-7));
        assertThat(z.grad().toDoubleArray()).containsExactly(new double[6], within(1e-7));
    }

    @Test
    void theMeanIsOverTargetsByTheirLength() {
        assertLoss(
                PADDED,
                new long[] {4, 3},
                new long[] {2, 2},
                CtcOptions.defaults(),
                new double[] {1.274715656260191},
                -0.06588586492916175,
                -0.03137033485498393,
                0.09725619978414556,
                0.1571329298029406,
                -0.1921940255944627,
                0.03506109579152212,
                0.04404076082218582,
                -0.06763247042187467,
                0.023591709599688804,
                -0.2121633081586752,
                0.08010027725665325,
                0.13206303090202193,
                0.013703842308192021,
                -0.005517988421039191,
                -0.008185853887152907,
                0.06118211776369941,
                -0.08368976105629453,
                0.02250764329259511,
                0.019933817415439346,
                0.06965017229906825,
                -0.08958398971450762,
                0,
                0,
                0);
    }

    @Test
    void targetsStandOneBehindTheOther() {
        assertLoss(
                Tensor.of(1, 2, 1),
                new long[] {4, 3},
                new long[] {2, 1},
                NONE,
                new double[] {1.338706274075953, 1.131613767915855},
                -0.263543459716647,
                -0.12548133941993572,
                0.3890247991365822,
                -0.1358841335351414,
                -0.004360249630947166,
                0.14024438316608848,
                0.17616304328874327,
                -0.2705298816874987,
                0.09436683839875522,
                -0.07142342374902577,
                -0.45682869985906205,
                0.5282521236080877,
                0.054815369232768085,
                -0.022071953684156764,
                -0.032743415548611626,
                0.009144323801701437,
                -0.09917489697208204,
                0.09003057317038043,
                0.07973526966175738,
                0.278600689196273,
                -0.3583359588580305,
                0,
                0,
                0);
    }

    @Test
    void anotherBlank() {
        assertLoss(
                Tensor.of(0, 1, 1, 0).reshape(2, 2),
                new long[] {4, 4},
                new long[] {2, 1},
                CtcOptions.defaults().withBlank(2).withReduction(Reduction.SUM),
                new double[] {4.229799711471017},
                -0.24697673493345634,
                0.11145747105020275,
                0.13551926388325364,
                0.6285317192117624,
                -0.1904085090402031,
                -0.43812321017155875,
                -0.20444717812651098,
                0.18961613713131215,
                0.014831040995198955,
                0.1513467673652992,
                -0.27441129370246387,
                0.12306452633716475,
                0.35201922017594944,
                -0.25677358046194587,
                -0.09524563971400371,
                0.24472847105479764,
                -0.21857995103485528,
                -0.026148520019942403,
                0.13160164714691433,
                -0.23101486861551257,
                0.09941322146859843,
                0.465835567266526,
                -0.1268995448968179,
                -0.338936022369708);
    }

    @Test
    void whatDoesNotFitIsInfiniteOrCountsNothing() {
        double[] first = {
            -0.263543459716647,
            -0.12548133941993572,
            0.3890247991365822,
            NAN,
            NAN,
            NAN,
            0.17616304328874327,
            -0.2705298816874987,
            0.09436683839875522,
            NAN,
            NAN,
            NAN,
            0.054815369232768085,
            -0.022071953684156764,
            -0.032743415548611626,
            0,
            0,
            0,
            0.07973526966175738,
            0.278600689196273,
            -0.3583359588580305,
            0,
            0,
            0
        };
        double[] zeros = first.clone();
        for (int i = 0; i < zeros.length; i++) {
            zeros[i] = Double.isNaN(zeros[i]) ? 0 : zeros[i];
        }

        long[] inputs = {4, 2};
        long[] lengths = {2, 2};
        assertLoss(PADDED, inputs, lengths, NONE, new double[] {1.338706274075953, Double.POSITIVE_INFINITY}, first);
        assertLoss(PADDED, inputs, lengths, NONE.withZeroInfinity(true), new double[] {1.338706274075953, 0}, zeros);
    }

    @Test
    void emptyTargetsAndInputs() {
        Tensor x = SCORES.logSoftmax(-1);

        assertThat(Losses.ctcLoss(x, PADDED, Tensor.of(4, 3), Tensor.of(2, 0)).item())
                .isEqualTo(2.2147547440013935, within(1e-15));
        assertThat(Losses.ctcLoss(x, PADDED, Tensor.of(0, 0), Tensor.of(1, 0), NONE)
                        .toDoubleArray())
                .containsExactly(Double.POSITIVE_INFINITY, 0);
    }

    /** It is not that of the loss, for scores that are no log-probabilities. */
    @Test
    void theGradientIsThatOfScoresBeforeSoftmax() {
        Tensor x = SCORES.sub(2).requiresGrad(true);

        Tensor y = Losses.ctcLoss(
                x,
                PADDED,
                Tensor.of(4, 3),
                Tensor.of(2, 2),
                CtcOptions.defaults().withReduction(Reduction.SUM));
        y.backward();

        assertThat(y.item()).isEqualTo(8.653816104967634, within(1e-14));
        assertThat(x.grad().select(0, 0).toDoubleArray())
                .containsExactly(
                        new double[] {
                            -0.5399310293814322,
                            -0.18715174210227423,
                            0.17377394345044514,
                            0.36787944117144233,
                            -0.8646647167633873,
                            0.0820849986238988
                        },
                        within(1e-14));
        GradCheck.gradcheck(
                inputs -> Losses.ctcLoss(inputs.get(0).logSoftmax(-1), PADDED, Tensor.of(4, 3), Tensor.of(2, 1), NONE),
                List.of(SCORES));
    }

    @Test
    void oneSampleNeedsNoBatch() {
        Tensor x = SCORES.select(1, 0).logSoftmax(-1);

        Tensor y = Losses.ctcLoss(
                x, Tensor.of(1, 2), Tensor.of(4).squeeze(), Tensor.of(2).squeeze(), NONE);

        assertThat(y.shape()).isEmpty();
        assertThat(y.item()).isEqualTo(1.338706274075953, within(1e-14));
    }

    @Test
    void otherTypesAreRoundedOnce() {
        for (DataType type : new DataType[] {FLOAT, DataType.FLOAT16, DataType.BFLOAT16}) {
            Tensor x = SCORES.logSoftmax(-1).to(type).requiresGrad(true);
            Tensor exact = x.detach().to(DOUBLE).requiresGrad(true);

            Tensor y = Losses.ctcLoss(x, PADDED, Tensor.of(4, 4), Tensor.of(2, 2), NONE);
            y.sum().backward();
            Tensor wide = Losses.ctcLoss(exact, PADDED, Tensor.of(4, 4), Tensor.of(2, 2), NONE);
            wide.sum().backward();

            assertThat(y.dtype()).isEqualTo(type);
            assertThat(y.toDoubleArray())
                    .containsExactly(wide.to(FLOAT).to(type).toDoubleArray());
            assertThat(x.grad().toDoubleArray())
                    .containsExactly(exact.grad().to(FLOAT).to(type).toDoubleArray());
        }
    }

    @Test
    void longInputsOfManyClassesAreNoTrouble() {
        Tensor x = Tensor.randn(FLOAT, new Rng(1), 500, 2, 40)
                .logSoftmax(-1)
                .detach()
                .requiresGrad(true);
        Tensor targets = Tensor.randint(DataType.INT64, new Rng(2), 1, 40, 2, 100);

        Tensor y = Losses.ctcLoss(x, targets, Tensor.of(500, 400), Tensor.of(100, 80));
        y.backward();

        assertThat(y.item()).isBetween(5.0, 30.0);
        assertThat(x.grad().sum(-1).abs().max().item()).isLessThan(1e-6);
    }

    @Test
    void aSecondDerivativeIsRefused() {
        Tensor x = SCORES.logSoftmax(-1).detach().requiresGrad(true);
        Tensor y = Losses.ctcLoss(x, PADDED, Tensor.of(4, 4), Tensor.of(2, 2));
        Tensor gradient = Autograd.grad(y, x, Backward.CREATE_GRAPH);

        assertThatThrownBy(() -> gradient.square().sum().backward())
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageStartingWith("ctcLoss: expected to be differentiated once; got a second derivative");
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Tensor x = SCORES.logSoftmax(-1);
        Tensor four = Tensor.of(4, 4);
        Tensor two = Tensor.of(2, 2);

        assertRefused(
                () -> Losses.ctcLoss(x.flatten(), PADDED, four, two),
                "ctcLoss: expected log-probabilities of shape (T, N, C) or (T, C), with elements; got (24).");
        assertRefused(
                () -> Losses.ctcLoss(x, PADDED, four, two, NONE.withBlank(3)),
                "ctcLoss: expected a blank from 0 to 2; got 3.");
        assertRefused(
                () -> Losses.ctcLoss(x, PADDED, Tensor.of(5, 4), two),
                "ctcLoss: expected inputLengths from 0 to 4; got 5.");
        assertRefused(
                () -> Losses.ctcLoss(x, PADDED, four, Tensor.of(3, 2)),
                "ctcLoss: expected targetLengths from 0 to 2; got 3.");
        assertRefused(
                () -> Losses.ctcLoss(x, PADDED, Tensor.of(4, 4, 4), two),
                "ctcLoss: expected inputLengths of an integer dtype, one for each of 2 samples; got (3), int64.");
        assertRefused(
                () -> Losses.ctcLoss(x, Tensor.of(1, 2, 1), four, two),
                "ctcLoss: expected targets of shape (2, S), or the 4 labels that targetLengths count; got shape (3).");
        assertRefused(
                () -> Losses.ctcLoss(x, PADDED.to(FLOAT), four, two),
                "ctcLoss: expected targets of an integer dtype, padded to shape (N, S) or one behind the other in one dim;"
                        + " got (2, 2), float32.");
        assertThatThrownBy(() -> Losses.ctcLoss(x, PADDED.add(1), four, two))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageStartingWith("ctcLoss: ");
    }

    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource({"60000, 20000, 40001", "50000, 50000, 100001", "2147483639, 1, 3"})
    void sumsThatNoArrayHoldsAreRefused(long steps, int labels, int places) {
        Tensor x = Tensor.zeros(DataType.FLOAT, 1, 2, 2).expand(steps, 2, 2);
        Tensor targets = Tensor.ones(DataType.INT64, 2, labels);

        assertThatThrownBy(() -> Losses.ctcLoss(x, targets, Tensor.of(1L, steps), Tensor.of(1, labels)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "ctcLoss: expected at most 2147483639 pairs of a step and a place, of which a target has one for"
                                + " each label and each blank around it; got " + steps + " steps times " + places
                                + " places of sample 1. Split the sequence.");
    }
}
