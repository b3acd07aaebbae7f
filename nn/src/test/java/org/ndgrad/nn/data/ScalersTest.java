package org.ndgrad.nn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.golden.Golden;

class ScalersTest {

    private static final Tensor TRAIN = Tensor.of(DataType.DOUBLE, new double[][] {{1, 10, 5}, {3, 20, 5}, {5, 60, 5}});

    @Test
    void standardizedFeaturesHaveMeanZeroAndDeviationOne() {
        Tensor x = Tensor.randn(DataType.FLOAT, new Rng(0), 1000, 3).mul(4).add(100);

        Tensor y = Standardizer.fit(x).transform(x);

        assertThat(y.dtype()).isEqualTo(DataType.FLOAT);
        assertThat(DoubleStream.of(y.mean(0).toDoubleArray())).allMatch(mean -> Math.abs(mean) < 1e-4);
        assertThat(DoubleStream.of(y.square().mean(0).toDoubleArray())).allMatch(square -> Math.abs(square - 1) < 1e-4);
    }

    @Test
    void standardizerRemembersTheTrainingData() {
        Standardizer standardizer = Standardizer.fit(TRAIN);

        assertThat(standardizer.mean().toDoubleArray()).containsExactly(3, 30, 5);
        assertThat(standardizer.deviation().toDoubleArray()[0]).isEqualTo(Math.sqrt(8.0 / 3), within(1e-15));
        Tensor test = Tensor.of(DataType.DOUBLE, new double[][] {{3, 30, 7}});
        assertThat(standardizer.transform(test).toDoubleArray()).containsExactly(0, 0, 2);
        assertThat(standardizer).hasToString("Standardizer(features=(3))");
    }

    @Test
    void constantFeaturesAreOnlyShifted() {
        Tensor x = Tensor.full(DataType.FLOAT, 0.1, 1001, 2);

        Tensor y = Standardizer.fit(x).transform(x);

        assertThat(DoubleStream.of(y.toDoubleArray())).allMatch(value -> Math.abs(value) < 1e-6);
        assertThat(MinMaxScaler.fit(x).transform(x).toDoubleArray()).containsOnly(0);
    }

    @Test
    void minMaxMapsTheTrainingDataToTheUnitInterval() {
        MinMaxScaler scaler = MinMaxScaler.fit(TRAIN);

        assertThat(scaler.transform(TRAIN).toDoubleArray()).containsExactly(0, 0, 0, 0.5, 0.2, 0, 1, 1, 0);
    }

    @Test
    void inverseUndoesTransform() {
        Standardizer standardizer = Standardizer.fit(TRAIN);
        MinMaxScaler scaler = MinMaxScaler.fit(TRAIN);
        double[] expected = TRAIN.toDoubleArray();

        Golden.assertClose(standardizer.inverse(standardizer.transform(TRAIN)).toDoubleArray(), expected, 1e-14);
        Golden.assertClose(scaler.inverse(scaler.transform(TRAIN)).toDoubleArray(), expected, 1e-14);
    }

    @Test
    void integersBecomeFloats() {
        Tensor x = Tensor.of(new int[][] {{0}, {2}});

        assertThat(Standardizer.fit(x).transform(x).toDoubleArray()).containsExactly(-1, 1);
        assertThat(Standardizer.fit(x).transform(x).dtype()).isEqualTo(DataType.FLOAT);
    }

    @Test
    void otherFeaturesAreRefused() {
        assertThatThrownBy(() -> Standardizer.fit(TRAIN).transform(Tensor.zeros(2, 4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Standardizer: expected features like those it was fitted on, with (3) after the first "
                        + "dimension; got (2, 4).");
        assertThatThrownBy(() -> MinMaxScaler.fit(Tensor.zeros(0, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("MinMaxScaler: expected at least one sample, shape (N, *); got (0, 3).");
    }
}
