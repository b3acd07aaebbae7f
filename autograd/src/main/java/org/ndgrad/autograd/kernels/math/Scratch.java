package org.ndgrad.autograd.kernels.math;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Java arrays in which a thread computes, one block after another. There are a few slots; each kernel gives its arrays
 * different ones and is done with them when it returns.
 */
public final class Scratch {

    /** What the nearest cache holds of several arrays, and what {@link FloatMath} handles at once. */
    public static final int BLOCK = FloatMathScratch.BLOCK;

    /**
     * So many elements are computed at least; what is too much is a 1. The just-in-time compiler makes no vector
     * instructions of a loop that has mostly been short so far, not even for the long arrays that come later.
     */
    public static final int FEW = 96;

    /** As many floats as the largest array that is a Java array holds; so many elements are one block. */
    public static final int LARGEST = 1 << 12;

    private static final int SLOTS = 5;

    /**
     * Where a function of a block, whose operands and result are in the first slots, keeps what it computes in between.
     */
    static final int INNER = SLOTS - 1;

    private static final int PASSAGE = SLOTS;
    private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

    private final float[] @Nullable [] floats = new float[SLOTS + 1][];
    private final double[] @Nullable [] doubles = new double[SLOTS][];
    private final byte[] bytes = new byte[LARGEST];
    private final int[] ints = new int[BLOCK];
    private final boolean[] booleans = new boolean[LARGEST];
    private int[] places = new int[BLOCK];

    private Scratch() {}

    /** Returns the arrays of this thread. */
    public static Scratch ofThread() {
        return OF_THREAD.get();
    }

    /** Returns how many of so many elements to handle at once. */
    public static int block(long count) {
        return count <= LARGEST ? (int) count : BLOCK;
    }

    /** Returns how many of so many doubles to handle at once where there are four arrays of them. */
    public static int smallBlock(long count) {
        return fits(count) ? (int) count : BLOCK / 2;
    }

    /** Whether so many elements are at most one block's. */
    public static boolean fits(long count) {
        return count <= LARGEST;
    }

    /** Fills up what a loop computes besides n elements, so that nothing in it takes longer than usual. */
    public static void pad(float[] values, int n) {
        if (n < FEW) {
            Arrays.fill(values, n, FEW, 1);
        }
    }

    /** Fills up what a loop computes besides n elements, so that nothing in it takes longer than usual. */
    public static void pad(double[] values, int n) {
        if (n < FEW) {
            Arrays.fill(values, n, FEW, 1);
        }
    }

    /** Returns the array in a slot, of {@link #LARGEST} elements. */
    public float[] floats(int slot) {
        float[] known = floats[slot];
        if (known == null) {
            known = new float[LARGEST];
            floats[slot] = known;
        }
        return known;
    }

    /** Returns where numbers of elements that need something else are kept, at least so many. */
    int[] places(int n) {
        if (places.length < n) {
            places = new int[n];
        }
        return places;
    }

    /** Returns where booleans are on their way between memory and floats. */
    public byte[] bytes() {
        return bytes;
    }

    /** Returns where elements of int32 are on their way between memory and longs or doubles. */
    public int[] ints() {
        return ints;
    }

    /** Returns where the answers to questions are kept. */
    public boolean[] booleans() {
        return booleans;
    }

    /** Returns where floats are on their way between memory and doubles. */
    public float[] passage() {
        return floats(PASSAGE);
    }

    /** Returns the array in a slot, of {@link #LARGEST} elements. */
    public double[] doubles(int slot) {
        double[] known = doubles[slot];
        if (known == null) {
            known = new double[LARGEST];
            doubles[slot] = known;
        }
        return known;
    }
}
