package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.List;
import org.ndgrad.autograd.Tensor;

/**
 * One step of long short-term memory, see {@link Lstm} for its formulas.
 *
 * <p>Input: (N, in) or (in). State: (N, hidden) or (hidden). Parameters, drawn from U(−b, b) with b = 1/√hidden:
 * {@code weight_ih}, {@code weight_hh}, {@code bias_ih}, {@code bias_hh}.
 */
public final class LstmCell extends RecurrentCell {

    /**
     * The next state.
     *
     * @param hidden h', shape (N, hidden) or (hidden)
     * @param cell c', of the same shape
     */
    public record Result(Tensor hidden, Tensor cell) {}

    /** Creates a cell with PyTorch's defaults. */
    public LstmCell(long in, long hidden) {
        this(in, hidden, RnnCellOptions.defaults());
    }

    /**
     * Creates a cell; its parameters are drawn in the order of the state dict.
     *
     * @param in size of the input's last dimension, at least 0
     * @param hidden size of the state, at least 1
     * @throws IllegalArgumentException if a size is less, or an option is for another kind of cell
     */
    public LstmCell(long in, long hidden, RnnCellOptions options) {
        super(in, hidden, 4, options);
        checkArgument(
                options.nonlinearity() == Nonlinearity.TANH,
                "LstmCell: expected the default nonlinearity; got %s. Only RnnCell has a choice.",
                options.nonlinearity());
    }

    /** Returns the state that follows one of zeros. */
    public Result forward(Tensor x) {
        return forward(x, zeros(x), zeros(x));
    }

    /**
     * Returns the next state.
     *
     * @param x shape (N, in) or (in), dtype of the weights
     * @param hidden shape (N, hidden) or (hidden)
     * @param cell of the same shape
     * @throws IllegalArgumentException if a shape or dtype does not fit
     */
    public Result forward(Tensor x, Tensor hidden, Tensor cell) {
        return hooked(List.of(x, hidden, cell), all -> {
            List<Tensor> next = next(all);
            return new Result(next.get(0), next.get(1));
        });
    }

    @Override
    List<Tensor> step(Tensor x, List<Tensor> state) {
        return Steps.lstm(ofInput(x).add(ofState(state.get(0))), state.get(1));
    }
}
