package org.ndgrad.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

class TestingTest {

    private static final Tensor X = Tensor.of(new double[][] {{1, 2, 3}, {4, 5, 6}});

    @Test
    void whatIsCloseIsTaken() {
        assertThatCode(() -> Testing.assertClose(X, X.add(1e-7))).doesNotThrowAnyException();
        Tensor odd = Tensor.of(Double.NaN, Double.POSITIVE_INFINITY);
        assertThatCode(() -> Testing.assertClose(odd, odd)).doesNotThrowAnyException();
        assertThatCode(() -> Testing.assertClose(Tensor.zeros(0, 3), Tensor.zeros(0, 3)))
                .doesNotThrowAnyException();
    }

    @Test
    void aMessageSaysWhereTensorsDiffer() {
        Tensor other = X.clone();
        other.set(7.5, 1, 2).set(Double.NaN, 0, 0);

        assertThatThrownBy(() -> Testing.assertClose(other, X, 0, 0.5))
                .isInstanceOf(AssertionError.class)
                .hasMessage("assertClose: expected differences of at most 0.5 + 0.0 · |expected|; got 2 of 6 elements"
                        + " beyond it.\nat [0, 0]: expected 1.0; got NaN\nat [1, 2]: expected 6.0; got 7.5");
    }

    @Test
    void aMessageNamesTheFirstOfMany() {
        assertThatThrownBy(() -> Testing.assertClose(Tensor.zeros(10), Tensor.ones(10)))
                .hasMessageContaining("got 10 of 10")
                .hasMessageContaining("at [4]")
                .hasMessageEndingWith("… and 5 more");
    }

    @Test
    void typesAndShapesMustAgree() {
        assertThatThrownBy(() -> Testing.assertClose(X.to(DataType.INT64), X.t()))
                .isInstanceOf(AssertionError.class)
                .hasMessage("assertClose: expected type float32 and shape (3, 2); got int64 and (2, 3).");
    }

    @Test
    void equalAndAllclose() {
        assertThat(X.equal(X.clone())).isTrue();
        assertThat(X.equal(X.to(DataType.DOUBLE))).isTrue();
        assertThat(X.equal(X.t())).isFalse();
        assertThat(X.equal(X.add(1e-3))).isFalse();
        assertThat(Tensor.zeros(0).equal(Tensor.zeros(0))).isTrue();
        assertThat(X.allclose(X.add(1e-6))).isTrue();
        assertThat(X.allclose(X.add(1e-2))).isFalse();
        assertThat(X.allclose(X.add(1e-2), 0, 0.1)).isTrue();
        assertThat(Functions.allclose(X, X)).isTrue();
    }

    @Test
    void theOneValueInItsKind() {
        assertThat(Tensor.of((1L << 53) + 1).itemLong()).isEqualTo((1L << 53) + 1);
        assertThat(X.argmax().itemLong()).isEqualTo(5);
        assertThat(X.gt(0).all().itemBoolean()).isTrue();
        assertThatThrownBy(() -> Tensor.of(1.5).itemLong())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("itemLong: expected a whole number; got 1.5. Round it first, or call item().");
        assertThatThrownBy(() -> Tensor.of(1.0).itemBoolean())
                .hasMessage("itemBoolean: expected a boolean tensor; got float32. Compare first, as with ne(0).");
        assertThatThrownBy(X::itemLong).hasMessageContaining("one element");
    }
}
