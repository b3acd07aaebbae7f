package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Checks;

/**
 * What can be chosen about {@link MultiheadAttention}.
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param dtype of the parameters, and so of inputs and outputs
 * @param rng what the initial values and dropout are drawn from
 * @param dropout the probability to drop a weight of attention in training, in [0, 1]
 * @param bias whether the projections add biases
 * @param addBiasKv whether a learned key and value stand behind those of each sample
 * @param addZeroAttn whether a key and a value of zeros stand behind those of each sample
 * @param kdim size of the keys; the model's if empty
 * @param vdim size of the values; the model's if empty
 * @param batchFirst whether inputs are (N, L, E) instead of (L, N, E)
 */
public record MultiheadAttentionOptions(
        DataType dtype,
        RandomGenerator rng,
        double dropout,
        boolean bias,
        boolean addBiasKv,
        boolean addZeroAttn,
        OptionalLong kdim,
        OptionalLong vdim,
        boolean batchFirst) {

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if dropout is no probability, or a size is less than 1
     * @throws NullPointerException if one of them is null
     */
    public MultiheadAttentionOptions {
        Checks.given("MultiheadAttentionOptions", "dtype", dtype);
        Checks.given("MultiheadAttentionOptions", "rng", rng);
        Checks.dropout("MultiheadAttentionOptions", dropout);
        checkArgument(
                kdim.orElse(1) >= 1 && vdim.orElse(1) >= 1,
                "MultiheadAttentionOptions: expected sizes of at least 1; got kdim=%s, vdim=%s. Leave out what is as large"
                        + " as the model.",
                kdim,
                vdim);
    }

    /** Returns PyTorch's defaults: the default type and generator, biases, no dropout, inputs (L, N, E). */
    public static MultiheadAttentionOptions defaults() {
        return new MultiheadAttentionOptions(
                Tensor.defaultDtype(),
                Rng.defaultRng(),
                0,
                true,
                false,
                false,
                OptionalLong.empty(),
                OptionalLong.empty(),
                false);
    }

    /** Returns these options with parameters of another type. */
    public MultiheadAttentionOptions withDtype(DataType dtype) {
        return new MultiheadAttentionOptions(dtype, rng, dropout, bias, addBiasKv, addZeroAttn, kdim, vdim, batchFirst);
    }

    /** Returns these options with another generator. */
    public MultiheadAttentionOptions withRng(RandomGenerator rng) {
        return new MultiheadAttentionOptions(dtype, rng, dropout, bias, addBiasKv, addZeroAttn, kdim, vdim, batchFirst);
    }

    /** Returns these options with another probability to drop. */
    public MultiheadAttentionOptions withDropout(double dropout) {
        return new MultiheadAttentionOptions(dtype, rng, dropout, bias, addBiasKv, addZeroAttn, kdim, vdim, batchFirst);
    }

    /** Returns these options with biases or without. */
    public MultiheadAttentionOptions withBias(boolean bias) {
        return new MultiheadAttentionOptions(dtype, rng, dropout, bias, addBiasKv, addZeroAttn, kdim, vdim, batchFirst);
    }

    /** Returns these options with a learned key and value or without. */
    public MultiheadAttentionOptions withAddBiasKv(boolean addBiasKv) {
        return new MultiheadAttentionOptions(dtype, rng, dropout, bias, addBiasKv, addZeroAttn, kdim, vdim, batchFirst);
    }

    /** Returns these options with a key and a value of zeros or without. */
    public MultiheadAttentionOptions withAddZeroAttn(boolean addZeroAttn) {
        return new MultiheadAttentionOptions(dtype, rng, dropout, bias, addBiasKv, addZeroAttn, kdim, vdim, batchFirst);
    }

    /** Returns these options with keys of another size. */
    public MultiheadAttentionOptions withKdim(long kdim) {
        return new MultiheadAttentionOptions(
                dtype, rng, dropout, bias, addBiasKv, addZeroAttn, OptionalLong.of(kdim), vdim, batchFirst);
    }

    /** Returns these options with values of another size. */
    public MultiheadAttentionOptions withVdim(long vdim) {
        return new MultiheadAttentionOptions(
                dtype, rng, dropout, bias, addBiasKv, addZeroAttn, kdim, OptionalLong.of(vdim), batchFirst);
    }

    /** Returns these options with inputs (N, L, E) or (L, N, E). */
    public MultiheadAttentionOptions withBatchFirst(boolean batchFirst) {
        return new MultiheadAttentionOptions(dtype, rng, dropout, bias, addBiasKv, addZeroAttn, kdim, vdim, batchFirst);
    }
}
