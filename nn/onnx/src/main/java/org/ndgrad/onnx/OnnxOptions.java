package org.ndgrad.onnx;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;

/**
 * What can be chosen about {@link Onnx#export}.
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param inputNames of the inputs; without any, a single one is called {@code input}, and several {@code input_0},
 *     {@code input_1}, …
 * @param outputNames of the outputs, likewise
 * @param batchDim the dimension of the inputs that counts samples, whose size is left open; none if the file is for
 *     batches of the examples' size
 */
public record OnnxOptions(ImmutableList<String> inputNames, ImmutableList<String> outputNames, OptionalInt batchDim) {

    private static final OnnxOptions DEFAULTS =
            new OnnxOptions(ImmutableList.of(), ImmutableList.of(), OptionalInt.of(0));

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if a name is empty or used twice, or the dimension is negative
     */
    public OnnxOptions {
        List<String> names = ImmutableList.<String>builder()
                .addAll(inputNames)
                .addAll(outputNames)
                .build();
        checkArgument(
                names.stream().noneMatch(String::isEmpty) && new HashSet<>(names).size() == names.size(),
                "OnnxOptions: expected a name of its own for each input and output; got %s. Change those that are empty"
                        + " or used twice.",
                names);
        checkArgument(
                batchDim.orElse(0) >= 0,
                "OnnxOptions: expected a batch dimension from 0 on; got %s. Count from the first.",
                batchDim.orElse(0));
    }

    /** Returns default names, and batches of any size along dimension 0. */
    public static OnnxOptions defaults() {
        return DEFAULTS;
    }

    /** Returns these options with names of the inputs. */
    public OnnxOptions withInputNames(String... names) {
        return new OnnxOptions(ImmutableList.copyOf(names), outputNames, batchDim);
    }

    /** Returns these options with names of the outputs. */
    public OnnxOptions withOutputNames(String... names) {
        return new OnnxOptions(inputNames, ImmutableList.copyOf(names), batchDim);
    }

    /** Returns these options with batches of any size along another dimension, such as 1 for sequences (T, N, *). */
    public OnnxOptions withBatchDim(int dim) {
        return new OnnxOptions(inputNames, outputNames, OptionalInt.of(dim));
    }

    /** Returns these options with all sizes as the examples have them. */
    public OnnxOptions withFixedBatch() {
        return new OnnxOptions(inputNames, outputNames, OptionalInt.empty());
    }
}
