package org.ndgrad.nn;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Pieces;

/** One step of each kind of recurrent layer, which layers and cells share. Rows are samples. */
final class Steps {

    private Steps() {}

    /** h' = f(a). */
    static Tensor rnn(Tensor a, Nonlinearity f) {
        return f == Nonlinearity.RELU ? a.relu() : a.tanh();
    }

    /**
     * c' = σ(f) c + σ(i) tanh(g), h' = σ(o) tanh(c').
     *
     * @param a i, f, g and o side by side, shape (N, 4H)
     * @return h' and c'
     */
    static List<Tensor> lstm(Tensor a, Tensor c) {
        List<Tensor> gates = Pieces.equal(a, 1, 4);
        Tensor next = gates.get(1)
                .sigmoid()
                .mul(c)
                .add(gates.get(0).sigmoid().mul(gates.get(2).tanh()));
        return List.of(gates.get(3).sigmoid().mul(next.tanh()), next);
    }

    /**
     * n = tanh(aₙ + σ(aᵣ + bᵣ) bₙ), h' = n + σ(a_z + b_z) (h − n).
     *
     * @param a of the input: r, z and n side by side, shape (N, 3H)
     * @param b likewise of h
     */
    static Tensor gru(Tensor a, Tensor b, Tensor h) {
        long hidden = h.size(-1);
        List<Tensor> ofInput = Pieces.of(a, 1, new long[] {2 * hidden, hidden});
        List<Tensor> ofState = Pieces.of(b, 1, new long[] {2 * hidden, hidden});
        List<Tensor> gates = Pieces.equal(ofInput.get(0).add(ofState.get(0)).sigmoid(), 1, 2);
        Tensor n = ofInput.get(1).add(gates.get(0).mul(ofState.get(1))).tanh();
        return n.lerp(h, gates.get(1));
    }

    static Tensor linear(Tensor x, Tensor weight, @Nullable Tensor bias) {
        return bias == null ? Functions.linear(x, weight) : Functions.linear(x, weight, bias);
    }
}
