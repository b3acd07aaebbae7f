package org.ndgrad.autograd.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ndgrad.autograd.Tensors.assertSame;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;

/** Special values, types and misuse of products; their values and derivatives are checked by the op table. */
class ProductsTest {

    private static final Tensor MATRIX = Tensor.arange(6).reshape(2, 3);
    private static final Tensor SQUARE = Tensor.of(DataType.DOUBLE, 1, 2, 3, 4).reshape(2, 2);
    private static final Tensor NAN = Tensor.of(DataType.DOUBLE, Double.NaN);

    @Test
    void aFactorOfZeroLeavesTheTermOut() {
        Tensor x = NAN.clone().requiresGrad(true);

        Tensor sum = AddedProducts.addmm(x, SQUARE, SQUARE, 0, 1);
        sum.sum().backward();

        assertSame(sum, SQUARE.matmul(SQUARE), 0);
        assertThat(x.grad().toDoubleArray()).containsExactly(0);
        assertSame(AddedProducts.addmm(SQUARE, SQUARE.mul(NAN), SQUARE, 1, 0), SQUARE, 0);
        assertSame(
                AddedProducts.baddbmm(NAN, SQUARE.unsqueeze(0), SQUARE.unsqueeze(0), 0.0, 2)
                        .squeeze(0),
                SQUARE.matmul(SQUARE).mul(2),
                0);
    }

    @Test
    void chainsAreMultipliedInTheCheapestOrder() {
        Tensor column = Tensor.ones(DataType.DOUBLE, 300, 1);
        List<Tensor> chain = List.of(column, column.t(), column, column.t(), column);

        assertSame(LinearAlgebra.multiDot(chain), column.mul(90_000), 0);
        assertSame(LinearAlgebra.multiDot(List.of(column.squeeze(1), column.squeeze(1))), Tensor.of(300.0), 0);
    }

    @Test
    void integralTensorsStayIntegral() {
        Tensor whole = Tensor.of(1, 2, 3, 4).reshape(2, 2);
        long[] product = {7, 10, 15, 22};

        assertThat(LinearAlgebra.matrixPower(whole, 2).toLongArray()).containsExactly(product);
        assertThat(LinearAlgebra.matrixPower(whole, 0).toLongArray()).containsExactly(1, 0, 0, 1);
        assertThat(Contractions.einsum("ij,jk->ik", whole, whole).toLongArray()).containsExactly(product);
        assertThat(Contractions.einsum("ij,i", whole, whole.select(0, 0)).dtype())
                .isEqualTo(whole.dtype());
        assertThat(AddedProducts.addmm(whole, whole, whole, 2, 1).toLongArray()).containsExactly(9, 14, 21, 30);
    }

    @Test
    void lettersWithoutAnArrowGiveAlphabeticalOrder() {
        Tensor x = Tensor.randn(DataType.DOUBLE, new Rng(0), 2, 3);

        assertSame(Contractions.einsum("ba", x), x.t(), 0);
        assertSame(Contractions.einsum("aB", x), x.t(), 0);
        assertSame(Contractions.einsum("b...a", x.unsqueeze(1)), x.t().unsqueeze(0), 0);
        assertSame(Contractions.einsum("...", x), x, 0);
    }

    @Test
    void misuseIsExplained() {
        Tensor vector = Tensor.ones(3);
        refused(
                () -> LinearAlgebra.mm(vector, MATRIX),
                "mm: expected operands of 2 and 2 dims; got shapes (3) and (2, 3)." + " Use matmul for others.");
        refused(
                () -> LinearAlgebra.bmm(Tensor.ones(2, 3, 3), Tensor.ones(1, 3, 3)),
                "bmm: expected as many matrices on both sides; got shapes (2, 3, 3) and (1, 3, 3). Use matmul to broadcast.");
        refused(
                () -> LinearAlgebra.cross(MATRIX, MATRIX, 0),
                "cross: expected vectors of 3 numbers along dim 0; got shapes"
                        + " (2, 3) and (2, 3). Choose another dim.");
        refused(
                () -> LinearAlgebra.multiDot(List.of(MATRIX)),
                "multiDot: expected at least 2 factors; got 1. Add one.");
        refused(
                () -> LinearAlgebra.multiDot(List.of(vector, vector, vector)),
                "multiDot: expected matrices, and vectors at the ends only; got shape (3) as factor 1. Use matmul.");
        refused(
                () -> LinearAlgebra.matrixPower(MATRIX, 2),
                "matrixPower: expected square matrices of shape (*, N, N); got (2, 3). Use pow for powers of the elements.");
        refused(
                () -> LinearAlgebra.linear(MATRIX, Tensor.ones(3, 2)),
                "linear: expected tensors with the same last size; got shapes (2, 3) and (3, 2). Transpose or reshape one of"
                        + " them.");
        refused(
                () -> AddedProducts.addmm(Tensor.ones(DataType.DOUBLE, 1, 2, 2), SQUARE, SQUARE),
                "addmm: expected a first tensor that broadcasts to (2, 2), the shape of the product; got (1, 2, 2). Reshape"
                        + " it.");
        refused(
                () -> AddedProducts.addr(Tensor.of(1L), Tensor.of(1L, 2L), Tensor.of(1L, 2L), 0.5, 1),
                "addr: expected a whole factor for tensors of type int64; got 0.5. Convert them to float first.");
    }

    @Test
    void wrongEquationsAreExplained() {
        refused(
                () -> Contractions.einsum("ij,jk", MATRIX),
                "einsum: expected as many operands as 'ij,jk' has terms, 2; got 1." + " Separate the terms by commas.");
        refused(
                () -> Contractions.einsum("ijk->", MATRIX),
                "einsum: expected a letter for each dim of (2, 3) in 'ijk' of"
                        + " 'ijk->'; got 3. Write '...' for further dims.");
        refused(
                () -> Contractions.einsum("i..j->", MATRIX),
                "einsum: expected letters, commas, '->' and an ellipsis per term; got '.' in 'i..j->'. Remove it.");
        refused(
                () -> Contractions.einsum("ij->ik", MATRIX),
                "einsum: expected letters of the operands in the result of" + " 'ij->ik'; got 'k'. Remove it.");
        refused(
                () -> Contractions.einsum("ij->ii", MATRIX),
                "einsum: expected each letter once in the result; got 'ij->ii'." + " Sum over the others.");
        refused(
                () -> Contractions.einsum("ij,ji", MATRIX, MATRIX),
                "einsum: expected equal sizes, or 1, for 'j' in 'ij,ji';"
                        + " got 3 and 2. Check the order of the dims.");
        refused(
                () -> Contractions.einsum("ii", Tensor.ones(1, 3)),
                "einsum: expected equal sizes where a letter is repeated;"
                        + " got dims 0 and 1 of shape (1, 3). Use two letters.");
        refused(
                () -> Contractions.tensordot(MATRIX, MATRIX, 1),
                "tensordot: expected equal sizes, or 1, in dims 1 of (2, 3) and 0 of (2, 3); got 3 and 2. Pair others.");
        refused(
                () -> Contractions.tensordot(MATRIX, MATRIX, new int[] {0, 0}, new int[] {0, 1}),
                "tensordot: expected distinct dims; got [0, 0]. Name each once.");
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }
}
