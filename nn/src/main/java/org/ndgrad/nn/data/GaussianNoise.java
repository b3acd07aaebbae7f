package org.ndgrad.nn.data;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.random.RandomGenerator;
import org.ndgrad.autograd.Tensor;

/**
 * Adds numbers from N(0, σ²) to the pixels.
 *
 * @param sigma σ, at least 0
 */
public record GaussianNoise(double sigma) implements ImageTransform {

    /**
     * Checks σ.
     *
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public GaussianNoise {
        checkArgument(
                sigma >= 0 && Double.isFinite(sigma),
                "GaussianNoise: expected a finite sigma of at least 0; got %s. Choose another one.",
                sigma);
    }

    @Override
    public Tensor apply(Tensor images, RandomGenerator rng) {
        ImageTransform.checkFloating("GaussianNoise", images);
        return ImageTransform.each(
                "GaussianNoise",
                images,
                (image, random) -> image.add(
                        Tensor.randn(image.dtype(), random, image.shape()).mul(sigma)),
                rng);
    }
}
