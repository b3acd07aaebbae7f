package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.ImmutableLongArray;

/**
 * What to make of {@link Resampling#interpolate}'s input.
 *
 * <pre>{@code
 * Resampling.interpolate(x, InterpolateOptions.ofFactors(2).withMode(InterpolateOptions.Mode.LINEAR));
 * }</pre>
 *
 * <p>Options are made by {@link #ofSizes} or {@link #ofFactors} and {@code with…}; the constructor is no API, for it
 * grows with them.
 *
 * @param sizes the sizes wanted, one for each spatial dim or one for all of them; empty if factors are given
 * @param factors by what to multiply the sizes, one for each spatial dim or one for all of them; empty if sizes are
 *     given
 * @param mode how to find the values between the elements
 * @param scale what positions are computed from
 * @param alignCorners whether the middles of the outermost elements stay in place, not their edges
 */
public record InterpolateOptions(
        ImmutableLongArray sizes, ImmutableDoubleArray factors, Mode mode, Scale scale, boolean alignCorners) {

    /** How values between the elements are found; PyTorch's names in brackets. */
    public enum Mode {
        /** The element at or below ("nearest"). */
        NEAREST,
        /** The nearest element ("nearest-exact"). */
        NEAREST_EXACT,
        /** Straight lines between neighbors ("linear", "bilinear" and "trilinear", by the number of dims). */
        LINEAR,
        /** Keys's cubic with a = −¾ over four neighbors ("bicubic"); images only. */
        BICUBIC,
        /** The mean of the elements that are covered ("area"). */
        AREA,
        /** A triangle that widens with the shrinkage ("bilinear" with antialias); images only. */
        ANTIALIASED_LINEAR,
        /** Keys's cubic with a = −½ that widens with the shrinkage ("bicubic" with antialias); images only. */
        ANTIALIASED_BICUBIC,
        /** Lanczos's filter of radius 3 that widens with the shrinkage ("lanczos" with antialias); images only. */
        LANCZOS;

        boolean interpolates() {
            return this != NEAREST && this != NEAREST_EXACT && this != AREA;
        }

        boolean needsImage() {
            return interpolates() && this != LINEAR;
        }
    }

    /** What positions are computed from where a factor does not lead to a whole size. */
    public enum Scale {
        /** The factors as given. */
        GIVEN,
        /** The sizes before and after (PyTorch's {@code recompute_scale_factor}). */
        OF_SIZES
    }

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException unless either sizes or factors are given and corners are aligned in an
     *     interpolating mode only
     */
    public InterpolateOptions {
        checkArgument(
                sizes.isEmpty() != factors.isEmpty(),
                "interpolate: expected either sizes or factors; got %s sizes and %s factors. Give one of them.",
                sizes.length(),
                factors.length());
        sizes.forEach(size ->
                checkArgument(size > 0, "interpolate: expected sizes of at least 1; got %s. Enlarge them.", sizes));
        factors.forEach(factor -> checkArgument(
                factor > 0 && factor < Double.POSITIVE_INFINITY,
                "interpolate: expected finite factors above 0; got %s. To shrink, use a factor below 1.",
                factors));
        checkArgument(
                !alignCorners || (mode.interpolates() && mode != Mode.LANCZOS),
                "interpolate: expected a linear or cubic mode where corners are aligned; got %s. Leave them unaligned.",
                mode);
    }

    private static InterpolateOptions of(ImmutableLongArray sizes, ImmutableDoubleArray factors) {
        return new InterpolateOptions(sizes, factors, Mode.NEAREST, Scale.GIVEN, false);
    }

    /**
     * Asks for sizes.
     *
     * @param sizes at least 1, one for each spatial dim or one for all of them
     */
    public static InterpolateOptions ofSizes(long... sizes) {
        return of(ImmutableLongArray.copyOf(sizes), ImmutableDoubleArray.of());
    }

    /**
     * Asks for the sizes times factors, rounded down.
     *
     * @param factors above 0, one for each spatial dim or one for all of them
     */
    public static InterpolateOptions ofFactors(double... factors) {
        return of(ImmutableLongArray.of(), ImmutableDoubleArray.copyOf(factors));
    }

    /** Returns these options with another mode. */
    public InterpolateOptions withMode(Mode mode) {
        return new InterpolateOptions(sizes, factors, mode, scale, alignCorners);
    }

    /** Returns these options with positions computed from something else. */
    public InterpolateOptions withScale(Scale scale) {
        return new InterpolateOptions(sizes, factors, mode, scale, alignCorners);
    }

    /** Returns these options with the corners aligned or not; choose the mode first. */
    public InterpolateOptions withAlignCorners(boolean alignCorners) {
        return new InterpolateOptions(sizes, factors, mode, scale, alignCorners);
    }
}
