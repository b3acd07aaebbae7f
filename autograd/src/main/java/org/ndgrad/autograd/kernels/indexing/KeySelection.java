package org.ndgrad.autograd.kernels.indexing;

import java.util.Arrays;
import org.ndgrad.autograd.kernels.memory.Memory;

/**
 * Finds the number of a rank among whole numbers without sorting them: counts them by the first bits in which they
 * differ, and goes on with those that share these bits with the one that is looked for.
 */
final class KeySelection {

    /** So few are sorted. */
    private static final int FEW = 64;

    /** By so many bits they are counted at most. */
    private static final int DIGIT = 11;

    private final int[] counts = new int[1 << DIGIT];
    private final long[] rest;
    private int smaller;

    KeySelection(int size) {
        this.rest = Memory.longs("select", size);
    }

    /** Returns the key of a rank among the first n, counted from 0. */
    long of(long[] keys, int n, int rank) {
        long[] from = keys;
        int left = n;
        smaller = 0;
        while (left > FEW) {
            long least = Long.MAX_VALUE;
            long most = Long.MIN_VALUE;
            for (int i = 0; i < left; i++) {
                least = Math.min(least, from[i]);
                most = Math.max(most, from[i]);
            }
            if (least == most) {
                return least;
            }
            int bits = Long.SIZE - Long.numberOfLeadingZeros(most - least);
            int digit = Math.min(bits, Math.min(DIGIT, Integer.SIZE - Integer.numberOfLeadingZeros(left) - 2));
            int shift = bits - digit;
            count(from, left, least, shift, 1 << digit);
            int found = 0;
            while (smaller + counts[found] <= rank) {
                smaller += counts[found++];
            }
            left = keep(from, left, least, shift, found);
            from = rest;
        }
        if (from != rest) {
            System.arraycopy(from, 0, rest, 0, left);
        }
        Arrays.sort(rest, 0, left);
        long key = rest[rank - smaller];
        for (int i = 0; rest[i] < key; i++) {
            smaller++;
        }
        return key;
    }

    /** Returns how many keys were smaller than the one found last. */
    int smaller() {
        return smaller;
    }

    private void count(long[] from, int n, long least, int shift, int digits) {
        Arrays.fill(counts, 0, digits, 0);
        for (int i = 0; i < n; i++) {
            counts[(int) ((from[i] - least) >>> shift)]++;
        }
    }

    /** Keeps those with the digit that was found; without a branch, which would be taken at random. */
    private int keep(long[] from, int n, long least, int shift, int found) {
        int kept = 0;
        for (int i = 0; i < n; i++) {
            rest[kept] = from[i];
            kept += (from[i] - least) >>> shift == found ? 1 : 0;
        }
        return kept;
    }
}
