package org.ndgrad.autograd.kernels.spatial;

import org.ndgrad.autograd.kernels.memory.Memory;

/** Which elements of a dim each pooling window covers; a window has at least one. */
public final class Spans {

    /** One window that covers the one element of a dim which is not there. */
    static final Spans SINGLE = adaptive("pool", 1, 1);

    final int input;
    final int[] begin;
    final int[] end;
    final int step;
    final int[] size;

    private Spans(String op, int input, int output, int step) {
        this.input = input;
        this.begin = Memory.ints(op, output);
        this.end = Memory.ints(op, output);
        this.step = step;
        this.size = Memory.ints(op, output);
    }

    /** Returns windows that share the dim as evenly as possible, with an overlap where it does not divide. */
    public static Spans adaptive(String op, int input, int output) {
        Spans spans = new Spans(op, input, output, 1);
        for (int o = 0; o < output; o++) {
            spans.begin[o] = (int) ((long) o * input / output);
            spans.end[o] = (int) (((o + 1L) * input + output - 1) / output);
            spans.size[o] = spans.end[o] - spans.begin[o];
        }
        return spans;
    }

    /**
     * Returns windows that slide.
     *
     * @param countPadding whether the padding, but not what lies beyond it, counts for a window's size
     */
    public static Spans sliding(
            String op, int input, int output, int kernel, int stride, int padding, int dilation, boolean countPadding) {
        Spans spans = new Spans(op, input, output, dilation);
        for (int o = 0; o < output; o++) {
            long start = (long) o * stride - padding;
            long stop = start + (kernel - 1L) * dilation + 1;
            long skipped = start < 0 ? (-start + dilation - 1) / dilation : 0;
            spans.begin[o] = (int) (start + skipped * dilation);
            spans.end[o] = (int) Math.min(stop, input);
            long counted =
                    countPadding ? Math.min(stop, input + (long) padding) - start : spans.end[o] - spans.begin[o];
            spans.size[o] = (int) counted;
        }
        return spans;
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
