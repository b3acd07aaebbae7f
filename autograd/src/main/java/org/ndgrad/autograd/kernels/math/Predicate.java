package org.ndgrad.autograd.kernels.math;

/** Questions about one number, with loops of their own. */
public final class Predicate {

    /** NaN. */
    public static final Predicate IS_NAN = new Predicate(FloatRelations::isNan, DoubleRelations::isNan);

    /** ±∞. */
    public static final Predicate IS_INFINITE = new Predicate(FloatRelations::isInfinite, DoubleRelations::isInfinite);

    /** Neither ±∞ nor NaN. */
    public static final Predicate IS_FINITE = new Predicate(FloatRelations::isFinite, DoubleRelations::isFinite);

    /** 0. */
    public static final Predicate IS_ZERO = new Predicate(FloatRelations::isZero, DoubleRelations::isZero);

    /** The loop over floats. */
    public final FloatRelations.One floats;
    /** The loop over doubles. */
    public final DoubleRelations.One doubles;

    private Predicate(FloatRelations.One floats, DoubleRelations.One doubles) {
        this.floats = floats;
        this.doubles = doubles;
    }
}
