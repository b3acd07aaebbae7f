package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.ops.MatrixSamples.ANY;
import static org.ndgrad.autograd.ops.MatrixSamples.any;
import static org.ndgrad.autograd.ops.MatrixSamples.definite;
import static org.ndgrad.autograd.ops.MatrixSamples.dominant;
import static org.ndgrad.autograd.ops.MatrixSamples.square;
import static org.ndgrad.autograd.ops.OpCase.row;
import static org.ndgrad.autograd.ops.OpCase.sample;

import java.util.stream.Stream;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.Decompositions.QrMode;

/** The rows of {@link Decompositions}; of what is unique up to a sign, something else is looked at. */
final class DecompositionsCases {

    private DecompositionsCases() {}

    static Stream<OpCase> rows() {
        return Stream.of(
                square("cholesky", x -> Decompositions.cholesky(definite(x))),
                square("cholesky", x -> Decompositions.cholesky(definite(x), Triangle.UPPER))
                        .as("upper"),
                any("qr", x -> Decompositions.qr(dominant(x)).q()).as("Q"),
                any("qr", x -> Decompositions.qr(dominant(x)).r()).as("R"),
                any("qr", x -> Decompositions.qr(dominant(x), QrMode.R).r()).as("R alone"),
                row("qr", x -> Decompositions.qr(x.get(0), QrMode.COMPLETE).q())
                        .as("complete")
                        .on(sample(ANY, 2, 3))
                        .on(sample(ANY, 0, 2)),
                any("lu", x -> Decompositions.lu(pivoting(x)).l()).as("L"),
                any("lu", x -> Decompositions.lu(pivoting(x)).u()).as("U"),
                square("eigh", x -> Decompositions.eigh(definite(x)).eigenvalues())
                        .as("values"),
                square(
                                "eigh",
                                x -> Decompositions.eigh(definite(x))
                                        .eigenvectors()
                                        .square())
                        .as("vectors"),
                square("eigh", x -> cubed(Decompositions.eigh(definite(x), Triangle.UPPER)))
                        .as("upper"),
                square("eigvalsh", x -> Decompositions.eigvalsh(definite(x))),
                square("eigvalsh", x -> Decompositions.eigvalsh(definite(x), Triangle.UPPER))
                        .as("upper"),
                any("svd", x -> Decompositions.svd(dominant(x)).s()).as("S"),
                any("svd", x -> Decompositions.svd(dominant(x)).u().square()).as("U"),
                any("svd", x -> Decompositions.svd(dominant(x)).vt().square()).as("Vt"),
                any("svd", x -> cubed(Decompositions.svd(dominant(x)))).as("all"),
                row(
                                "svd",
                                x -> Decompositions.svd(x.get(0), Decompositions.SingularVectors.FULL)
                                        .u()
                                        .slice(-1, 0, 2)
                                        .square())
                        .as("full")
                        .on(sample(ANY, 3, 2)),
                any("svdvals", x -> Decompositions.svdvals(dominant(x))));
    }

    /** Returns matrices whose rows are exchanged when they are factored. */
    private static Tensor pivoting(Tensor x) {
        return dominant(x).indexSelect(-2, Tensor.arange(x.size(-2)).rsub(x.size(-2) - 1));
    }

    private static Tensor cubed(Eigh parts) {
        Tensor scaled = parts.eigenvectors().mul(parts.eigenvalues().pow(3).unsqueeze(-2));
        return scaled.matmul(parts.eigenvectors().transpose(-2, -1));
    }

    private static Tensor cubed(Svd parts) {
        return parts.u().mul(parts.s().pow(3).unsqueeze(-2)).matmul(parts.vt());
    }
}
