package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ndgrad.autograd.HalfTypes;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Text;

/** What {@link RnnCell}, {@link LstmCell} and {@link GruCell} share: parameters, checks, samples without a batch. */
public abstract class RecurrentCell extends Block {

    private final long in;
    private final long hidden;
    private final Tensor weightIh;
    private final Tensor weightHh;
    private final @Nullable Tensor biasIh;
    private final @Nullable Tensor biasHh;

    RecurrentCell(long in, long hidden, int gates, RnnCellOptions options) {
        checkArgument(
                in >= 0 && hidden >= 1,
                "%s: expected an input of at least 0 and a hidden size of at least 1; got in=%s, hidden=%s. Give the number of"
                        + " features, then the size of the state.",
                name(this),
                in,
                hidden);
        this.in = in;
        this.hidden = hidden;
        weightIh = draw(options, "weight_ih", gates * hidden, in);
        weightHh = draw(options, "weight_hh", gates * hidden, hidden);
        biasIh = options.bias() ? draw(options, "bias_ih", gates * hidden) : null;
        biasHh = options.bias() ? draw(options, "bias_hh", gates * hidden) : null;
    }

    private Tensor draw(RnnCellOptions options, String name, long... shape) {
        double bound = 1 / Math.sqrt((double) hidden);
        return parameter(name, Init.uniform_(Tensor.empty(options.dtype(), shape), options.rng(), -bound, bound));
    }

    /** Returns what the input is multiplied by, {@code weight_ih}. */
    public final Tensor weightIh() {
        return weightIh;
    }

    /** Returns what the state is multiplied by, {@code weight_hh}. */
    public final Tensor weightHh() {
        return weightHh;
    }

    /**
     * Returns the bias beside {@link #weightIh}, {@code bias_ih}.
     *
     * @throws IllegalStateException if the cell was made without, see {@link #hasBias}
     */
    public final Tensor biasIh() {
        return Without.checkHas(this, "biasIh", biasIh, "hasBias", "withBias(true)");
    }

    /**
     * Returns the bias beside {@link #weightHh}, {@code bias_hh}.
     *
     * @throws IllegalStateException if the cell was made without, see {@link #hasBias}
     */
    public final Tensor biasHh() {
        return Without.checkHas(this, "biasHh", biasHh, "hasBias", "withBias(true)");
    }

    /** Returns whether there are biases. */
    public final boolean hasBias() {
        return biasIh != null;
    }

    /** Returns the next state for rows of inputs and states. */
    abstract List<Tensor> step(Tensor x, List<Tensor> state);

    /** Returns the next state, of one sample or a batch of them. */
    final List<Tensor> next(List<Tensor> inputs) {
        Tensor x = inputs.get(0);
        check("an input", x, in, x.ndim());
        List<Tensor> state = inputs.subList(1, inputs.size());
        for (Tensor each : state) {
            check("a state", each, hidden, x.ndim());
            if (x.ndim() == 2 && each.size(0) != x.size(0)) {
                throw new IllegalArgumentException(Strings.lenientFormat(
                        "%s(in=%s): expected a state of shape (%s, %s), with a row for each of the input's; got %s."
                                + " Begin with none for zeros.",
                        name(this), in, x.size(0), hidden, Text.shape(each)));
            }
        }
        if (x.ndim() == 2) {
            return wideStep(x, state);
        }
        List<Tensor> rows = state.stream().map(each -> each.unsqueeze(0)).toList();
        return wideStep(x.unsqueeze(0), rows).stream()
                .map(each -> each.squeeze(0))
                .collect(ImmutableList.toImmutableList());
    }

    /** Returns the next state; of half types it is computed in float32 and rounded once. */
    private List<Tensor> wideStep(Tensor x, List<Tensor> state) {
        return step(HalfTypes.widened(x), state.stream().map(HalfTypes::widened).toList()).stream()
                .map(each -> each.to(x.dtype()))
                .collect(ImmutableList.toImmutableList());
    }

    private void check(String what, Tensor x, long size, int ndim) {
        if (x.ndim() < 1 || x.ndim() > 2 || x.ndim() != ndim || x.size(-1) != size) {
            throw new IllegalArgumentException(Strings.lenientFormat(
                    "%s(in=%s): expected %s of shape (N, %s) or (%s); got %s. Give one step, with or without N in both.",
                    name(this), in, what, size, size, Text.shape(x)));
        }
        if (x.dtype() != weightIh.dtype()) {
            throw new IllegalArgumentException(Strings.lenientFormat(
                    "%s(in=%s): expected %s of dtype %s, like the weights; got %s. Convert it with to(DataType.%s).",
                    name(this), in, what, Text.dtype(weightIh), Text.dtype(x), weightIh.dtype()));
        }
    }

    /** Returns a state of zeros for an input. */
    final Tensor zeros(Tensor x) {
        return x.ndim() == 2
                ? Tensor.zeros(weightIh.dtype(), x.size(0), hidden)
                : Tensor.zeros(weightIh.dtype(), hidden);
    }

    final Tensor ofInput(Tensor x) {
        return linear(x, weightIh, biasIh);
    }

    final Tensor ofState(Tensor h) {
        return linear(h, weightHh, biasHh);
    }

    private static Tensor linear(Tensor x, Tensor weight, @Nullable Tensor bias) {
        return Steps.linear(x, HalfTypes.widened(weight), bias == null ? null : HalfTypes.widened(bias));
    }

    @Override
    protected String settings() {
        return "in=" + in + ", hidden=" + hidden + (biasIh == null ? ", bias=false" : "");
    }
}
