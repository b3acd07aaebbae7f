package org.ndgrad.nn.data;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.random.RandomGenerator;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.GridSampleOptions;
import org.ndgrad.autograd.ops.Resampling;

/**
 * Rotates an image around its center, with bilinear interpolation and zeros where nothing was.
 *
 * @param degrees the largest angle, to either side, in [0, 180]
 */
public record RandomRotation(double degrees) implements ImageTransform {

    /**
     * Checks the angle.
     *
     * @throws IllegalArgumentException if it is outside
     */
    public RandomRotation {
        checkArgument(
                degrees >= 0 && degrees <= 180,
                "RandomRotation: expected degrees in [0, 180]; got %s. Choose an angle between.",
                degrees);
    }

    @Override
    public Tensor apply(Tensor images, RandomGenerator rng) {
        ImageTransform.checkFloating("RandomRotation", images);
        return ImageTransform.each(
                "RandomRotation",
                images,
                (image, random) -> rotated(image, degrees * (2 * random.nextDouble() - 1)),
                rng);
    }

    /** Returns an image rotated counterclockwise. */
    static Tensor rotated(Tensor image, double degrees) {
        double cos = Math.cos(Math.toRadians(degrees));
        double sin = Math.sin(Math.toRadians(degrees));
        double ratio = (double) image.size(1) / image.size(2);
        // where a pixel comes from, in coordinates that go from -1 to 1 in either dimension
        Tensor origin = Tensor.of(image.dtype(), cos, -sin * ratio, 0, sin / ratio, cos, 0)
                .reshape(1, 2, 3);
        Tensor batch = image.unsqueeze(0);
        GridSampleOptions options = GridSampleOptions.defaults();
        return Resampling.gridSample(batch, Resampling.affineGrid(origin, options, batch.shape()), options)
                .squeeze(0);
    }
}
