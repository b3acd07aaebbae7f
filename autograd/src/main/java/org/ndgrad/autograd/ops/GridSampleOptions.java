package org.ndgrad.autograd.ops;

/**
 * What can be chosen about {@link Resampling#gridSample}.
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param mode how values between the elements are found
 * @param padding what stands beyond the borders
 * @param alignCorners whether −1 and 1 mean the middles of the outermost elements, not their edges
 */
public record GridSampleOptions(Mode mode, Padding padding, boolean alignCorners) {

    /**
     * Checks the options.
     *
     * @throws NullPointerException if one of them is null
     */
    public GridSampleOptions {
        OpChecks.given("GridSampleOptions", "value for mode", mode);
        OpChecks.given("GridSampleOptions", "value for padding", padding);
    }

    /** How values between the elements are found; PyTorch's names in brackets. */
    public enum Mode {
        /** The nearest element; no gradient flows to the grid. */
        NEAREST,
        /** Straight lines between neighbors ("bilinear"). */
        LINEAR,
        /** Keys's cubic with a = −¾ over four neighbors; images only. */
        BICUBIC
    }

    /** What stands beyond the borders. */
    public enum Padding {
        /** Zeros. */
        ZEROS,
        /** The outermost elements, again and again. */
        BORDER,
        /** The elements as in mirrors at the borders. */
        REFLECTION
    }

    private static final GridSampleOptions DEFAULTS = new GridSampleOptions(Mode.LINEAR, Padding.ZEROS, false);

    /** Returns PyTorch's defaults: linear, zeros, corners not aligned. */
    public static GridSampleOptions defaults() {
        return DEFAULTS;
    }

    /** Returns these options with another mode. */
    public GridSampleOptions withMode(Mode mode) {
        return new GridSampleOptions(mode, padding, alignCorners);
    }

    /** Returns these options with another padding. */
    public GridSampleOptions withPadding(Padding padding) {
        return new GridSampleOptions(mode, padding, alignCorners);
    }

    /** Returns these options with the corners aligned or not. */
    public GridSampleOptions withAlignCorners(boolean alignCorners) {
        return new GridSampleOptions(mode, padding, alignCorners);
    }
}
