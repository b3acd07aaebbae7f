package org.ndgrad.autograd.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;

import org.junit.jupiter.api.Test;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;

class DropoutsTest {

    private static final double INF = Double.POSITIVE_INFINITY;

    @Test
    void channelsAreDroppedAsAWhole() {
        Tensor y = Dropouts.dropout2d(Tensor.ones(DOUBLE, 20, 50, 3, 2), 0.2, new Rng(1));

        Tensor first = y.slice(2, 0, 1).slice(3, 0, 1);
        assertThat(y.eq(first).all().itemBoolean()).isTrue();
        assertThat(first.ne(0).to(DOUBLE).mean().item()).isEqualTo(0.8, within(0.04));
        assertThat(y.max().item()).isEqualTo(1 / 0.8);
        assertThat(y.min().item()).isZero();
    }

    @Test
    void imagesAloneAreDroppedByChannelButForThreeDimsOfDropout2d() {
        Tensor image = Tensor.ones(DOUBLE, 400, 2, 2);

        Tensor y = Dropouts.dropout3d(image.unsqueeze(3), 0.5, new Rng(1));
        Tensor lines = Dropouts.dropout2d(image, 0.5, new Rng(1));

        assertThat(y.sum(1, 2, 3).remainder(8).eq(0).all().itemBoolean()).isTrue();
        assertThat(lines.sum(1, 2).eq(4).any().itemBoolean()).isTrue();
        assertThat(Dropouts.dropout1d(image.select(2, 0), 0.5, new Rng(1))
                        .sum(1)
                        .remainder(4)
                        .eq(0)
                        .all()
                        .itemBoolean())
                .isTrue();
    }

    @Test
    void alphaDropoutKeepsMeanAndVariance() {
        Tensor x = Tensor.randn(DOUBLE, new Rng(1), 100_000);

        for (double p : new double[] {0.1, 0.5, 0.8}) {
            Tensor y = Dropouts.alphaDropout(x, p, new Rng(2));

            assertThat(y.mean().item()).isEqualTo(0, within(0.02));
            assertThat(y.var().item()).isEqualTo(1, within(0.03));
            double dropped =
                    -1.7580993408473766 * Math.sqrt((1 - p) / (1 + p * 1.7580993408473766 * 1.7580993408473766));
            assertThat(y.sub(dropped).abs().lt(1e-12).to(DOUBLE).mean().item()).isEqualTo(p, within(0.01));
        }
    }

    @Test
    void alphaDropoutGivesPyTorchsNumbers() {
        Tensor y = Dropouts.alphaDropout(Tensor.ones(DOUBLE, 2), 0.5, new Alternating());
        Tensor channels = Dropouts.featureAlphaDropout(Tensor.ones(DOUBLE, 1, 2, 2), 0.5, new Alternating());

        assertThat(y.toDoubleArray()).containsExactly(new double[] {1.6655989, -0.7791939}, within(1e-6));
        assertThat(channels.toDoubleArray())
                .containsExactly(new double[] {1.6655989, 1.6655989, -0.7791939, -0.7791939}, within(1e-6));
    }

    @Test
    void nothingAndAllAreExact() {
        Tensor x = Tensor.of(DOUBLE, new double[] {1, INF, Double.NaN, -2}).reshape(1, 4, 1);

        for (Tensor y : new Tensor[] {
            Dropouts.alphaDropout(x, 0, new Rng(1)),
            Dropouts.featureAlphaDropout(x, 0, new Rng(1)),
            Dropouts.dropout1d(x, 0, new Rng(1))
        }) {
            assertThat(y.toDoubleArray()).containsExactly(x.toDoubleArray());
        }
        Tensor finite = Tensor.of(DOUBLE, new double[] {1, INF, -2}).reshape(1, 3, 1);
        for (Tensor y : new Tensor[] {
            Dropouts.alphaDropout(finite, 1, new Rng(1)),
            Dropouts.featureAlphaDropout(finite, 1, new Rng(1)),
            Dropouts.dropout1d(finite, 1, new Rng(1))
        }) {
            assertThat(y.eq(0).all().itemBoolean()).isTrue();
        }
    }

    @Test
    void slopesOfRreluAreDrawnBetweenTheBounds() {
        Tensor x = Tensor.full(DOUBLE, -1, 10_000).requiresGrad(true);

        Tensor y = Activations.rrelu(x, 0.25, 0.75, new Rng(1));
        y.sum().backward();

        assertThat(y.neg().min().item()).isBetween(0.25, 0.251);
        assertThat(y.neg().max().item()).isBetween(0.749, 0.75);
        assertThat(y.mean().item()).isEqualTo(-0.5, within(0.01));
        assertThat(x.grad().toDoubleArray()).containsExactly(y.neg().toDoubleArray());
        assertThat(Activations.rrelu(Tensor.of(DOUBLE, new double[] {Double.NaN, -INF, INF, 0}), 0.1, 0.3, new Rng(1))
                        .toDoubleArray())
                .containsExactly(Double.NaN, -INF, INF, 0);
        assertThat(Tensor.of(DOUBLE, new double[] {-1, 2}).rrelu().toDoubleArray())
                .containsExactly(new double[] {-11.0 / 48, 2}, within(1e-15));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> Dropouts.dropout1d(Tensor.zeros(3), 0.5, new Rng(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("dropout1d: expected an input of shape (N, C, L) or (C, L); got (3)."
                        + " Add or drop dims, or use dropout.");
        assertThatThrownBy(() -> Dropouts.alphaDropout(Tensor.zeros(3), 20, new Rng(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "alphaDropout: expected a probability to drop in [0, 1]; got 20.0. Write 0.2 for 20 percent.");
        assertThatThrownBy(() -> Activations.rrelu(Tensor.zeros(3), 0.5, 0.1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rrelu: expected finite slopes with lower <= upper; got lower=0.5, upper=0.1. Swap them.");
    }
}
