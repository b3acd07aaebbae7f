package org.ndgrad.autograd.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
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

    @ParameterizedTest
    @CsvSource({"FLOAT, 3e38, 1e-39, 2", "DOUBLE, 1.7e308, 1e-309, 2", "FLOAT, -3e38, 1e-39, 4", "HALF, 60000, 6e-6, 8"
    })
    void queriesTimesALargeScaleMayLeaveTheRange(DataType type, double large, double small, double scale) {
        Tensor q = Tensor.of(type, large, 0).reshape(1, 2);
        Tensor k = Tensor.of(type, small, 0, 0, 0).reshape(2, 2);
        AttentionOptions scaled = AttentionOptions.defaults().withScale(scale);

        double weight = attention(q, k, Tensor.of(type, 1, 0).reshape(2, 1), scaled)[0];

        double score = q.get(0, 0).item() * k.get(0, 0).item() * scale;
        assertThat(weight).isCloseTo(1 / (1 + Math.exp(-score)), within(type == DataType.FLOAT16 ? 1e-3 : 1e-6));
    }

    @ParameterizedTest
    @MethodSource("larges")
    void queriesThatLikeNoKeyFindNothing(DataType type, double large) {
        Tensor q = Tensor.of(type, 1).reshape(1, 1);
        Tensor k = Tensor.of(type, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY)
                .reshape(2, 1);
        Tensor v = Tensor.of(type, 1, large).reshape(2, 1).requiresGrad(true);

        Tensor y = Attention.scaledDotProductAttention(q, k, v);
        y.sum().backward();

        assertThat(y.item()).isZero();
        assertThat(v.grad().toDoubleArray()).containsExactly(new double[2], within(0.0));
        assertThat(attention(q.neg(), k, v, AttentionOptions.defaults())).containsExactly(Double.NaN);
    }

    @ParameterizedTest
    @MethodSource("larges")
    void masksDoNotHideScoresBelowTheRange(DataType type, double large) {
        Tensor q = Tensor.of(type, large, 1).reshape(2, 1);
        Tensor k = Tensor.of(type, -large, -large / 2).reshape(2, 1);
        Tensor v = Tensor.of(type, 1, 3).reshape(2, 1).requiresGrad(true);
        double lowest = type == DataType.FLOAT ? -Float.MAX_VALUE : -Double.MAX_VALUE;
        AttentionOptions open = AttentionOptions.defaults().withMask(Tensor.of(new boolean[] {true, true}));
        AttentionOptions second = AttentionOptions.defaults().withMask(Tensor.of(new boolean[] {true, false}));
        AttentionOptions none = AttentionOptions.defaults()
                .withMask(Tensor.of(new boolean[] {false, true, false, false}).reshape(2, 2));
        AttentionOptions low = AttentionOptions.defaults().withMask(Tensor.of(type, lowest, lowest));

        assertThat(attention(q, k, v, open)).containsExactly(3, 3);
        assertThat(attention(q, k, v, second)).containsExactly(1, 1);
        assertThat(attention(q, k, v, none)).containsExactly(3, 0);
        assertThat(attention(q.neg(), Tensor.of(type, large, large).reshape(2, 1), v, low))
                .containsExactly(2, 2);
        Attention.scaledDotProductAttention(q, k, v, open).sum().backward();
        assertThat(v.grad().toDoubleArray()).containsExactly(0, 2);
    }

    private static double[] attention(Tensor q, Tensor k, Tensor v, AttentionOptions options) {
        return Attention.scaledDotProductAttention(q, k, v, options).toDoubleArray();
    }
}
