package org.ndgrad.autograd.kernels.math;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * Makes loops over whole arrays of functions of a block of doubles. Floats are widened first and rounded once at last.
 *
 * <p>Steps are called where many can be, so that each is compiled by itself: in one method with vector instructions, C2
 * of Java 17 lets the numbers that it converts between float and double wait for each other.
 */
final class DoubleSteps {

    /** A function of a block: computes the first n values of those of the first n arguments. */
    interface Step {
        /** Computes n values. */
        void run(DoubleMathScratch s, int n);
    }

    private interface Passage {
        void run(DoubleMathScratch s, float[] floats, int begin, int n);
    }

    /** The {@link Unary#cost}. */
    private static final int COST = 4;

    private static final Passage WIDEN = (s, floats, begin, n) -> widen(floats, begin, s.x, n);
    private static final Passage WIDEN_SECOND = (s, floats, begin, n) -> widen(floats, begin, s.second, n);
    private static final Passage NARROW = (s, floats, begin, n) -> narrow(s.y, floats, begin, n);

    private DoubleSteps() {}

    /**
     * Returns the step that consists of these, one after another, each of a single loop. Together in one method, C2
     * would give up on vector instructions for most of them; here it compiles each by itself, as one call is of many.
     */
    static Step chain(Step... steps) {
        return (s, n) -> {
            for (Step step : steps) {
                step.run(s, n);
            }
        };
    }

    /** Returns the function whose float32 and float64 values are this step's. */
    static Unary unary(Step step) {
        return unary(step, step);
    }

    /** Returns the function with a step for float32, which may be less exact, and one for float64. */
    static Unary unary(Step ofFloats, Step ofDoubles) {
        Passage[] passages = {WIDEN, (s, floats, begin, n) -> ofFloats.run(s, Math.max(n, Scratch.FEW)), NARROW};
        return unary((x, z, n) -> floats(passages, x, z, n), ofDoubles);
    }

    /**
     * Returns the function with a step for floats between two bounds, and one for float64.
     *
     * @param most above 0
     * @param beyond the function of floats that are not between the bounds
     */
    static Unary unary(float least, float most, DoubleUnaryOperator beyond, Step ofFloats, Step ofDoubles) {
        FloatLoops.One inside = unary(ofFloats, ofDoubles).floats;
        return unary((x, z, n) -> between(least, most, beyond, inside, x, z, n), ofDoubles);
    }

    private static void between(
            float least, float most, DoubleUnaryOperator beyond, FloatLoops.One inside, float[] x, float[] z, int n) {
        FloatMathScratch s = FloatMathScratch.ofThread();
        boolean regular = true;
        for (int begin = 0; begin < n && regular; begin += FloatMathScratch.BLOCK) {
            regular = s.allBetween(x, begin, least, most, Math.min(FloatMathScratch.BLOCK, n - begin));
        }
        float[] given = regular ? x : Arrays.copyOf(x, n);
        inside.run(x, z, n);
        for (int i = 0; i < n && !regular; i++) {
            if (!(given[i] >= least && given[i] <= most)) {
                z[i] = (float) beyond.applyAsDouble(given[i]);
            }
        }
    }

    /** Returns the function with a loop over floats of its own. */
    static Unary unary(FloatLoops.One floats, Step ofDoubles) {
        return unary(floats, ofDoubles, COST);
    }

    /** Returns the function with a loop over floats of its own, and a {@link Unary#cost}. */
    static Unary unary(FloatLoops.One floats, Step ofDoubles, int cost) {
        return new Unary(one(ofDoubles), floats, (x, z, n) -> doubles(ofDoubles, x, z, n), cost, true);
    }

    /** Returns the loop over floats of a function of two numbers. */
    static FloatLoops.Two floats(Step step) {
        return (x, y, z, n) -> floats(step, x, y, z, n);
    }

    private static void floats(Step step, float[] x, float[] y, float[] z, int n) {
        DoubleMathScratch s = DoubleMathScratch.ofThread();
        for (int begin = 0; begin < n; begin += DoubleMathScratch.BLOCK) {
            int size = Math.min(DoubleMathScratch.BLOCK, n - begin);
            WIDEN_SECOND.run(s, y, begin, size);
            WIDEN.run(s, x, begin, size);
            step.run(s, Math.max(size, Scratch.FEW));
            NARROW.run(s, z, begin, size);
        }
    }

    /** Returns the loop over doubles of a function of two numbers. */
    static DoubleLoops.Two doubles(Step step) {
        return (x, y, z, n) -> doubles(step, x, y, z, n);
    }

    private static void doubles(Step step, double[] x, double[] y, double[] z, int n) {
        DoubleMathScratch s = DoubleMathScratch.ofThread();
        for (int begin = 0; begin < n; begin += DoubleMathScratch.BLOCK) {
            int size = Math.min(DoubleMathScratch.BLOCK, n - begin);
            System.arraycopy(x, begin, s.x, 0, size);
            System.arraycopy(y, begin, s.second, 0, size);
            Scratch.pad(s.x, size);
            Scratch.pad(s.second, size);
            step.run(s, Math.max(size, Scratch.FEW));
            System.arraycopy(s.y, 0, z, begin, size);
        }
    }

    private static DoubleUnaryOperator one(Step step) {
        return x -> {
            DoubleMathScratch s = DoubleMathScratch.ofThread();
            s.x[0] = x;
            Scratch.pad(s.x, 1);
            step.run(s, Scratch.FEW);
            return s.y[0];
        };
    }

    /** Returns the function of two numbers whose loop the step makes. */
    static DoubleBinaryOperator two(Step step) {
        return (x, y) -> {
            DoubleMathScratch s = DoubleMathScratch.ofThread();
            s.x[0] = x;
            s.second[0] = y;
            Scratch.pad(s.x, 1);
            Scratch.pad(s.second, 1);
            step.run(s, Scratch.FEW);
            return s.y[0];
        };
    }

    private static void floats(Passage[] passages, float[] x, float[] z, int n) {
        DoubleMathScratch s = DoubleMathScratch.ofThread();
        for (int begin = 0; begin < n; begin += DoubleMathScratch.BLOCK) {
            int size = Math.min(DoubleMathScratch.BLOCK, n - begin);
            float[] floats = x;
            for (Passage passage : passages) {
                passage.run(s, floats, begin, size);
                floats = z;
            }
        }
    }

    private static void doubles(Step step, double[] x, double[] z, int n) {
        DoubleMathScratch s = DoubleMathScratch.ofThread();
        for (int begin = 0; begin < n; begin += DoubleMathScratch.BLOCK) {
            int size = Math.min(DoubleMathScratch.BLOCK, n - begin);
            System.arraycopy(x, begin, s.x, 0, size);
            Scratch.pad(s.x, size);
            step.run(s, Math.max(size, Scratch.FEW));
            System.arraycopy(s.y, 0, z, begin, size);
        }
    }

    private static void widen(float[] from, int begin, double[] to, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = from[begin + i];
        }
        Scratch.pad(to, n);
    }

    private static void narrow(double[] from, float[] to, int begin, int n) {
        for (int i = 0; i < n; i++) {
            to[begin + i] = (float) from[i];
        }
    }
}
