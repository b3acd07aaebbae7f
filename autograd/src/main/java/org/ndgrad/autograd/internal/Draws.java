package org.ndgrad.autograd.internal;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.elementwise.Fill;

/** Random numbers for parameters. */
public final class Draws {

    private Draws() {}

    /** Returns numbers drawn evenly from [low, high), or low where there is no number between them. */
    public static Tensor uniform(DataType dtype, RandomGenerator rng, double low, double high, long... shape) {
        checkArgument(
                DTypes.isFloating(dtype),
                "uniform: expected a floating type; got %s. Draw float32 and convert.",
                DTypes.name(dtype));
        Shapes.numel("uniform", shape);
        return Tensor.of(Fill.uniform(dtype, rng, low, high, shape));
    }
}
