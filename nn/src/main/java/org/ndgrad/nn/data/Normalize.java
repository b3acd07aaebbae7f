package org.ndgrad.nn.data;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Doubles;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Text;

/**
 * Shifts and scales each channel: (x − mean) / std. Nothing is random about it.
 *
 * @param mean one number for each channel
 * @param std one number above 0 for each channel
 */
public record Normalize(List<Double> mean, List<Double> std) implements ImageTransform {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if there are not as many, one is not finite, or a std is not above 0
     */
    public Normalize {
        checkArgument(
                mean.size() == std.size()
                        && mean.stream().allMatch(Double::isFinite)
                        && std.stream().allMatch(each -> each > 0 && Double.isFinite(each)),
                "Normalize: expected as many finite means as finite stds above 0; got %s and %s. Give one for each channel.",
                mean,
                std);
        mean = ImmutableList.copyOf(mean);
        std = ImmutableList.copyOf(std);
    }

    /** Creates a transform of images with one channel. */
    public Normalize(double mean, double std) {
        this(ImmutableList.of(mean), ImmutableList.of(std));
    }

    @Override
    public Tensor apply(Tensor images, RandomGenerator rng) {
        ImageTransform.checkFloating("Normalize", images);
        return ImageTransform.each("Normalize", images, (image, random) -> normalized(image), rng);
    }

    private Tensor normalized(Tensor image) {
        checkArgument(
                image.size(0) == mean.size(),
                "Normalize: expected images of %s channels, for as many means; got %s. Give one for each channel.",
                mean.size(),
                Text.shape(image));
        return image.sub(channels(image, mean)).div(channels(image, std));
    }

    private static Tensor channels(Tensor image, List<Double> numbers) {
        return Tensor.of(image.dtype(), Doubles.toArray(numbers)).reshape(numbers.size(), 1, 1);
    }
}
