package org.ndgrad.nn.conformance;

import static org.ndgrad.nn.conformance.Calls.one;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.ndgrad.autograd.KeepDim;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.MatrixFunctions;
import org.ndgrad.autograd.ops.MatrixOrder;
import org.ndgrad.autograd.ops.Norms;
import org.ndgrad.autograd.ops.Reductions;
import org.ndgrad.nn.conformance.Calls.Row;

/** Rows of norms and distances. */
final class NormCalls {

    private NormCalls() {}

    static List<Row> rows() {
        return ImmutableList.of(
                one("norm", "Reductions.norm, MatrixFunctions.matrixNorm", NormCalls::norm),
                one(
                        "linalg.vector_norm",
                        "Reductions.norm",
                        a -> Reductions.norm(
                                ReductionCalls.typed(a), a.real(1, "ord", 2), a.dims(2, "dim"), a.keepDim(3))),
                one(
                        "renorm",
                        "Norms.renorm",
                        a -> Norms.renorm(a.input(), a.real(1, "p", 2), a.integer(2, "dim"), a.real(3, "maxnorm", 1))),
                one(
                        "nn.functional.normalize",
                        "Norms.normalize",
                        a -> Norms.normalize(a.input(), a.real(1, "p", 2), normalized(a), a.real(3, "eps", 1e-12))),
                one(
                        "nn.functional.cosine_similarity",
                        "Norms.cosineSimilarity",
                        a -> Norms.cosineSimilarity(
                                a.tensor(0, "x1"), a.tensor(1, "x2"), a.integer(2, "dim", 1), a.real(3, "eps", 1e-8))),
                one(
                        "nn.functional.pairwise_distance",
                        "Norms.pairwiseDistance",
                        a -> Norms.pairwiseDistance(
                                a.tensor(0, "x1"),
                                a.tensor(1, "x2"),
                                a.real(2, "p", 2),
                                a.real(3, "eps", 1e-6),
                                a.keepDim(4))),
                one("dist", "Norms.dist", a -> Norms.dist(a.input(), a.tensor(1, "other"), a.real(2, "p", 2))),
                one("cdist", "Norms.cdist", a -> Norms.cdist(a.tensor(0, "x1"), a.tensor(1, "x2"), a.real(2, "p", 2))));
    }

    private static int[] normalized(Arguments a) {
        return a.has(2, "dim") ? a.dims(2, "dim") : new int[] {1};
    }

    /** Without an order by name, a matrix is a vector of its elements. */
    private static Tensor norm(Arguments a) {
        Tensor x = ReductionCalls.typed(a);
        KeepDim keepDim = a.keepDim(3);
        int[] dims = a.dims(2, "dim");
        boolean named = a.value(1, "p").filter(String.class::isInstance).isPresent();
        if (named && a.text(1, "p", "fro").equals("nuc")) {
            return MatrixFunctions.matrixNorm(
                    x, MatrixOrder.NUCLEAR, dims.length == 0 ? new int[] {-2, -1} : dims, keepDim);
        }
        return Reductions.norm(x, named ? 2 : a.real(1, "p", 2), dims, keepDim);
    }
}
