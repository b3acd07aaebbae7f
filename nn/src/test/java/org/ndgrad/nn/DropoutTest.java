package org.ndgrad.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;

class DropoutTest {

    @Test
    void dropsWithProbabilityPAndScalesTheRest() {
        Tensor y = new Dropout(DropoutOptions.defaults().withP(0.25).withRng(new Rng(0)))
                .forward(Tensor.ones(DataType.DOUBLE, 10_000));

        assertThat(Arrays.stream(y.toDoubleArray()).distinct().sorted().toArray())
                .containsExactly(0, 1 / 0.75);
        assertThat(Arrays.stream(y.toDoubleArray()).filter(value -> value == 0).count())
                .isBetween(2300L, 2700L);
        assertThat(y.mean().item()).isBetween(0.97, 1.03);
    }

    @Test
    void gradientUsesTheMaskOfTheForwardPass() {
        Tensor x = Tensor.ones(DataType.DOUBLE, 100).requiresGrad(true);

        Tensor y = new Dropout(DropoutOptions.defaults().withP(0.5).withRng(new Rng(0))).forward(x);
        y.sum().backward();

        assertThat(x.grad().toDoubleArray()).containsExactly(y.toDoubleArray());
    }

    @Test
    void everyCallDrawsANewMaskAndASeedRepeatsThem() {
        Tensor x = Tensor.ones(100);
        Dropout dropout = new Dropout(DropoutOptions.defaults().withP(0.5).withRng(new Rng(0)));
        double[] first = dropout.forward(x).toDoubleArray();

        assertThat(dropout.forward(x).toDoubleArray()).isNotEqualTo(first);
        assertThat(new Dropout(DropoutOptions.defaults().withP(0.5).withRng(new Rng(0)))
                        .forward(x)
                        .toDoubleArray())
                .containsExactly(first);
        Rng.manualSeed(5);
        double[] byDefault = new Dropout(0.5).forward(x).toDoubleArray();
        Rng.manualSeed(5);
        assertThat(new Dropout(0.5).forward(x).toDoubleArray()).containsExactly(byDefault);
    }

    @Test
    void isTheIdentityInEvaluationAndForPZero() {
        Tensor x = Tensor.ones(5);

        assertThat(new Dropout(0.9).eval().forward(x)).isSameAs(x);
        assertThat(new Dropout(0).forward(x)).isSameAs(x);
    }

    @Test
    void probabilityOneGivesZeros() {
        Tensor x = Tensor.ones(5).requiresGrad(true);

        Tensor y = new Dropout(1).forward(x);
        y.sum().backward();

        assertThat(y.toDoubleArray()).containsOnly(0);
        assertThat(x.grad().toDoubleArray()).containsOnly(0);
    }

    @Test
    void probabilityMustBeInRange() {
        for (double p : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThatThrownBy(() -> new Dropout(p))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Dropout: expected a probability to drop in [0, 1]; got " + p
                            + ". Write 0.2 for 20 percent.");
        }
    }

    @Test
    void integersAreRefused() {
        assertThatThrownBy(() -> new Dropout(0.5).forward(Tensor.of(1, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Dropout(p=0.5): expected an input of a floating-point dtype; got ");
    }

    @Test
    void relativesDropWholeChannels() {
        DropoutOptions options = DropoutOptions.defaults().withRng(new Rng(0));
        for (Layer layer : List.of(new Dropout2d(options), new FeatureAlphaDropout(options))) {
            Tensor y = layer.forward(Tensor.ones(DataType.DOUBLE, 4, 50, 3, 3)).reshape(200, 9);

            assertThat(y.sub(y.narrow(1, 0, 1)).abs().max().item()).isZero();
            assertThat(Arrays.stream(y.toDoubleArray()).distinct().count()).isEqualTo(2);
            assertThat(layer.eval().forward(y)).isSameAs(y);
        }
    }

    @Test
    void alphaDropoutKeepsMeanAndVariance() {
        Tensor x = Tensor.randn(DataType.DOUBLE, new Rng(0), 100_000);

        Tensor y = new AlphaDropout(DropoutOptions.defaults().withP(0.3).withRng(new Rng(1))).forward(x);

        assertThat(y.mean().item()).isBetween(-0.02, 0.02);
        assertThat(y.var().item()).isBetween(0.97, 1.03);
    }

    @Test
    void relativesSayWhoTheyAre() {
        assertThat(new Dropout3d(0.2)).hasToString("Dropout3d(p=0.2)");
        assertThatThrownBy(() -> new AlphaDropout(2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("AlphaDropout: expected a probability to drop in [0, 1]; got 2.0.");
    }
}
