package org.ndgrad.nn.conformance;

import static org.ndgrad.nn.conformance.Calls.many;
import static org.ndgrad.nn.conformance.Calls.one;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.ndgrad.autograd.Side;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.Bitwise;
import org.ndgrad.autograd.ops.Counting;
import org.ndgrad.autograd.ops.Norms;
import org.ndgrad.autograd.ops.Shaping;
import org.ndgrad.autograd.ops.Solvers;
import org.ndgrad.autograd.ops.Sorting;
import org.ndgrad.autograd.ops.Unique;
import org.ndgrad.nn.conformance.Calls.Row;

/** Rows of what counts or compares bits, and of other names for what is elsewhere. */
final class CountingCalls {

    private CountingCalls() {}

    static List<Row> rows() {
        return ImmutableList.of(
                one("bitwise_and", "Bitwise.bitwiseAnd", a -> Bitwise.bitwiseAnd(a.input(), a.tensor(1, "other"))),
                one("bitwise_or", "Bitwise.bitwiseOr", a -> Bitwise.bitwiseOr(a.input(), a.tensor(1, "other"))),
                one("bitwise_xor", "Bitwise.bitwiseXor", a -> Bitwise.bitwiseXor(a.input(), a.tensor(1, "other"))),
                one("bitwise_not", "Bitwise.bitwiseNot", a -> Bitwise.bitwiseNot(a.input())),
                one(
                        "bitwise_left_shift",
                        "Bitwise.bitwiseLeftShift",
                        a -> Bitwise.bitwiseLeftShift(a.input(), a.tensor(1, "other"))),
                one(
                        "bitwise_right_shift",
                        "Bitwise.bitwiseRightShift",
                        a -> Bitwise.bitwiseRightShift(a.input(), a.tensor(1, "other"))),
                many("unique", "Counting.unique, Counting.uniqueAll", a -> parts(Counting.uniqueAll(a.input()))),
                many(
                        "unique_consecutive",
                        "Counting.uniqueConsecutive, Counting.uniqueConsecutiveAll",
                        a -> parts(Counting.uniqueConsecutiveAll(a.input()))),
                one("isin", "Counting.isin", a -> Counting.isin(a.input(), a.tensor(1, "test_elements"))),
                one(
                        "searchsorted",
                        "Counting.searchsorted",
                        a -> Counting.searchsorted(ascending(a.input()), a.tensor(1, "values"), side(a))),
                one(
                        "bucketize",
                        "Counting.bucketize",
                        a -> Counting.bucketize(a.input(), ascending(a.tensor(1, "boundaries")), side(a))),
                one(
                        "histc",
                        "Counting.histc",
                        a -> Counting.histc(a.input(), a.integer(1, "bins"), a.scalar(2, "min"), a.scalar(3, "max"))),
                one(
                        "bincount",
                        "Counting.bincount",
                        a -> a.optionalTensor(1, "weights")
                                .map(weights -> Counting.bincount(a.input(), weights, a.integer(2, "minlength", 0)))
                                .orElseGet(() -> Counting.bincount(a.input(), a.integer(2, "minlength", 0)))),
                one("msort", "Sorting.msort", a -> Sorting.msort(a.input())),
                one("inverse", "Solvers.inverse", a -> Solvers.inverse(a.input())),
                one(
                        "vector_norm",
                        "Norms.vectorNorm",
                        a -> Norms.vectorNorm(a.input(), a.real(1, "ord", 2), a.dims(2, "dim"), a.keepDim(3))),
                one("reshape_as", "Shaping.reshapeAs", a -> Shaping.reshapeAs(a.input(), a.tensor(1, "other"))),
                one("view_as", "Shaping.viewAs", a -> Shaping.viewAs(a.input(), a.tensor(1, "other"))),
                one("type_as", "Shaping.typeAs", a -> Shaping.typeAs(a.input(), a.tensor(1, "other"))));
    }

    private static List<Tensor> parts(Unique unique) {
        return ImmutableList.of(unique.values(), unique.inverse(), unique.counts());
    }

    private static Tensor ascending(Tensor row) {
        return row.sort().values();
    }

    private static Side side(Arguments a) {
        return a.flag(2, "right", false) ? Side.RIGHT : Side.LEFT;
    }
}
