package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.Misuse.misuse;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Index;
import org.ndgrad.autograd.Misuse;
import org.ndgrad.autograd.Tensor;

/** What a misuse of indices is answered with. */
class IndexingErrorsTest {

    private static final Class<? extends Exception> ARGUMENT = IllegalArgumentException.class;
    private static final Class<? extends Exception> INDEX = IndexOutOfBoundsException.class;
    private static final Tensor X = Tensor.ones(2, 3);
    private static final Tensor ONE = Tensor.of(new long[] {1});

    static Stream<Misuse> brackets() {
        return Stream.of(
                misuse(
                        "a position out of range",
                        INDEX,
                        "get: expected an index from -3 to 2 along dim 1 of shape (2, 3); got 3. Choose one of them.",
                        () -> X.get(0, 3)),
                misuse(
                        "a position of a list out of range",
                        INDEX,
                        "get: expected indices from -2 to 1 along dim 0 of shape (2, 3); got -3. Check how the indices"
                                + " are made.",
                        () -> X.get(Tensor.of(0, -3))),
                misuse(
                        "a position behind a new dim out of range",
                        INDEX,
                        "get: expected indices from -3 to 2 along dim 1 of shape (2, 3); got 7. Check how the indices"
                                + " are made.",
                        () -> X.get(Index.at(0), Index.NEW_AXIS, Tensor.of(0, 7))),
                misuse(
                        "a position in an empty dim",
                        INDEX,
                        "get: expected no indices along dim 0 of shape (0); got 0. Check how the indices are made.",
                        () -> Tensor.zeros(0).get(Tensor.of(0, 0))),
                misuse(
                        "too many indices",
                        INDEX,
                        "get: expected indices for the 2 dims of shape (2, 3); got indices for 3. Leave some out, or add"
                                + " dims to the tensor with NEW_AXIS.",
                        () -> X.get(0, 0, 0)),
                misuse(
                        "two ellipses",
                        ARGUMENT,
                        "get: expected ELLIPSIS once at most; got it more often. Use all() for a single dim.",
                        () -> X.get(Index.ELLIPSIS, Index.ELLIPSIS)),
                misuse(
                        "a step backwards",
                        ARGUMENT,
                        "range: expected a step of at least 1; got -1. Use flip to go backwards.",
                        () -> X.get(Index.range(3, 0, -1))),
                misuse(
                        "a mask of another shape",
                        ARGUMENT,
                        "get: expected a mask of shape (3), as the dims of (2, 3) from 1 on; got (2). Compute it from this"
                                + " tensor.",
                        () -> X.get(Index.all(), Tensor.of(true, false))),
                misuse(
                        "fractions as positions",
                        ARGUMENT,
                        "get: expected an index of an integral type but uint8, or of type bool; got float32. Convert"
                                + " positions with to(DataType.INT64), a mask with to(DataType.BOOL).",
                        () -> X.get(Tensor.of(0.0, 1.0))),
                misuse(
                        "lists that do not broadcast",
                        ARGUMENT,
                        "get: expected shapes that broadcast; got (2) and (3), which differ at dimension 0 (2 and 3)."
                                + " Make these sizes equal or one of them 1.",
                        () -> X.get(Tensor.of(0, 1), Tensor.of(0, 1, 2))),
                misuse(
                        "values that do not fit",
                        ARGUMENT,
                        "set: expected a shape to which (2) broadcasts; got (2, 3). Only dimensions of size 1 can grow.",
                        () -> Tensor.ones(2, 3).set(Tensor.of(1, 2), Tensor.of(0, 1))),
                misuse(
                        "values for memory that is shared",
                        ARGUMENT,
                        "set: expected a tensor with memory for each element; got an expanded one of shape (2, 3)."
                                + " clone() it first.",
                        () -> Tensor.ones(3).expand(2, 3).set(0, ONE)));
    }

    static Stream<Misuse> operations() {
        return Stream.of(
                misuse(
                        "a source of another type",
                        ARGUMENT,
                        "scatter: expected a source of type float32 at least as large as the index (1, 1); got int64 (1,"
                                + " 1). Match them.",
                        () -> Scattering.scatter(X, 0, ONE.reshape(1, 1), ONE.reshape(1, 1))),
                misuse(
                        "slices of another size",
                        ARGUMENT,
                        "indexAdd: expected a source of shape (1, 3), type float32; got (2, 3) float32. Expand it, or"
                                + " convert it with to(…).",
                        () -> Scattering.indexAdd(X, 0, ONE, X)),
                misuse(
                        "slices of less dims",
                        ARGUMENT,
                        "indexAdd: expected a source of as many dims as x, 2; got 1. Reshape it.",
                        () -> Scattering.indexAdd(X, 0, ONE, Tensor.ones(3))),
                misuse(
                        "a matrix as the index of slices",
                        ARGUMENT,
                        "indexFill: expected a vector as index; got shape (1, 1). Use scatter for other shapes.",
                        () -> Scattering.indexFill(X, 0, ONE.reshape(1, 1), 0)),
                misuse(
                        "several values to fill with",
                        ARGUMENT,
                        "maskedFill: expected a value of shape (); got (2). Use where for several.",
                        () -> Comparison.maskedFill(X, X.gt(0), Tensor.of(1.0, 2.0))),
                misuse(
                        "numbers as a mask",
                        ARGUMENT,
                        "maskedSelect: expected a boolean mask; got float32. Compare, or convert with to(DataType.BOOL).",
                        () -> Indexing.maskedSelect(X, X)),
                misuse(
                        "too few elements for a mask",
                        ARGUMENT,
                        "maskedScatter: expected a source of type float32 with at least 6 elements; got float32 with 1."
                                + " Match the mask.",
                        () -> Scattering.maskedScatter(X, X.gt(0), Tensor.of(1.0))),
                misuse(
                        "a diagonal of another length",
                        ARGUMENT,
                        "diagonalScatter: expected a source of shape (2), type float32; got (3) float32. Expand it, or"
                                + " convert it with to(…).",
                        () -> Scattering.diagonalScatter(X, Tensor.ones(3), 0, 0, 1)),
                misuse(
                        "a negative row",
                        INDEX,
                        "embedding: expected indices from 0 to 1 along dim 0 of shape (2, 3); got -1. Check how the"
                                + " indices are made.",
                        () -> Embeddings.embedding(Tensor.of(0, -1), X)),
                misuse(
                        "a padding row that is not there",
                        INDEX,
                        "embedding: expected a paddingIndex from -2 to 1; got 2. Choose a row of the table.",
                        () -> Embeddings.embedding(
                                ONE, X, EmbeddingOptions.defaults().withPaddingIndex(2))),
                misuse(
                        "a vector of indices without offsets",
                        ARGUMENT,
                        "embeddingBag: expected a matrix of indices, or a vector with offsets; got shape (1) without"
                                + " offsets. Add or drop the offsets.",
                        () -> Embeddings.embeddingBag(ONE, X, EmbeddingBagOptions.defaults())),
                misuse(
                        "weights of a mean",
                        ARGUMENT,
                        "embeddingBag: expected weights with mode SUM only; got MEAN. Multiply the rows of embedding"
                                + " instead.",
                        () -> EmbeddingBagOptions.defaults().withWeights(ONE)),
                misuse(
                        "positions as uint8",
                        ARGUMENT,
                        "get: expected an index of an integral type but uint8, or of type bool; got uint8. Convert"
                                + " positions with to(DataType.INT64), a mask with to(DataType.BOOL).",
                        () -> X.get(ONE.to(DataType.UINT8))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"brackets", "operations"})
    void aMisuseIsAnswered(Misuse misuse) {
        misuse.assertAnswer();
    }
}
