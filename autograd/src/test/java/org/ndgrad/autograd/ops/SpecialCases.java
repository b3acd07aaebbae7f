package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.ops.OpCase.ANY;
import static org.ndgrad.autograd.ops.OpCase.OTHER;
import static org.ndgrad.autograd.ops.OpCase.POSITIVE;
import static org.ndgrad.autograd.ops.OpCase.UNIT;
import static org.ndgrad.autograd.ops.OpCase.binary;
import static org.ndgrad.autograd.ops.OpCase.in;
import static org.ndgrad.autograd.ops.OpCase.unary;

import java.util.stream.Stream;

/** The rows of {@link Special}. */
final class SpecialCases {

    private SpecialCases() {}

    static Stream<OpCase> rows() {
        return Stream.of(
                unary("erf", Special::erf, ANY),
                unary("erfc", Special::erfc, ANY),
                unary("erfinv", Special::erfinv, UNIT),
                unary("lgamma", Special::lgamma, POSITIVE),
                unary("lgamma", Special::lgamma, in(-2.8, -2.2)).as("of negative numbers"),
                unary("digamma", Special::digamma, POSITIVE),
                unary("digamma", Special::digamma, in(-2.8, -2.2)).as("of negative numbers"),
                unary("polygamma", x -> Special.polygamma(2, x), POSITIVE),
                unary("polygamma", x -> Special.polygamma(1, x), in(-2.8, -2.2)).as("of negative numbers"),
                unary("logit", Special::logit, in(0.1, 0.9)),
                unary("logit", x -> Special.logit(x, 0.25), in(0.1, 0.9)).as("with a margin"),
                unary("entr", Special::entr, POSITIVE),
                unary("sinc", Special::sinc, ANY),
                binary("xlogy", Special::xlogy, ANY, POSITIVE),
                unary("xlogy", x -> Special.xlogy(x, 2.5), ANY).as("of a number"),
                unary("xlogy", x -> Special.xlogy(-1.5, x), POSITIVE).as("times a number"),
                binary("xlog1py", Special::xlog1py, ANY, in(-0.7, 2)),
                binary("logaddexp", Special::logaddexp, ANY, OTHER),
                binary("logaddexp2", Special::logaddexp2, ANY, OTHER));
    }
}
