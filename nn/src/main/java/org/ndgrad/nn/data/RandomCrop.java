package org.ndgrad.nn.data;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.random.RandomGenerator;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Text;

/**
 * Cuts a random part out of an image, after a margin of zeros is put around it.
 *
 * @param height of the part, at least 1
 * @param width of the part, at least 1
 * @param padding how wide the margin is, at least 0
 */
public record RandomCrop(long height, long width, long padding) implements ImageTransform {

    /**
     * Checks the sizes.
     *
     * @throws IllegalArgumentException if one is too small
     */
    public RandomCrop {
        checkArgument(
                height >= 1 && width >= 1 && padding >= 0,
                "RandomCrop: expected height and width of at least 1, and padding of at least 0; got %s, %s and %s."
                        + " Give sizes in pixels.",
                height,
                width,
                padding);
    }

    @Override
    public Tensor apply(Tensor images, RandomGenerator rng) {
        return ImageTransform.each("RandomCrop", images, this::cropped, rng);
    }

    private Tensor cropped(Tensor image, RandomGenerator rng) {
        Tensor padded = padding == 0 ? image : image.pad(padding, padding, padding, padding);
        long down = padded.size(1) - height;
        long right = padded.size(2) - width;
        checkArgument(
                down >= 0 && right >= 0,
                "RandomCrop: expected images of at least (%s, %s), margin included; got %s. Crop less, or pad more.",
                height,
                width,
                Text.shape(padded));
        long top = rng.nextLong(down + 1);
        long left = rng.nextLong(right + 1);
        return padded.slice(1, top, top + height).slice(2, left, left + width);
    }
}
