package org.ndgrad.nn.optim;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.MemoryScope;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Updates;

/**
 * Momentum whose steps are made orthogonal: for matrices, of which all singular values are brought near 1.
 *
 * <p>With weight decay λ and momentum μ, in this order:
 *
 * <pre>
 * g ← −g                        only to maximize
 * b ← μ b + (1 − μ) g
 * u = (1 − μ) g + μ b           with Nesterov's rule; else b
 * u ← u / max(‖u‖, ε)
 * u ← a u + b (u uᵀ) u + c (u uᵀ)² u        several times
 * θ ← (1 − η λ) θ
 * θ ← θ − η √max(1, rows / columns) u
 * </pre>
 *
 * <p>Only matrices can be trained; give biases and embeddings to another optimizer, such as {@link AdamW}.
 *
 * <p>Source: Jordan et al., Muon: an optimizer for hidden layers in neural networks, 2024; Liu et al., Muon is scalable
 * for LLM training, 2025, for {@link MuonOptions.Adjustment#MATCH_RMS_ADAMW}. As in PyTorch, the iteration is rounded
 * to bfloat16, whatever the parameter's type; what differs in the last bit there shows.
 *
 * <p>State: {@code momentum_buffer} b.
 */
public final class Muon extends OptionsOptimizer<Muon, MuonOptions> {

    private static final String BUFFER = "momentum_buffer";
    private static final double LARGE = 0x1p63;

    /**
     * Creates Muon with λ = 0.1, μ = 0.95, Nesterov's rule and five iterations.
     *
     * @param parameters distinct leaves that require gradients, at least one
     * @param learningRate η ≥ 0, often 1e-3
     * @throws IllegalArgumentException if a parameter or the learning rate is not usable
     */
    public Muon(Iterable<Tensor> parameters, double learningRate) {
        this(parameters, learningRate, MuonOptions.defaults());
    }

    /**
     * Creates Muon.
     *
     * @param parameters distinct leaves that require gradients, at least one
     * @param learningRate η ≥ 0, often 1e-3
     * @throws IllegalArgumentException if a parameter or the learning rate is not usable
     */
    public Muon(Iterable<Tensor> parameters, double learningRate, MuonOptions options) {
        super(parameters, learningRate, options);
    }

    @Override
    ImmutableMap<String, long[]> shapes(Tensor parameter, MuonOptions options) {
        return uncounted(parameter, BUFFER);
    }

    @Override
    protected void update(Tensor parameter, Tensor grad) {
        try (MemoryScope scope = MemoryScope.open()) {
            MuonOptions options = options();
            Tensor gradient = options.maximize() ? grad.neg() : grad;
            Tensor buffer = state(parameter).zeros(BUFFER);
            buffer.add_(gradient.sub(buffer), 1 - options.momentum());
            Tensor move = options.nesterov() ? gradient.add(buffer.sub(gradient).mul(options.momentum())) : buffer;
            move = orthogonal(move, options);
            parameter.mul_(1 - learningRate() * options.weightDecay());
            parameter.add_(move.to(parameter.dtype()), -learningRate() * ratio(parameter, options));
            Updates.noteStep(parameter);
        }
    }

    /** Brings the singular values near 1. */
    private static Tensor orthogonal(Tensor matrix, MuonOptions options) {
        double a = options.nsCoefficients().get(0);
        double b = options.nsCoefficients().get(1);
        double c = options.nsCoefficients().get(2);
        boolean isTall = matrix.size(0) > matrix.size(1);
        double unit = unit(matrix);
        Tensor u = rounded(unit == 1 ? matrix : matrix.to(DataType.DOUBLE).mul(Tensor.of(DataType.DOUBLE, unit)));
        u = isTall ? u.t() : u;
        u = rounded(u.div(Math.max(rounded(u.norm()).item(), options.epsilon() * unit)));
        for (int i = 0; i < options.nsSteps(); i++) {
            Tensor gram = rounded(u.matmul(u.t()));
            Tensor factor = rounded(gram.mul(b).add(gram.matmul(gram).mul(c)));
            u = rounded(u.mul(a).add(factor.matmul(u)));
        }
        return isTall ? u.t() : u;
    }

    /** Returns a power of two that brings numbers that bfloat16 lacks, or whose norm it lacks, near 1; else 1. */
    private static double unit(Tensor matrix) {
        double largest = matrix.numel() == 0 ? 0 : matrix.abs().amax().item();
        return largest > LARGE && Double.isFinite(largest) ? Math.scalb(1.0, -Math.getExponent(largest)) : 1;
    }

    /** Returns what bfloat16 keeps, to compute with in float32. */
    private static Tensor rounded(Tensor tensor) {
        return tensor.to(DataType.BFLOAT16).to(DataType.FLOAT);
    }

    private static double ratio(Tensor parameter, MuonOptions options) {
        double rows = parameter.size(0);
        double columns = parameter.size(1);
        return switch (options.adjustment()) {
            case ORIGINAL -> Math.sqrt(Math.max(1, rows / columns));
            case MATCH_RMS_ADAMW -> 0.2 * Math.sqrt(Math.max(rows, columns));
        };
    }

    @Override
    void check(ParameterGroup group) {
        group.parameters()
                .forEach((name, parameter) -> checkArgument(
                        parameter.ndim() == 2,
                        "Muon: expected matrices; parameter '%s' has shape %s. Give biases, embeddings and kernels to"
                                + " another optimizer, such as AdamW.",
                        name,
                        Arrays.toString(parameter.shape())));
    }
}
