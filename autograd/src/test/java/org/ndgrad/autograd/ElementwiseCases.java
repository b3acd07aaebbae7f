package org.ndgrad.autograd;

import static org.ndgrad.autograd.OpCase.binary;
import static org.ndgrad.autograd.OpCase.in;
import static org.ndgrad.autograd.OpCase.row;
import static org.ndgrad.autograd.OpCase.sample;
import static org.ndgrad.autograd.OpCase.unary;

import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.OpCase.Domain;
import org.ndgrad.autograd.ops.Activations;
import org.ndgrad.autograd.ops.Arithmetic;
import org.ndgrad.autograd.ops.Comparison;
import org.ndgrad.autograd.ops.Elementary;
import org.ndgrad.autograd.ops.Rounding;
import org.ndgrad.autograd.ops.Special;

/** The rows of the operations that treat each element by itself. */
final class ElementwiseCases {

    private static final Domain ANY = in(-2.1, 2.3);
    private static final Domain OTHER = in(-1.9, 2.2);
    private static final Domain POSITIVE = in(0.4, 2.5);
    private static final Domain UNIT = in(-0.9, 0.95);

    private ElementwiseCases() {}

    static Stream<OpCase> arithmetic() {
        return Stream.of(
                binary("add", Arithmetic::add, ANY, OTHER),
                unary("add", x -> Arithmetic.add(x, 1.5), ANY).as("number"),
                binary("sub", Arithmetic::sub, ANY, OTHER),
                unary("sub", x -> Arithmetic.sub(x, 1.5), ANY).as("number"),
                unary("rsub", x -> Arithmetic.rsub(x, 1.5), ANY),
                binary("mul", Arithmetic::mul, ANY, OTHER),
                unary("mul", x -> Arithmetic.mul(x, -1.5), ANY).as("number"),
                binary("div", Arithmetic::div, ANY, POSITIVE),
                unary("div", x -> Arithmetic.div(x, -1.5), ANY).as("number"),
                unary("rdiv", x -> Arithmetic.rdiv(x, -1.5), POSITIVE),
                binary("floorDivide", Arithmetic::floorDivide, in(-5.3, 5.4), POSITIVE),
                binary("remainder", Arithmetic::remainder, in(-5.3, 5.4), POSITIVE),
                binary("pow", Arithmetic::pow, POSITIVE, ANY),
                unary("pow", x -> Arithmetic.pow(x, 3), ANY).as("to a whole number"),
                unary("pow", x -> Arithmetic.pow(x, -1.7), POSITIVE).as("to a fraction"),
                unary("pow", x -> Arithmetic.pow(x, 1), ANY).as("to 1"),
                unary("pow", x -> Arithmetic.pow(x, 0), ANY).as("to 0"),
                unary("pow", x -> Arithmetic.pow(2.5, x), ANY).as("of a number"),
                unary("neg", Arithmetic::neg, ANY),
                unary("abs", Arithmetic::abs, ANY),
                unary("sign", Arithmetic::sign, ANY),
                unary("square", Arithmetic::square, ANY),
                unary("reciprocal", Arithmetic::reciprocal, POSITIVE),
                binary("maximum", Arithmetic::maximum, ANY, OTHER),
                binary("minimum", Arithmetic::minimum, ANY, OTHER),
                unary("clamp", x -> Arithmetic.clamp(x, -0.8, 1.1), ANY),
                row("lerp", x -> Arithmetic.lerp(x.get(0), x.get(1), x.get(2)))
                        .on(sample(ANY, 3, 4), sample(OTHER, 3, 4), sample(UNIT))
                        .on(sample(ANY, 4), sample(OTHER, 3, 1), sample(UNIT, 3, 4)));
    }

    static Stream<OpCase> functions() {
        return Stream.of(
                unary("exp", Elementary::exp, ANY),
                unary("exp2", Elementary::exp2, ANY),
                unary("expm1", Elementary::expm1, ANY),
                unary("log", Elementary::log, POSITIVE),
                unary("log2", Elementary::log2, POSITIVE),
                unary("log10", Elementary::log10, POSITIVE),
                unary("log1p", Elementary::log1p, in(-0.7, 2)),
                unary("sqrt", Elementary::sqrt, POSITIVE),
                unary("rsqrt", Elementary::rsqrt, POSITIVE),
                unary("sin", Elementary::sin, ANY),
                unary("cos", Elementary::cos, ANY),
                unary("tan", Elementary::tan, in(-1.2, 1.3)),
                unary("asin", Elementary::asin, UNIT),
                unary("acos", Elementary::acos, UNIT),
                unary("atan", Elementary::atan, ANY),
                unary("sinh", Elementary::sinh, ANY),
                unary("cosh", Elementary::cosh, ANY),
                unary("tanh", Elementary::tanh, ANY),
                unary("asinh", Elementary::asinh, ANY),
                unary("acosh", Elementary::acosh, in(1.2, 3)),
                unary("atanh", Elementary::atanh, UNIT),
                binary("atan2", Elementary::atan2, POSITIVE, ANY),
                unary("erf", Special::erf, ANY),
                unary("erfc", Special::erfc, ANY),
                unary("sinc", Special::sinc, ANY),
                binary("xlogy", Special::xlogy, ANY, POSITIVE),
                binary("logAddExp", Special::logAddExp, ANY, OTHER),
                unary("floor", Rounding::floor, ANY),
                unary("ceil", Rounding::ceil, ANY),
                unary("round", Rounding::round, ANY),
                unary("trunc", Rounding::trunc, ANY),
                unary("frac", Rounding::frac, ANY));
    }

    static Stream<OpCase> activations() {
        return Stream.of(
                unary("relu", Activations::relu, ANY),
                unary("leakyRelu", x -> Activations.leakyRelu(x, 0.1), ANY),
                unary("hardtanh", x -> Activations.hardtanh(x, -0.9, 1.2), ANY),
                unary("relu6", Activations::relu6, in(-3.1, 9.3)),
                unary("elu", x -> Activations.elu(x, 1.7), ANY),
                unary("selu", Activations::selu, ANY),
                unary("sigmoid", Activations::sigmoid, ANY),
                unary("logSigmoid", Activations::logSigmoid, ANY),
                unary("softplus", Activations::softplus, ANY),
                unary("softplus", x -> Activations.softplus(x, 2, 3), ANY).as("with a threshold"),
                unary("softsign", Activations::softsign, ANY),
                unary("gelu", Activations::gelu, ANY),
                unary("gelu", x -> Activations.gelu(x, Activations.Gelu.TANH), ANY)
                        .as("by tanh"),
                unary("silu", Activations::silu, ANY));
    }

    static Stream<OpCase> comparisons() {
        Tensor mask = Tensor.of(
                new boolean[][] {{true, false, true, false}, {false, false, true, true}, {true, true, false, false}});
        return Stream.of(
                binary("eq", Comparison::eq, ANY, OTHER).notDifferentiable(),
                unary("eq", x -> Comparison.eq(x, 0.5), ANY).as("number").notDifferentiable(),
                binary("ne", Comparison::ne, ANY, OTHER).notDifferentiable(),
                unary("ne", x -> Comparison.ne(x, 0.5), ANY).as("number").notDifferentiable(),
                binary("lt", Comparison::lt, ANY, OTHER).notDifferentiable(),
                unary("lt", x -> Comparison.lt(x, 0.5), ANY).as("number").notDifferentiable(),
                binary("le", Comparison::le, ANY, OTHER).notDifferentiable(),
                unary("le", x -> Comparison.le(x, 0.5), ANY).as("number").notDifferentiable(),
                binary("gt", Comparison::gt, ANY, OTHER).notDifferentiable(),
                unary("gt", x -> Comparison.gt(x, 0.5), ANY).as("number").notDifferentiable(),
                binary("ge", Comparison::ge, ANY, OTHER).notDifferentiable(),
                unary("ge", x -> Comparison.ge(x, 0.5), ANY).as("number").notDifferentiable(),
                unary("isNan", Comparison::isNan, ANY).notDifferentiable(),
                unary("isInf", Comparison::isInf, ANY).notDifferentiable(),
                unary("isFinite", Comparison::isFinite, ANY).notDifferentiable(),
                unary("logicalNot", Comparison::logicalNot, ANY).notDifferentiable(),
                binary("logicalAnd", Comparison::logicalAnd, ANY, OTHER).notDifferentiable(),
                binary("logicalOr", Comparison::logicalOr, ANY, OTHER).notDifferentiable(),
                binary("logicalXor", Comparison::logicalXor, ANY, OTHER).notDifferentiable(),
                row("where", x -> Comparison.where(x.get(0), x.get(1), x.get(2)))
                        .on(mask, sample(ANY, 3, 4), sample(OTHER, 3, 4))
                        .on(mask, sample(ANY, 3, 1), sample(OTHER, 2, 1, 4))
                        .on(mask.select(0, 0), sample(ANY), sample(OTHER, 3, 4))
                        .on(Tensor.of(true), sample(ANY), sample(OTHER))
                        .on(Tensor.zeros(DataType.BOOL, 0, 4), sample(ANY, 4), sample(OTHER)),
                row("maskedFill", x -> Comparison.maskedFill(x.get(0), x.get(1), -7))
                        .on(sample(ANY, 3, 4), mask)
                        .on(sample(ANY, 2, 3, 4), mask)
                        .on(sample(ANY), mask));
    }
}
