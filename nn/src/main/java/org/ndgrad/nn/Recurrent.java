package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.HalfTypes;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.Trace;
import org.ndgrad.autograd.internal.Pieces;
import org.ndgrad.autograd.internal.StateProducts;
import org.ndgrad.autograd.internal.Text;

/**
 * What {@link Rnn}, {@link Lstm} and {@link Gru} share: layers one on another, in one direction or two, over sequences
 * of one length or packed ones. Steps with their samples are rows one after another, as in a {@link PackedSequence};
 * so the inputs of all steps are multiplied by the weights at once. Parameters that no method returns, of the way back
 * or of a projection, are among {@link #parameters} by their names.
 */
public abstract class Recurrent extends Block {

    private final long in;
    private final long hidden;
    private final RnnOptions options;

    /** Creates the layers, of which each has a multiple of {@code hidden} as rows of its weights. */
    Recurrent(long in, long hidden, int gates, RnnOptions options) {
        checkArgument(
                in >= 1 && hidden >= 1,
                "%s: expected sizes of at least 1; got in=%s, hidden=%s. Give the number of features, then the size of the"
                        + " state.",
                name(this),
                in,
                hidden);
        checkArgument(
                options.projection() < hidden,
                "%s: expected a projection to less than the hidden size, %s; got %s. Make it smaller, or leave it out.",
                name(this),
                hidden,
                options.projection());
        this.in = in;
        this.hidden = hidden;
        this.options = options;
        long out = outputSize();
        for (int layer = 0; layer < options.layers(); layer++) {
            for (int direction = 0; direction < directions(); direction++) {
                String suffix = suffix(layer, direction);
                draw("weight_ih" + suffix, gates * hidden, layer == 0 ? in : out * directions());
                draw("weight_hh" + suffix, gates * hidden, out);
                if (options.bias()) {
                    draw("bias_ih" + suffix, gates * hidden);
                    draw("bias_hh" + suffix, gates * hidden);
                }
                if (options.projection() > 0) {
                    draw("weight_hr" + suffix, out, hidden);
                }
            }
        }
    }

    private void draw(String name, long... shape) {
        double bound = 1 / Math.sqrt((double) hidden);
        parameter(name, Init.uniform_(Tensor.empty(options.dtype(), shape), options.rng(), -bound, bound));
    }

    static String suffix(int layer, int direction) {
        return "_l" + layer + (direction == 0 ? "" : "_reverse");
    }

    /** What one direction of a layer multiplies its state by, and adds. */
    record Weights(
            Tensor hidden, @Nullable Tensor bias, @Nullable Tensor projection, StateProducts products) {

        Tensor ofState(Tensor h) {
            return Steps.linear(h, hidden, bias);
        }

        /** Returns what a step computes of its input plus what it computes of its state, if the layer adds biases. */
        Tensor added(Tensor x, Tensor h) {
            return products.add(x, h);
        }
    }

    /** The output of a pass, and the state behind it in as many parts as the layer keeps. */
    record Pass(Tensor output, List<Tensor> state) {}

    /** Whether both biases are added to the same, so that their sum can be added at once. */
    abstract boolean addsBiases();

    /** Returns the state after a step, h first. */
    abstract List<Tensor> step(Tensor x, List<Tensor> state, Weights weights);

    /** Returns the sizes of the parts of the state, h first. */
    List<Long> stateSizes() {
        return ImmutableList.of(hidden);
    }

    final long hidden() {
        return hidden;
    }

    final RnnOptions options() {
        return options;
    }

    /** Returns the size of what each direction puts out. */
    final long outputSize() {
        return options.projection() == 0 ? hidden : options.projection();
    }

    private int directions() {
        return options.bidirectional() ? 2 : 1;
    }

    private @Nullable Tensor find(String name) {
        return owned().parameters.get(name);
    }

    private Tensor weight(String name) {
        return checkNotNull(find(name));
    }

    /**
     * Returns what layer k multiplies its input by, {@code weight_ih_lk}.
     *
     * @param layer k, from 0, which takes the sequence
     * @throws IndexOutOfBoundsException if there is none
     */
    public final Tensor weightIh(int layer) {
        return weight("weight_ih" + forward(layer));
    }

    /** Returns what layer k multiplies its state by, {@code weight_hh_lk}; see {@link #weightIh}. */
    public final Tensor weightHh(int layer) {
        return weight("weight_hh" + forward(layer));
    }

    /**
     * Returns the bias beside {@link #weightIh}, {@code bias_ih_lk}.
     *
     * @throws IllegalStateException if the layers were made without, see {@link #hasBias}
     */
    public final Tensor biasIh(int layer) {
        return Without.checkHas(this, "biasIh", find("bias_ih" + forward(layer)), "hasBias", "withBias(true)");
    }

    /** Returns the bias beside {@link #weightHh}, {@code bias_hh_lk}; see {@link #biasIh}. */
    public final Tensor biasHh(int layer) {
        return Without.checkHas(this, "biasHh", find("bias_hh" + forward(layer)), "hasBias", "withBias(true)");
    }

    /** Returns whether there are biases. */
    public final boolean hasBias() {
        return options.bias();
    }

    private String forward(int layer) {
        if (layer < 0 || layer >= options.layers()) {
            throw new IndexOutOfBoundsException(this + ": expected a layer from 0 to " + (options.layers() - 1)
                    + "; got " + layer + ". Count from the one that takes the sequence.");
        }
        return suffix(layer, 0);
    }

    /** Passes over sequences of one length, from a state or, without one, zeros. */
    final Pass pass(Tensor x, List<Tensor> initial) {
        Pass pass = unpacked(x, initial);
        if (Trace.isOn()) {
            Trace.note(name(this), pass, x, initial, options, Map.copyOf(owned().parameters));
        }
        return pass;
    }

    private Pass unpacked(Tensor x, List<Tensor> initial) {
        checkInput(x, 2, options.batchFirst() ? "(N, T, %s) or (T, %s)" : "(T, N, %s) or (T, %s)");
        boolean isBatch = x.ndim() == 3;
        Tensor steps = !isBatch ? x.unsqueeze(1) : options.batchFirst() ? x.transpose(0, 1) : x;
        long length = steps.size(0);
        long samples = steps.size(1);
        checkArgument(
                length > 0, "%s: expected at least one step; got %s. Leave out empty sequences.", who(), Text.shape(x));
        long[] sizes = new long[(int) length];
        Arrays.fill(sizes, samples);
        Pass pass = run(
                steps.reshape(length * samples, in),
                sizes,
                initial(initial, samples, isBatch, state -> isBatch ? state : state.unsqueeze(1)));
        Tensor output = pass.output.reshape(length, samples, outputSize() * directions());
        if (!isBatch) {
            return new Pass(output.squeeze(1), mapped(pass.state, state -> state.squeeze(1)));
        }
        return new Pass(options.batchFirst() ? output.transpose(0, 1) : output, pass.state);
    }

    /** Passes over packed sequences; the output is that of their rows. */
    final Pass pass(PackedSequence x, List<Tensor> initial) {
        checkInput(x.data(), 2, "(rows, %s) in the packed sequence");
        checkArgument(
                x.data().ndim() == 2,
                "%s: expected packed data of shape (rows, %s); got %s. Pack sequences of shape (T, N, %s).",
                who(),
                in,
                Text.shape(x.data()),
                in);
        long[] sizes = x.batchSizes();
        Pass pass = run(x.data(), sizes, initial(initial, sizes[0], true, state -> x.sorted(state, 1)));
        return new Pass(pass.output, mapped(pass.state, state -> x.unsorted(state, 1)));
    }

    private static List<Tensor> mapped(List<Tensor> tensors, UnaryOperator<Tensor> f) {
        return tensors.stream().map(f).collect(ImmutableList.toImmutableList());
    }

    private List<Tensor> initial(List<Tensor> given, long samples, boolean isBatch, UnaryOperator<Tensor> prepared) {
        long count = (long) options.layers() * directions();
        ImmutableList.Builder<Tensor> states = ImmutableList.builder();
        for (int part = 0; part < stateSizes().size(); part++) {
            long size = stateSizes().get(part);
            if (given.isEmpty()) {
                states.add(Tensor.zeros(weight("weight_ih_l0").dtype(), count, samples, size));
            } else {
                long[] shape = isBatch ? new long[] {count, samples, size} : new long[] {count, size};
                checkState(part == 0 ? "hidden" : "cell", given.get(part), shape);
                states.add(prepared.apply(given.get(part)));
            }
        }
        return states.build();
    }

    private void checkState(String kind, Tensor state, long[] shape) {
        if (!Arrays.equals(state.shape(), shape)) {
            throw new IllegalArgumentException(Strings.lenientFormat(
                    "%s: expected a %s state of shape %s, that is (layers × directions%s, size); got %s."
                            + " Begin with none for zeros.",
                    who(), kind, Text.shape(shape), shape.length == 3 ? ", N" : "", Text.shape(state)));
        }
        checkType("a " + kind + " state", state);
    }

    private void checkInput(Tensor x, int least, String form) {
        if (x.ndim() < least || x.ndim() > 3 || x.size(-1) != in) {
            throw new IllegalArgumentException(Strings.lenientFormat(
                    "%s: expected an input of shape %s; got %s. Make 'in' the number of features, or reshape the input.",
                    who(), form.replace("%s", Long.toString(in)), Text.shape(x)));
        }
        checkType("an input", x);
    }

    private void checkType(String what, Tensor x) {
        if (x.dtype() != weight("weight_ih_l0").dtype()) {
            throw new IllegalArgumentException(Strings.lenientFormat(
                    "%s: expected %s of dtype %s, like the weights; got %s. Convert it with to(DataType.%s).",
                    who(),
                    what,
                    Text.dtype(weight("weight_ih_l0")),
                    Text.dtype(x),
                    weight("weight_ih_l0").dtype()));
        }
    }

    private String who() {
        return name(this) + "(in=" + in + ")";
    }

    /** Passes over rows, so many a step, never more than in the step before. */
    private Pass run(Tensor rows, long[] sizes, List<Tensor> initial) {
        Tensor input = HalfTypes.widened(rows);
        List<Tensor> first = mapped(initial, HalfTypes::widened);
        List<List<Tensor>> ends = new ArrayList<>();
        for (int layer = 0; layer < options.layers(); layer++) {
            if (layer > 0 && options.dropout() > 0 && isTraining()) {
                input = Functions.dropout(input, options.dropout(), options.rng());
            }
            List<Tensor> outputs = new ArrayList<>();
            for (int direction = 0; direction < directions(); direction++) {
                long place = (long) layer * directions() + direction;
                Pass pass = direction(
                        input, sizes, mapped(first, state -> state.select(0, place)), suffix(layer, direction));
                outputs.add(pass.output);
                ends.add(pass.state);
            }
            input = outputs.size() == 1 ? outputs.get(0) : Functions.cat(outputs, 1);
        }
        ImmutableList.Builder<Tensor> states = ImmutableList.builder();
        for (int part = 0; part < initial.size(); part++) {
            int each = part;
            states.add(stacked(ends.stream().map(end -> end.get(each)).toList()));
        }
        return new Pass(input.to(rows.dtype()), mapped(states.build(), state -> state.to(rows.dtype())));
    }

    /** Returns states one above another; a single one as it is, without a copy. */
    private static Tensor stacked(List<Tensor> states) {
        return states.size() == 1 ? states.get(0).unsqueeze(0) : Functions.stack(states, 0);
    }

    /** Returns a parameter, of half types in float32, in which steps compute; null if there is none. */
    private @Nullable Tensor wide(String name) {
        Tensor found = find(name);
        return found == null ? null : HalfTypes.widened(found);
    }

    private Pass direction(Tensor rows, long[] sizes, List<Tensor> initial, String suffix) {
        Tensor ofInput = wide("bias_ih" + suffix);
        Tensor ofState = wide("bias_hh" + suffix);
        if (ofInput != null && ofState != null && addsBiases()) {
            ofInput = ofInput.add(ofState);
            ofState = null;
        }
        boolean isReverse = suffix.endsWith("_reverse");
        Tensor hidden = HalfTypes.widened(weight("weight_hh" + suffix));
        StateProducts products = new StateProducts(hidden, isReverse);
        Weights weights = new Weights(hidden, ofState, wide("weight_hr" + suffix), products);
        Tensor inputs = Steps.linear(rows, HalfTypes.widened(weight("weight_ih" + suffix)), ofInput);
        List<Tensor> steps = Pieces.of(addsBiases() ? products.rows(inputs) : inputs, 0, sizes);
        return isReverse ? backward(steps, sizes, initial, weights) : forward(steps, sizes, initial, weights);
    }

    private Pass forward(List<Tensor> steps, long[] sizes, List<Tensor> initial, Weights weights) {
        List<Tensor> state = initial;
        List<List<Tensor>> ended = new ArrayList<>();
        List<Tensor> outputs = new ArrayList<>();
        for (int t = 0; t < sizes.length; t++) {
            long before = state.get(0).size(0);
            long now = sizes[t];
            if (now < before) {
                ended.add(mapped(state, each -> each.narrow(0, now, before - now)));
                state = mapped(state, each -> each.narrow(0, 0, now));
            }
            state = step(steps.get(t), state, weights);
            outputs.add(state.get(0));
        }
        ended.add(state);
        Collections.reverse(ended); // those that ended first are the last rows
        return new Pass(joined(outputs), ended.size() == 1 ? state : joinedStates(ended));
    }

    private Pass backward(List<Tensor> steps, long[] sizes, List<Tensor> initial, Weights weights) {
        List<Tensor> state = mapped(initial, each -> each.narrow(0, 0, sizes[sizes.length - 1]));
        List<Tensor> outputs = new ArrayList<>();
        for (int t = sizes.length - 1; t >= 0; t--) {
            long before = state.get(0).size(0);
            long more = sizes[t] - before;
            if (more > 0) {
                state = joinedStates(List.of(state, mapped(initial, each -> each.narrow(0, before, more))));
            }
            state = step(steps.get(t), state, weights);
            outputs.add(state.get(0));
        }
        Collections.reverse(outputs);
        return new Pass(joined(outputs), state);
    }

    private static List<Tensor> joinedStates(List<List<Tensor>> states) {
        ImmutableList.Builder<Tensor> joined = ImmutableList.builder();
        for (int part = 0; part < states.get(0).size(); part++) {
            int each = part;
            joined.add(joined(states.stream().map(state -> state.get(each)).toList()));
        }
        return joined.build();
    }

    private static Tensor joined(List<Tensor> rows) {
        return rows.size() == 1 ? rows.get(0) : Functions.cat(rows, 0);
    }

    /** Returns the hidden state of a step, projected if the layer does so. */
    static Tensor projected(Tensor h, Weights weights) {
        return weights.projection == null ? h : Functions.linear(h, weights.projection);
    }

    @Override
    protected String settings() {
        StringBuilder text = new StringBuilder("in=" + in + ", hidden=" + hidden);
        add(text, options.layers() != 1, "layers=" + options.layers());
        add(text, !options.bias(), "bias=false");
        add(text, options.batchFirst(), "batchFirst=true");
        add(text, options.dropout() != 0, "dropout=" + options.dropout());
        add(text, options.bidirectional(), "bidirectional=true");
        add(text, options.nonlinearity() != Nonlinearity.TANH, "nonlinearity=" + options.nonlinearity());
        add(text, options.projection() != 0, "projection=" + options.projection());
        return text.toString();
    }

    private static void add(StringBuilder text, boolean isChosen, String setting) {
        if (isChosen) {
            text.append(", ").append(setting);
        }
    }
}
