package org.ndgrad.autograd.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;

/** Attention whose scores do not fit the type, though weights and slopes do. */
class AttentionRangeTest {

    static Stream<Arguments> larges() {
        return Stream.of(
                Arguments.of(DataType.FLOAT, 1e25),
                Arguments.of(DataType.FLOAT, 3e38),
                Arguments.of(DataType.DOUBLE, 1e200),
                Arguments.of(DataType.DOUBLE, 1e308));
    }

    @ParameterizedTest
    @MethodSource("larges")
    void aScoreBeyondTheRangeTakesAllTheWeight(DataType type, double large) {
        Tensor q = Tensor.of(type, large, 0, 0, -large, 1, 0).reshape(3, 2).requiresGrad(true);
        Tensor k = Tensor.of(type, large, large / 2, -large, large, 0, 0)
                .reshape(3, 2)
                .requiresGrad(true);
        Tensor v = Tensor.of(type, 1, 2, 4).reshape(3, 1).requiresGrad(true);
        AttentionOptions unscaled = AttentionOptions.defaults().withScale(1);

        Tensor y = Attention.scaledDotProductAttention(q, k, v, unscaled);
        y.sum().backward();

        assertThat(y.toDoubleArray()).containsExactly(1, 4, 1);
        assertThat(q.grad().toDoubleArray()).containsExactly(new double[6], within(0.0));
        assertThat(k.grad().toDoubleArray()).containsExactly(new double[6], within(0.0));
        assertThat(v.grad().toDoubleArray()).containsExactly(2, 0, 1);
    }

    @ParameterizedTest
    @MethodSource("larges")
    void equalScoresBeyondTheRangeShareTheWeight(DataType type, double large) {
        Tensor q = Tensor.of(type, large, 0).reshape(1, 2).requiresGrad(true);
        Tensor k = Tensor.of(type, large, 1, large, 3).reshape(2, 2);
        Tensor v = Tensor.of(type, 1, 3).reshape(2, 1);
        AttentionOptions unscaled = AttentionOptions.defaults().withScale(1);

        Tensor y = Attention.scaledDotProductAttention(q, k, v, unscaled);
        y.sum().backward();

        assertThat(y.item()).isEqualTo(2);
        assertThat(q.grad().toDoubleArray()).containsExactly(new double[] {0, 1}, within(0.0));
    }

    @ParameterizedTest
    @MethodSource("larges")
    void masksCountAndOtherQueriesKeepTheirBits(DataType type, double large) {
        Tensor q = Tensor.of(type, large, 0.3, 1).reshape(3, 1);
        Tensor k = Tensor.of(type, large, 0.5, 2).reshape(3, 1);
        Tensor v = Tensor.of(type, 1, 2, 4).reshape(3, 1);
        Tensor open = Tensor.of(new boolean[] {false, true, true, false, true, true, false, false, false})
                .reshape(3, 3);
        Tensor near = Tensor.of(type, 0.1, 0.3, 1).reshape(3, 1);
        AttentionOptions hidden = AttentionOptions.defaults().withMask(open);
        AttentionOptions added =
                AttentionOptions.defaults().withMask(Tensor.of(type, Double.NEGATIVE_INFINITY, 0, 1.5));
        AttentionOptions causal = AttentionOptions.defaults().withCausal(true);

        assertThat(attention(q, k, v, hidden)[1]).isEqualTo(attention(near, k, v, hidden)[1]);
        assertThat(attention(q, k, v, hidden)).containsExactly(4, attention(q, k, v, hidden)[1], 0);
        assertThat(attention(q, k, v, added)[0]).isCloseTo(4, within(1e-6));
        assertThat(attention(q, k, v, causal)).containsExactly(1, 1, 1);
        assertThat(attention(q.neg(), k, v, causal)[0]).isEqualTo(1);
    }

    private static double[] attention(Tensor q, Tensor k, Tensor v, AttentionOptions options) {
        return Attention.scaledDotProductAttention(q, k, v, options).toDoubleArray();
    }
}
