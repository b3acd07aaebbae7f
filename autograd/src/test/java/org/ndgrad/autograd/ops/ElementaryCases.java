package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.ops.OpCase.ANY;
import static org.ndgrad.autograd.ops.OpCase.OTHER;
import static org.ndgrad.autograd.ops.OpCase.POSITIVE;
import static org.ndgrad.autograd.ops.OpCase.UNIT;
import static org.ndgrad.autograd.ops.OpCase.binary;
import static org.ndgrad.autograd.ops.OpCase.in;
import static org.ndgrad.autograd.ops.OpCase.unary;

import java.util.stream.Stream;

/** The rows of {@link Elementary}. */
final class ElementaryCases {

    private ElementaryCases() {}

    static Stream<OpCase> rows() {
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
                unary("rad2deg", Elementary::rad2deg, in(-0.02, 0.03)));
    }
}
