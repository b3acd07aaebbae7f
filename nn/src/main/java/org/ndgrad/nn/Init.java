package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Checks;
import org.ndgrad.autograd.internal.Draws;
import org.ndgrad.autograd.internal.Text;

/**
 * Initial values of parameters.
 *
 * <p>Each method returns a new tensor that requires no gradient yet. A weight has the shape (out, in, *), where * is
 * the kernel of a convolution; then fanIn = in · k and fanOut = out · k with k the number of elements in the kernel.
 *
 * <pre>{@code
 * Tensor weight = Init.kaimingNormal(DataType.FLOAT, rng, Fan.IN, Nonlinearity.RELU.gain(), 64, 32);
 * Init.replace(linear.weight(), weight);
 * }</pre>
 */
public final class Init {

    private Init() {}

    /** Which number of connections a Kaiming initialization keeps the variance for. */
    public enum Fan {
        /** The inputs of a unit: activations keep their size in the forward pass. */
        IN,
        /** The outputs of a unit: gradients keep their size in the backward pass. */
        OUT
    }

    /**
     * Returns the same value everywhere.
     *
     * @return shape {@code shape}
     */
    public static Tensor constant(DataType dtype, double value, long... shape) {
        return Tensor.full(dtype, value, shape);
    }

    /**
     * Draws from the uniform distribution on [low, high); what rounding would make high becomes the number below it.
     *
     * @return shape {@code shape}
     * @throws IllegalArgumentException if low exceeds high
     */
    public static Tensor uniform(DataType dtype, RandomGenerator rng, double low, double high, long... shape) {
        checkArgument(low <= high, "uniform: expected low <= high; got low=%s, high=%s. Swap them.", low, high);
        return Draws.uniform(dtype, rng, low, high, shape);
    }

    /**
     * Draws from the normal distribution N(mean, std²).
     *
     * @return shape {@code shape}
     * @throws IllegalArgumentException if std is negative, or a parameter is not finite
     */
    public static Tensor normal(DataType dtype, RandomGenerator rng, double mean, double std, long... shape) {
        return Tensor.normal(dtype, rng, mean, std, shape);
    }

    /**
     * Draws from U(−a, a) with a = gain · √(6 / (fanIn + fanOut)).
     *
     * <p>Source: Glorot and Bengio, Understanding the difficulty of training deep feedforward neural networks, 2010.
     *
     * @param gain see {@link Nonlinearity#gain}; 1 for the paper's rule
     * @param shape (out, in, *)
     * @return shape {@code shape}
     */
    public static Tensor xavierUniform(DataType dtype, RandomGenerator rng, double gain, long... shape) {
        double bound = gain * Math.sqrt(6 / (fan(Fan.IN, shape) + fan(Fan.OUT, shape)));
        return uniform(dtype, rng, -bound, bound, shape);
    }

    /**
     * Draws from N(0, s²) with s = gain · √(2 / (fanIn + fanOut)).
     *
     * <p>Source: Glorot and Bengio, 2010, as for {@link #xavierUniform}.
     *
     * @param gain see {@link Nonlinearity#gain}; 1 for the paper's rule
     * @param shape (out, in, *)
     * @return shape {@code shape}
     */
    public static Tensor xavierNormal(DataType dtype, RandomGenerator rng, double gain, long... shape) {
        double std = gain * Math.sqrt(2 / (fan(Fan.IN, shape) + fan(Fan.OUT, shape)));
        return normal(dtype, rng, 0, std, shape);
    }

    /**
     * Draws from U(−a, a) with a = gain · √(3 / fan).
     *
     * <p>Source: He et al., Delving deep into rectifiers, 2015.
     *
     * @param fan which fan to keep the variance for; {@link Fan#IN} is usual
     * @param gain see {@link Nonlinearity#gain}; √2 for ReLU
     * @param shape (out, in, *)
     * @return shape {@code shape}
     */
    public static Tensor kaimingUniform(DataType dtype, RandomGenerator rng, Fan fan, double gain, long... shape) {
        double bound = gain * Math.sqrt(3 / fan(fan, shape));
        return uniform(dtype, rng, -bound, bound, shape);
    }

    /**
     * Draws from N(0, s²) with s = gain / √fan.
     *
     * <p>Source: He et al., Delving deep into rectifiers, 2015.
     *
     * @param fan which fan to keep the variance for; {@link Fan#IN} is usual
     * @param gain see {@link Nonlinearity#gain}; √2 for ReLU
     * @param shape (out, in, *)
     * @return shape {@code shape}
     */
    public static Tensor kaimingNormal(DataType dtype, RandomGenerator rng, Fan fan, double gain, long... shape) {
        return normal(dtype, rng, 0, gain / Math.sqrt(fan(fan, shape)), shape);
    }

    /**
     * Draws from N(0, 1 / fanIn).
     *
     * <p>Source: LeCun et al., Efficient backprop, 1998, section 4.6.
     *
     * @param shape (out, in, *)
     * @return shape {@code shape}
     */
    public static Tensor lecunNormal(DataType dtype, RandomGenerator rng, long... shape) {
        return normal(dtype, rng, 0, 1 / Math.sqrt(fan(Fan.IN, shape)), shape);
    }

    /**
     * Overwrites a parameter with values of the same shape. Its gradient, and that it requires one, stay.
     *
     * @param parameter any shape
     * @param values shape of parameter
     * @throws IllegalArgumentException if the shapes differ
     */
    public static void replace(Tensor parameter, Tensor values) {
        Checks.sameShape("replace", "values", values, "parameter", parameter);
        Autograd.noGrad(() -> {
            parameter.copy_(values);
        });
    }

    /** Returns the fan, and 1 where it would be 0, so that empty weights divide by nothing. */
    private static double fan(Fan fan, long... shape) {
        checkArgument(
                shape.length >= 2,
                "Init: expected a weight of shape (out, in, *), at least 2-d; got %s. Use uniform or normal for a bias.",
                Text.shape(shape));
        double count = fan == Fan.IN ? shape[1] : shape[0];
        for (int dim = 2; dim < shape.length; dim++) {
            count *= shape[dim];
        }
        return Math.max(1, count);
    }
}
