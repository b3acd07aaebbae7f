package org.ndgrad.nn;

import java.util.List;
import org.ndgrad.autograd.Tensor;

/**
 * One step of a recurrent layer, see {@link Rnn} for its formulas.
 *
 * <p>Input: (N, in) or (in). State: (N, hidden) or (hidden). Parameters, drawn from U(−b, b) with b = 1/√hidden:
 * {@code weight_ih}, {@code weight_hh}, {@code bias_ih}, {@code bias_hh}.
 */
public final class RnnCell extends RecurrentCell {

    private final Nonlinearity nonlinearity;

    /** Creates a cell with PyTorch's defaults. */
    public RnnCell(long in, long hidden) {
        this(in, hidden, RnnCellOptions.defaults());
    }

    /**
     * Creates a cell; its parameters are drawn in the order of the state dict.
     *
     * @param in size of the input's last dimension, at least 0
     * @param hidden size of the state, at least 1
     * @throws IllegalArgumentException if a size is less
     */
    public RnnCell(long in, long hidden, RnnCellOptions options) {
        super(in, hidden, 1, options);
        this.nonlinearity = options.nonlinearity();
    }

    /** Returns the state that follows one of zeros. */
    public Tensor forward(Tensor x) {
        return forward(x, zeros(x));
    }

    /**
     * Returns the next state.
     *
     * @param x shape (N, in) or (in), dtype of the weights
     * @param hidden shape (N, hidden) or (hidden)
     * @throws IllegalArgumentException if a shape or dtype does not fit
     */
    public Tensor forward(Tensor x, Tensor hidden) {
        return hooked(List.of(x, hidden), all -> next(all).get(0));
    }

    @Override
    List<Tensor> step(Tensor x, List<Tensor> state) {
        return List.of(Steps.rnn(ofInput(x).add(ofState(state.get(0))), nonlinearity));
    }
}
