package org.ndgrad.autograd;

import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Tensors of the shape of others, and of their type if none is given. In a class of its own for length only. */
public abstract sealed class LikeFactories extends RandomFactories permits TensorFactories {

    LikeFactories(INDArray values) {
        super(values);
    }

    /** Returns a tensor of x's shape and type whose values are whatever lies in memory; see {@link Tensor#empty}. */
    public static Tensor emptyLike(Tensor x) {
        return Tensor.empty(x.dtype(), x.shape());
    }

    /** Returns a tensor of x's shape whose values are whatever lies in memory; see {@link Tensor#empty}. */
    public static Tensor emptyLike(DataType dtype, Tensor x) {
        return Tensor.empty(dtype, x.shape());
    }

    /** Returns zeros of x's shape and type. */
    public static Tensor zerosLike(Tensor x) {
        return Tensor.zeros(x.dtype(), x.shape());
    }

    /** Returns zeros of x's shape. */
    public static Tensor zerosLike(DataType dtype, Tensor x) {
        return Tensor.zeros(dtype, x.shape());
    }

    /** Returns ones of x's shape and type. */
    public static Tensor onesLike(Tensor x) {
        return Tensor.ones(x.dtype(), x.shape());
    }

    /** Returns ones of x's shape. */
    public static Tensor onesLike(DataType dtype, Tensor x) {
        return Tensor.ones(dtype, x.shape());
    }

    /**
     * Returns the value everywhere, in x's shape and type, without its fraction if that is integral.
     *
     * @throws IllegalArgumentException if the type does not reach to the value
     */
    public static Tensor fullLike(Tensor x, Number value) {
        return fullLike(x.dtype(), x, value);
    }

    /** Returns the value everywhere, in x's shape; see {@link Tensor#full(DataType, Number, long...)}. */
    public static Tensor fullLike(DataType dtype, Tensor x, Number value) {
        return Tensor.full(dtype, value, x.shape());
    }

    /** Returns numbers drawn evenly from [0, 1), in x's shape and type, by the default generator. */
    public static Tensor randLike(Tensor x) {
        return randLike(x.dtype(), Rng.defaultRng(), x);
    }

    /** Returns numbers drawn evenly from [0, 1), in x's shape, by the default generator. */
    public static Tensor randLike(DataType dtype, Tensor x) {
        return randLike(dtype, Rng.defaultRng(), x);
    }

    /** Returns numbers drawn evenly from [0, 1), in x's shape and type. */
    public static Tensor randLike(RandomGenerator rng, Tensor x) {
        return randLike(x.dtype(), rng, x);
    }

    /**
     * Returns numbers drawn evenly from [0, 1), in x's shape; see
     * {@link Tensor#rand(DataType, RandomGenerator, long...)}.
     */
    public static Tensor randLike(DataType dtype, RandomGenerator rng, Tensor x) {
        return uniform("randLike", dtype, rng, x.shape());
    }

    /** Returns numbers drawn from the standard normal distribution, in x's shape and type, by the default generator. */
    public static Tensor randnLike(Tensor x) {
        return randnLike(x.dtype(), Rng.defaultRng(), x);
    }

    /** Returns numbers drawn from the standard normal distribution, in x's shape, by the default generator. */
    public static Tensor randnLike(DataType dtype, Tensor x) {
        return randnLike(dtype, Rng.defaultRng(), x);
    }

    /** Returns numbers drawn from the standard normal distribution, in x's shape and type. */
    public static Tensor randnLike(RandomGenerator rng, Tensor x) {
        return randnLike(x.dtype(), rng, x);
    }

    /**
     * Returns numbers drawn from the standard normal distribution, in x's shape; see
     * {@link Tensor#randn(DataType, RandomGenerator, long...)}.
     */
    public static Tensor randnLike(DataType dtype, RandomGenerator rng, Tensor x) {
        return standard("randnLike", dtype, rng, x.shape());
    }

    /** Returns whole numbers drawn evenly from [low, high), in x's shape and type, by the default generator. */
    public static Tensor randintLike(Tensor x, long low, long high) {
        return randintLike(x.dtype(), Rng.defaultRng(), x, low, high);
    }

    /** Returns whole numbers drawn evenly from [low, high), in x's shape, by the default generator. */
    public static Tensor randintLike(DataType dtype, Tensor x, long low, long high) {
        return randintLike(dtype, Rng.defaultRng(), x, low, high);
    }

    /** Returns whole numbers drawn evenly from [low, high), in x's shape and type. */
    public static Tensor randintLike(RandomGenerator rng, Tensor x, long low, long high) {
        return randintLike(x.dtype(), rng, x, low, high);
    }

    /** Returns whole numbers drawn evenly from [low, high), in x's shape; see {@link Tensor#randint}. */
    public static Tensor randintLike(DataType dtype, RandomGenerator rng, Tensor x, long low, long high) {
        return integers("randintLike", dtype, rng, low, high, x.shape());
    }

    /** Returns whole numbers drawn evenly from [0, high), in x's shape and type, by the default generator. */
    public static Tensor randintLike(Tensor x, long high) {
        return randintLike(x.dtype(), Rng.defaultRng(), x, high);
    }

    /** Returns whole numbers drawn evenly from [0, high), in x's shape, by the default generator. */
    public static Tensor randintLike(DataType dtype, Tensor x, long high) {
        return randintLike(dtype, Rng.defaultRng(), x, high);
    }

    /** Returns whole numbers drawn evenly from [0, high), in x's shape and type. */
    public static Tensor randintLike(RandomGenerator rng, Tensor x, long high) {
        return randintLike(x.dtype(), rng, x, high);
    }

    /** Returns whole numbers drawn evenly from [0, high), in x's shape; see {@link Tensor#randint}. */
    public static Tensor randintLike(DataType dtype, RandomGenerator rng, Tensor x, long high) {
        return integers("randintLike", dtype, rng, 0, high, x.shape());
    }
}
