package org.ndgrad.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;

class XorNetworkTest {

    private static final Offset<Double> EXACT = within(1e-12);

    @Test
    void thresholdNetworkComputesXor() {
        Tensor x = Tensor.of(DataType.DOUBLE, new double[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}});

        assertThat(XorNetwork.threshold(x).toDoubleArray()).containsExactly(0, 1, 1, 0);
    }

    @Test
    void deltaRuleIsAStepDownTheGradient() {
        XorNetwork network = new XorNetwork();

        XorNetwork.Pass pass = network.learn(0, 0, 0);

        assertThat(pass.y1().item()).isCloseTo(0.18242552380635635, EXACT);
        assertThat(pass.y2().item()).isCloseTo(0.2963268201980079, EXACT);
        assertThat(pass.delta1()).isCloseTo(0.018431294663049307, EXACT);
        assertThat(pass.delta2()).isCloseTo(-0.06178924944978804, EXACT);
        assertThat(network.w23.item()).isCloseTo(-2.0112719361964793, EXACT);
        assertThat(network.b1.item()).isCloseTo(-1.4815687053369506, EXACT);
        assertThat(network.b2.item()).isCloseTo(-0.561789249449788, EXACT);
    }

    @Test
    void firstEpochEndsAtTheReferenceWeights() {
        XorNetwork network = new XorNetwork();

        network.learn(0, 0, 0);
        network.learn(0, 1, 1);
        network.learn(1, 0, 1);
        network.learn(1, 1, 0);

        assertThat(network.w11.item()).isCloseTo(1.0080653699661237, EXACT);
        assertThat(network.w12.item()).isCloseTo(1.0012421157027387, EXACT);
        assertThat(network.b1.item()).isCloseTo(-1.5407032130550637, EXACT);
        assertThat(network.w21.item()).isCloseTo(0.9869750604399015, EXACT);
        assertThat(network.w22.item()).isCloseTo(0.9956028785659587, EXACT);
        assertThat(network.w23.item()).isCloseTo(-1.99107248010887, EXACT);
        assertThat(network.b2.item()).isCloseTo(-0.43326831611862016, EXACT);
    }
}
