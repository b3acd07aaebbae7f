package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.List;
import org.ndgrad.autograd.Tensor;

/**
 * One step of gated recurrent units, see {@link Gru} for its formulas.
 *
 * <p>Input: (N, in) or (in). State: (N, hidden) or (hidden). Parameters, drawn from U(−b, b) with b = 1/√hidden:
 * {@code weight_ih}, {@code weight_hh}, {@code bias_ih}, {@code bias_hh}.
 */
public final class GruCell extends RecurrentCell {

    /** Creates a cell with PyTorch's defaults. */
    public GruCell(long in, long hidden) {
        this(in, hidden, RnnCellOptions.defaults());
    }

    /**
     * Creates a cell; its parameters are drawn in the order of the state dict.
     *
     * @param in size of the input's last dimension, at least 0
     * @param hidden size of the state, at least 1
     * @throws IllegalArgumentException if a size is less, or an option is for another kind of cell
     */
    public GruCell(long in, long hidden, RnnCellOptions options) {
        super(in, hidden, 3, options);
        checkArgument(
                options.nonlinearity() == Nonlinearity.TANH,
                "GruCell: expected the default nonlinearity; got %s. Only RnnCell has a choice.",
                options.nonlinearity());
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
        Tensor h = state.get(0);
        return List.of(Steps.gru(ofInput(x), ofState(h), h));
    }
}
