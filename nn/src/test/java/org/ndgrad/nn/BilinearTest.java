package org.ndgrad.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;

class BilinearTest {

    @Test
    void startsLikePytorch() {
        Bilinear layer = new Bilinear(
                16, 5, 80, LinearOptions.defaults().withDtype(DataType.DOUBLE).withRng(new Rng(0)));

        assertThat(layer.weight().shape()).containsExactly(80, 16, 5);
        assertThat(Arrays.stream(layer.weight().toDoubleArray())).allMatch(value -> value >= -0.25 && value < 0.25);
        assertThat(layer.weight().var().item()).isCloseTo(0.25 * 0.25 / 3, within(0.001));
        assertThat(layer.weight().mean().item()).isCloseTo(0, within(0.008));
        assertThat(Arrays.stream(layer.bias().toDoubleArray())).allMatch(value -> value >= -0.25 && value < 0.25);
    }

    @Test
    void isLinearInBothInputs() {
        Bilinear layer = new Bilinear(2, 3, 1, LinearOptions.defaults().withBias(false));
        Init.replace(layer.weight(), Tensor.of(new double[][][] {{{1, 2, 3}, {4, 5, 6}}}));

        assertThat(layer.parameters().keySet()).containsExactly("weight");
        assertThat(layer.hasBias()).isFalse();
        assertThatIllegalStateException()
                .isThrownBy(layer::bias)
                .withMessage("Bilinear(in1=2, in2=3, out=1, bias=false).bias: expected a layer that has it; got one"
                        + " without. Ask hasBias() first, or make the layer with withBias(true).");
        assertThat(layer.forward(Tensor.of(1.0, 10.0), Tensor.of(1.0, 0.0, 2.0)).toDoubleArray())
                .containsExactly(1 + 6 + 40 + 120);
        assertThat(layer).hasToString("Bilinear(in1=2, in2=3, out=1, bias=false)");
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Bilinear layer = new Bilinear(2, 3, 1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> layer.forward(Tensor.ones(4, 2), Tensor.ones(4, 2)))
                .withMessage(
                        "Bilinear(in1=2, in2=3): expected a second input of shape (*, 3) and dtype float32; got (4, 2),"
                                + " float32. Reshape or convert it.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Bilinear(0, 1, 1))
                .withMessage("Bilinear: expected inputs of at least 1 and an output of at least 0; got in1=0, in2=1,"
                        + " out=1. Give the numbers of features.");
    }
}
