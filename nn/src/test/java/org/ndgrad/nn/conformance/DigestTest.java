package org.ndgrad.nn.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Index;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.Rearranging;

/** What is kept of large tensors is enough to find what is wrong. */
class DigestTest {

    private static final long WRONG_PLACE = 12_345;

    private static final Map<String, UnaryOperator<Tensor>> MISTAKES = ImmutableMap.of(
            "one element is off by a thousandth",
                    y -> changed(y, y.get(WRONG_PLACE).mul(1.001)),
            "one element is not a number", y -> changed(y, Tensor.of(Double.NaN)),
            "two elements changed places", DigestTest::exchanged,
            "all elements moved on", y -> Rearranging.roll(y, 1),
            "the shape is another", y -> y.reshape(1, -1),
            "the type is another", y -> y.to(DataType.FLOAT16));

    private static Tensor changed(Tensor y, Tensor value) {
        Tensor copy = y.clone();
        copy.get(Index.at(WRONG_PLACE)).copy_(value.to(y.dtype()));
        return copy;
    }

    private static Tensor exchanged(Tensor y) {
        Tensor copy = changed(y, y.get(0));
        copy.get(Index.at(0)).copy_(y.get(WRONG_PLACE));
        return copy;
    }

    /** The exponential function of 65,537 elements. */
    private static Case exp() {
        return DifferentialTest.cases().get("exp").stream()
                .filter(each -> each.line()
                        .get("outputs")
                        .get(0)
                        .get("shape")
                        .toString()
                        .equals("[65537]"))
                .findFirst()
                .orElseThrow();
    }

    private static boolean agrees(UnaryOperator<Tensor> function, Precision precision) {
        return Differential.differences(exp(), a -> ImmutableList.of(function.apply(a.input())), precision)
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatAgreesPasses(Precision precision) {
        assertThat(agrees(Tensor::exp, precision)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void mistakesAreFound(Precision precision) {
        MISTAKES.forEach((what, mistake) -> assertThat(
                        agrees(x -> mistake.apply(x.exp().detach()), precision))
                .as(what)
                .isFalse());
    }

    @Test
    void whatIsComputedInFloat32IsNotFloat64() {
        assertThat(agrees(x -> x.to(DataType.FLOAT).exp().to(DataType.DOUBLE), Precision.FLOAT64))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.999, 1.001})
    void gradientsAreLookedAtToo(double factor) {
        assertThat(agrees(x -> x.exp().mul(factor).add(x.exp().mul(1 - factor).detach()), Precision.FLOAT64))
                .isFalse();
    }
}
