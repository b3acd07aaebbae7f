package org.ndgrad.nn.conformance;

import static org.ndgrad.nn.conformance.Calls.one;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Quotient;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.ops.Arithmetic;
import org.ndgrad.autograd.ops.Bounds;
import org.ndgrad.autograd.ops.Comparison;
import org.ndgrad.autograd.ops.Elementary;
import org.ndgrad.autograd.ops.Rounding;
import org.ndgrad.autograd.ops.Special;
import org.ndgrad.nn.conformance.Calls.Row;

/** Rows of the operations that treat each element by itself. */
final class ElementwiseCalls {

    private ElementwiseCalls() {}

    static List<Row> rows() {
        return ImmutableList.<Row>builder()
                .addAll(arithmetic())
                .addAll(divisions())
                .addAll(bounds())
                .addAll(functions())
                .addAll(special())
                .addAll(comparisons())
                .build();
    }

    private static List<Row> arithmetic() {
        return ImmutableList.of(
                one("add", "Arithmetic.add", a -> add(a)),
                binary("__radd__", "Arithmetic.add", Arithmetic::add, Arithmetic::add),
                one("sub", "Arithmetic.sub", a -> sub(a, left(a), right(a))),
                one("rsub", "Arithmetic.sub", a -> sub(a, right(a), left(a))),
                binary("__rsub__", "Arithmetic.rsub", (x, other) -> other.sub(x), Arithmetic::rsub),
                binary("mul", "Arithmetic.mul", Arithmetic::mul, Arithmetic::mul),
                binary("__rmul__", "Arithmetic.mul", Arithmetic::mul, Arithmetic::mul),
                binary("true_divide", "Arithmetic.div", Arithmetic::div, Arithmetic::div),
                binary("__rdiv__", "Arithmetic.rdiv", (x, other) -> other.div(x), Arithmetic::rdiv),
                one("pow", "Arithmetic.pow", ElementwiseCalls::pow),
                binary("__rpow__", "Arithmetic.pow", (x, k) -> k.pow(x), (x, k) -> Arithmetic.pow(k, x)),
                binary("float_power", "Arithmetic.floatPower", Arithmetic::floatPower, Arithmetic::floatPower),
                one(
                        "addcmul",
                        "Arithmetic.addcmul",
                        a -> Arithmetic.addcmul(
                                a.input(), a.tensor(1, "tensor1"), a.tensor(2, "tensor2"), a.scalar(3, "value", 1))),
                one(
                        "addcdiv",
                        "Arithmetic.addcdiv",
                        a -> Arithmetic.addcdiv(
                                a.input(), a.tensor(1, "tensor1"), a.tensor(2, "tensor2"), a.scalar(3, "value", 1))),
                unary("abs", "Arithmetic.abs", Arithmetic::abs),
                unary("neg", "Arithmetic.neg", Arithmetic::neg),
                unary("positive", "Arithmetic.positive", Arithmetic::positive),
                unary("sign", "Arithmetic.sign", Arithmetic::sign),
                unary("square", "Arithmetic.square", Arithmetic::square),
                unary("reciprocal", "Arithmetic.reciprocal", Arithmetic::reciprocal),
                binary("copysign", "Arithmetic.copysign", Arithmetic::copysign),
                one(
                        "lerp",
                        "Arithmetic.lerp",
                        a -> a.isTensor(2, "weight")
                                ? Arithmetic.lerp(a.input(), a.tensor(1, "end"), a.tensor(2, "weight"))
                                : Arithmetic.lerp(a.input(), a.tensor(1, "end"), a.real(2, "weight", 0))));
    }

    private static List<Row> divisions() {
        return ImmutableList.of(
                one("div", "Arithmetic.div", a -> switch (a.text(2, "rounding_mode", "true")) {
                    case "floor" -> Arithmetic.div(left(a), right(a), Quotient.FLOOR);
                    case "trunc" -> Arithmetic.div(left(a), right(a), Quotient.TRUNC);
                    default -> Arithmetic.div(left(a), right(a));
                }),
                binary("floor_divide", "Arithmetic.floorDivide", Arithmetic::floorDivide, Arithmetic::floorDivide),
                binary("remainder", "Arithmetic.remainder", Arithmetic::remainder, Arithmetic::remainder),
                binary("fmod", "Arithmetic.fmod", Arithmetic::fmod, Arithmetic::fmod),
                unary("ceil", "Rounding.ceil", Rounding::ceil),
                unary("floor", "Rounding.floor", Rounding::floor),
                unary("trunc", "Rounding.trunc", Rounding::trunc),
                unary("frac", "Rounding.frac", Rounding::frac),
                one(
                        "round",
                        "Rounding.round",
                        a -> a.has(1, "decimals")
                                ? Rounding.round(a.input(), a.integer(1, "decimals"))
                                : Rounding.round(a.input())));
    }

    private static List<Row> bounds() {
        return ImmutableList.of(
                binary("maximum", "Arithmetic.maximum", Arithmetic::maximum),
                binary("minimum", "Arithmetic.minimum", Arithmetic::minimum),
                binary("fmax", "Bounds.fmax", Bounds::fmax),
                binary("fmin", "Bounds.fmin", Bounds::fmin),
                one(
                        "clamp",
                        "Arithmetic.clamp, Bounds.clamp, Bounds.clampMin, Bounds.clampMax",
                        ElementwiseCalls::clamp),
                one("clamp_min", "Bounds.clampMin", a -> clampMin(a, 1)),
                one("clamp_max", "Bounds.clampMax", a -> clampMax(a, 1)),
                one("nan_to_num", "Bounds.nanToNum", ElementwiseCalls::nanToNum),
                binary("heaviside", "Bounds.heaviside", Bounds::heaviside));
    }

    private static List<Row> functions() {
        return ImmutableList.of(
                unary("exp", "Elementary.exp", Elementary::exp),
                unary("exp2", "Elementary.exp2", Elementary::exp2),
                unary("expm1", "Elementary.expm1", Elementary::expm1),
                unary("log", "Elementary.log", Elementary::log),
                unary("log2", "Elementary.log2", Elementary::log2),
                unary("log10", "Elementary.log10", Elementary::log10),
                unary("log1p", "Elementary.log1p", Elementary::log1p),
                unary("sqrt", "Elementary.sqrt", Elementary::sqrt),
                unary("rsqrt", "Elementary.rsqrt", Elementary::rsqrt),
                unary("sin", "Elementary.sin", Elementary::sin),
                unary("cos", "Elementary.cos", Elementary::cos),
                unary("tan", "Elementary.tan", Elementary::tan),
                unary("asin", "Elementary.asin", Elementary::asin),
                unary("acos", "Elementary.acos", Elementary::acos),
                unary("atan", "Elementary.atan", Elementary::atan),
                unary("sinh", "Elementary.sinh", Elementary::sinh),
                unary("cosh", "Elementary.cosh", Elementary::cosh),
                unary("tanh", "Elementary.tanh", Elementary::tanh),
                unary("asinh", "Elementary.asinh", Elementary::asinh),
                unary("acosh", "Elementary.acosh", Elementary::acosh),
                unary("atanh", "Elementary.atanh", Elementary::atanh),
                binary("atan2", "Elementary.atan2", Elementary::atan2),
                binary("hypot", "Elementary.hypot", Elementary::hypot),
                binary("ldexp", "Elementary.ldexp", Elementary::ldexp),
                unary("deg2rad", "Elementary.deg2rad", Elementary::deg2rad),
                unary("rad2deg", "Elementary.rad2deg", Elementary::rad2deg));
    }

    private static List<Row> special() {
        return ImmutableList.of(
                unary("erf", "Special.erf", Special::erf),
                unary("erfc", "Special.erfc", Special::erfc),
                unary("erfinv", "Special.erfinv", Special::erfinv),
                unary("lgamma", "Special.lgamma", Special::lgamma),
                unary("digamma", "Special.digamma", Special::digamma),
                one("polygamma", "Special.polygamma", a -> Special.polygamma(a.integer(0, "n"), a.tensor(1, "input"))),
                unary("sinc", "Special.sinc", Special::sinc),
                unary("special.entr", "Special.entr", Special::entr),
                binary("xlogy", "Special.xlogy", Special::xlogy),
                binary("special.xlog1py", "Special.xlog1py", Special::xlog1py),
                binary("logaddexp", "Special.logaddexp", Special::logaddexp),
                binary("logaddexp2", "Special.logaddexp2", Special::logaddexp2),
                one(
                        "logit",
                        "Special.logit",
                        a -> a.has(1, "eps")
                                ? Special.logit(a.input(), a.real(1, "eps", 0))
                                : Special.logit(a.input())));
    }

    private static List<Row> comparisons() {
        return ImmutableList.of(
                binary("eq", "Comparison.eq", Comparison::eq, Comparison::eq),
                binary("ne", "Comparison.ne", Comparison::ne, Comparison::ne),
                binary("lt", "Comparison.lt", Comparison::lt, Comparison::lt),
                binary("le", "Comparison.le", Comparison::le, Comparison::le),
                binary("gt", "Comparison.gt", Comparison::gt, Comparison::gt),
                binary("ge", "Comparison.ge", Comparison::ge, Comparison::ge),
                one(
                        "isclose",
                        "Comparison.isclose",
                        a -> Comparison.isclose(
                                a.input(),
                                a.tensor(1, "other"),
                                a.real(2, "rtol", 1e-5),
                                a.real(3, "atol", 1e-8),
                                a.flag(4, "equal_nan", false)
                                        ? Comparison.NanEquality.EQUAL
                                        : Comparison.NanEquality.UNEQUAL)),
                unary("isnan", "Comparison.isnan", Comparison::isnan),
                unary("isinf", "Comparison.isinf", Comparison::isinf),
                unary("isfinite", "Comparison.isfinite", Comparison::isfinite),
                unary("logical_not", "Comparison.logicalNot", Comparison::logicalNot),
                binary("logical_and", "Comparison.logicalAnd", Comparison::logicalAnd),
                binary("logical_or", "Comparison.logicalOr", Comparison::logicalOr),
                binary("logical_xor", "Comparison.logicalXor", Comparison::logicalXor),
                one("where", "Comparison.where", a -> {
                    Tensor x = operand(a, 0, "input", 2, "other");
                    return Comparison.where(a.tensor(1, "condition"), x, operand(a, 2, "other", 0, "input"));
                }));
    }

    static Row unary(String name, String operation, UnaryOperator<Tensor> f) {
        return one(name, operation, a -> f.apply(a.input()));
    }

    /** A row of an operation that takes numbers as tensors without dimensions. */
    private static Row binary(String name, String operation, BinaryOperator<Tensor> f) {
        return one(name, operation, a -> f.apply(left(a), right(a)));
    }

    private static Row binary(
            String name, String operation, BinaryOperator<Tensor> f, BiFunction<Tensor, Number, Tensor> g) {
        return one(
                name,
                operation,
                a -> a.isTensor(0, "input") && !a.isTensor(1, "other")
                        ? g.apply(a.input(), secondNumber(a))
                        : f.apply(left(a), right(a)));
    }

    private static Number secondNumber(Arguments a) {
        return a.has(1, "other") ? a.scalar(1, "other") : a.scalar(1, "exponent");
    }

    private static Tensor left(Arguments a) {
        return operand(a, 0, "input", 1, "other");
    }

    private static Tensor right(Arguments a) {
        return operand(a, 1, a.has(1, "other") ? "other" : "exponent", 0, "input");
    }

    /** Returns a tensor argument, or a number as PyTorch sees it beside the other argument: it decides no type. */
    private static Tensor operand(Arguments a, int position, String name, int other, String otherName) {
        if (a.isTensor(position, name)) {
            return a.tensor(position, name);
        }
        DataType beside =
                a.isTensor(other, otherName) ? a.tensor(other, otherName).dtype() : DataType.BOOL;
        Number number = a.scalar(position, name);
        return Tensor.of(DTypes.promote(beside, number), number);
    }

    private static Tensor add(Arguments a) {
        if (a.has(2, "alpha")) {
            return Arithmetic.add(left(a), right(a), a.scalar(2, "alpha"));
        }
        return a.isTensor(1, "other") ? left(a).add(right(a)) : left(a).add(a.scalar(1, "other"));
    }

    private static Tensor sub(Arguments a, Tensor from, Tensor other) {
        return a.has(2, "alpha") ? Arithmetic.sub(from, other, a.scalar(2, "alpha")) : from.sub(other);
    }

    private static Tensor pow(Arguments a) {
        if (!a.isTensor(0, "input")) {
            return Arithmetic.pow(a.scalar(0, "input"), a.tensor(1, "exponent"));
        }
        return a.isTensor(1, "exponent")
                ? a.input().pow(a.tensor(1, "exponent"))
                : a.input().pow(a.scalar(1, "exponent"));
    }

    private static Tensor clamp(Arguments a) {
        boolean low = a.has(1, "min");
        boolean high = a.has(2, "max");
        if (!low || !high) {
            return low ? clampMin(a, 1) : clampMax(a, 2);
        }
        return a.isTensor(1, "min")
                ? Arithmetic.clamp(a.input(), a.tensor(1, "min"), a.tensor(2, "max"))
                : Arithmetic.clamp(a.input(), a.scalar(1, "min"), a.scalar(2, "max"));
    }

    private static Tensor clampMin(Arguments a, int position) {
        return a.isTensor(position, "min")
                ? Bounds.clampMin(a.input(), a.tensor(position, "min"))
                : Bounds.clampMin(a.input(), a.scalar(position, "min"));
    }

    private static Tensor clampMax(Arguments a, int position) {
        return a.isTensor(position, "max")
                ? Bounds.clampMax(a.input(), a.tensor(position, "max"))
                : Bounds.clampMax(a.input(), a.scalar(position, "max"));
    }

    private static Tensor nanToNum(Arguments a) {
        double largest = DTypes.largest(a.input().dtype());
        return Bounds.nanToNum(
                a.input(), a.real(1, "nan", 0), a.real(2, "posinf", largest), a.real(3, "neginf", -largest));
    }
}
