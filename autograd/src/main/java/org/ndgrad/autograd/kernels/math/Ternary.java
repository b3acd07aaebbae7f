package org.ndgrad.autograd.kernels.math;

/**
 * Functions of three numbers, with a loop over floats and one over doubles. Those over floats compute in double
 * precision, too, where they do not merely choose, but convert what they read in the same loop.
 *
 * @param floats the loop over floats
 * @param doubles the loop over doubles
 */
public record Ternary(FloatLoops.Three floats, DoubleLoops.Three doubles) {

    /** min(max(a, b), c); NaN stays. */
    public static final Ternary CLAMP = new Ternary(FloatLoops::clamp, DoubleLoops::clamp);

    /** b where a is not 0, else c. */
    public static final Ternary CHOOSE = new Ternary(FloatSelect::chooseByCondition, DoubleLoops::choose);

    /** The number at the share c of the way from a to b, computed from the nearer end. */
    public static final Ternary LERP = new Ternary(Scalars::lerp, Scalars::lerp);

    /** a b c. */
    public static final Ternary PRODUCT = new Ternary(ScaledProducts::product, ScaledProducts::product);

    /** a b / c. */
    public static final Ternary RATIO = new Ternary(ScaledProducts::ratio, ScaledProducts::ratio);

    /** a c / (b² + c²), 0 where b and c are. */
    public static final Ternary PER_SQUARES = new Ternary(ScaledProducts::perSquares, ScaledProducts::perSquares);

    /** A function of three numbers, which has no loop of its own. */
    public interface OfThree {
        /** Returns its value. */
        double of(double a, double b, double c);
    }

    /** Returns it with loops of single calls. */
    public static Ternary each(OfThree f) {
        return new Ternary(
                (x, y, z, w, n) -> {
                    for (int i = 0; i < n; i++) {
                        w[i] = (float) f.of(x[i], y[i], z[i]);
                    }
                },
                (x, y, z, w, n) -> {
                    for (int i = 0; i < n; i++) {
                        w[i] = f.of(x[i], y[i], z[i]);
                    }
                });
    }

    /**
     * Returns a + factor · b c.
     *
     * @param factor in the range of float32 if floats are
     */
    public static Ternary addProduct(double factor) {
        return new Ternary(
                (x, y, z, w, n) -> ScaledProducts.addProduct(factor, x, y, z, w, n), ScaledProducts.addProduct(factor));
    }

    /**
     * Returns factor · a b / c².
     *
     * @param factor in the range of float32 if floats are
     */
    public static Ternary bySquare(double factor) {
        return new Ternary(
                (x, y, z, w, n) -> ScaledProducts.bySquare(factor, x, y, z, w, n),
                (x, y, z, w, n) -> ScaledProducts.bySquare(factor, x, y, z, w, n));
    }

    /**
     * Returns a + factor · b / c.
     *
     * @param factor in the range of float32 if floats are
     */
    public static Ternary addRatio(double factor) {
        return new Ternary(
                (x, y, z, w, n) -> ScaledProducts.addRatio(factor, x, y, z, w, n), ScaledProducts.addRatio(factor));
    }
}
