package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.ops.OpCase.ANY;
import static org.ndgrad.autograd.ops.OpCase.OTHER;
import static org.ndgrad.autograd.ops.OpCase.in;
import static org.ndgrad.autograd.ops.OpCase.row;
import static org.ndgrad.autograd.ops.OpCase.sample;

import java.util.stream.Stream;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.OpCase.Domain;

/** The rows of {@link AddedProducts}. */
final class AddedProductsCases {

    private static final Domain THIRD = in(-1.8, 2.4);

    private AddedProductsCases() {}

    static Stream<OpCase> rows() {
        return Stream.of(
                added("addmm", AddedProducts::addmm)
                        .on(sample(THIRD, 3, 2), sample(ANY, 3, 2), sample(OTHER, 2, 2))
                        .on(sample(THIRD), sample(ANY, 3, 2), sample(OTHER, 2, 2))
                        .on(sample(THIRD, 1, 2), sample(ANY, 3, 0), sample(OTHER, 0, 2)),
                scaled("addmm", AddedProducts::addmm, 0.6, -1.5)
                        .on(sample(THIRD, 3, 1), sample(ANY, 3, 2), sample(OTHER, 2, 2)),
                scaled("addmm", AddedProducts::addmm, 0, 1)
                        .on(sample(THIRD, 3, 2), sample(ANY, 3, 2), sample(OTHER, 2, 2)),
                scaled("addmm", AddedProducts::addmm, 2, 0)
                        .on(sample(THIRD, 3, 2), sample(ANY, 3, 2), sample(OTHER, 2, 2)),
                added("addmv", AddedProducts::addmv)
                        .on(sample(THIRD, 3), sample(ANY, 3, 4), sample(OTHER, 4))
                        .on(sample(THIRD), sample(ANY, 3, 4), sample(OTHER, 4)),
                scaled("addmv", AddedProducts::addmv, 0.6, -1.5)
                        .on(sample(THIRD, 1), sample(ANY, 3, 4), sample(OTHER, 4)),
                added("addr", AddedProducts::addr)
                        .on(sample(THIRD, 3, 2), sample(ANY, 3), sample(OTHER, 2))
                        .on(sample(THIRD, 2), sample(ANY, 0), sample(OTHER, 2)),
                scaled("addr", AddedProducts::addr, 0.6, -1.5).on(sample(THIRD), sample(ANY, 3), sample(OTHER, 2)),
                added("addbmm", AddedProducts::addbmm)
                        .on(sample(THIRD, 3, 2), sample(ANY, 2, 3, 2), sample(OTHER, 2, 2, 2))
                        .on(sample(THIRD, 3, 2), sample(ANY, 0, 3, 2), sample(OTHER, 0, 2, 2)),
                scaled("addbmm", AddedProducts::addbmm, 0.6, -1.5)
                        .on(sample(THIRD, 1), sample(ANY, 2, 3, 2), sample(OTHER, 2, 2, 1)),
                added("baddbmm", AddedProducts::baddbmm)
                        .on(sample(THIRD, 2, 3, 1), sample(ANY, 2, 3, 2), sample(OTHER, 2, 2, 1))
                        .on(sample(THIRD, 2), sample(ANY, 2, 1, 2), sample(OTHER, 2, 2, 2)),
                scaled("baddbmm", AddedProducts::baddbmm, 0.6, -1.5)
                        .on(sample(THIRD), sample(ANY, 2, 3, 2), sample(OTHER, 2, 2, 1)));
    }

    private static OpCase added(String name, Added f) {
        return row(name, x -> f.apply(x.get(0), x.get(1), x.get(2)));
    }

    private interface Added {
        Tensor apply(Tensor x, Tensor a, Tensor b);
    }

    private static OpCase scaled(String name, Scaled f, Number beta, Number alpha) {
        return row(name, x -> f.apply(x.get(0), x.get(1), x.get(2), beta, alpha))
                .as("scaled by " + beta + " and " + alpha);
    }

    private interface Scaled {
        Tensor apply(Tensor x, Tensor a, Tensor b, Number beta, Number alpha);
    }
}
