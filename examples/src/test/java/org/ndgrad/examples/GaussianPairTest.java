package org.ndgrad.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class GaussianPairTest {

    @Test
    void documentsOwnSchemeGets894Right() {
        GaussianPair.Network network = GaussianPair.initial();

        GaussianPair.train(network, GaussianPair::stepOfTheDocument);

        assertThat(GaussianPair.correct(network)).isEqualTo(894);
        double[] outputs = GaussianPair.outputs(network).toDoubleArray();
        assertThat(outputs[0]).isCloseTo(0.7279637318888195, within(1e-12));
        assertThat(outputs[1999]).isCloseTo(0.7371020892400907, within(1e-12));
    }

    @Test
    void trueGradientGets912Right() {
        GaussianPair.Network network = GaussianPair.initial();

        GaussianPair.train(network, GaussianPair::stepByBackward);

        assertThat(GaussianPair.correct(network)).isEqualTo(912);
        double[] outputs = GaussianPair.outputs(network).toDoubleArray();
        assertThat(outputs[0]).isCloseTo(0.7078911672052841, within(1e-12));
        assertThat(outputs[1999]).isCloseTo(0.7317767757724972, within(1e-12));
    }
}
