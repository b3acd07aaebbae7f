package org.ndgrad.nn.data;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.random.RandomGenerator;
import org.ndgrad.autograd.Tensor;

/**
 * Exchanges top and bottom, or does not.
 *
 * @param probability of the exchange, in [0, 1]
 */
public record RandomVerticalFlip(double probability) implements ImageTransform {

    /**
     * Checks the probability.
     *
     * @throws IllegalArgumentException if it is none
     */
    public RandomVerticalFlip {
        checkArgument(
                probability >= 0 && probability <= 1,
                "RandomVerticalFlip: expected a probability in [0, 1]; got %s. Choose one between.",
                probability);
    }

    @Override
    public Tensor apply(Tensor images, RandomGenerator rng) {
        return ImageTransform.each(
                "RandomVerticalFlip",
                images,
                (image, random) -> random.nextDouble() < probability ? image.flip(-2) : image,
                rng);
    }
}
