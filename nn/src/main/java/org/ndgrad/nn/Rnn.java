package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.List;
import org.ndgrad.autograd.Tensor;

/**
 * A recurrent layer, h' = f(W_ih x + b_ih + W_hh h + b_hh) at each step of a sequence, with f = tanh or ReLU.
 *
 * <p>Input: (T, N, in), or (N, T, in) with {@code withBatchFirst(true)}, or (T, in) for one sequence; or a
 * {@link PackedSequence} for sequences of different lengths. Output: in the same form, (T, N, directions × hidden).
 * Behind it stands the last state, (layers × directions, N, hidden); begin the next pass with it to go on, and
 * {@code detach()} it between batches.
 *
 * <p>Parameters of layer k, drawn from U(−b, b) with b = 1/√hidden: {@code weight_ih_lk}, {@code weight_hh_lk},
 * {@code bias_ih_lk}, {@code bias_hh_lk}; those of the way back end in {@code _reverse}.
 *
 * <pre>{@code
 * Rnn layer = new Rnn(3, 8);
 * Rnn.Result result = layer.forward(Tensor.randn(5, 2, 3));
 * result.output().shape(); // 5, 2, 8
 * }</pre>
 *
 * <p>Source: Elman, Finding structure in time, 1990.
 */
public final class Rnn extends Recurrent {

    /**
     * What a pass returns.
     *
     * @param output the hidden states of the last layer at each step
     * @param hidden the hidden state behind the last step, (layers × directions, N, H)
     */
    public record Result(Tensor output, Tensor hidden) {}

    /**
     * What a pass over packed sequences returns.
     *
     * @param output the hidden states of the last layer at each step
     * @param hidden the hidden state behind each sequence's last step, in the order before packing
     */
    public record PackedResult(PackedSequence output, Tensor hidden) {}

    /**
     * Creates one layer with PyTorch's defaults.
     *
     * @param in size of the input's last dimension, at least 1
     * @param hidden size of the hidden state, at least 1
     * @throws IllegalArgumentException if a size is less
     */
    public Rnn(long in, long hidden) {
        this(in, hidden, RnnOptions.defaults());
    }

    /**
     * Creates layers; their parameters are drawn in the order of the state dict.
     *
     * @param in size of the input's last dimension, at least 1
     * @param hidden size of the hidden state, at least 1
     * @throws IllegalArgumentException if a size is less, or an option is for another kind of layer
     */
    public Rnn(long in, long hidden, RnnOptions options) {
        super(in, hidden, 1, checked(options));
    }

    private static RnnOptions checked(RnnOptions options) {
        checkArgument(
                options.projection() == 0,
                "Rnn: expected no projection; got one to %s. Only Lstm has it.",
                options.projection());
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
     * @param hidden shape (layers × directions, N, hidden), without N for one sequence
     * @throws IllegalArgumentException if a shape or dtype does not fit, or there is no step
     */
    public Result forward(Tensor x, Tensor hidden) {
        return hooked(List.of(x, hidden), all -> result(pass(all.get(0), all.subList(1, 2))));
    }

    /** Passes over packed sequences, beginning with a state of zeros. */
    public PackedResult forward(PackedSequence x) {
        return hooked(List.of(x.data()), all -> result(x, pass(x.with(all.get(0)), List.of())));
    }

    /**
     * Passes over packed sequences, beginning with a state in the order before packing.
     *
     * @param hidden shape (layers × directions, N, hidden)
     */
    public PackedResult forward(PackedSequence x, Tensor hidden) {
        return hooked(List.of(x.data(), hidden), all -> result(x, pass(x.with(all.get(0)), all.subList(1, 2))));
    }

    private static Result result(Pass pass) {
        return new Result(pass.output(), pass.state().get(0));
    }

    private static PackedResult result(PackedSequence x, Pass pass) {
        return new PackedResult(x.with(pass.output()), pass.state().get(0));
    }

    @Override
    boolean addsBiases() {
        return true;
    }

    @Override
    List<Tensor> step(Tensor x, List<Tensor> state, Weights weights) {
        return List.of(Steps.rnn(weights.added(x, state.get(0)), options().nonlinearity()));
    }
}
