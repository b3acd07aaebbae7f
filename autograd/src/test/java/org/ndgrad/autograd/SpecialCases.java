package org.ndgrad.autograd;

import static org.ndgrad.autograd.OpCase.binary;
import static org.ndgrad.autograd.OpCase.in;
import static org.ndgrad.autograd.OpCase.unary;

import java.util.stream.Stream;
import org.ndgrad.autograd.OpCase.Domain;
import org.ndgrad.autograd.ops.Special;

/** The rows of the special functions. */
final class SpecialCases {

    private static final Domain ANY = in(-2.1, 2.3);
    private static final Domain OTHER = in(-1.9, 2.2);
    private static final Domain POSITIVE = in(0.4, 2.5);
    private static final Domain UNIT = in(-0.9, 0.95);

    private SpecialCases() {}

    static Stream<OpCase> rows() {
        return Stream.of(
                unary("erf", Special::erf, ANY),
                unary("erfc", Special::erfc, ANY),
                unary("sinc", Special::sinc, ANY),
                binary("xlogy", Special::xlogy, ANY, POSITIVE),
                binary("logAddExp", Special::logAddExp, ANY, OTHER),
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
                binary("xlog1py", Special::xlog1py, ANY, in(-0.7, 2)),
                binary("logAddExp2", Special::logAddExp2, ANY, OTHER));
    }
}
