package org.ndgrad.nn.data;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.random.RandomGenerator;
import org.ndgrad.autograd.Tensor;

/**
 * Exchanges left and right, or does not.
 *
 * @param probability of the exchange, in [0, 1]
 */
public record RandomHorizontalFlip(double probability) implements ImageTransform {

    /**
     * Checks the probability.
     *
     * @throws IllegalArgumentException if it is none
     */
    public RandomHorizontalFlip {
        checkArgument(
                probability >= 0 && probability <= 1,
                "RandomHorizontalFlip: expected a probability in [0, 1]; got %s. Choose one between.",
                probability);
    }

    @Override
    public Tensor apply(Tensor images, RandomGenerator rng) {
        return ImageTransform.each(
                "RandomHorizontalFlip",
                images,
                (image, random) -> random.nextDouble() < probability ? image.flip(-1) : image,
                rng);
    }
}
