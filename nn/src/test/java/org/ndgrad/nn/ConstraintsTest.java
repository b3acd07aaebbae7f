package org.ndgrad.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.ndgrad.autograd.Tensor;

class ConstraintsTest {

    @Test
    void longVectorsAreShrunkAndShortOnesStay() {
        Tensor weight = Tensor.of(new double[][] {{3, 4}, {0.6, 0.8}}).requiresGrad(true);

        Constraints.maxNorm_(List.of(weight), 2, 0);

        assertThat(weight.toDoubleArray()).containsExactly(new double[] {1.2, 1.6, 0.6, 0.8}, within(1e-6));
        assertThat(weight.isLeaf()).isTrue();
        assertThat(weight.requiresGrad()).isTrue();
    }

    @Test
    void dimOneBoundsColumns() {
        Tensor weight = Tensor.of(new double[][] {{3, 0.5}, {4, 0.5}});

        Constraints.maxNorm_(List.of(weight), 1, 1);

        assertThat(weight.toDoubleArray()).containsExactly(new double[] {0.6, 0.5, 0.8, 0.5}, within(1e-6));
    }

    @Test
    void negativeNumbersBecomeZero() {
        Tensor weight = Tensor.of(-1.0, 0, 2, Double.NaN).requiresGrad(true);

        Constraints.nonNegative_(List.of(weight));

        assertThat(weight.toDoubleArray()).containsExactly(0, 0, 2, Double.NaN);
    }

    @Test
    void vectorsAreRefusedBeforeAnythingIsChanged() {
        Linear layer = new Linear(3, 2);
        double[] before = layer.weight().toDoubleArray();

        assertThatThrownBy(() -> Constraints.maxNorm_(layer.parameters(), 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxNorm_: expected parameters of at least 2 dims; got shape (2). Choose weights with"
                        + " parameters().matching(name -> name.endsWith(\"weight\")).");
        assertThat(layer.weight().toDoubleArray()).containsExactly(before);
        assertThatThrownBy(() -> Constraints.maxNorm_(List.of(), -1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxNorm_: expected a length of at least 0; got -1.0. Use 3.");
    }
}
