package org.ndgrad.nn.data;

/** Which channels an image has as a tensor. */
public enum ImageMode {
    /** One channel: luminance, 0.299 R + 0.587 G + 0.114 B. */
    GRAY(1),
    /** Two channels: luminance and opacity. */
    GRAY_ALPHA(2),
    /** Three channels: red, green, blue. */
    RGB(3),
    /** Four channels: red, green, blue, opacity. */
    RGBA(4);

    private final int channels;

    ImageMode(int channels) {
        this.channels = channels;
    }

    int channels() {
        return channels;
    }

    boolean isColored() {
        return this == RGB || this == RGBA;
    }

    boolean hasAlpha() {
        return this == GRAY_ALPHA || this == RGBA;
    }

    static ImageMode of(int channels) {
        return values()[channels - 1];
    }
}
