package org.ndgrad.nn.data;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Text;
import org.ndgrad.autograd.ops.Joining;

/**
 * A change of images, random or not: of one, (C, H, W), or of each of several by itself, (N, C, H, W). The names are
 * those of torchvision.
 *
 * <pre>{@code
 * ImageTransform augment = ImageTransform.compose(new RandomHorizontalFlip(0.5), new RandomCrop(32, 32, 4));
 * Dataset<Batch> augmented = train.map(augment.onFeatures(), 7); // other images in each epoch
 * }</pre>
 */
@FunctionalInterface
public interface ImageTransform extends BiFunction<Tensor, RandomGenerator, Tensor> {

    /**
     * Returns the changed images.
     *
     * @param images (C, H, W) or (N, C, H, W)
     * @param rng what is random is drawn from it
     * @throws IllegalArgumentException if they are no such images
     */
    @Override
    Tensor apply(Tensor images, RandomGenerator rng);

    /** Returns transforms one after the other. */
    static ImageTransform compose(ImageTransform... transforms) {
        ImmutableList<ImageTransform> all = ImmutableList.copyOf(transforms);
        return (images, rng) -> {
            Tensor changed = images;
            for (ImageTransform each : all) {
                changed = each.apply(changed, rng);
            }
            return changed;
        };
    }

    /** Returns a change of the features of samples, for {@link Dataset#map(BiFunction, long)}. */
    default BiFunction<Batch, RandomGenerator, Batch> onFeatures() {
        return (sample, rng) -> new Batch(apply(sample.features(), rng), sample.targets());
    }

    /** Changes one image, or each of several, and records nothing. */
    static Tensor each(String who, Tensor images, ImageTransform change, RandomGenerator rng) {
        checkArgument(
                images.ndim() == 3 || images.ndim() == 4,
                "%s: expected images (C, H, W) or (N, C, H, W); got %s. Add the dimensions with unsqueeze.",
                who,
                Text.shape(images));
        return Autograd.noGrad(() -> images.ndim() == 3
                ? change.apply(images, rng)
                : images.size(0) == 0
                        ? images
                        : Joining.stack(
                                Joining.unbind(images, 0).stream()
                                        .map(image -> change.apply(image, rng))
                                        .toList(),
                                0));
    }

    /** Refuses images whose numbers are no fractions. */
    static void checkFloating(String who, Tensor images) {
        checkArgument(
                images.dtype().isFPType(),
                "%s: expected images of a floating type; got %s. Convert them, x.to(DataType.FLOAT).div(255).",
                who,
                Text.dtype(images));
    }
}
