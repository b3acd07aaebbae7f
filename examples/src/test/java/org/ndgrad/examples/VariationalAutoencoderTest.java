package org.ndgrad.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;

class VariationalAutoencoderTest {

    @TempDir
    private Path folder;

    @Test
    void divergenceFromTheStandardNormalDistributionIsThatOfTheFormula() {
        var normal = new VariationalAutoencoder.Normal(Tensor.of(1.0, 0.0), Tensor.of(0.0, Math.log(2)));

        assertThat(normal.divergence().item()).isCloseTo(0.5 + (1 - Math.log(2)) / 2, within(1e-6));
    }

    @Test
    void samplesHaveMeanAndDeviationOfTheDistribution() {
        Rng.manualSeed(0);
        var normal = new VariationalAutoencoder.Normal(
                Tensor.zeros(100_000).add(3), Tensor.zeros(100_000).add(Math.log(4)));

        Tensor samples = normal.sample();

        assertThat(samples.mean().item()).isCloseTo(3, within(0.03));
        assertThat(samples.std().item()).isCloseTo(2, within(0.03));
    }

    @Test
    void someEpochsRaiseTheLowerBoundAndTheSameFromTheSameSeed() {
        VariationalAutoencoder.Result first = VariationalAutoencoder.train(3, 3);
        VariationalAutoencoder.Result second = VariationalAutoencoder.train(3, 3);

        assertThat(first.model().parameters().keySet()).contains("body.1.weight", "mean.bias", "decoder.4.weight");
        assertThat(first.trainElbos().get(2)).isGreaterThan(first.trainElbos().get(0));
        assertThat(first.testElbos().get(2)).isBetween(-29.0, -24.0);
        assertThat(second.testElbos()).isEqualTo(first.testElbos());
        VariationalAutoencoder.draw(first, folder);
        ProgramOutput.assertPictures(folder, "samples.png", "latent.png");
    }
}
