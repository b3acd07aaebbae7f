package org.ndgrad.autograd.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Tensor;

/** Special functions against numbers that mpmath 1.3 computed with 30 digits. */
class SpecialDigitsTest {

    private static Arguments row(String name, UnaryOperator<Tensor> f, double... pairs) {
        return Arguments.of(name, f, pairs);
    }

    static Stream<Arguments> all() {
        double inf = Double.POSITIVE_INFINITY;
        double nan = Double.NaN;
        return Stream.of(
                row("erf", Special::erf, 1e-300, 1.1283791670955126e-300, 0.3, 0.3286267594591274),
                row("erf", Special::erf, 1.7, 0.9837904585907745, -inf, -1, nan, nan),
                row("erfc", Special::erfc, -0.7, 1.6778011938374184, 0.6, 0.3961439091520741, inf, 0, -inf, 2),
                row("erfc", Special::erfc, 3, 2.209049699858544e-05, 20, 5.395865611607901e-176, nan, nan),
                row("erfinv", Special::erfinv, 1e-200, 8.86226925452758e-201, 0.4, 0.37080715859355795),
                row("erfinv", Special::erfinv, 0.999999999999, 5.042031898572696, -1, -inf, 1.5, nan),
                row("lgamma", Special::lgamma, -2.5, -0.056243716497674054, 1e-9, 20.723265836369194),
                row("lgamma", Special::lgamma, 1.001, -0.0005763935982833062, 1e10, 220258509288.81058),
                row("lgamma", Special::lgamma, 0, inf, -3, inf, inf, inf, -inf, inf, nan, nan),
                row("digamma", Special::digamma, -1000.25, 10.050097693066705, 1e-9, -1000000000.5772156),
                row("digamma", Special::digamma, 3, 0.9227843350984671, 1e10, 23.025850929890456),
                row("digamma", Special::digamma, 0, -inf, -3, nan, inf, inf, -inf, nan, nan, nan),
                row("logaddexp2 with itself", x -> Special.logaddexp2(x, x), -1, 0, 0.1, 1.1, -700.5, -699.5),
                row("ψ′", x -> Special.polygamma(1, x), -1e-9, 999_999_999_999_999_872L, 0.25, 17.19732915450711),
                row("ψ′", x -> Special.polygamma(1, x), 50, 0.020201333226697125, 0, inf, -2, inf, inf, 0),
                row("ψ′", x -> Special.polygamma(1, x), 1e154, 1e-154, 1e200, 1e-200, 1.7e308, 5.88235294117647e-309),
                row("slope of ψ", SpecialDigitsTest::slopeOfDigamma, 1e200, 1e-200, 1e308, 1e-308),
                row("ψ″", x -> Special.polygamma(2, x), 1e110, -1e-220, 1e153, -1e-306, 1e200, -0.0),
                row("8th", x -> Special.polygamma(8, x), 1e38, -5.040000000000001e-301, 0, -inf),
                row("12th", x -> Special.polygamma(12, x), 1e-20, -4.7900160000000036e268, 1e-30, -inf),
                row("20th", x -> Special.polygamma(20, x), 1e16, -1.2164510040883212e-303),
                row("50th", x -> Special.polygamma(50, x), 1e6, -6.082970712101283e-238),
                row("170th", x -> Special.polygamma(170, x), 80, -3.075311487349833e-19, inf, -0.0),
                row("ψ⁗", x -> Special.polygamma(4, x), -3.7, -9738.778730383649, 2, -0.8862661234408782));
    }

    private static Tensor slopeOfDigamma(Tensor x) {
        Tensor leaf = x.requiresGrad(true);
        return Autograd.grad(Special.digamma(leaf), leaf);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void thirteenDigitsAreRight(String name, UnaryOperator<Tensor> f, double[] pairs) {
        for (int i = 0; i < pairs.length; i += 2) {
            double value = f.apply(Tensor.of(DataType.DOUBLE, pairs[i])).item();
            double expected = pairs[i + 1];

            assertThat(Double.compare(value, expected) == 0 || Math.abs(value - expected) <= 1e-13 * Math.abs(expected))
                    .as("%s of %s: expected %s; got %s", name, pairs[i], expected, value)
                    .isTrue();
        }
    }
}
