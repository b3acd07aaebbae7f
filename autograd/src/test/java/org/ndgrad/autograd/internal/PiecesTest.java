package org.ndgrad.autograd.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.GradCheck;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;

class PiecesTest {

    @Test
    void piecesAreViewsOneAfterAnother() {
        Tensor x = Tensor.of(new double[][] {{1, 2, 3}, {4, 5, 6}});

        List<Tensor> pieces = Pieces.of(x, 1, new long[] {1, 2});

        assertThat(pieces.get(0).toDoubleArray()).containsExactly(1, 4);
        assertThat(pieces.get(1).toDoubleArray()).containsExactly(2, 3, 5, 6);
        x.zero_();
        assertThat(pieces.get(1).toDoubleArray()).containsOnly(0);
    }

    @Test
    void aChangeOfThePiecesIsNoticed() {
        Tensor x = Tensor.ones(4).requiresGrad(true).mul(2);
        Tensor y = x.square();

        Pieces.equal(x.detach(), 0, 2).get(0).zero_();

        assertThatThrownBy(() -> y.sum().backward()).hasMessageContaining("changed in place since");
    }

    /** A piece that is not used has a gradient of zeros. */
    @Test
    void piecesGiveTheirGradientsBack() {
        Tensor x = Tensor.randn(DataType.DOUBLE, new Rng(1), 2, 6);

        GradCheck.gradgradcheck(
                in -> {
                    List<Tensor> pieces = Pieces.of(in.get(0), 1, new long[] {1, 2, 3});
                    return pieces.get(2).square().sum(1).mul(pieces.get(0).squeeze(1));
                },
                List.of(x));
    }
}
