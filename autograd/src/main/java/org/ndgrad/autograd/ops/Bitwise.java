package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;
import static org.ndgrad.autograd.kernels.memory.Memory.array;

import java.util.function.LongBinaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.elementwise.Pointwise;

/** Bits of whole numbers in two's complement; of booleans, logic. Two tensors broadcast and promote. */
public final class Bitwise {

    private Bitwise() {}

    /** y = the bits of x turned around, −x − 1; of a boolean its opposite. */
    public static Tensor bitwiseNot(Tensor x) {
        check("bitwiseNot", x);
        return x.dtype() == DataType.BOOL
                ? Comparison.logicalNot(x)
                : Op.pure("bitwiseNot", Pointwise.numeric(array(x), v -> -v - 1, v -> ~v))
                        .tensor();
    }

    /** y = the bits that are set in both. */
    public static Tensor bitwiseAnd(Tensor a, Tensor b) {
        return each("bitwiseAnd", a, b, (p, q) -> p & q);
    }

    /** y = the bits that are set in both. */
    public static Tensor bitwiseAnd(Tensor x, long number) {
        return bitwiseAnd(x, scalar("bitwiseAnd", x, number));
    }

    /** y = the bits that are set in one of them or both. */
    public static Tensor bitwiseOr(Tensor a, Tensor b) {
        return each("bitwiseOr", a, b, (p, q) -> p | q);
    }

    /** y = the bits that are set in one of them or both. */
    public static Tensor bitwiseOr(Tensor x, long number) {
        return bitwiseOr(x, scalar("bitwiseOr", x, number));
    }

    /** y = the bits that are set in exactly one of them. */
    public static Tensor bitwiseXor(Tensor a, Tensor b) {
        return each("bitwiseXor", a, b, (p, q) -> p ^ q);
    }

    /** y = the bits that are set in exactly one of them. */
    public static Tensor bitwiseXor(Tensor x, long number) {
        return bitwiseXor(x, scalar("bitwiseXor", x, number));
    }

    /** y = a · 2ᵇ, cut to the bits of its type; 0 where b is negative or leaves no bit. */
    public static Tensor bitwiseLeftShift(Tensor a, Tensor b) {
        numbers("bitwiseLeftShift", a, b);
        return each("bitwiseLeftShift", a, b, (p, q) -> q < 0 || q > 63 ? 0 : p << q);
    }

    /** y = x · 2ⁿ, cut to the bits of its type; 0 if n is negative or leaves no bit. */
    public static Tensor bitwiseLeftShift(Tensor x, long n) {
        return bitwiseLeftShift(x, count("bitwiseLeftShift", x, n));
    }

    /** y = a / 2ᵇ, rounded down; 0, or −1 for a negative a, where b is negative or leaves no bit. */
    public static Tensor bitwiseRightShift(Tensor a, Tensor b) {
        numbers("bitwiseRightShift", a, b);
        return each("bitwiseRightShift", a, b, (p, q) -> p >> (q < 0 ? 63 : Math.min(q, 63)));
    }

    /** y = x / 2ⁿ, rounded down; 0, or −1 for a negative x, if n is negative or leaves no bit. */
    public static Tensor bitwiseRightShift(Tensor x, long n) {
        return bitwiseRightShift(x, count("bitwiseRightShift", x, n));
    }

    private static Tensor each(String op, Tensor a, Tensor b, LongBinaryOperator f) {
        check(op, a);
        check(op, b);
        return Op.pure(op, Pointwise.numeric(op, array(a), array(b), (p, q) -> f.applyAsLong((long) p, (long) q), f))
                .tensor();
    }

    /** Returns the number in the type of the result. */
    private static Tensor scalar(String op, Tensor x, long number) {
        check(op, x);
        return Arithmetic.beside(op, x, number);
    }

    /** Returns a count that any type holds: all that leave no bit are alike. */
    private static Tensor count(String op, Tensor x, long n) {
        return scalar(op, x, n < 0 || n > 63 ? 64 : n);
    }

    private static void check(String op, Tensor x) {
        checkArgument(
                !DTypes.isFloating(x.dtype()),
                "%s: expected whole numbers or booleans; got %s. Convert with to(DataType.INT64).",
                op,
                DTypes.name(x.dtype()));
    }

    private static void numbers(String op, Tensor a, Tensor b) {
        checkArgument(
                a.dtype() != DataType.BOOL && b.dtype() != DataType.BOOL,
                "%s: expected whole numbers; got %s and %s. Convert with to(DataType.INT64).",
                op,
                DTypes.name(a.dtype()),
                DTypes.name(b.dtype()));
    }
}
