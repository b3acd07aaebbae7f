package org.ndgrad.autograd;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ndgrad.autograd.Misuse.misuse;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.ndgrad.autograd.ops.Activations;
import org.ndgrad.autograd.ops.Arithmetic;
import org.ndgrad.autograd.ops.AttentionOptions;
import org.ndgrad.autograd.ops.ConvOptions;
import org.ndgrad.autograd.ops.Convolutions;
import org.ndgrad.autograd.ops.Indexing;
import org.ndgrad.autograd.ops.Joining;
import org.ndgrad.autograd.ops.LinearAlgebra;
import org.ndgrad.autograd.ops.Normalization;
import org.ndgrad.autograd.ops.Reductions;
import org.ndgrad.autograd.ops.Shaping;

/** What a misuse of values and operations is answered with: one message per kind, word by word. */
class ErrorMessagesTest {

    private static final Class<? extends Exception> ARGUMENT = IllegalArgumentException.class;
    private static final Class<? extends Exception> STATE = IllegalStateException.class;
    private static final Class<? extends Exception> INDEX = IndexOutOfBoundsException.class;

    static Stream<Misuse> values() {
        Tensor x = Tensor.ones(2, 3);
        return Stream.of(
                misuse(
                        "item of several elements",
                        STATE,
                        "item: expected a tensor of one element; got shape (2, 3). Select an element, or call"
                                + " toDoubleArray().",
                        () -> x.item()),
                misuse(
                        "item of no element",
                        STATE,
                        "item: expected a tensor of one element; got shape (0). Select an element, or call"
                                + " toDoubleArray().",
                        () -> Tensor.zeros(0).item()),
                misuse(
                        "ragged rows",
                        ARGUMENT,
                        "Tensor.of: expected rows of equal length, 2 at depth 1; got 1. Fill up the short rows.",
                        () -> Tensor.of(new double[][] {{1, 2}, {3}})),
                misuse(
                        "a missing row",
                        ARGUMENT,
                        "Tensor.of: expected rows of equal length, 2 at depth 1; got null. Fill up the short rows.",
                        () -> Tensor.of(new double[][] {{1, 2}, null})),
                misuse(
                        "ragged rows of which the first is empty",
                        ARGUMENT,
                        "Tensor.of: expected rows of equal length, 0 at depth 1; got 1. Fill up the short rows.",
                        () -> Tensor.of(new double[][] {{}, {3}})),
                misuse(
                        "ragged lists",
                        ARGUMENT,
                        "Tensor.of: expected rows of equal length, 2 at depth 1; got 1. Fill up the short rows.",
                        () -> Tensor.of(List.of(List.of(1, 2), List.of(3)))),
                misuse(
                        "a list beside a number",
                        ARGUMENT,
                        "Tensor.of: expected lists of one depth; got a list beside a number. Put each number at the"
                                + " same depth.",
                        () -> Tensor.of(List.of(List.of(1), 2))),
                misuse(
                        "a list of tensors",
                        ARGUMENT,
                        "Tensor.of: expected a list of numbers or booleans; got a Tensor. Convert each; a list of"
                                + " tensors goes to Functions.stack.",
                        () -> Tensor.of(List.of(Tensor.ones(2)))),
                misuse(
                        "words",
                        ARGUMENT,
                        "Tensor.of: expected an array of numbers or booleans; got elements of java.lang.String. Use"
                                + " primitive arrays.",
                        () -> Tensor.of(new String[] {"a"})),
                misuse(
                        "an array of an unknown type",
                        ARGUMENT,
                        "Tensor.of: expected an array of a floating, integral or boolean type; got UINT32. Cast it with"
                                + " castTo first.",
                        () -> Tensor.of(Nd4j.createUninitialized(DataType.UINT32, new long[] {2}, 'c'))),
                misuse(
                        "a negative size",
                        ARGUMENT,
                        "zeros: expected sizes of at least 0; got (2, -1). Give a shape.",
                        () -> Tensor.zeros(2, -1)),
                misuse(
                        "too many elements",
                        ARGUMENT,
                        "zeros: expected fewer than 2^63 elements; got shape (4611686018427387904, 4). Use less.",
                        () -> Tensor.zeros(1L << 62, 4)),
                misuse(
                        "a step in the wrong direction",
                        ARGUMENT,
                        "arange: expected a step that leads from start to end; got 0, 3, -1. Check its sign.",
                        () -> Tensor.arange(0, 3, -1)),
                misuse(
                        "an expanded target",
                        ARGUMENT,
                        "add_: expected a tensor with memory for each element; got an expanded one of shape (4, 3)."
                                + " clone() it first.",
                        () -> Tensor.ones(3).expand(4, 3).add_(1)),
                misuse(
                        "an operand larger than the target",
                        ARGUMENT,
                        "add_: expected an operand that broadcasts to the shape (3) of the changed tensor; got (2, 3)."
                                + " Use the operation that returns a new tensor.",
                        () -> Tensor.ones(3).add_(x)),
                misuse(
                        "a fraction added to integers in place",
                        ARGUMENT,
                        "add_: expected a result that fits the changed tensor of type int64; got float32. Use the"
                                + " operation that returns a new tensor, or cast with to(…).",
                        () -> Tensor.of(1, 2).add_(0.5)),
                misuse(
                        "division of integers in place",
                        ARGUMENT,
                        "div_: expected a tensor of a floating type; got int64. Use div, which returns a new tensor.",
                        () -> Tensor.of(1, 2).div_(2)));
    }

    static Stream<Misuse> operations() {
        Tensor x = Tensor.ones(2, 3);
        return Stream.of(
                misuse(
                        "shapes that do not broadcast",
                        ARGUMENT,
                        "add: expected shapes that broadcast; got (2, 3) and (2, 4), which differ at dimension 1 (3 and"
                                + " 4). Make these sizes equal or one of them 1.",
                        () -> x.add(Tensor.ones(2, 4))),
                misuse(
                        "matrices that do not fit",
                        ARGUMENT,
                        "matmul: expected shapes (…, N, K) and (…, K, M) with the same K; got (2, 3) and (2, 3), where"
                                + " K is 3 and 2. Transpose or reshape one of them.",
                        () -> x.matmul(x)),
                misuse(
                        "a product of batches that do not fit",
                        ARGUMENT,
                        "matmul: expected shapes that broadcast; got (2) and (4), which differ at dimension 0 (2 and"
                                + " 4). Make these sizes equal or one of them 1.",
                        () -> Tensor.ones(2, 3, 5).matmul(Tensor.ones(4, 5, 3))),
                misuse(
                        "a matrix product with a scalar",
                        ARGUMENT,
                        "matmul: expected tensors of at least 1 dim; got shapes (2, 3) and (). Use mul for scalars.",
                        () -> x.matmul(Tensor.of(2.0))),
                misuse(
                        "a matrix product of two types",
                        ARGUMENT,
                        "matmul: expected operands of one type; got float32 and float64. Convert one with to(…).",
                        () -> x.matmul(Tensor.ones(DataType.DOUBLE, 3, 2))),
                misuse(
                        "dot of matrices",
                        ARGUMENT,
                        "dot: expected two vectors; got shapes (2, 3) and (2, 3). Use matmul, or mul and sum.",
                        () -> LinearAlgebra.dot(x, x)),
                misuse(
                        "outer of matrices",
                        ARGUMENT,
                        "outer: expected two vectors; got shapes (2, 3) and (2, 3). Use unsqueeze and mul.",
                        () -> LinearAlgebra.outer(x, x)),
                misuse(
                        "a difference of booleans",
                        ARGUMENT,
                        "sub: expected tensors of numbers; got bool. Use logicalXor or logicalNot, or convert"
                                + " it with to(…).",
                        () -> Tensor.of(true).sub(Tensor.of(false))),
                misuse(
                        "a negative power of integers",
                        ARGUMENT,
                        "pow: expected whole exponents of at least 0 for an integral base; got -1. Convert to float"
                                + " first.",
                        () -> Tensor.of(1, 2).pow(-1)),
                misuse(
                        "mean of integers",
                        ARGUMENT,
                        "mean: expected a tensor of a floating type; got int64. Convert it with to(DataType.FLOAT).",
                        () -> Tensor.of(1, 2).mean()),
                misuse(
                        "a dim that does not exist",
                        INDEX,
                        "sum: expected a dim from -2 to 1 for a tensor of 2 dimensions; got 2. Choose one of its"
                                + " dimensions.",
                        () -> x.sum(2)),
                misuse(
                        "a dim named twice",
                        ARGUMENT,
                        "sum: expected distinct dims; got [0, -2]. Name each once.",
                        () -> Reductions.sum(x, new int[] {0, -2}, KeepDim.NO)),
                misuse(
                        "the largest of nothing",
                        ARGUMENT,
                        "max: expected at least one element along dims [0]; got shape (0). Check for an empty tensor"
                                + " first.",
                        () -> Tensor.zeros(0).max()),
                misuse(
                        "softmax along a missing dim",
                        INDEX,
                        "softmax: expected a dim from -2 to 1 for a tensor of 2 dimensions; got -3. Choose one of its"
                                + " dimensions.",
                        () -> Activations.softmax(x, -3)),
                misuse(
                        "a reshape to another count",
                        ARGUMENT,
                        "reshape: expected a shape for the 6 elements of (2, 3); got (4, -1). Make the product of the"
                                + " sizes 6.",
                        () -> x.reshape(4, -1)),
                misuse(
                        "a reshape with two open sizes",
                        ARGUMENT,
                        "reshape: expected sizes of at least 0 and at most one -1; got (-1, -1). Leave one size open.",
                        () -> x.reshape(-1, -1)),
                misuse(
                        "expanding a size that is not 1",
                        ARGUMENT,
                        "expand: expected a shape to which (2, 3) broadcasts; got (4, 3). Only dimensions of size 1 can"
                                + " grow.",
                        () -> x.expand(4, 3)),
                misuse(
                        "a permutation with a dim missing",
                        ARGUMENT,
                        "permute: expected each of the 2 dims once; got [0, 0]. Name all of them.",
                        () -> x.permute(0, 0)),
                misuse(
                        "t of three dims",
                        ARGUMENT,
                        "t: expected at most 2 dims; got shape (2, 3, 1). Use transpose(dimA, dimB).",
                        () -> x.unsqueeze(-1).t()),
                misuse(
                        "a slice backwards",
                        ARGUMENT,
                        "slice: expected a step of at least 1; got -1. Use flip to go backwards.",
                        () -> x.slice(0, 2, 0, -1)),
                misuse(
                        "an index that does not exist",
                        INDEX,
                        "select: expected an index from -3 to 2 along dim 1 of shape (2, 3); got 3. Choose one of"
                                + " them.",
                        () -> x.select(1, 3)),
                misuse(
                        "cat of shapes that differ",
                        ARGUMENT,
                        "cat: expected tensors that differ in dim 0 only; got shapes (2, 3) and (2, 4). Make the other"
                                + " sizes equal.",
                        () -> Joining.cat(List.of(x, Tensor.ones(2, 4)), 0)),
                misuse(
                        "cat of nothing",
                        ARGUMENT,
                        "cat: expected at least one tensor; got none. Check the list.",
                        () -> Joining.cat(List.of(), 0)),
                misuse(
                        "stack of shapes that differ",
                        ARGUMENT,
                        "stack: expected tensors of one shape; got (2, 3) and (3). Reshape or expand them.",
                        () -> Joining.stack(List.of(x, Tensor.ones(3)), 0)),
                misuse(
                        "sizes that do not add up",
                        ARGUMENT,
                        "split: expected sizes that add up to 3, the size of dim 1; got [1, 1]. Correct them.",
                        () -> Joining.split(x, new long[] {1, 1}, 1)),
                misuse(
                        "an index out of range",
                        INDEX,
                        "gather: expected indices from 0 to 2 along dim 1 of shape (2, 3); got 3. Check how the indices"
                                + " are made.",
                        () -> x.gather(1, Tensor.of(new int[][] {{0}, {3}}))),
                misuse(
                        "a floating index",
                        ARGUMENT,
                        "gather: expected an integral index; got float32. Convert with to(DataType.INT64).",
                        () -> x.gather(1, x)),
                misuse(
                        "a boolean index",
                        ARGUMENT,
                        "gather: expected an integral index; got bool. Convert with to(DataType.INT64).",
                        () -> x.gather(1, x.gt(0))),
                misuse(
                        "a mask as index",
                        ARGUMENT,
                        "indexSelect: expected an integral index; got bool. Convert with to(DataType.INT64).",
                        () -> x.indexSelect(0, Tensor.of(true, false))),
                misuse(
                        "an index of indexSelect out of range",
                        INDEX,
                        "indexSelect: expected indices from 0 to 1 along dim 0 of shape (2, 3); got -1. Check how the"
                                + " indices are made.",
                        () -> x.indexSelect(0, Tensor.of(0, -1))),
                misuse(
                        "an index of another rank",
                        ARGUMENT,
                        "gather: expected an index of as many dims as (2, 3), no larger but along dim 1; got (2)."
                                + " Expand or cut it.",
                        () -> x.gather(1, Tensor.of(0, 1))),
                misuse(
                        "a label out of range",
                        INDEX,
                        "oneHot: expected indices from 0 to 2 along dim 1 of shape (2, 3); got 3. Check how the indices"
                                + " are made.",
                        () -> Indexing.oneHot(Tensor.of(0, 3), 3)),
                misuse(
                        "floating labels",
                        ARGUMENT,
                        "oneHot: expected integral labels; got float32. Convert with to(DataType.INT64).",
                        () -> Indexing.oneHot(Tensor.of(0.0, 1.0), 3)),
                misuse(
                        "flatten from behind",
                        ARGUMENT,
                        "flatten: expected a start dim up to the end dim; got 1 and 0. Swap them.",
                        () -> Shaping.flatten(x, 1, 0)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"values", "operations"})
    void aMisuseIsAnsweredWithWhatWasExpectedWhatCameAndTheWayOut(Misuse misuse) {
        assertThatThrownBy(misuse.action()::run)
                .isExactlyInstanceOf(misuse.type())
                .hasMessage(misuse.message());
    }

    static Stream<Misuse> divisionsByZero() {
        Tensor x = Tensor.of(1, 2);
        Tensor zeros = Tensor.of(1, 0);
        return Stream.of(
                misuse("quotients", ArithmeticException.class, "floorDivide", () -> Arithmetic.floorDivide(x, zeros)),
                misuse("remainders", ArithmeticException.class, "remainder", () -> Arithmetic.remainder(x, zeros)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("divisionsByZero")
    void wholeNumbersDividedByZeroAreNamedWithTheirOperation(Misuse misuse) {
        assertThatThrownBy(misuse.action()::run)
                .isInstanceOf(misuse.type())
                .hasMessageStartingWith(misuse.message() + ": ");
    }

    @SuppressWarnings("NullAway")
    static Stream<Misuse> absent() {
        Class<? extends Exception> type = NullPointerException.class;
        Tensor x = Tensor.ones(1, 2, 4);
        Tensor w = Tensor.ones(3, 2, 1);
        Tensor none = null;
        Number nothing = null;
        String bias = ": expected a bias; got null. Leave it out.";
        return Stream.of(
                misuse(
                        "a layer norm's weight",
                        type,
                        "NormalizationOptions: expected a weight; got null. Leave it out.",
                        () -> Normalization.layerNorm(x, new long[] {4}, none, none, 1e-5)),
                misuse(
                        "running values",
                        type,
                        "BatchNormOptions: expected a running mean; got null. Leave it out.",
                        () -> Normalization.batchNorm(x, none, none)),
                misuse(
                        "a mask",
                        type,
                        "AttentionOptions: expected a mask; got null. Leave it out.",
                        () -> AttentionOptions.defaults().withMask(none)),
                misuse("a bias", type, "linear" + bias, () -> LinearAlgebra.linear(x, Tensor.ones(3, 4), none)),
                misuse(
                        "a bias of two inputs",
                        type,
                        "bilinear" + bias,
                        () -> LinearAlgebra.bilinear(x, x, Tensor.ones(3, 4, 4), none)),
                misuse("conv1d's bias", type, "conv1d" + bias, () -> Convolutions.conv1d(x, w, none, 1, 0)),
                misuse(
                        "conv2d's bias",
                        type,
                        "conv2d" + bias,
                        () -> Convolutions.conv2d(x, w.unsqueeze(1), none, ConvOptions.defaults())),
                misuse(
                        "convTranspose1d's bias",
                        type,
                        "convTranspose1d" + bias,
                        () -> Convolutions.convTranspose1d(x, w, none, ConvOptions.defaults())),
                misuse(
                        "a lower bound",
                        type,
                        "clamp: expected a lower bound; got null. Use clampMax for an upper one alone.",
                        () -> Arithmetic.clamp(x, nothing, 1)),
                misuse(
                        "an upper bound",
                        type,
                        "clamp: expected an upper bound; got null. Use clampMin for a lower one alone.",
                        () -> Arithmetic.clamp(x, x, none)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("absent")
    void whatIsMissingIsNamedWithTheWayWithoutIt(Misuse misuse) {
        aMisuseIsAnsweredWithWhatWasExpectedWhatCameAndTheWayOut(misuse);
    }
}
