package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;
import static org.ndgrad.autograd.kernels.memory.Memory.array;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.elementwise.Pointwise;
import org.ndgrad.autograd.kernels.math.Predicate;
import org.ndgrad.autograd.kernels.math.Relation;

/**
 * Boolean questions about elements, and choices by their answers. Comparisons with NaN are false, but for {@code ne}.
 */
public final class Comparison {

    /** Whether NaN counts as close to NaN. */
    public enum NanEquality {
        EQUAL,
        UNEQUAL
    }

    private Comparison() {}

    /** y = whether a = b. */
    public static Tensor eq(Tensor a, Tensor b) {
        return Op.pure("eq", Pointwise.compare("eq", array(a), array(b), Relation.EQUAL))
                .tensor();
    }

    /** y = whether x = number. */
    public static Tensor eq(Tensor x, Number number) {
        return Op.pure("eq", Pointwise.compare(array(x), number, Relation.EQUAL))
                .tensor();
    }

    /** y = whether a ≠ b. */
    public static Tensor ne(Tensor a, Tensor b) {
        return Op.pure("ne", Pointwise.compare("ne", array(a), array(b), Relation.UNEQUAL))
                .tensor();
    }

    /** y = whether x ≠ number. */
    public static Tensor ne(Tensor x, Number number) {
        return Op.pure("ne", Pointwise.compare(array(x), number, Relation.UNEQUAL))
                .tensor();
    }

    /** y = whether a &lt; b. */
    public static Tensor lt(Tensor a, Tensor b) {
        return Op.pure("lt", Pointwise.compare("lt", array(a), array(b), Relation.LESS))
                .tensor();
    }

    /** y = whether x &lt; number. */
    public static Tensor lt(Tensor x, Number number) {
        return Op.pure("lt", Pointwise.compare(array(x), number, Relation.LESS)).tensor();
    }

    /** y = whether a ≤ b. */
    public static Tensor le(Tensor a, Tensor b) {
        return Op.pure("le", Pointwise.compare("le", array(a), array(b), Relation.LESS_OR_EQUAL))
                .tensor();
    }

    /** y = whether x ≤ number. */
    public static Tensor le(Tensor x, Number number) {
        return Op.pure("le", Pointwise.compare(array(x), number, Relation.LESS_OR_EQUAL))
                .tensor();
    }

    /** y = whether a &gt; b. */
    public static Tensor gt(Tensor a, Tensor b) {
        return Op.pure("gt", Pointwise.compare("gt", array(a), array(b), Relation.GREATER))
                .tensor();
    }

    /** y = whether x &gt; number. */
    public static Tensor gt(Tensor x, Number number) {
        return Op.pure("gt", Pointwise.compare(array(x), number, Relation.GREATER))
                .tensor();
    }

    /** y = whether a ≥ b. */
    public static Tensor ge(Tensor a, Tensor b) {
        return Op.pure("ge", Pointwise.compare("ge", array(a), array(b), Relation.GREATER_OR_EQUAL))
                .tensor();
    }

    /** y = whether x ≥ number. */
    public static Tensor ge(Tensor x, Number number) {
        return Op.pure("ge", Pointwise.compare(array(x), number, Relation.GREATER_OR_EQUAL))
                .tensor();
    }

    /**
     * y = whether a = b or |a − b| ≤ absolute + relative · |b|. Infinities are close to themselves only.
     *
     * @param relative at least 0
     * @param absolute at least 0
     * @param nans whether NaN is close to NaN
     */
    public static Tensor isclose(
            Tensor a,
            Tensor b,
            @Default("1e-5") double relative,
            @Default("1e-8") double absolute,
            @Default("Comparison.NanEquality.UNEQUAL") NanEquality nans) {
        checkArgument(
                relative >= 0 && absolute >= 0,
                "isclose: expected tolerances of at least 0; got %s and %s. Use 0 for equality.",
                relative,
                absolute);
        boolean alike = OpChecks.given("isclose", "NanEquality", nans) == NanEquality.EQUAL;
        return Op.pure(
                        "isclose",
                        Pointwise.compare(
                                "isclose",
                                array(a),
                                array(b),
                                Relation.of(
                                        (p, q) -> isclose(p, q, relative, absolute)
                                                || (alike && Double.isNaN(p) && Double.isNaN(q)),
                                        (p, q) -> p == q
                                                || Math.abs(difference(p, q)) <= absolute + Math.abs(relative * q))))
                .tensor();
    }

    private static boolean isclose(double a, double b, double relative, double absolute) {
        double error = Math.abs(a - b);
        return a == b || (Double.isFinite(error) && error <= absolute + Math.abs(relative * b));
    }

    /** Returns the difference rounded once. */
    private static double difference(long a, long b) {
        long difference = a - b;
        boolean overflows = ((a ^ b) & (a ^ difference)) < 0;
        return overflows ? (double) a - b : difference;
    }

    /**
     * Returns whether {@link #isclose} holds for all elements, after broadcasting.
     *
     * @param relative at least 0
     * @param absolute at least 0
     * @param nans whether NaN is close to NaN
     */
    public static boolean allclose(
            Tensor a,
            Tensor b,
            @Default("1e-5") double relative,
            @Default("1e-8") double absolute,
            @Default("Comparison.NanEquality.UNEQUAL") NanEquality nans) {
        return isclose(a, b, relative, absolute, nans).all().item() == 1;
    }

    /** Returns whether both have the same shape and equal elements, of whatever types; NaN equals nothing. */
    public static boolean equal(Tensor a, Tensor b) {
        return Arrays.equals(a.shape(), b.shape()) && eq(a, b).all().item() == 1;
    }

    /** y = whether x is not a number. */
    public static Tensor isnan(Tensor x) {
        return Op.pure("isnan", Pointwise.test(array(x), Predicate.IS_NAN)).tensor();
    }

    /** y = whether x is +∞ or −∞. */
    public static Tensor isinf(Tensor x) {
        return Op.pure("isinf", Pointwise.test(array(x), Predicate.IS_INFINITE)).tensor();
    }

    /** y = whether x is a number and not infinite. */
    public static Tensor isfinite(Tensor x) {
        return Op.pure("isfinite", Pointwise.test(array(x), Predicate.IS_FINITE))
                .tensor();
    }

    /** y = whether x is 0 or false. */
    public static Tensor logicalNot(Tensor x) {
        return Op.pure("logicalNot", Pointwise.test(array(x), Predicate.IS_ZERO))
                .tensor();
    }

    /** y = whether both are not 0. */
    public static Tensor logicalAnd(Tensor a, Tensor b) {
        return Op.pure("logicalAnd", Pointwise.compare("logicalAnd", array(a), array(b), Relation.AND))
                .tensor();
    }

    /** y = whether one of them is not 0. */
    public static Tensor logicalOr(Tensor a, Tensor b) {
        return Op.pure("logicalOr", Pointwise.compare("logicalOr", array(a), array(b), Relation.OR))
                .tensor();
    }

    /** y = whether exactly one of them is not 0. */
    public static Tensor logicalXor(Tensor a, Tensor b) {
        return Op.pure("logicalXor", Pointwise.compare("logicalXor", array(a), array(b), Relation.XOR))
                .tensor();
    }

    /**
     * y = a where the condition holds, else b; g goes to the chosen one.
     *
     * <p>The side that is not chosen gets the gradient 0, which an infinite derivative further back turns into NaN. So
     * choose the input of such a function, too: {@code where(c, where(c, x, one).log(), zero)}.
     *
     * @param condition boolean; broadcasts with a and b
     * @throws IllegalArgumentException if the condition is not boolean, or shapes do not broadcast
     */
    public static Tensor where(Tensor condition, Tensor a, Tensor b) {
        OpChecks.bool("where", "condition", condition);
        return Op.pure("where", Pointwise.where("where", array(condition), array(a), array(b)))
                .wrt(a, g -> where(condition, g, zero(g)), condition)
                .wrt(b, g -> where(condition, zero(g), g), condition)
                .tensor();
    }

    /** As {@link #where(Tensor, Tensor, Tensor)}, with a number that takes the tensor's type where that can hold it. */
    public static Tensor where(Tensor condition, Tensor a, Number b) {
        return where(condition, a, Arithmetic.beside("where", a, b));
    }

    /** As {@link #where(Tensor, Tensor, Tensor)}, with a number that takes the tensor's type where that can hold it. */
    public static Tensor where(Tensor condition, Number a, Tensor b) {
        return where(condition, Arithmetic.beside("where", b, a), b);
    }

    /**
     * As {@link #where(Tensor, Tensor, Tensor)}, with two numbers: of int64 if both are whole by their Java type, else
     * of float32.
     */
    public static Tensor where(Tensor condition, Number a, Number b) {
        DataType type = DTypes.promote(DTypes.promote(DataType.INT64, a), b);
        return where(condition, Tensor.of(type, a), Tensor.of(type, b));
    }

    /**
     * y = number where the mask holds, else x; ∂L/∂x = 0 where the mask holds, else g.
     *
     * @param mask boolean
     */
    public static Tensor maskedFill(Tensor x, Tensor mask, Number number) {
        OpChecks.bool("maskedFill", "mask", mask);
        return where(mask, OpChecks.constant("maskedFill", x, number), x);
    }

    /**
     * y = value where the mask holds, else x; ∂L/∂x = 0 where the mask holds, else g; ∂L/∂value = the sum of g where it
     * holds.
     *
     * @param mask boolean
     * @param value of shape (); converted to x's type
     */
    public static Tensor maskedFill(Tensor x, Tensor mask, Tensor value) {
        OpChecks.bool("maskedFill", "mask", mask);
        checkArgument(
                value.ndim() == 0,
                "maskedFill: expected a value of shape (); got %s. Use where for several.",
                Shapes.format(value.shape()));
        return where(mask, value.to(x.dtype()), x);
    }

    private static Tensor zero(Tensor g) {
        return Tensor.of(g.dtype(), 0);
    }
}
