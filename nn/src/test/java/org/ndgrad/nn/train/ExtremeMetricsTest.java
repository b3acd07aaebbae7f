package org.ndgrad.nn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Losses;

/** Metrics of numbers so large, so small or so near to one another that a plain computation loses them. */
class ExtremeMetricsTest {

    private static Tensor doubles(double... values) {
        return Tensor.of(DataType.DOUBLE, values);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1e3, 1e16, -1e16, 1e300, -1e308})
    void lossesOfLogitsDoNotDependOnTheirOffset(double offset) {
        for (double[] logits : new double[][] {{0, 0}, {0, 0, 0}, {0, 1e-3 * Math.abs(offset)}}) {
            Tensor scores = doubles(logits).add(offset).reshape(1, logits.length);
            for (long target = 0; target < logits.length; target++) {
                LogLoss loss = new LogLoss(Scores.LOGITS);

                loss.update(scores, Tensor.of(new long[] {target}));

                double expected = Losses.crossEntropy(scores, Tensor.of(new long[] {target}))
                        .item();
                assertThat(loss.compute()).isCloseTo(expected, within(1e-15 * Math.abs(expected)));
            }
        }
    }

    @Test
    void sureLossesOfLogitsAreNotZero() {
        LogLoss loss = new LogLoss(Scores.LOGITS);

        loss.update(doubles(100, 0).reshape(1, 2), Tensor.of(new long[] {0}));

        assertThat(loss.compute()).isCloseTo(Math.exp(-100), within(1e-58));
    }
}
