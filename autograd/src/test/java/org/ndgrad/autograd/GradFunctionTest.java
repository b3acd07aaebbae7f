package org.ndgrad.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.ndgrad.autograd.SyntheticOps.join;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

/** {@code Autograd.grad} and {@code gradIfUsed}: gradients as values. */
class GradFunctionTest {

    private static Tensor leaf(double... values) {
        return Tensor.of(DataType.DOUBLE, values).requiresGrad(true);
    }

    @Test
    void gradLeavesTheGradientsOfLeavesAlone() {
        Tensor x = leaf(3);
        x.square().backward();

        Tensor gradient = Autograd.grad(x.pow(3), x);

        assertThat(gradient.item()).isEqualTo(27);
        assertThat(x.grad().item()).isEqualTo(6);
    }

    @Test
    void gradAnswersForIntermediateResults() {
        Tensor x = leaf(3);
        Tensor y = x.square();
        Tensor z = y.square();

        List<Tensor> gradients = Autograd.grad(z, List.of(y, x));

        assertThat(gradients.stream().map(Tensor::item)).containsExactly(18.0, 108.0);
        assertThat(y.hasGrad()).isFalse();
    }

    @Test
    void gradOfATensorWithRespectToItselfIsOne() {
        Tensor x = leaf(3);
        Tensor y = x.square();

        assertThat(Autograd.grad(x, x).item()).isEqualTo(1);
        assertThat(Autograd.grad(y, List.of(y, x)).stream().map(Tensor::item)).containsExactly(1.0, 6.0);
    }

    @Test
    void gradSumsOverSeveralOutputs() {
        Tensor x = leaf(3);

        List<Tensor> gradients = Autograd.grad(
                List.of(x.square(), x.mul(5)),
                List.of(x),
                List.of(Tensor.of(DataType.DOUBLE, new double[] {1}), Tensor.of(DataType.DOUBLE, new double[] {10})));

        assertThat(gradients.get(0).item()).isEqualTo(56);
    }

    @Test
    void theSameOutputMayBeNamedTwice() {
        Tensor x = leaf(3);
        Tensor y = x.square();
        Tensor one = Tensor.onesLike(y);

        List<Tensor> gradients = Autograd.grad(List.of(y, y), List.of(x, x), List.of(one, one));

        assertThat(gradients.stream().map(Tensor::item)).containsExactly(12.0, 12.0);
    }

    @Test
    void gradIfUsedIsEmptyForAnUnusedInput() {
        Tensor x = leaf(3);
        Tensor unused = leaf(4);

        List<Optional<Tensor>> gradients =
                Autograd.gradIfUsed(List.of(x.square()), List.of(unused, x), List.of(Tensor.ones(DataType.DOUBLE, 1)));

        assertThat(gradients.get(0)).isEmpty();
        assertThat(gradients.get(1).orElseThrow().item()).isEqualTo(6);
    }

    @Test
    void gradThroughOneBranchKeepsTheOtherUsable() {
        Tensor x = leaf(3);
        Tensor y = leaf(4);
        Tensor left = x.square();
        Tensor right = y.square();
        Tensor z = join(left, right);

        Autograd.grad(z, x);

        assertThatCode(() -> Autograd.grad(z, y)).doesNotThrowAnyException();
    }
}
