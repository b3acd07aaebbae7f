package org.ndgrad.nn.optim;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.MemoryScope;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Updates;

/**
 * Changes parameters in place, by their gradients.
 *
 * <pre>{@code
 * Optimizer optimizer = new Adam(model.parameters(), 1e-3);
 * for (Batch batch : loader) {
 *     optimizer.zeroGrad();
 *     Losses.mseLoss(model.forward(batch.features()), batch.targets()).backward();
 *     optimizer.step();
 * }
 * }</pre>
 *
 * <p>Parameters may stand in several groups, each with a learning rate and options of its own; here biases do not
 * decay:
 *
 * <pre>{@code
 * Parameters all = model.parameters();
 * new AdamW(all.matching(name -> !name.endsWith("bias")), 1e-3, AdamWOptions.defaults().withWeightDecay(0.1))
 *         .addGroup(all.matching(name -> name.endsWith("bias")), 1e-3, AdamWOptions.defaults().withWeightDecay(0));
 * }</pre>
 *
 * <p>{@link #stateDict} is all that the steps so far have left behind; an optimizer of the same parameters that
 * {@link #load}s it goes on with the same numbers.
 *
 * <p>To write an optimizer, extend this class and say in {@link #update} what happens to one parameter. It is called
 * with recording off, once per step for each parameter that has a gradient; others are skipped, state and all. Keep
 * what is remembered in {@link #state}, which is saved and loaded, or in an identity map from the parameter. No open
 * MemoryScope ends it. Change the parameter by {@code add_}, {@code sub_}, {@code mul_} and {@code div_}, leaving the
 * gradient as it is.
 *
 * <p>Not thread-safe.
 */
public abstract class Optimizer {

    private static final System.Logger LOGGER = System.getLogger(Optimizer.class.getName());

    /** What an optimizer of a user has for options. */
    record Nothing() {}

    private final List<ParameterGroup> groups = new ArrayList<>();
    private final Map<String, Tensor> names = new HashMap<>();
    private final IdentityHashMap<Tensor, ParameterState> states = new IdentityHashMap<>();
    private ParameterGroup current;
    private boolean hasStepped;
    private boolean hasWarned;
    private boolean hasUpdated;
    private boolean hasWarnedOfNothing;

    /**
     * Stores what to optimize.
     *
     * @param parameters distinct leaves that require gradients, at least one
     * @param learningRate η ≥ 0, finite
     * @throws IllegalArgumentException if there are no parameters, one appears twice, is not a leaf or does not require
     *     a gradient, or the learning rate is not usable
     */
    protected Optimizer(Iterable<Tensor> parameters, double learningRate) {
        this(parameters, learningRate, new Nothing());
    }

    Optimizer(Iterable<Tensor> parameters, double learningRate, Record options) {
        current = add(parameters, learningRate, options);
    }

    /**
     * Changes one parameter by its gradient. Meanwhile {@link #learningRate()} is that of the parameter's group.
     *
     * @param parameter any shape
     * @param grad its gradient, shape and dtype of the parameter; not to be changed
     */
    protected abstract void update(Tensor parameter, Tensor grad);

    /**
     * Whether {@link #update} may keep gradients, so that their memory must not come back at {@link #zeroGrad}, and
     * change parameters in ways that leave no note of a step.
     */
    boolean keepsGradients() {
        return true;
    }

    /** Updates every parameter that has a gradient; says so once in the log if none has. */
    public final void step() {
        advance();
        hasStepped = true;
    }

    /**
     * Computes the loss and its gradients by the closure, and updates every parameter that has a gradient.
     *
     * <pre>{@code
     * optimizer.step(() -> {
     *     optimizer.zeroGrad();
     *     Tensor loss = Losses.mseLoss(model.forward(x), y);
     *     loss.backward();
     *     return loss;
     * });
     * }</pre>
     *
     * @param closure clears the gradients, computes the loss, calls backward and returns the loss; it is called once,
     *     by {@link Lbfgs} several times
     * @return the loss that the step began with
     */
    public final Tensor step(Supplier<Tensor> closure) {
        Tensor loss = advance(() -> Autograd.enableGrad(closure));
        hasStepped = true;
        return loss;
    }

    void advance() {
        hasUpdated = false;
        Autograd.noGrad(() -> {
            for (ParameterGroup group : groups) {
                current = group;
                for (Tensor parameter : group.parameters()) {
                    Updates.borrowGradient(parameter).ifPresent(gradient -> {
                        if (keepsGradients()) {
                            MemoryScope.outside(() -> update(parameter, gradient));
                            Updates.noteStep(parameter);
                        } else {
                            update(parameter, gradient);
                            Updates.giveBack(gradient);
                        }
                        hasUpdated = true;
                    });
                }
            }
        });
        current = groups.get(0);
        if (!hasUpdated && !hasWarnedOfNothing) {
            hasWarnedOfNothing = true;
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "{0}.step: expected a gradient of at least one parameter; got none, so nothing changes. Call"
                            + " backward() on a loss before; and make the optimizer after to(dtype), which puts other"
                            + " tensors in the place of the parameters.",
                    name());
        }
    }

    Tensor advance(Supplier<Tensor> closure) {
        Tensor loss = closure.get();
        advance();
        return loss;
    }

    /** Whether to say that a schedule steps before the optimizer; that is said once. */
    final boolean isScheduledTooEarly() {
        boolean isNews = !hasStepped && !hasWarned;
        hasWarned |= isNews;
        return isNews;
    }

    /**
     * Clears all gradients: afterwards no parameter has one, and {@link #step} skips it until the next backward pass.
     */
    public final void zeroGrad() {
        groups.forEach(group -> group.parameters().values().forEach(Tensor::zeroGrad));
    }

    /** Returns the parameters of all groups in the order given. */
    public final ImmutableList<Tensor> parameters() {
        return groups.stream()
                .flatMap(group -> group.parameters().values().stream())
                .collect(ImmutableList.toImmutableList());
    }

    /** Returns the groups in the order in which they were added. */
    public final ImmutableList<ParameterGroup> groups() {
        return ImmutableList.copyOf(groups);
    }

    /**
     * Adds parameters with a learning rate of their own, and the options of the first group.
     *
     * @param parameters further leaves that require gradients, at least one
     * @param learningRate η ≥ 0, finite
     * @return this
     * @throws IllegalArgumentException if a parameter or the learning rate is not usable
     */
    public Optimizer addGroup(Iterable<Tensor> parameters, double learningRate) {
        add(parameters, learningRate, groups.get(0).options());
        return this;
    }

    final ParameterGroup add(Iterable<Tensor> parameters, double learningRate, Record options) {
        Map<String, Tensor> named = GroupNames.of(name(), parameters, names);
        ParameterGroup group = new ParameterGroup(name(), named, learningRate, options);
        check(group);
        names.putAll(named);
        groups.add(group);
        return group;
    }

    /** Refuses what this optimizer cannot do. */
    void check(ParameterGroup group) {}

    /** Returns the learning rate η of the first group or, in {@link #update}, of the parameter's group. */
    public final double learningRate() {
        return current.learningRate();
    }

    /**
     * Sets the learning rate of all groups for the steps to come. {@link #groups} have setters of their own.
     *
     * @param learningRate η ≥ 0, finite
     * @throws IllegalArgumentException if it is not
     */
    public final void learningRate(double learningRate) {
        groups.forEach(group -> group.learningRate(learningRate));
    }

    /** Returns the options of the first group or, in {@link #update}, of the parameter's group. */
    Record groupOptions() {
        return current.options();
    }

    /** Returns what is remembered about a parameter, to be read and changed; empty at first. */
    protected final ParameterState state(Tensor parameter) {
        ParameterState state = states.get(parameter);
        if (state == null) {
            state = new ParameterState(parameter);
            states.put(parameter, state);
        }
        return state;
    }

    /** Returns a copy of what the steps so far have left behind, and of the groups' learning rates and options. */
    public final OptimizerState stateDict() {
        save();
        return StateDicts.of(groups, this::stateTensors);
    }

    private Map<String, Tensor> stateTensors(Tensor parameter) {
        ParameterState state = states.get(parameter);
        return state == null ? Map.of() : state.tensors();
    }

    /**
     * Goes on from a state of an optimizer of the same class and the same parameters; learning rates and options are
     * those of the state. The state is copied.
     *
     * @throws IllegalArgumentException if names, shapes or options are not those of this optimizer, which then stays as
     *     it was
     */
    public final void load(OptimizerState state) {
        IdentityHashMap<Tensor, ParameterState> loaded = StateDicts.load(name(), groups, state, this::stateShapes);
        states.clear();
        states.putAll(loaded);
        hasStepped |= !loaded.isEmpty();
        restore();
    }

    /** Writes into {@link #state} what is remembered elsewhere. */
    void save() {}

    /** Reads it from there. */
    void restore() {}

    /**
     * Returns what {@link #state} of a parameter has after a step, by name with the shape. By default anything may be
     * there.
     */
    Map<String, long[]> stateShapes(Tensor parameter, Record options) {
        return Map.of();
    }

    /** Returns the name, the learning rate, what else was chosen, and how much there is to optimize. */
    @Override
    public String toString() {
        String text = groups.stream()
                .map(ParameterGroup::describe)
                .reduce((a, b) -> a + "; " + b)
                .orElse("");
        return name() + "(" + text + ")";
    }

    final String name() {
        return getClass().getSimpleName();
    }
}
