package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.KeepDim;
import org.ndgrad.autograd.MemoryScope;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;

/**
 * What can be chosen about {@link Statistics#cov(Tensor, CovarianceOptions)}.
 *
 * <pre>{@code
 * Statistics.cov(x, CovarianceOptions.defaults().withCorrection(0));
 * }</pre>
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param correction 1 for unbiased covariances of a sample, 0 for those of a population
 * @param frequencies how often each observation was made, integral, at least 0, shape (observations)
 * @param weights how much each observation counts, at least 0, shape (observations)
 */
public record CovarianceOptions(double correction, Optional<Tensor> frequencies, Optional<Tensor> weights) {

    private static final CovarianceOptions DEFAULTS = new CovarianceOptions(1, Optional.empty(), Optional.empty());

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if the frequencies are not integral, the weights not floating, or either not 1-d
     *     or negative somewhere
     */
    public CovarianceOptions {
        frequencies.ifPresent(f -> checkVector("integral frequencies", f, DTypes.isFloating(f.dtype())));
        weights.ifPresent(w -> checkVector("floating weights", w, !DTypes.isFloating(w.dtype())));
        frequencies.ifPresent(MemoryScope::stored);
        weights.ifPresent(MemoryScope::stored);
    }

    private static void checkVector(String what, Tensor vector, boolean wrong) {
        checkArgument(
                !wrong && vector.dtype() != DataType.BOOL && vector.ndim() <= 1,
                "cov: expected %s of shape (observations); got %s of shape %s. Give one number for each column.",
                what,
                DTypes.name(vector.dtype()),
                Shapes.format(vector.shape()));
        double least = vector.numel() == 0
                ? 0
                : Reductions.amin(vector.detach(), new int[0], KeepDim.NO).item();
        checkArgument(
                !(least < 0), "cov: expected %s of at least 0; got %s. Leave observations out by 0.", what, least);
    }

    /** Returns PyTorch's defaults: correction 1, each observation counting once. */
    public static CovarianceOptions defaults() {
        return DEFAULTS;
    }

    /** Returns these options with another correction. */
    public CovarianceOptions withCorrection(double correction) {
        return new CovarianceOptions(correction, frequencies, weights);
    }

    /**
     * Returns these options with a frequency for each observation.
     *
     * @param frequencies integral, shape (observations)
     */
    public CovarianceOptions withFrequencies(Tensor frequencies) {
        return new CovarianceOptions(
                correction,
                Optional.of(OpChecks.given("CovarianceOptions", "tensor of frequencies", frequencies)),
                weights);
    }

    /**
     * Returns these options with a weight for each observation; a gradient flows to it.
     *
     * @param weights floating, shape (observations)
     */
    public CovarianceOptions withWeights(Tensor weights) {
        return new CovarianceOptions(
                correction,
                frequencies,
                Optional.of(OpChecks.given("CovarianceOptions", "tensor of weights", weights)));
    }
}
