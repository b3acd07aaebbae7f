package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.ndgrad.autograd.Tensor;

/**
 * Long short-term memory: with gates i, f and o, each σ(W x + b + W h + b) with weights of its own, and a candidate g =
 * tanh(likewise) at each step of a sequence, c' = f c + i g and h' = o tanh(c'). With a projection, h' is multiplied by
 * one more matrix, and out is its size; else it is the hidden size. Rows of weights stand in the order i, f, g, o.
 *
 * <p>Input: (T, N, in), or (N, T, in) with {@code withBatchFirst(true)}, or (T, in) for one sequence; or a
 * {@link PackedSequence} for sequences of different lengths. Output: in the same form, (T, N, directions × out). Behind
 * it stands the last state, (layers × directions, N, out); begin the next pass with it to go on, and {@code detach()}
 * it between batches.
 *
 * <p>Parameters of layer k, drawn from U(−b, b) with b = 1/√hidden: {@code weight_ih_lk}, {@code weight_hh_lk},
 * {@code bias_ih_lk}, {@code bias_hh_lk} and with a projection {@code weight_hr_lk}; those of the way back end in
 * {@code _reverse}.
 *
 * <pre>{@code
 * Lstm layer = new Lstm(3, 8);
 * Lstm.Result result = layer.forward(Tensor.randn(5, 2, 3));
 * result.output().shape(); // 5, 2, 8
 * }</pre>
 *
 * <p>Source: Hochreiter and Schmidhuber, Long short-term memory, 1997; forget gates: Gers et al., 2000.
 */
public final class Lstm extends Recurrent {

    /**
     * What a pass returns.
     *
     * @param output the hidden states of the last layer at each step
     * @param hidden the hidden state behind the last step, (layers × directions, N, out)
     * @param cell the cell state behind the last step, (layers × directions, N, H)
     */
    public record Result(Tensor output, Tensor hidden, Tensor cell) {}

    /**
     * What a pass over packed sequences returns.
     *
     * @param output the hidden states of the last layer at each step
     * @param hidden the hidden state behind each sequence's last step, in the order before packing
     * @param cell the cell state likewise, (layers × directions, N, H)
     */
    public record PackedResult(PackedSequence output, Tensor hidden, Tensor cell) {}

    /**
     * Creates one layer with PyTorch's defaults.
     *
     * @param in size of the input's last dimension, at least 1
     * @param hidden size of the hidden state, at least 1
     * @throws IllegalArgumentException if a size is less
     */
    public Lstm(long in, long hidden) {
        this(in, hidden, RnnOptions.defaults());
    }

    /**
     * Creates layers; their parameters are drawn in the order of the state dict.
     *
     * @param in size of the input's last dimension, at least 1
     * @param hidden size of the hidden state, at least 1
     * @throws IllegalArgumentException if a size is less, or an option is for another kind of layer
     */
    public Lstm(long in, long hidden, RnnOptions options) {
        super(in, hidden, 4, checked(options));
    }

    private static RnnOptions checked(RnnOptions options) {
        checkArgument(
                options.nonlinearity() == Nonlinearity.TANH,
                "Lstm: expected the default nonlinearity; got %s. Only Rnn has a choice.",
                options.nonlinearity());
        return options;
    }

    /**
     * Passes over a sequence, beginning with a state of zeros.
     *
     * @param x see above, dtype of the weights
     * @throws IllegalArgumentException if shape or dtype do not fit, or there is no step
     */
    public Result forward(Tensor x) {
        return hooked(List.of(x), all -> result(pass(all.get(0), List.of())));
    }

    /**
     * Passes over a sequence, beginning with a state.
     *
     * @param x see above, dtype of the weights
     * @param hidden shape (layers × directions, N, out), without N for one sequence
     * @param cell likewise, of the hidden size
     * @throws IllegalArgumentException if a shape or dtype does not fit, or there is no step
     */
    public Result forward(Tensor x, Tensor hidden, Tensor cell) {
        return hooked(List.of(x, hidden, cell), all -> result(pass(all.get(0), all.subList(1, 3))));
    }

    /** Passes over packed sequences, beginning with a state of zeros. */
    public PackedResult forward(PackedSequence x) {
        return hooked(List.of(x.data()), all -> result(x, pass(x.with(all.get(0)), List.of())));
    }

    /**
     * Passes over packed sequences, beginning with a state in the order before packing.
     *
     * @param hidden shape (layers × directions, N, out)
     * @param cell likewise, of the hidden size
     */
    public PackedResult forward(PackedSequence x, Tensor hidden, Tensor cell) {
        return hooked(List.of(x.data(), hidden, cell), all -> result(x, pass(x.with(all.get(0)), all.subList(1, 3))));
    }

    private static Result result(Pass pass) {
        return new Result(pass.output(), pass.state().get(0), pass.state().get(1));
    }

    private static PackedResult result(PackedSequence x, Pass pass) {
        return new PackedResult(
                x.with(pass.output()), pass.state().get(0), pass.state().get(1));
    }

    @Override
    boolean addsBiases() {
        return true;
    }

    @Override
    List<Long> stateSizes() {
        return ImmutableList.of(outputSize(), hidden());
    }

    @Override
    List<Tensor> step(Tensor x, List<Tensor> state, Weights weights) {
        List<Tensor> next = Steps.lstm(weights.added(x, state.get(0)), state.get(1));
        return weights.projection() == null ? next : List.of(projected(next.get(0), weights), next.get(1));
    }
}
