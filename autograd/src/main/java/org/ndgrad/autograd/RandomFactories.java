package org.ndgrad.autograd;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;
import static com.google.common.base.Preconditions.checkState;

import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.elementwise.Fill;
import org.ndgrad.autograd.kernels.elementwise.Sampling;
import org.ndgrad.autograd.kernels.indexing.Views;
import org.ndgrad.autograd.kernels.memory.Memory;

/** Tensors of random numbers. In a class of its own for length only. */
public abstract sealed class RandomFactories extends InPlace permits LikeFactories {

    RandomFactories(INDArray values) {
        super(values);
    }

    static void checkFloating(String op, DataType dtype) {
        checkArgument(
                DTypes.isFloating(dtype),
                "%s: expected a floating type; got %s. Draw whole numbers with randint, or draw float32 and convert.",
                op,
                DTypes.name(dtype));
    }

    /**
     * Returns numbers drawn evenly from [0, 1), in the default type, by the default generator; see
     * {@link #rand(DataType, RandomGenerator, long...)}.
     */
    public static Tensor rand(long... shape) {
        return rand(Tensor.defaultDtype(), Rng.defaultRng(), shape);
    }

    /**
     * Returns numbers drawn evenly from [0, 1), by the default generator; see
     * {@link #rand(DataType, RandomGenerator, long...)}.
     */
    public static Tensor rand(DataType dtype, long... shape) {
        return rand(dtype, Rng.defaultRng(), shape);
    }

    /**
     * Returns numbers drawn evenly from [0, 1), in the default type; see
     * {@link #rand(DataType, RandomGenerator, long...)}.
     */
    public static Tensor rand(RandomGenerator rng, long... shape) {
        return rand(Tensor.defaultDtype(), rng, shape);
    }

    /**
     * Returns numbers drawn evenly from [0, 1), never 1, with as many random bits as the floating type has digits.
     *
     * @throws IllegalArgumentException if the type is not a floating one
     */
    public static Tensor rand(DataType dtype, RandomGenerator rng, long... shape) {
        return uniform("rand", dtype, rng, shape);
    }

    static Tensor uniform(String op, DataType dtype, RandomGenerator rng, long... shape) {
        checkFloating(op, dtype);
        Shapes.numel(op, shape);
        return Tensor.constant(Fill.uniform(dtype, rng, shape));
    }

    /**
     * Returns numbers drawn from the standard normal distribution, in the default type, by the default generator; see
     * {@link #randn(DataType, RandomGenerator, long...)}.
     */
    public static Tensor randn(long... shape) {
        return randn(Tensor.defaultDtype(), Rng.defaultRng(), shape);
    }

    /**
     * Returns numbers drawn from the standard normal distribution, by the default generator; see
     * {@link #randn(DataType, RandomGenerator, long...)}.
     */
    public static Tensor randn(DataType dtype, long... shape) {
        return randn(dtype, Rng.defaultRng(), shape);
    }

    /**
     * Returns numbers drawn from the standard normal distribution, in the default type; see
     * {@link #randn(DataType, RandomGenerator, long...)}.
     */
    public static Tensor randn(RandomGenerator rng, long... shape) {
        return randn(Tensor.defaultDtype(), rng, shape);
    }

    /**
     * Returns numbers drawn from the standard normal distribution, of mean 0 and variance 1.
     *
     * @throws IllegalArgumentException if the type is not a floating one
     */
    public static Tensor randn(DataType dtype, RandomGenerator rng, long... shape) {
        return standard("randn", dtype, rng, shape);
    }

    static Tensor standard(String op, DataType dtype, RandomGenerator rng, long... shape) {
        checkFloating(op, dtype);
        Shapes.numel(op, shape);
        return Tensor.constant(Fill.normal(dtype, rng, shape));
    }

    /**
     * Returns whole numbers drawn evenly from [low, high), in int64, by the default generator; see
     * {@link #randint(DataType, RandomGenerator, long, long, long...)}.
     */
    public static Tensor randint(long low, long high, long... shape) {
        return randint(DataType.INT64, Rng.defaultRng(), low, high, shape);
    }

    /**
     * Returns whole numbers drawn evenly from [low, high), by the default generator; see
     * {@link #randint(DataType, RandomGenerator, long, long, long...)}.
     */
    public static Tensor randint(DataType dtype, long low, long high, long... shape) {
        return randint(dtype, Rng.defaultRng(), low, high, shape);
    }

    /**
     * Returns whole numbers drawn evenly from [low, high), in int64; see
     * {@link #randint(DataType, RandomGenerator, long, long, long...)}.
     */
    public static Tensor randint(RandomGenerator rng, long low, long high, long... shape) {
        return randint(DataType.INT64, rng, low, high, shape);
    }

    /**
     * Returns whole numbers drawn evenly from [low, high): {@code randint(0, 10, 3, 4)} are digits in shape (3, 4).
     *
     * @throws IllegalArgumentException if low is not below high, or the type does not hold all whole numbers between
     */
    public static Tensor randint(DataType dtype, RandomGenerator rng, long low, long high, long... shape) {
        return integers("randint", dtype, rng, low, high, shape);
    }

    static Tensor integers(String op, DataType dtype, RandomGenerator rng, long low, long high, long... shape) {
        Sampling.checkIntegers(op, dtype, low, high);
        Shapes.numel(op, shape);
        return Tensor.constant(Fill.integers(dtype, rng, low, high, shape));
    }

    /**
     * Returns whole numbers drawn evenly from [0, high), in int64, by the default generator; see
     * {@link #randint(DataType, RandomGenerator, long, long[])}.
     */
    public static Tensor randint(long high, long[] shape) {
        return randint(DataType.INT64, Rng.defaultRng(), high, shape);
    }

    /**
     * Returns whole numbers drawn evenly from [0, high), by the default generator; see
     * {@link #randint(DataType, RandomGenerator, long, long[])}.
     */
    public static Tensor randint(DataType dtype, long high, long[] shape) {
        return randint(dtype, Rng.defaultRng(), high, shape);
    }

    /**
     * Returns whole numbers drawn evenly from [0, high), in int64; see
     * {@link #randint(DataType, RandomGenerator, long, long[])}.
     */
    public static Tensor randint(RandomGenerator rng, long high, long[] shape) {
        return randint(DataType.INT64, rng, high, shape);
    }

    /**
     * Returns whole numbers drawn evenly from [0, high). The shape is an array, as {@code x.shape()} is, for in
     * {@code randint(2, 3, 4)} the 3 is high.
     *
     * @throws IllegalArgumentException if high is not above 0, or the type does not hold all whole numbers below it
     */
    public static Tensor randint(DataType dtype, RandomGenerator rng, long high, long[] shape) {
        return randint(dtype, rng, 0, high, shape);
    }

    /**
     * Returns 0 … n−1 in random order, in int64, by the default generator; see
     * {@link #randperm(DataType, RandomGenerator, long)}.
     */
    public static Tensor randperm(long n) {
        return randperm(DataType.INT64, Rng.defaultRng(), n);
    }

    /**
     * Returns 0 … n−1 in random order, by the default generator; see
     * {@link #randperm(DataType, RandomGenerator, long)}.
     */
    public static Tensor randperm(DataType dtype, long n) {
        return randperm(dtype, Rng.defaultRng(), n);
    }

    /** Returns 0 … n−1 in random order, in int64; see {@link #randperm(DataType, RandomGenerator, long)}. */
    public static Tensor randperm(RandomGenerator rng, long n) {
        return randperm(DataType.INT64, rng, n);
    }

    /**
     * Returns 0 … n−1 in random order, each order being as likely.
     *
     * @throws IllegalArgumentException if n is negative, or the type does not hold all of these numbers
     */
    public static Tensor randperm(DataType dtype, RandomGenerator rng, long n) {
        checkArgument(n >= 0, "randperm: expected a count of at least 0; got %s. Give a count.", n);
        if (n > 0) {
            Sampling.checkIntegers("randperm", dtype, 0, n);
        }
        return Tensor.constant(Fill.permutation(dtype, rng, n));
    }

    /**
     * Returns numbers drawn from N(mean, std²), in the default type, by the default generator; see
     * {@link #normal(DataType, RandomGenerator, double, double, long...)}.
     */
    public static Tensor normal(double mean, double std, long... shape) {
        return normal(Tensor.defaultDtype(), Rng.defaultRng(), mean, std, shape);
    }

    /**
     * Returns numbers drawn from N(mean, std²), by the default generator; see
     * {@link #normal(DataType, RandomGenerator, double, double, long...)}.
     */
    public static Tensor normal(DataType dtype, double mean, double std, long... shape) {
        return normal(dtype, Rng.defaultRng(), mean, std, shape);
    }

    /**
     * Returns numbers drawn from N(mean, std²), in the default type; see
     * {@link #normal(DataType, RandomGenerator, double, double, long...)}.
     */
    public static Tensor normal(RandomGenerator rng, double mean, double std, long... shape) {
        return normal(Tensor.defaultDtype(), rng, mean, std, shape);
    }

    /**
     * Returns numbers drawn from N(mean, std²), which is mean + std · z with z of {@code randn}, rounded once.
     *
     * @throws IllegalArgumentException if std is negative, a parameter is not finite, or the type is not a floating one
     */
    public static Tensor normal(DataType dtype, RandomGenerator rng, double mean, double std, long... shape) {
        checkFloating("normal", dtype);
        Sampling.checkNormal("normal", mean, std);
        Shapes.numel("normal", shape);
        return Tensor.constant(Fill.normal(dtype, rng, mean, std, shape));
    }

    /**
     * Returns a draw from each N(mean, std²) by the default generator; see
     * {@link #normal(RandomGenerator, Tensor, Tensor)}.
     */
    public static Tensor normal(Tensor mean, Tensor std) {
        return normal(Rng.defaultRng(), mean, std);
    }

    /**
     * Returns a draw from each of the distributions N(mean, std²), of which mean and std broadcast, in their common
     * type.
     *
     * <p>The result is a constant. Where gradients are to reach mean and std, write what this draws:
     * {@code mean.add(std.mul(Tensor.randn(shape)))}.
     *
     * @throws IllegalArgumentException if a std is negative, a parameter is not finite, or the type is not a floating
     *     one
     * @throws IllegalStateException if mean or std require gradients that are being recorded, for none would arrive
     */
    public static Tensor normal(RandomGenerator rng, Tensor mean, Tensor std) {
        return normal(DTypes.promote(Memory.array(mean), Memory.array(std)), rng, mean, std);
    }

    private static Tensor normal(DataType dtype, RandomGenerator rng, Tensor mean, Tensor std) {
        checkState(
                !GradMode.isEnabled() || !(mean.requiresGrad() || std.requiresGrad()),
                "normal: expected a mean and std that are not being recorded, for no gradient reaches them; got one that"
                        + " requires a gradient. Write mean.add(std.mul(Tensor.randn(shape))), or detach() them.");
        INDArray means = Memory.array(mean);
        INDArray stds = Memory.array(std);
        checkFloating("normal", dtype);
        long[] shape = Shapes.broadcast("normal", means.shape(), stds.shape());
        return Tensor.constant(
                Sampling.normal(dtype, rng, Views.expand("normal", means, shape), Views.expand("normal", stds, shape)));
    }

    /**
     * Returns a draw from each N(mean, std²) by the default generator; see
     * {@link #normal(RandomGenerator, Tensor, Tensor)}.
     */
    public static Tensor normal(Tensor mean, double std) {
        return normal(Rng.defaultRng(), mean, std);
    }

    /**
     * Returns a draw from each N(mean, std²), in the type of mean; see
     * {@link #normal(RandomGenerator, Tensor, Tensor)}.
     */
    public static Tensor normal(RandomGenerator rng, Tensor mean, double std) {
        return normal(mean.dtype(), rng, mean, Tensor.of(DataType.DOUBLE, std));
    }

    /**
     * Returns a draw from each N(mean, std²) by the default generator; see
     * {@link #normal(RandomGenerator, Tensor, Tensor)}.
     */
    public static Tensor normal(double mean, Tensor std) {
        return normal(Rng.defaultRng(), mean, std);
    }

    /**
     * Returns a draw from each N(mean, std²), in the type of std; see {@link #normal(RandomGenerator, Tensor, Tensor)}.
     */
    public static Tensor normal(RandomGenerator rng, double mean, Tensor std) {
        return normal(std.dtype(), rng, Tensor.of(DataType.DOUBLE, mean), std);
    }

    /** Returns 1 with the probability that stands in p, else 0, in the type of p, by the default generator. */
    public static Tensor bernoulli(Tensor p) {
        return bernoulli(p.dtype(), Rng.defaultRng(), p);
    }

    /** Returns 1 with the probability that stands in p, else 0, by the default generator. */
    public static Tensor bernoulli(DataType dtype, Tensor p) {
        return bernoulli(dtype, Rng.defaultRng(), p);
    }

    /** Returns 1 with the probability that stands in p, else 0, in the type of p. */
    public static Tensor bernoulli(RandomGenerator rng, Tensor p) {
        return bernoulli(p.dtype(), rng, p);
    }

    /**
     * Returns 1 with the probability that stands in p, else 0: a constant in the shape of p.
     *
     * @param dtype of the result, such as {@code BOOL} for a mask
     * @throws IllegalArgumentException if p is not of a floating type, or a probability is not between 0 and 1
     */
    public static Tensor bernoulli(DataType dtype, RandomGenerator rng, Tensor p) {
        checkFloating("bernoulli", p.dtype());
        return Tensor.constant(Sampling.bernoulli(dtype, rng, Memory.array(p)));
    }

    /** Returns n different positions by the default generator; see {@link #multinomial(Tensor, long, Replacement)}. */
    public static Tensor multinomial(Tensor p, long n) {
        return multinomial(Rng.defaultRng(), p, n, Replacement.WITHOUT);
    }

    /** Returns n different positions; see {@link #multinomial(RandomGenerator, Tensor, long, Replacement)}. */
    public static Tensor multinomial(RandomGenerator rng, Tensor p, long n) {
        return multinomial(rng, p, n, Replacement.WITHOUT);
    }

    /**
     * Returns n positions by the default generator; see
     * {@link #multinomial(RandomGenerator, Tensor, long, Replacement)}.
     */
    public static Tensor multinomial(Tensor p, long n, Replacement replacement) {
        return multinomial(Rng.defaultRng(), p, n, replacement);
    }

    /**
     * Returns, in int64, n positions in each row of p, drawn with the probabilities that stand there, in the order of
     * the draws. What has probability 0 is never drawn.
     *
     * @param p of a floating type, shape (k) or (rows, k); each row is divided by its sum
     * @return shape (n) or (rows, n)
     * @throws IllegalArgumentException if n is below 1, a probability is negative or not finite, or too few are above
     *     0: one of a row with replacement, n without
     */
    public static Tensor multinomial(RandomGenerator rng, Tensor p, long n, Replacement replacement) {
        checkFloating("multinomial", p.dtype());
        checkArgument(
                p.ndim() == 1 || p.ndim() == 2,
                "multinomial: expected probabilities of shape (k) or (rows, k); got %s. Reshape them.",
                Shapes.format(p.shape()));
        checkArgument(n >= 1, "multinomial: expected at least 1 draw; got %s. Give a count.", n);
        checkNotNull(replacement, "multinomial: expected a replacement; got null. Leave it out.");
        return Tensor.constant(Sampling.multinomial(rng, Memory.array(p), n, replacement == Replacement.WITH));
    }
}
