package org.ndgrad.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;

class PenaltiesTest {

    private final Tensor a = Tensor.of(1.0, -2.0).requiresGrad(true);
    private final Tensor b = Tensor.of(new double[][] {{3}}).requiresGrad(true);

    @Test
    void sumOverAllParameters() {
        assertThat(Penalties.l1(List.of(a, b)).item()).isEqualTo(6);
        assertThat(Penalties.l2(List.of(a, b)).item()).isEqualTo(14);
        assertThat(Penalties.elasticNet(List.of(a, b), 0.5, 2).item()).isEqualTo(31);
        assertThat(Penalties.l2(List.of(b)).shape()).isEmpty();
    }

    @Test
    void gradientsAreSignAndTwiceTheValue() {
        Penalties.l1(List.of(a, b)).backward();
        assertThat(a.grad().toDoubleArray()).containsExactly(1, -1);

        a.zeroGrad();
        Penalties.l2(List.of(a, b)).backward();
        assertThat(a.grad().toDoubleArray()).containsExactly(2, -4);
    }

    @Test
    void groupsCountByTheirLengthAndSize() {
        Tensor weight =
                Tensor.of(DataType.DOUBLE, new double[][] {{3, 4}, {0, 0}}).requiresGrad(true);

        Tensor rows = Penalties.groupLasso(List.of(weight), 0);
        rows.backward();

        assertThat(rows.item()).isEqualTo(5 * Math.sqrt(2), within(1e-12));
        assertThat(weight.grad().select(0, 0).toDoubleArray())
                .containsExactly(new double[] {0.6 * Math.sqrt(2), 0.8 * Math.sqrt(2)}, within(1e-12));
        assertThat(weight.grad().select(0, 1).toDoubleArray()).containsExactly(0, 0);
        assertThat(Penalties.groupLasso(List.of(weight), 1).item()).isEqualTo(7 * Math.sqrt(2), within(1e-12));
        assertThat(Penalties.groupLasso(List.of(a), 0).item()).isEqualTo(3);
    }

    @Test
    void noParametersAreRefused() {
        assertThatThrownBy(() -> Penalties.l1(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("l1: expected at least one parameter; got none. Does the model have any?");
    }
}
