package org.ndgrad.autograd.kernels.spatial;

import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.kernels.DTypes;
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
        this.step = Math.min(step, Math.max(input, 1)); // a longer one leads out of the dim as well
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

    /**
     * Returns windows of a size whose steps are ⌊α⌋ or ⌈α⌉ with α = (input − kernel) / (output − 1), the last one at
     * the end: pseudo-random ones, as PyTorch places them by arithmetic in the type of the sample.
     *
     * <p>Source: Graham, Fractional max-pooling, 2014.
     */
    public static PoolWindows fractional(String op, int input, int output, int kernel, double sample, DataType type) {
        PoolWindows windows = new PoolWindows(op, input, output, 1);
        double step = output > 1 ? DTypes.held(type, (double) (input - kernel) / (output - 1)) : 0;
        int start = (int) DTypes.held(type, sample * step);
        for (int o = 0; o < output; o++) {
            int begin = (int) DTypes.held(type, DTypes.held(type, o + sample) * step) - start;
            windows.begin[o] = o < output - 1 ? begin : input - kernel;
            windows.end[o] = windows.begin[o] + kernel;
            windows.size[o] = kernel;
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
