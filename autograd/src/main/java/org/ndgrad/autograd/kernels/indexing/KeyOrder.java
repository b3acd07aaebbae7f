package org.ndgrad.autograd.kernels.indexing;

import java.util.Arrays;
import org.ndgrad.autograd.kernels.memory.Memory;

/**
 * Sorts whole numbers along with their positions; equal ones keep their order. Memory for one row at a time.
 *
 * <p>What is sorted are single numbers: the first 32 bits in which keys differ, in front of the position. They are
 * dealt out by some bits after another, the last ones deciding, or compared if there are few. Where keys differ in more
 * bits, those whose first 32 are equal are then sorted by the others.
 */
final class KeyOrder {

    /** Up to here, comparing is faster than dealing out. */
    private static final int FEW = 128;

    /** By so many bits elements are dealt out at most. */
    private static final int DIGIT = 11;

    private long[] pairs;
    private long[] others;

    KeyOrder(int size) {
        this.pairs = Memory.longs("sort", size);
        this.others = Memory.longs("sort", size);
    }

    /** Returns numbers whose lower 32 bits are the positions of the first n keys in order; n is at least 1. */
    long[] of(long[] keys, int n) {
        long least = Long.MAX_VALUE;
        long most = Long.MIN_VALUE;
        for (int i = 0; i < n; i++) {
            least = Math.min(least, keys[i]);
            most = Math.max(most, keys[i]);
        }
        int bits = Long.SIZE - Long.numberOfLeadingZeros(most - least);
        int shift = Math.max(0, bits - Integer.SIZE);
        long flip = n <= FEW ? Long.MIN_VALUE : 0; // Java compares with a sign
        for (int i = 0; i < n; i++) {
            pairs[i] = (((keys[i] - least) >>> shift << Integer.SIZE) ^ flip) | i;
        }
        if (n <= FEW) {
            Arrays.sort(pairs, 0, n);
        } else {
            deal(n, bits - shift);
        }
        if (shift > 0) {
            sortTies(keys, n, least, (1L << shift) - 1);
        }
        return pairs;
    }

    private void deal(int n, int bits) {
        int rounds = (bits + DIGIT - 1) / DIGIT;
        int width = rounds == 0 ? 0 : (bits + rounds - 1) / rounds;
        for (int round = 0; round < rounds; round++) {
            deal(n, Integer.SIZE + round * width, (1 << width) - 1);
        }
    }

    private void deal(int n, int shift, int mask) {
        long[] in = pairs;
        long[] out = others;
        int[] starts = new int[mask + 2];
        for (int i = 0; i < n; i++) {
            starts[((int) (in[i] >>> shift) & mask) + 1]++;
        }
        for (int digit = 0; digit < mask; digit++) {
            starts[digit + 1] += starts[digit];
        }
        for (int i = 0; i < n; i++) {
            out[starts[(int) (in[i] >>> shift) & mask]++] = in[i];
        }
        pairs = out;
        others = in;
    }

    /** Sorts those whose first bits are equal by the others. */
    private void sortTies(long[] keys, int n, long least, long rest) {
        for (int start = 0; start < n; ) {
            int end = start + 1;
            while (end < n && (pairs[end] ^ pairs[start]) >>> Integer.SIZE == 0) {
                end++;
            }
            if (end - start > 1) {
                sortTies(keys, start, end, least, rest);
            }
            start = end;
        }
    }

    private void sortTies(long[] keys, int start, int end, long least, long rest) {
        boolean sorted = true;
        long before = Long.MIN_VALUE;
        for (int i = start; i < end; i++) {
            int position = (int) pairs[i];
            long next = (keys[position] - least) & rest;
            pairs[i] = ((next << Integer.SIZE) ^ Long.MIN_VALUE) | position;
            sorted &= next >= before;
            before = next;
        }
        if (!sorted) {
            Arrays.sort(pairs, start, end);
        }
    }
}
