package org.ndgrad.autograd.kernels.math;

/** Relations between two numbers. Those with names have loops of their own. */
public final class Relation {

    /** A relation between two floating numbers. */
    public interface OfDoubles {
        /** Whether it holds. */
        boolean test(double a, double b);
    }

    /** A relation between two whole numbers. */
    public interface OfLongs {
        /** Whether it holds. */
        boolean test(long a, long b);
    }

    /** a = b. */
    public static final Relation EQUAL = new Relation((a, b) -> a == b, FloatRelations::equal, DoubleRelations::equal);

    /** a = b, or both are NaN. */
    public static final Relation SAME = new Relation((a, b) -> a == b, FloatRelations::same, DoubleRelations::same);

    /** a ≠ b. */
    public static final Relation UNEQUAL =
            new Relation((a, b) -> a != b, FloatRelations::unequal, DoubleRelations::unequal);

    /** a &lt; b. */
    public static final Relation LESS = new Relation((a, b) -> a < b, FloatRelations::less, DoubleRelations::less);

    /** a ≤ b. */
    public static final Relation LESS_OR_EQUAL =
            new Relation((a, b) -> a <= b, FloatRelations::lessOrEqual, DoubleRelations::lessOrEqual);

    /** a &gt; b. */
    public static final Relation GREATER =
            new Relation((a, b) -> a > b, FloatRelations::greater, DoubleRelations::greater);

    /** a ≥ b. */
    public static final Relation GREATER_OR_EQUAL =
            new Relation((a, b) -> a >= b, FloatRelations::greaterOrEqual, DoubleRelations::greaterOrEqual);

    /** Just one of them is not 0. */
    public static final Relation XOR =
            new Relation((a, b) -> a != 0 ^ b != 0, FloatRelations::either, DoubleRelations::either);

    /** Both are not 0. */
    public static final Relation AND =
            new Relation((a, b) -> a != 0 && b != 0, FloatRelations::both, DoubleRelations::both);

    /** One of them is not 0. */
    public static final Relation OR =
            new Relation((a, b) -> a != 0 || b != 0, FloatRelations::any, DoubleRelations::any);

    /** The relation between whole numbers. */
    public final OfLongs longs;
    /** The loop over floats. */
    public final FloatRelations.Two floats;
    /** The loop over doubles. */
    public final DoubleRelations.Two doubles;

    private Relation(OfLongs longs, FloatRelations.Two floats, DoubleRelations.Two doubles) {
        this.longs = longs;
        this.floats = floats;
        this.doubles = doubles;
    }

    /** Returns a relation with a form for floating and one for whole numbers. */
    public static Relation of(OfDoubles real, OfLongs whole) {
        return new Relation(whole, FloatRelations.each(real), DoubleRelations.each(real));
    }
}
