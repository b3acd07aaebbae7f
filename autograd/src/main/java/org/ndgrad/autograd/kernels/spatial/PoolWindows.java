package org.ndgrad.autograd.kernels.spatial;

import org.ndgrad.autograd.kernels.memory.Memory;

/** Which elements of a dim each pooling window covers; a window has at least one. */
public final class PoolWindows {

    /** One window that covers the one element of a dim which is not there. */
    static final PoolWindows SINGLE = adaptive("pool", 1, 1);

    final int input;
    final int[] begin;
    final int[] end;
    final int step;
    final int[] size;

    private PoolWindows(String op, int input, int output, int step) {
        this.input = input;
        this.begin = Memory.ints(op, output);
        this.end = Memory.ints(op, output);
        this.step = step;
        this.size = Memory.ints(op, output);
    }

    /** Returns windows that share the dim as evenly as possible, with an overlap where it does not divide. */
    public static PoolWindows adaptive(String op, int input, int output) {
        PoolWindows windows = new PoolWindows(op, input, output, 1);
        for (int o = 0; o < output; o++) {
            windows.begin[o] = (int) ((long) o * input / output);
            windows.end[o] = (int) (((o + 1L) * input + output - 1) / output);
            windows.size[o] = windows.end[o] - windows.begin[o];
        }
        return windows;
    }

    /**
     * Returns windows that slide.
     *
     * @param countPadding whether the padding, but not what lies beyond it, counts for a window's size
     */
    public static PoolWindows sliding(
            String op, int input, int output, int kernel, int stride, int padding, int dilation, boolean countPadding) {
        PoolWindows windows = new PoolWindows(op, input, output, dilation);
        for (int o = 0; o < output; o++) {
            long start = (long) o * stride - padding;
            long stop = start + (kernel - 1L) * dilation + 1;
            long skipped = start < 0 ? (-start + dilation - 1) / dilation : 0;
            windows.begin[o] = (int) (start + skipped * dilation);
            windows.end[o] = (int) Math.min(stop, input);
            long counted =
                    countPadding ? Math.min(stop, input + (long) padding) - start : windows.end[o] - windows.begin[o];
            windows.size[o] = (int) counted;
        }
        return windows;
    }

    /** Returns how many windows there are. */
    public int count() {
        return begin.length;
    }

    /** Whether some window lies in the padding only. */
    public boolean misses() {
        for (int o = 0; o < begin.length; o++) {
            if (begin[o] >= end[o]) {
                return true;
            }
        }
        return false;
    }
}
