package org.ndgrad.nn;

import java.util.List;
import org.ndgrad.autograd.Tensor;

/**
 * Connectionist temporal classification: −log of the probability that the classes of an input, without repetitions and
 * then without blanks, are the target.
 *
 * <p>Source: Graves et al., Connectionist temporal classification, 2006.
 *
 * <p>Input: log-probabilities (T, N, C) or (T, C), targets (N, S) or one behind the other, lengths (N) or (). Output:
 * (), or one loss for each sample.
 *
 * @see Losses#ctcLoss(Tensor, Tensor, Tensor, Tensor, CtcOptions)
 */
public final class CtcLoss extends Block {

    private final CtcOptions options;

    /** Creates the loss with PyTorch's defaults. */
    public CtcLoss() {
        this(CtcOptions.defaults());
    }

    /** Creates the loss. */
    public CtcLoss(CtcOptions options) {
        this.options = Settings.given(this, "options", options);
    }

    /**
     * Returns the loss.
     *
     * @param logProbabilities after {@link LogSoftmax} over the classes
     * @param targets class indices, without the blank
     * @param inputLengths how many steps count, at most T
     * @param targetLengths how many labels the targets have
     */
    public Tensor forward(Tensor logProbabilities, Tensor targets, Tensor inputLengths, Tensor targetLengths) {
        return Places.named(
                this,
                List.of(logProbabilities, targets, inputLengths, targetLengths),
                in -> Losses.ctcLoss(in.get(0), in.get(1), in.get(2), in.get(3), options));
    }

    @Override
    protected String settings() {
        return "blank=" + options.blank() + ", zeroInfinity=" + options.zeroInfinity() + ", reduction="
                + options.reduction();
    }
}
