package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.ops.OpCase.ANY;
import static org.ndgrad.autograd.ops.OpCase.OTHER;
import static org.ndgrad.autograd.ops.OpCase.POSITIVE;
import static org.ndgrad.autograd.ops.OpCase.UNIT;
import static org.ndgrad.autograd.ops.OpCase.binary;
import static org.ndgrad.autograd.ops.OpCase.in;
import static org.ndgrad.autograd.ops.OpCase.row;
import static org.ndgrad.autograd.ops.OpCase.sample;
import static org.ndgrad.autograd.ops.OpCase.unary;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.ndgrad.autograd.Quotient;
import org.ndgrad.autograd.Tensor;

/** The rows of {@link Arithmetic}. */
final class ArithmeticCases {

    private ArithmeticCases() {}

    static Stream<OpCase> rows() {
        return Stream.of(
                binary("add", Arithmetic::add, ANY, OTHER),
                unary("add", x -> Arithmetic.add(x, 1.5), ANY).as("number"),
                binary("add", (a, b) -> Arithmetic.add(a, b, -1.5), ANY, OTHER).as("scaled"),
                binary("sub", Arithmetic::sub, ANY, OTHER),
                unary("sub", x -> Arithmetic.sub(x, 1.5), ANY).as("number"),
                binary("sub", (a, b) -> Arithmetic.sub(a, b, -1.5), ANY, OTHER).as("scaled"),
                unary("rsub", x -> Arithmetic.rsub(x, 1.5), ANY),
                binary("mul", Arithmetic::mul, ANY, OTHER),
                unary("mul", x -> Arithmetic.mul(x, -1.5), ANY).as("number"),
                three("addcmul", x -> Arithmetic.addcmul(x.get(0), x.get(1), x.get(2), -1.5)),
                three("addcdiv", x -> Arithmetic.addcdiv(x.get(0), x.get(1), x.get(2), -1.5)),
                binary("div", Arithmetic::div, ANY, POSITIVE),
                unary("div", x -> Arithmetic.div(x, -1.5), ANY).as("number"),
                binary("div", (a, b) -> Arithmetic.div(a, b, Quotient.TRUNC), in(-5.3, 5.4), POSITIVE)
                        .as("truncated"),
                binary("div", (a, b) -> Arithmetic.div(a, b, Quotient.FLOOR), in(-5.3, 5.4), POSITIVE)
                        .as("floored"),
                unary("div", x -> Arithmetic.div(x, 0.7, Quotient.TRUNC), in(-5.3, 5.4))
                        .as("truncated, by a number"),
                unary("div", x -> Arithmetic.div(x, 0.7, Quotient.FLOOR), in(-5.3, 5.4))
                        .as("floored, by a number"),
                unary("rdiv", x -> Arithmetic.rdiv(x, -1.5), POSITIVE),
                binary("floorDivide", Arithmetic::floorDivide, in(-5.3, 5.4), POSITIVE),
                unary("floorDivide", x -> Arithmetic.floorDivide(x, 0.7), in(-5.3, 5.4))
                        .as("number"),
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
                unary("abs", Arithmetic::abs, ANY),
                unary("positive", Arithmetic::positive, ANY),
                binary("copysign", Arithmetic::copysign, ANY, OTHER),
                unary("copysign", x -> Arithmetic.copysign(x, -0.5), ANY).as("of a number"),
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
                binary("lerp", (a, b) -> Arithmetic.lerp(a, b, 0.7), ANY, OTHER).as("number"));
    }

    private static OpCase three(String name, Function<List<Tensor>, Tensor> f) {
        return row(name, f)
                .on(sample(ANY, 3, 4), sample(OTHER, 3, 4), sample(POSITIVE, 3, 4))
                .on(sample(ANY, 4), sample(OTHER, 3, 1), sample(POSITIVE))
                .on(sample(ANY, 2, 1, 4), sample(OTHER), sample(POSITIVE, 3, 1))
                .on(sample(ANY), sample(OTHER), sample(POSITIVE))
                .on(sample(ANY, 0, 4), sample(OTHER, 4), sample(POSITIVE));
    }
}
