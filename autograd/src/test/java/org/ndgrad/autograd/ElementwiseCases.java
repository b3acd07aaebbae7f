package org.ndgrad.autograd;

import static org.ndgrad.autograd.OpCase.binary;
import static org.ndgrad.autograd.OpCase.in;
import static org.ndgrad.autograd.OpCase.row;
import static org.ndgrad.autograd.OpCase.sample;
import static org.ndgrad.autograd.OpCase.unary;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.OpCase.Domain;
import org.ndgrad.autograd.ops.Arithmetic;
import org.ndgrad.autograd.ops.Arithmetic.Quotient;
import org.ndgrad.autograd.ops.Bounds;
import org.ndgrad.autograd.ops.Comparison;
import org.ndgrad.autograd.ops.Elementary;
import org.ndgrad.autograd.ops.Rounding;

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
                binary("add", (a, b) -> Arithmetic.add(a, b, -1.5), ANY, OTHER).as("scaled"),
                binary("sub", (a, b) -> Arithmetic.sub(a, b, -1.5), ANY, OTHER).as("scaled"),
                unary("rsub", x -> Arithmetic.rsub(x, 1.5), ANY),
                binary("mul", Arithmetic::mul, ANY, OTHER),
                unary("mul", x -> Arithmetic.mul(x, -1.5), ANY).as("number"),
                binary("div", Arithmetic::div, ANY, POSITIVE),
                unary("div", x -> Arithmetic.div(x, -1.5), ANY).as("number"),
                unary("rdiv", x -> Arithmetic.rdiv(x, -1.5), POSITIVE),
                binary("floorDivide", Arithmetic::floorDivide, in(-5.3, 5.4), POSITIVE),
                unary("floorDivide", x -> Arithmetic.floorDivide(x, 0.7), in(-5.3, 5.4))
                        .as("number"),
                binary("div", (a, b) -> Arithmetic.div(a, b, Quotient.TRUNC), in(-5.3, 5.4), POSITIVE)
                        .as("truncated"),
                binary("div", (a, b) -> Arithmetic.div(a, b, Quotient.FLOOR), in(-5.3, 5.4), POSITIVE)
                        .as("floored"),
                binary("remainder", Arithmetic::remainder, in(-5.3, 5.4), POSITIVE),
                unary("remainder", x -> Arithmetic.remainder(x, 0.7), in(-5.3, 5.4))
                        .as("number"),
                binary("fmod", Arithmetic::fmod, in(-5.3, 5.4), POSITIVE),
                unary("fmod", x -> Arithmetic.fmod(x, 0.7), in(-5.3, 5.4)).as("number"),
                binary("pow", Arithmetic::pow, POSITIVE, ANY),
                unary("pow", x -> Arithmetic.pow(x, 3), ANY).as("to a whole number"),
                unary("pow", x -> Arithmetic.pow(x, -1.7), POSITIVE).as("to a fraction"),
                unary("pow", x -> Arithmetic.pow(x, 1), ANY).as("to 1"),
                unary("pow", x -> Arithmetic.pow(x, 0), ANY).as("to 0"),
                unary("pow", x -> Arithmetic.pow(2.5, x), ANY).as("of a number"),
                binary("floatPower", (a, b) -> Arithmetic.floatPower(a, b).to(a.dtype()), POSITIVE, ANY),
                unary("floatPower", x -> Arithmetic.floatPower(x, -1.7).to(x.dtype()), POSITIVE)
                        .as("to a number"),
                unary("neg", Arithmetic::neg, ANY),
                unary("positive", Arithmetic::positive, ANY),
                binary("copysign", Arithmetic::copysign, ANY, OTHER),
                unary("abs", Arithmetic::abs, ANY),
                unary("sign", Arithmetic::sign, ANY),
                unary("square", Arithmetic::square, ANY),
                unary("reciprocal", Arithmetic::reciprocal, POSITIVE),
                binary("maximum", Arithmetic::maximum, ANY, OTHER),
                binary("minimum", Arithmetic::minimum, ANY, OTHER),
                unary("clamp", x -> Arithmetic.clamp(x, -0.8, 1.1), ANY),
                row("clamp", x -> Arithmetic.clamp(x.get(0), x.get(1), x.get(2)))
                        .as("to tensors")
                        .on(sample(ANY, 3, 4), sample(in(-1.3, 0.6), 3, 4), sample(in(-0.4, 1.7), 3, 4))
                        .on(sample(ANY, 4), sample(in(-1.3, 0.6), 3, 1), sample(in(-0.4, 1.7)))
                        .on(sample(ANY), sample(in(-1.3, 0.6), 3), sample(in(-0.4, 1.7), 0, 1)),
                row("lerp", x -> Arithmetic.lerp(x.get(0), x.get(1), x.get(2)))
                        .on(sample(ANY, 3, 4), sample(OTHER, 3, 4), sample(UNIT))
                        .on(sample(ANY, 4), sample(OTHER, 3, 1), sample(UNIT, 3, 4))
                        .on(sample(ANY), sample(OTHER, 0), sample(UNIT, 1)),
                binary("lerp", (a, b) -> Arithmetic.lerp(a, b, 0.7), ANY, OTHER).as("number"),
                three("addcmul", x -> Arithmetic.addcmul(x.get(0), x.get(1), x.get(2), -1.5)),
                three("addcdiv", x -> Arithmetic.addcdiv(x.get(0), x.get(1), x.get(2), -1.5)));
    }

    private static OpCase three(String name, Function<List<Tensor>, Tensor> f) {
        return row(name, f)
                .on(sample(ANY, 3, 4), sample(OTHER, 3, 4), sample(POSITIVE, 3, 4))
                .on(sample(ANY, 4), sample(OTHER, 3, 1), sample(POSITIVE))
                .on(sample(ANY, 2, 1, 4), sample(OTHER), sample(POSITIVE, 3, 1))
                .on(sample(ANY), sample(OTHER), sample(POSITIVE))
                .on(sample(ANY, 0, 4), sample(OTHER, 4), sample(POSITIVE));
    }

    static Stream<OpCase> bounds() {
        return Stream.of(
                binary("clampMin", Bounds::clampMin, ANY, OTHER),
                unary("clampMin", x -> Bounds.clampMin(x, -0.8), ANY).as("number"),
                binary("clampMax", Bounds::clampMax, ANY, OTHER),
                unary("clampMax", x -> Bounds.clampMax(x, 0.8), ANY).as("number"),
                binary("fmax", Bounds::fmax, ANY, OTHER),
                binary("fmin", Bounds::fmin, ANY, OTHER),
                unary("nanToNum", Bounds::nanToNum, ANY),
                binary("heaviside", Bounds::heaviside, ANY, OTHER).notDifferentiable());
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
                binary("hypot", Elementary::hypot, ANY, POSITIVE),
                binary("ldexp", Elementary::ldexp, ANY, OTHER),
                unary("deg2rad", Elementary::deg2rad, ANY),
                unary("rad2deg", Elementary::rad2deg, in(-0.02, 0.03)),
                unary("floor", Rounding::floor, ANY),
                unary("ceil", Rounding::ceil, ANY),
                unary("round", Rounding::round, ANY),
                unary("round", x -> Rounding.round(x, 1), ANY).as("to a decimal"),
                unary("trunc", Rounding::trunc, ANY),
                unary("frac", Rounding::frac, ANY));
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
                binary("isClose", Comparison::isClose, ANY, OTHER).notDifferentiable(),
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
