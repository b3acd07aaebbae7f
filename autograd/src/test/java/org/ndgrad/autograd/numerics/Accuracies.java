package org.ndgrad.autograd.numerics;

import static org.ndgrad.autograd.numerics.DoubleDouble.LN_2;

import java.util.stream.Stream;
import org.ndgrad.autograd.ops.Activations;
import org.ndgrad.autograd.ops.Arithmetic;
import org.ndgrad.autograd.ops.Elementary;
import org.ndgrad.autograd.ops.Special;

/** The functions of one number, as they are promised in docs/numerics.md. */
final class Accuracies {

    private Accuracies() {}

    static Stream<Accuracy> all() {
        return Stream.of(exponential(), trigonometric(), hyperbolic(), activations(), others(), special())
                .flatMap(rows -> rows);
    }

    private static Stream<Accuracy> special() {
        SpecialValues values = SpecialValues.read();
        return Stream.of(
                values.of("erf", Special::erf).within(0.51, 0.51, 2, 2),
                values.of("erfc", Special::erfc).within(0.51, 0.51, 3, 2),
                values.of("erfinv", Special::erfinv).within(0.51, 6, 2.5, 25),
                values.of("gelu", Activations::gelu)
                        .within(3, 2.5, 15, 2)
                        .singleInUnitsOfX()
                        .slopeInUnitsOfOne(),
                values.of("lgamma", Special::lgamma).within(0.51, 0.51, 4, 20),
                values.of("digamma", Special::digamma).within(0.51, 0.51, 15, 3),
                values.of("trigamma", x -> Special.polygamma(1, x)).within(0.51, 0.51, 4, 4));
    }

    private static DoubleDouble of(double x) {
        return DoubleDouble.of(x);
    }

    private static Stream<Accuracy> exponential() {
        return Stream.of(
                Accuracy.of("exp", Elementary::exp, x -> of(x).exp(), x -> of(x).exp())
                        .within(1.5, 1.5, 1, 1)
                        .in(-110, 90),
                Accuracy.of("exp2", Elementary::exp2, Reference::exp2, Reference::exp2Slope)
                        .within(0.51, 0.51, 1, 2.5)
                        .in(-160, 130),
                Accuracy.of("expm1", Elementary::expm1, x -> of(x).expm1(), x -> of(x).exp())
                        .within(2, 1.5, 1, 1)
                        .in(-20, 90),
                Accuracy.of("log", Elementary::log, x -> of(x).log(), x -> of(x).inverse())
                        .within(0.9, 0.5, 1, 0.5)
                        .in(0, 3),
                Accuracy.of(
                                "log2",
                                Elementary::log2,
                                Reference::log2,
                                x -> of(x).inverse().over(LN_2))
                        .within(0.51, 0.51, 2, 2)
                        .in(0, 3),
                Accuracy.of("log10", Elementary::log10, Reference::log10, x -> Reference.log10Slope(x))
                        .within(0.51, 0.51, 1, 2.5)
                        .in(0, 3),
                Accuracy.of(
                                "log1p",
                                Elementary::log1p,
                                x -> of(x).log1p(),
                                x -> of(x).plus(1).inverse())
                        .within(0.51, 2, 1, 2)
                        .in(-1, 3),
                Accuracy.of(
                                "sqrt",
                                Elementary::sqrt,
                                x -> of(x).root(),
                                x -> Reference.rsqrt(x).scaled(-1))
                        .within(0.5, 2, 0.5, 2)
                        .in(0, 10),
                Accuracy.of("rsqrt", Elementary::rsqrt, Reference::rsqrt, Reference::rsqrtSlope)
                        .within(1.5, 6, 1.5, 6)
                        .in(0, 10));
    }

    private static Stream<Accuracy> trigonometric() {
        return Stream.of(
                Accuracy.of("sin", Elementary::sin, x -> of(x).sin(), x -> of(x).cos())
                        .within(2.2, 2.2, 1, 1),
                Accuracy.of(
                                "cos",
                                Elementary::cos,
                                x -> of(x).cos(),
                                x -> of(x).sin().negated())
                        .within(2.2, 2.2, 1, 1),
                Accuracy.of("tan", Elementary::tan, Reference::tan, Reference::tanSlope)
                        .within(0.51, 3, 1, 3),
                Accuracy.of("asin", Elementary::asin, Reference::asin, Reference::asinSlope)
                        .within(0.51, 0.51, 1, 2.5)
                        .in(-1, 1),
                Accuracy.of(
                                "acos",
                                Elementary::acos,
                                Reference::acos,
                                x -> Reference.asinSlope(x).negated())
                        .within(0.51, 0.51, 1, 2.5)
                        .in(-1, 1),
                Accuracy.of("atan", Elementary::atan, x -> of(x).atan(), Reference::atanSlope)
                        .within(0.51, 0.51, 1, 2.5));
    }

    private static Stream<Accuracy> hyperbolic() {
        return Stream.of(
                Accuracy.of("sinh", Elementary::sinh, Reference::sinh, Reference::cosh)
                        .within(0.51, 0.51, 2.5, 2.5)
                        .in(-90, 90),
                Accuracy.of("cosh", Elementary::cosh, Reference::cosh, Reference::sinh)
                        .within(0.51, 0.51, 2.5, 2.5)
                        .in(-90, 90),
                Accuracy.of("tanh", Elementary::tanh, x -> Reference.tanh(of(x)), x -> Reference.tanhSlope(of(x)))
                        .singleSlopeInUnitsOfOne()
                        .within(2.5, 2.5, 1.5, 4)
                        .in(-60, 60),
                Accuracy.of("asinh", Elementary::asinh, Reference::asinh, Reference::asinhSlope)
                        .within(0.51, 0.51, 2, 2),
                Accuracy.of("acosh", Elementary::acosh, Reference::acosh, Reference::acoshSlope)
                        .within(0.51, 0.51, 2, 3)
                        .in(1, 3),
                Accuracy.of("atanh", Elementary::atanh, Reference::atanh, Reference::atanhSlope)
                        .within(0.51, 0.51, 2, 2)
                        .in(-1, 1));
    }

    private static Stream<Accuracy> activations() {
        return Stream.of(
                Accuracy.of(
                                "sigmoid",
                                Activations::sigmoid,
                                x -> Reference.sigmoid(of(x)),
                                x -> Reference.sigmoidSlope(of(x)))
                        .within(2.5, 4.5, 2, 4)
                        .in(-110, 110),
                Accuracy.of(
                                "logsigmoid",
                                Activations::logsigmoid,
                                x -> Reference.softplus(-x).negated(),
                                x -> Reference.sigmoid(of(-x)))
                        .within(2.5, 2.5, 2, 2)
                        .in(-110, 110),
                Accuracy.of(
                                "softplus",
                                x -> Activations.softplus(x, 1, 50),
                                Reference::softplus,
                                x -> Reference.sigmoid(of(x)))
                        .within(2.7, 2.5, 2, 2)
                        .in(-110, 110),
                Accuracy.of("silu", Activations::silu, Reference::silu, Reference::siluSlope)
                        .within(60, 2.5, 4, 2)
                        .in(-110, 110)
                        .slopeInUnitsOfOne(),
                Accuracy.of("mish", Activations::mish, Reference::mish, Reference::mishSlope)
                        .within(60, 2.5, 3, 2)
                        .in(-110, 110)
                        .slopeInUnitsOfOne(),
                Accuracy.of(
                                "gelu by tanh",
                                x -> Activations.gelu(x, Activations.Gelu.TANH),
                                Reference::geluTanh,
                                Reference::geluTanhSlope)
                        .within(250, 2.5, 4, 2)
                        .slopeInUnitsOfOne(),
                Accuracy.of("elu", x -> Activations.elu(x, 1), Reference::elu, Reference::eluSlope)
                        .within(2, 1.5, 1, 1)
                        .in(-110, 10),
                Accuracy.of("softsign", Activations::softsign, Reference::softsign, Reference::softsignSlope)
                        .within(1.5, 4, 1.5, 4),
                Accuracy.of(
                                "tanhshrink",
                                Activations::tanhshrink,
                                Reference::tanhshrink,
                                x -> Reference.tanh(of(x)).squared())
                        .within(0.51, 6, 4, 4));
    }

    private static Stream<Accuracy> others() {
        return Stream.of(
                Accuracy.of(
                                "reciprocal",
                                Arithmetic::reciprocal,
                                x -> of(x).inverse(),
                                x -> of(x).inverse().squared().negated())
                        .within(0.5, 2, 0.5, 2),
                Accuracy.of(
                                "x³",
                                x -> x.pow(3),
                                x -> of(x).squared().times(x),
                                x -> of(x).squared().times(3))
                        .within(2, 2, 2, 2),
                Accuracy.of("x^2.5", x -> x.pow(2.5), Reference::power, Reference::powerSlope)
                        .within(0.51, 2, 1, 2)
                        .in(0, 10),
                Accuracy.of("logit", Special::logit, Reference::logit, Reference::logitSlope)
                        .within(0.51, 2, 2, 2)
                        .in(0, 1),
                Accuracy.of(
                                "entr",
                                Special::entr,
                                Reference::entr,
                                x -> of(x).log().plus(1).negated())
                        .within(0.51, 1.5, 2, 1.5)
                        .in(0, 3)
                        .slopeInUnitsOfOne(),
                Accuracy.of("sinc", Special::sinc, Reference::sinc, Reference::sincSlope)
                        .within(0.51, 0.51, 3, 3)
                        .slopeInUnitsOfOne());
    }
}
