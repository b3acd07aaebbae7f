package org.ndgrad.autograd.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.ndgrad.autograd.Tensors.assertSame;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Backward;
import org.ndgrad.autograd.Index;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.Tensors;
import org.ndgrad.autograd.ops.Activations;
import org.ndgrad.autograd.ops.Arithmetic;
import org.ndgrad.autograd.ops.LinearAlgebra;

/** Fused operations against what they are composed of, in sizes that the op table does not reach. */
class FusedLossesTest {

    /** Rows that fit one piece of memory, several to a piece, and rows longer than a piece. */
    @ParameterizedTest
    @CsvSource({"3, 5", "900, 11", "3, 3000", "2, 5000", "17, 4097"})
    void crossEntropyIsThatOfLogSoftmax(int samples, int classes) {
        for (DataType dtype : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
            Tensor x = Tensor.randn(dtype, new Rng(1), samples, classes).mul(5);
            Tensor labels = Arithmetic.remainder(Tensor.arange(samples).mul(7), classes);
            Tensor fused = x.detach().requiresGrad(true);
            Tensor composed = x.detach().requiresGrad(true);

            Tensor loss = FusedLosses.crossEntropy(fused, labels, 0);
            Tensor kept = labels.ne(0).to(dtype);
            Tensor picked =
                    composed.logSoftmax(1).gather(1, labels.unsqueeze(1)).squeeze(1);
            Tensor expected = picked.mul(kept).sum().neg().div(kept.sum());

            assertSame(loss, expected, 1e-6);
            loss.backward();
            expected.backward();
            assertSame(fused.grad(), composed.grad(), 1e-6);
        }
    }

    /** In rows that a block holds and in longer ones. */
    @ParameterizedTest
    @CsvSource({"4", "5000"})
    void samplesThatAreIgnoredHaveNoGradientWhateverTheyHold(int classes) {
        for (DataType dtype : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
            Tensor x = Tensor.zeros(dtype, 3, classes);
            x.get(Index.to(2)).fill_(Double.NaN);
            x.requiresGrad(true);

            Tensor loss = FusedLosses.crossEntropy(x, Tensor.of(1, 1, 0), 1);
            loss.backward();

            assertSame(loss, Tensor.of(dtype, Math.log(classes)), 1e-6);
            assertSame(x.grad().get(Index.to(2)), Tensor.zeros(dtype, 2, classes), 0);
            assertThat(x.grad().get(2, classes - 1).item()).isCloseTo(1.0 / classes, within(1e-7));
        }
    }

    /** −ln(1 − p) of a small p, where ln of a sum of 1 and p would have none of its digits. */
    @ParameterizedTest
    @CsvSource({"2", "9", "5000"})
    void samplesThatAreNearlyCertainHaveSmallLosses(int classes) {
        for (DataType dtype : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
            Tensor x = Tensor.zeros(dtype, 2, classes);
            x.get(Index.all(), 1).fill_(60);
            x.requiresGrad(true);

            Tensor loss = FusedLosses.crossEntropy(x, Tensor.of(1, 1), -100);
            loss.backward();

            double expected = (classes - 1) * Math.exp(-60);
            assertSame(loss, Tensor.of(dtype, expected), 1e-6);
            assertSame(x.grad().get(0, 1), Tensor.of(dtype, -expected / 2), 1e-6);
            assertSame(x.grad().get(0, 0), Tensor.of(dtype, Math.exp(-60) / 2), 1e-6);
            assertSame(x.logsumexp(1).get(0).sub(60), Tensor.of(dtype, 0.0), 1e-6);
            assertSame(x.sub(60).logsumexp(1).get(0), Tensor.of(dtype, expected), 1e-6);
            assertSame(x.logSoftmax(1).get(0, 1), Tensor.of(dtype, -expected), 1e-6);
            Tensor columns = x.get(0).unsqueeze(1).expand(classes, 20).contiguous();
            assertSame(columns.logSoftmax(0).get(1, 7), Tensor.of(dtype, -expected), 1e-6);
        }
    }

    /** Sizes of one block and of several, and units and bounds that floats cannot hold. */
    @ParameterizedTest
    @CsvSource({"1, 1, 1", "97, 0.7, 1", "5003, 1, 0.3", "5003, 1, 1e39", "5003, 1e-42, 1", "5003, 3e30, 1"})
    void huberErrorsAreThoseOfClampedDifferences(int n, double unit, double most) {
        for (DataType dtype : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
            Tensor x = Tensor.randn(dtype, new Rng(1), n).requiresGrad(true);
            Tensor t = Tensor.randn(dtype, new Rng(2), n).requiresGrad(true);
            Tensor wideX = x.detach().to(DataType.DOUBLE).requiresGrad(true);
            Tensor wideT = t.detach().to(DataType.DOUBLE).requiresGrad(true);

            Tensor errors = FusedLosses.huberErrors(x, t, unit, most);
            Tensor d = wideX.sub(wideT);
            Tensor share = d.div(unit).clamp(-most, most);
            Tensor expected = share.mul(d.sub(share.mul(0.5 * unit)));

            double tolerance = dtype == DataType.DOUBLE ? 1e-14 : 3e-7;
            assertSame(errors.to(DataType.DOUBLE), expected, tolerance);
            errors.sum().backward();
            expected.sum().backward();
            assertSame(x.grad().to(DataType.DOUBLE), wideX.grad(), tolerance);
            assertSame(t.grad().to(DataType.DOUBLE), wideT.grad(), tolerance);
        }
    }

    @Test
    void huberErrorsOfInfinityAndNan() {
        Tensor x = Tensor.of(DataType.FLOAT, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN, 1)
                .requiresGrad(true);
        Tensor errors = FusedLosses.huberErrors(x, Tensor.zeros(4), 1, 0.5);
        errors.sum().backward();

        assertSame(errors, Tensor.of(DataType.FLOAT, 1 / 0.0, 1 / 0.0, Double.NaN, 0.375), 0);
        assertSame(x.grad(), Tensor.of(DataType.FLOAT, 0.5, -0.5, Double.NaN, 0.5), 0);
    }

    @Test
    void labelsOfAnyIntegralTypeAndLayoutAreRead() {
        Tensor x = Tensor.randn(DataType.DOUBLE, new Rng(1), 3, 4);
        Tensor labels = Tensor.of(3, 0, 2);
        Tensor expected = FusedLosses.crossEntropy(x, labels, -100);

        assertSame(FusedLosses.crossEntropy(x, labels.to(DataType.INT32), -100), expected, 0);
        assertSame(FusedLosses.crossEntropy(x, labels.to(DataType.UINT8), -100), expected, 0);
        assertSame(FusedLosses.crossEntropy(x, Tensors.sliced(labels), -100), expected, 0);
    }

    @Test
    void noSampleThatCountsGivesNan() {
        Tensor x = Tensor.zeros(2, 3);

        assertThat(FusedLosses.crossEntropy(x, Tensor.of(-100, -100), -100).item())
                .isNaN();
        assertThat(FusedLosses.crossEntropy(Tensor.zeros(0, 3), Tensor.zeros(DataType.INT64, 0), -100)
                        .item())
                .isNaN();
    }

    @Test
    void classesThatDoNotExistAreRefused() {
        assertThatThrownBy(() -> FusedLosses.crossEntropy(Tensor.zeros(2, 3), Tensor.of(0, 3), -100))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("crossEntropy: expected class indices in [0, 3), since logits have C=3 classes; got 3 at"
                        + " position 1. Count classes from 0, or widen the last layer.");
    }

    @Test
    void otherShapesAreRefused() {
        assertThatThrownBy(() -> FusedLosses.crossEntropy(Tensor.zeros(2, 3), Tensor.zeros(2, 3), -100))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("crossEntropy: expected floating logits of shape (N, C) and class indices of shape (N); got"
                        + " (2, 3), float32 and (2, 3), float32. Reshape or convert them.");
        assertThatThrownBy(() -> FusedLosses.mseLoss(Tensor.zeros(2, 3), Tensor.zeros(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "mseLoss: expected targets of the same shape as predictions, (2, 3); got (3). Reshape one of them: they are"
                                + " not broadcast.");
    }

    @Test
    void squaredErrorsOfManyElementsAreSummedExactly() {
        Tensor x = Tensor.randn(DataType.FLOAT, new Rng(1), 300, 200).requiresGrad(true);
        Tensor t = Tensor.randn(DataType.FLOAT, new Rng(2), 300, 200);

        Tensor loss = FusedLosses.mseLoss(x, t);
        loss.backward();

        Tensor difference = x.detach().to(DataType.DOUBLE).sub(t.to(DataType.DOUBLE));
        assertSame(loss, difference.square().mean(), 1e-7);
        assertSame(x.grad(), difference.mul(2.0 / 60_000), 1e-6);
    }

    @Test
    void squaredErrorsPromote() {
        Tensor x = Tensor.of(1.0, 2.0);

        assertThat(FusedLosses.mseLoss(x, Tensor.of(2, 4)).item()).isEqualTo(2.5);
        assertThat(FusedLosses.sse(x, Tensor.of(DataType.DOUBLE, 2, 4)).dtype()).isEqualTo(DataType.DOUBLE);
        assertThat(FusedLosses.sse(Tensor.of(1, 2), Tensor.of(2, 4)).item()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({"900, 11", "2, 5000"})
    void softmaxGradientsOfManyElementsAreRight(int rows, int size) {
        Tensor x = Tensor.randn(DataType.DOUBLE, new Rng(1), rows, size).requiresGrad(true);
        Tensor g = Tensor.randn(DataType.DOUBLE, new Rng(2), rows, size);
        Tensor single = x.detach().to(DataType.FLOAT).requiresGrad(true);

        Tensor exact = Autograd.grad(x.softmax(1).mul(g).sum(), x);
        assertSame(Autograd.grad(single.softmax(1).mul(g.to(DataType.FLOAT)).sum(), single), exact, 1e-6);
        Tensor exactLog = Autograd.grad(x.logSoftmax(1).mul(g).sum(), x);
        assertSame(Autograd.grad(single.logSoftmax(1).mul(g.to(DataType.FLOAT)).sum(), single), exactLog, 1e-4);
    }

    @ParameterizedTest
    @CsvSource({"3", "100", "5000"})
    void dropoutDrawsOneNumberPerElementInOrder(int count) {
        for (DataType dtype : new DataType[] {DataType.FLOAT, DataType.DOUBLE, DataType.FLOAT16}) {
            Tensor x = Tensor.randn(dtype, new Rng(1), count, 2);
            DataType wide = dtype == DataType.FLOAT16 ? DataType.FLOAT : dtype; // so that it is rounded once
            Tensor mask =
                    Tensor.rand(wide, new Rng(2), count, 2).ge(0.3).to(wide).mul(1 / 0.7);
            Tensor expected = x.to(wide).mul(mask).to(dtype);

            assertSame(Activations.dropout(x, 0.3, new Rng(2)), expected, 0);
            assertSame(Activations.dropout(Tensors.transposed(x), 0.3, new Rng(2)), expected, 0);
        }
    }

    @Test
    void dropoutRefusesWhatIsNoProbability() {
        assertThatThrownBy(() -> Activations.dropout(Tensor.zeros(2), 1.5, new Rng(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("dropout: expected a probability to drop in [0, 1]; got 1.5. Write 0.2 for 20 percent.");
    }

    @ParameterizedTest
    @CsvSource({"3, 2, 4", "64, 100, 30", "200, 70, 90"})
    void linearIsAProductAndASum(int samples, int in, int out) {
        for (DataType dtype : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
            Tensor x = Tensor.randn(dtype, new Rng(1), samples, in).requiresGrad(true);
            Tensor w = Tensor.randn(dtype, new Rng(2), in, out).t().detach().requiresGrad(true);
            Tensor b = Tensor.randn(dtype, new Rng(3), out).requiresGrad(true);
            Tensor g = Tensor.randn(dtype, new Rng(4), samples, out);
            double tolerance = dtype == DataType.FLOAT ? 1e-4 : 1e-12;

            LinearAlgebra.linear(x, w, b).backward(g);

            assertSame(x.grad(), g.matmul(w.detach()), tolerance);
            assertSame(w.grad(), g.t().matmul(x.detach()), tolerance);
            assertSame(b.grad(), g.sum(0), tolerance);
        }
    }

    @Test
    void nothingBendsWhereAllSamplesAreIgnored() {
        for (DataType dtype : new DataType[] {DataType.FLOAT, DataType.DOUBLE, DataType.FLOAT16}) {
            Tensor x = Tensor.ones(dtype, 2, 3).requiresGrad(true);
            Tensor loss = FusedLosses.crossEntropy(x, Tensor.of(-100, -100), -100);
            Tensor slopes = Autograd.grad(loss, x, Backward.CREATE_GRAPH);

            assertThat(slopes.toDoubleArray()).containsOnly(0);
            assertThat(Autograd.grad(slopes.sum(), x).toDoubleArray()).containsOnly(new double[6], within(0.0));
        }
    }
}
