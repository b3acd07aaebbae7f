package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableLongArray;
import java.util.OptionalLong;

/**
 * What can be chosen about {@link Pooling}. One number counts for all spatial dims.
 *
 * <pre>{@code
 * Pooling.maxPool2d(x, PoolOptions.of(3).withStride(2).withPadding(1));
 * }</pre>
 *
 * <p>Options are made by {@link #of} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param kernel the size of a window, at least 1
 * @param stride the step from window to window, at least 1; empty for windows side by side
 * @param padding how far windows may reach beyond both ends of a dim, from 0 to half the kernel
 * @param dilation the step from element to element of a window, at least 1; only for the maximum
 * @param ceilMode whether a last window may reach beyond the end of the padding, instead of being left out
 * @param counting which elements of a window an average is divided by
 * @param divisor what an average is divided by instead; not 0
 */
public record PoolOptions(
        ImmutableLongArray kernel,
        ImmutableLongArray stride,
        ImmutableLongArray padding,
        ImmutableLongArray dilation,
        boolean ceilMode,
        Counting counting,
        OptionalLong divisor) {

    /** Which elements of a window count for its size in an average. */
    public enum Counting {
        /** Those of the input and of the padding. */
        WITH_PADDING,
        /** Those of the input. */
        WITHOUT_PADDING
    }

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if a number is too small or too large, or the divisor is 0
     */
    public PoolOptions {
        OpChecks.perDim("PoolOptions", "kernel", kernel, 1);
        if (!stride.isEmpty()) {
            OpChecks.perDim("PoolOptions", "stride", stride, 1);
        }
        OpChecks.perDim("PoolOptions", "padding", padding, 0);
        OpChecks.perDim("PoolOptions", "dilation", dilation, 1);
        checkArgument(
                divisor.orElse(1) != 0,
                "PoolOptions: expected a divisor other than 0; got 0. Leave it out to divide by the window's size.");
    }

    /** Returns PyTorch's defaults for a window of this size: side by side, without padding. */
    public static PoolOptions of(long... kernel) {
        return new PoolOptions(
                copy(kernel),
                ImmutableLongArray.of(),
                ImmutableLongArray.of(0),
                ImmutableLongArray.of(1),
                false,
                Counting.WITH_PADDING,
                OptionalLong.empty());
    }

    /** Returns these options with another stride. */
    public PoolOptions withStride(long... stride) {
        return new PoolOptions(kernel, copy(stride), padding, dilation, ceilMode, counting, divisor);
    }

    /** Returns these options with another padding. */
    public PoolOptions withPadding(long... padding) {
        return new PoolOptions(kernel, stride, copy(padding), dilation, ceilMode, counting, divisor);
    }

    /** Returns these options with another dilation. */
    public PoolOptions withDilation(long... dilation) {
        return new PoolOptions(kernel, stride, padding, copy(dilation), ceilMode, counting, divisor);
    }

    /** Returns these options with a last window that may reach beyond the end, or without. */
    public PoolOptions withCeilMode(boolean ceilMode) {
        return new PoolOptions(kernel, stride, padding, dilation, ceilMode, counting, divisor);
    }

    /** Returns these options with another way of counting a window's elements. */
    public PoolOptions withCounting(Counting counting) {
        return new PoolOptions(kernel, stride, padding, dilation, ceilMode, counting, divisor);
    }

    /** Returns these options with a number that averages are divided by. */
    public PoolOptions withDivisor(long divisor) {
        return new PoolOptions(kernel, stride, padding, dilation, ceilMode, counting, OptionalLong.of(divisor));
    }

    private static ImmutableLongArray copy(long[] values) {
        return ImmutableLongArray.copyOf(values);
    }
}
