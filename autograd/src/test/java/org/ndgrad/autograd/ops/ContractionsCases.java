package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.ops.OpCase.ANY;
import static org.ndgrad.autograd.ops.OpCase.OTHER;
import static org.ndgrad.autograd.ops.OpCase.in;
import static org.ndgrad.autograd.ops.OpCase.pair;
import static org.ndgrad.autograd.ops.OpCase.row;
import static org.ndgrad.autograd.ops.OpCase.sample;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.OpCase.Domain;

/** The rows of {@link Contractions}. */
final class ContractionsCases {

    private static final Domain THIRD = in(-1.8, 2.4);

    private ContractionsCases() {}

    static Stream<OpCase> rows() {
        return Stream.of(
                einsum("ij,jk->ik")
                        .on(sample(ANY, 3, 2), sample(OTHER, 2, 4))
                        .on(sample(ANY, 3, 1), sample(OTHER, 2, 4))
                        .on(sample(ANY, 3, 0), sample(OTHER, 0, 4)),
                einsum("bij, bkj -> kbi").on(sample(ANY, 2, 3, 2), sample(OTHER, 2, 2, 2)),
                einsum("i,i->").on(sample(ANY, 4), sample(OTHER, 4)).on(sample(ANY, 1), sample(OTHER, 4)),
                einsum("ij,Ab").on(sample(ANY, 2, 2), sample(OTHER, 3, 1)),
                einsum("ii->i").on(sample(ANY, 3, 3)).on(sample(ANY, 0, 0)),
                einsum("iji,jj->j").on(sample(ANY, 2, 3, 2), sample(OTHER, 3, 3)),
                einsum("ij->j").on(sample(ANY, 3, 4)).on(sample(ANY, 0, 4)),
                einsum("...ik,...j->ij").on(sample(ANY, 2, 2, 3), sample(OTHER, 3)),
                einsum("...i,i...").on(sample(ANY, 2, 1, 3), sample(OTHER, 3, 4)),
                einsum("i...->...").on(sample(ANY, 3, 4)).on(sample(ANY, 3)),
                einsum("ab,bc,cd,a->d").on(sample(ANY, 2, 3), sample(OTHER, 3, 2), sample(THIRD, 2, 2), sample(ANY, 2)),
                einsum(",->").on(sample(ANY), sample(OTHER)),
                pair("tensordot", (a, b) -> Contractions.tensordot(a, b, 1))
                        .on(sample(ANY, 2, 3), sample(OTHER, 3, 2))
                        .on(sample(ANY, 3), sample(OTHER, 3))
                        .on(sample(ANY, 2, 1), sample(OTHER, 3)),
                pair("tensordot", (a, b) -> Contractions.tensordot(a, b, 0))
                        .as("over nothing")
                        .on(sample(ANY, 2, 3), sample(OTHER, 2))
                        .on(sample(ANY), sample(OTHER)),
                pair("tensordot", (a, b) -> Contractions.tensordot(a, b, new int[] {-1, 0}, new int[] {0, 2}))
                        .as("over named dims")
                        .on(sample(ANY, 2, 2, 3), sample(OTHER, 3, 2, 2)),
                pair("kron", Contractions::kron)
                        .on(sample(ANY, 2, 2), sample(OTHER, 2, 3))
                        .on(sample(ANY, 3), sample(OTHER, 2, 1))
                        .on(sample(ANY), sample(OTHER, 2))
                        .on(sample(ANY, 0, 2), sample(OTHER, 3)));
    }

    private static OpCase einsum(String equation) {
        Function<List<Tensor>, Tensor> f = x -> Contractions.einsum(equation, x.toArray(new Tensor[0]));
        return row("einsum", f).as("'" + equation + "'");
    }
}
