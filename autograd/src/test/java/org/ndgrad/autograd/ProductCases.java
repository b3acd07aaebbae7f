package org.ndgrad.autograd;

import static org.ndgrad.autograd.OpCase.in;
import static org.ndgrad.autograd.OpCase.row;
import static org.ndgrad.autograd.OpCase.sample;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.ndgrad.autograd.OpCase.Domain;
import org.ndgrad.autograd.ops.AddedProducts;
import org.ndgrad.autograd.ops.Contractions;
import org.ndgrad.autograd.ops.LinearAlgebra;

/** The rows of products of vectors, matrices and tensors. */
final class ProductCases {

    private static final Domain ANY = in(-2.1, 2.3);
    private static final Domain OTHER = in(-1.9, 2.2);
    private static final Domain THIRD = in(-1.8, 2.4);

    private ProductCases() {}

    static Stream<OpCase> rows() {
        return Stream.of(pairs(), chains(), added(), layers(), contractions()).flatMap(rows -> rows);
    }

    private static Stream<OpCase> pairs() {
        return Stream.of(
                pair("mm", LinearAlgebra::mm)
                        .on(sample(ANY, 3, 2), sample(OTHER, 2, 4))
                        .on(sample(ANY, 2, 0), sample(OTHER, 0, 3)),
                pair("bmm", LinearAlgebra::bmm)
                        .on(sample(ANY, 2, 3, 2), sample(OTHER, 2, 2, 2))
                        .on(sample(ANY, 0, 3, 2), sample(OTHER, 0, 2, 1)),
                pair("mv", LinearAlgebra::mv)
                        .on(sample(ANY, 3, 4), sample(OTHER, 4))
                        .on(sample(ANY, 3, 0), sample(OTHER, 0)),
                pair("vdot", LinearAlgebra::vdot).on(sample(ANY, 4), sample(OTHER, 4)),
                pair("vecdot", (a, b) -> LinearAlgebra.vecdot(a, b, -1))
                        .on(sample(ANY, 3, 4), sample(OTHER, 3, 4))
                        .on(sample(ANY, 4), sample(OTHER, 3, 4))
                        .on(sample(ANY, 3, 0), sample(OTHER, 3, 0))
                        .on(sample(ANY), sample(OTHER)),
                pair("vecdot", (a, b) -> LinearAlgebra.vecdot(a, b, 0))
                        .as("along dim 0")
                        .on(sample(ANY, 3, 2), sample(OTHER, 3, 1)),
                pair("inner", LinearAlgebra::inner)
                        .on(sample(ANY, 3, 2), sample(OTHER, 2, 2, 2))
                        .on(sample(ANY, 3), sample(OTHER, 3))
                        .on(sample(ANY), sample(OTHER, 2, 3))
                        .on(sample(ANY, 2, 0), sample(OTHER, 3, 0)),
                pair("cross", (a, b) -> LinearAlgebra.cross(a, b, -1))
                        .on(sample(ANY, 2, 3), sample(OTHER, 2, 3))
                        .on(sample(ANY, 1, 3), sample(OTHER, 2, 3))
                        .on(sample(ANY, 0, 3), sample(OTHER, 1, 3)),
                pair("cross", (a, b) -> LinearAlgebra.cross(a, b, 0))
                        .as("along dim 0")
                        .on(sample(ANY, 3, 2), sample(OTHER, 3, 2)));
    }

    private interface Pair {
        Tensor apply(Tensor a, Tensor b);
    }

    private static OpCase pair(String name, Pair f) {
        return row(name, x -> f.apply(x.get(0), x.get(1)));
    }

    private static Stream<OpCase> chains() {
        return Stream.of(
                row("multiDot", LinearAlgebra::multiDot)
                        .on(sample(ANY, 3, 2), sample(OTHER, 2, 4), sample(THIRD, 4, 1))
                        .on(sample(ANY, 2), sample(OTHER, 2, 3), sample(THIRD, 3, 2), sample(ANY, 2))
                        .on(sample(ANY, 2, 1), sample(OTHER, 1, 3))
                        .on(sample(ANY, 2, 0), sample(OTHER, 0, 3), sample(THIRD, 3, 2)),
                power(0).on(sample(ANY, 2, 2)).on(sample(ANY, 2, 1, 1)),
                power(1).on(sample(ANY, 2, 2)),
                power(6).on(sample(ANY, 2, 2)).on(sample(ANY, 2, 1, 1)).on(sample(ANY, 0, 2, 2)),
                power(7).on(sample(ANY, 2, 2)),
                power(-1).on(sample(ANY, 2, 2)),
                power(-3).on(sample(ANY, 2, 2)).on(sample(ANY, 0, 2, 2)));
    }

    private static OpCase power(int power) {
        return row("matrixPower", x -> LinearAlgebra.matrixPower(x.get(0), power))
                .as("" + power);
    }

    private static Stream<OpCase> added() {
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

    private interface Added {
        Tensor apply(Tensor x, Tensor a, Tensor b);
    }

    private interface Scaled {
        Tensor apply(Tensor x, Tensor a, Tensor b, Number beta, Number alpha);
    }

    private static OpCase added(String name, Added f) {
        return row(name, x -> f.apply(x.get(0), x.get(1), x.get(2)));
    }

    private static OpCase scaled(String name, Scaled f, Number beta, Number alpha) {
        return row(name, x -> f.apply(x.get(0), x.get(1), x.get(2), beta, alpha))
                .as("scaled by " + beta + " and " + alpha);
    }

    private static Stream<OpCase> layers() {
        return Stream.of(
                pair("linear", LinearAlgebra::linear)
                        .on(sample(ANY, 3, 2), sample(OTHER, 4, 2))
                        .on(sample(ANY, 2), sample(OTHER, 4, 2))
                        .on(sample(ANY, 2, 1, 2), sample(OTHER, 2))
                        .on(sample(ANY, 0, 2), sample(OTHER, 4, 2)),
                row("linear", x -> LinearAlgebra.linear(x.get(0), x.get(1), x.get(2)))
                        .as("with bias")
                        .on(sample(ANY, 3, 2), sample(OTHER, 4, 2), sample(THIRD, 4))
                        .on(sample(ANY, 2), sample(OTHER, 4, 2), sample(THIRD, 4))
                        .on(sample(ANY, 2, 1, 2), sample(OTHER, 4, 2), sample(THIRD, 4))
                        .on(sample(ANY, 3, 0), sample(OTHER, 4, 0), sample(THIRD, 4))
                        .on(sample(ANY, 0, 2), sample(OTHER, 4, 2), sample(THIRD, 4))
                        .on(sample(ANY, 3, 2), sample(OTHER, 4, 2), sample(THIRD)),
                row("bilinear", x -> LinearAlgebra.bilinear(x.get(0), x.get(1), x.get(2)))
                        .on(sample(ANY, 2, 2), sample(OTHER, 2, 3), sample(THIRD, 2, 2, 3))
                        .on(sample(ANY, 2), sample(OTHER, 3), sample(THIRD, 2, 2, 3))
                        .on(sample(ANY, 0, 2), sample(OTHER, 0, 3), sample(THIRD, 2, 2, 3)),
                row("bilinear", x -> LinearAlgebra.bilinear(x.get(0), x.get(1), x.get(2), x.get(3)))
                        .as("with bias")
                        .on(sample(ANY, 2, 2), sample(OTHER, 2, 1), sample(THIRD, 2, 2, 1), sample(ANY, 2)));
    }

    private static Stream<OpCase> contractions() {
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
