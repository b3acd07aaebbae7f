package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.MemoryScope;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Text;

/**
 * A part of a model with parameters of its own, whatever it takes and returns: what {@code Module} is in PyTorch. Most
 * are {@link Layer}s, which map one tensor to one tensor; extend this class for the others, and give the method that
 * computes any parameters.
 *
 * <p>What stands in a field belongs to the block, under the field's name: a block, a leaf that requires a gradient, and
 * lists, maps, arrays and records of these, {@code blocks.0}. What is computed is registered with {@link #child},
 * {@link #parameter} or {@link #buffer}. A field that is {@code transient} or {@code static} does not belong.
 *
 * <pre>{@code
 * final class Encoder extends Block {
 *     private final Linear mean = new Linear(64, 2);
 *     private final Linear logVariance = new Linear(64, 2);
 *
 *     Normal forward(Tensor x) {
 *         return new Normal(mean.forward(x), logVariance.forward(x));
 *     }
 * }
 * }</pre>
 *
 * <p>Parameters and buffers are named by path, as in PyTorch's state dict: {@code body.0.weight} is the weight of the
 * first layer of {@code body}. Whether a block trains or evaluates is explicit state, set by {@link #train} and
 * {@link #eval} for the block and everything below it; a new one trains. It is not thread-safe, but for the forward
 * pass in evaluation.
 */
public abstract class Block implements Cloneable {

    private Owned owned = new Owned(this, false);
    private @Nullable Hooks hooks;
    private boolean training = true;

    /** Creates a block in training mode that owns what its fields hold. */
    protected Block() {}

    // What it owns

    /**
     * Registers a tensor to be learned, makes it require a gradient, and returns it. A field that holds a leaf that
     * requires a gradient needs no registration.
     *
     * @param name one step of a dotted path: not empty, without dots, not used in this block before
     * @param initial a leaf of floating dtype; it is registered itself, not copied
     * @return {@code initial}
     * @throws IllegalArgumentException if the name is not usable, or {@code initial} is not a leaf or not floating
     */
    protected final Tensor parameter(String name, Tensor initial) {
        checkName(name);
        checkArgument(
                initial.isLeaf(),
                "%s: expected a leaf tensor as parameter '%s'; got the result of an operation. Call detach() on it.",
                name(this),
                name);
        checkArgument(
                initial.dtype().isFPType(),
                "%s: expected a floating-point tensor as parameter '%s'; got %s. Convert it, or make it a buffer.",
                name(this),
                name,
                Text.dtype(initial));
        owned.parameters.put(name, MemoryScope.stored(initial.requiresGrad(true)));
        return initial;
    }

    /**
     * Registers a tensor that belongs to the block but is not learned, such as a running mean, and returns it. It may
     * be changed in place; a field that holds it may also be assigned anew.
     *
     * @param name one step of a dotted path: not empty, without dots, not used in this block before
     * @param initial a tensor that does not require a gradient; it is registered itself, not copied
     * @return {@code initial}
     * @throws IllegalArgumentException if the name is not usable or {@code initial} requires a gradient
     */
    protected final Tensor buffer(String name, Tensor initial) {
        checkName(name);
        owned.buffers.put(name, MemoryScope.stored(Owned.checkBuffer(this, name, initial)));
        return initial;
    }

    /**
     * Registers a block inside this one and returns it. A field that holds it needs no registration, unless its name is
     * to be another.
     *
     * @param name one step of a dotted path: not empty, without dots, not used in this block before
     * @param block the inner one; it may be registered in several places, which then share its parameters
     * @return {@code block}
     * @throws IllegalArgumentException if the name is not usable or {@code block} is this one
     */
    protected final <B extends Block> B child(String name, B block) {
        checkName(name);
        checkArgument(
                block != this,
                "%s: expected another layer as child '%s'; got itself. Register a copy().",
                name(this),
                name);
        owned.children.put(name, checkNotNull(block));
        return block;
    }

    private void checkName(String name) {
        checkArgument(
                !name.isEmpty() && name.indexOf('.') < 0,
                "%s: expected a name that is not empty and has no dot; got '%s'. Leave dots to paths.",
                name(this),
                name);
        checkArgument(
                !owned.parameters.containsKey(name)
                        && !owned.buffers.containsKey(name)
                        && !owned.children.containsKey(name),
                "%s: expected a new name; got '%s', which is registered already. Take another.",
                name(this),
                name);
    }

    /** Returns all parameters of this block and those below, by path; a shared one once, where first met. */
    public final Parameters parameters() {
        return Parameters.of(Tree.begun(this).parameters());
    }

    /** Returns those of {@link #parameters} that require a gradient: all but the frozen ones. */
    public final Parameters trainableParameters() {
        return Parameters.of(Maps.filterValues(parameters(), Tensor::requiresGrad));
    }

    /** Returns all buffers of this block and those below, by path; a shared one once, where first met. */
    public final ImmutableMap<String, Tensor> buffers() {
        return ImmutableMap.copyOf(Tree.of(this).buffers());
    }

    /** Returns the blocks directly inside this one, by name. */
    public final ImmutableMap<String, Block> children() {
        return ImmutableMap.copyOf(owned.look().children);
    }

    /** Returns this block, under the empty name, and all below, by path; a shared one once, where first met. */
    public final ImmutableMap<String, Block> namedLayers() {
        return ImmutableMap.copyOf(Tree.of(this).blocks());
    }

    /**
     * Returns the random generators that this block and all below it were given, each once, in the order of
     * {@link #namedLayers}; without the default one.
     */
    public final ImmutableList<RandomGenerator> generators() {
        return Generators.of(this);
    }

    /** Returns the number of elements in all parameters, each shared one counted once. */
    public final long parameterCount() {
        return parameters().values().stream().mapToLong(Tensor::numel).sum();
    }

    /** Calls a function with every block below this one and then this one, as PyTorch's {@code apply} does. */
    public Block apply(Consumer<? super Block> function) {
        namedLayers().values().asList().reverse().forEach(function);
        return this;
    }

    // States

    /** Puts this block and all below it in training mode: dropout drops. Returns this. */
    public Block train() {
        namedLayers().values().forEach(block -> block.mode(true));
        return this;
    }

    /** Puts this block and all below it in evaluation mode: dropout is the identity. Returns this. */
    public Block eval() {
        namedLayers().values().forEach(block -> block.mode(false));
        return this;
    }

    /** Sets the mode of this block alone. */
    final void mode(boolean on) {
        training = on;
    }

    /** Returns whether the block is in training mode. */
    public final boolean isTraining() {
        return training;
    }

    /** Clears the gradients of all parameters: afterwards none has a gradient. */
    public final void zeroGrad() {
        Tree.of(this).parameters().values().forEach(Tensor::zeroGrad);
    }

    /**
     * Freezes or unfreezes all parameters of this block and those below. A frozen parameter gets no gradient, and costs
     * no work in the backward pass.
     *
     * @param requiresGrad false to freeze
     * @return this
     */
    public Block requiresGrad(boolean requiresGrad) {
        Tree.of(this).parameters().values().forEach(parameter -> parameter.requiresGrad(requiresGrad));
        return this;
    }

    /** Freezes all parameters, {@code requiresGrad(false)}; returns this. */
    public Block freeze() {
        return requiresGrad(false);
    }

    /** Lets all parameters be trained again, {@code requiresGrad(true)}; returns this. */
    public Block unfreeze() {
        return requiresGrad(true);
    }

    /**
     * Converts all floating parameters and buffers and returns this. They become other tensors, so that an optimizer is
     * to be made afterwards.
     *
     * @param dtype a floating type
     * @throws IllegalArgumentException if it is not
     */
    public Block to(DataType dtype) {
        checkArgument(
                dtype.isFPType(),
                "%s: expected a floating type to convert to; got %s. Whole numbers cannot be trained.",
                name(this),
                dtype);
        Rebuild.inPlace(this, tensor -> converted(tensor, dtype));
        return this;
    }

    private static Tensor converted(Tensor tensor, DataType dtype) {
        return tensor.dtype() == dtype || !tensor.dtype().isFPType()
                ? tensor
                : tensor.detach().to(dtype).requiresGrad(tensor.requiresGrad());
    }

    /**
     * Returns parameters and buffers by path, each in the memory that the block uses: of every block first the
     * parameters, then the buffers, then what is below.
     */
    public final ImmutableMap<String, Tensor> stateDict() {
        return ImmutableMap.copyOf(Maps.transformValues(Tree.begun(this).state(), Tensor::detach));
    }

    /**
     * Copies values into parameters and buffers, after a look at all: nothing changes if one does not fit.
     *
     * @param stateDict for every name of {@link #stateDict} a tensor of the same shape; types are converted
     * @return this
     * @throws IllegalArgumentException if a name is missing or not known, or a shape is another
     */
    public Block load(Map<String, Tensor> stateDict) {
        load(stateDict, LoadOptions.defaults());
        return this;
    }

    /**
     * Copies values into parameters and buffers, after a look at all: nothing changes if one does not fit.
     *
     * @param stateDict a tensor of the same shape for every name of {@link #stateDict}, or for some if the options
     *     allow it
     * @param options whether some names are enough, what is renamed, and whether types are converted
     * @return the names for which there was nothing, and those that are not known: none, unless loading is partial
     * @throws IllegalArgumentException if something does not fit, with a list of all that does not; if loading is
     *     partial, also if no name fits
     */
    public final LoadResult load(Map<String, Tensor> stateDict, LoadOptions options) {
        return Tree.load(this, stateDict, options);
    }

    // Copies

    /** Returns a copy with parameters and buffers of its own and the same values, in the same modes, without hooks. */
    public Block copy() {
        return Rebuild.copy(this, Block::duplicate);
    }

    private static Tensor duplicate(Tensor tensor) {
        return tensor.detach().clone().requiresGrad(tensor.requiresGrad());
    }

    /**
     * Returns this block computing with other parameters, {@code functional_call} in PyTorch: a copy that shares all
     * that is not given. Gradients flow to what is given, which may be computed, as in meta-learning.
     *
     * @param parameters tensors by the paths of {@link #parameters} or {@link #buffers}
     * @throws IllegalArgumentException if a path is not known
     */
    public Block with(Map<String, Tensor> parameters) {
        return Rebuild.with(this, parameters);
    }

    // Hooks

    /**
     * Calls the hook before each forward pass of this block. It is called where the library calls the block, such as in
     * a {@link Sequential}, and in every {@code forward} of the library's own; around a layer of one's own, call
     * {@link Layer#call} instead of {@code forward}.
     *
     * @return what ends it
     */
    public final HookHandle registerForwardPreHook(ForwardPreHook hook) {
        return hooks().add(hook);
    }

    /** Calls the hook after each forward pass of this block; see {@link #registerForwardPreHook}. */
    public final HookHandle registerForwardHook(ForwardHook hook) {
        return hooks().add(hook);
    }

    private Hooks hooks() {
        if (hooks == null) {
            hooks = new Hooks();
        }
        return hooks;
    }

    final boolean hasHooks() {
        return hooks != null && !hooks.isEmpty();
    }

    /**
     * Computes with the hooks of this block around, if there are any: what a block of one's own with several inputs
     * writes around its forward pass, to be seen by hooks.
     *
     * @param inputs the tensors that go in
     * @param forward computes from as many tensors
     */
    protected final <R> R hooked(List<Tensor> inputs, Function<List<Tensor>, R> forward) {
        return hooks == null ? forward.apply(inputs) : hooks.around(this, inputs, forward);
    }

    // Text

    /** Returns the block's settings as they stand between the parentheses of {@link #toString}; none by default. */
    protected String settings() {
        return "";
    }

    /** Returns the tree of blocks with their settings, one a line, as PyTorch prints modules. */
    @Override
    public final String toString() {
        StringBuilder text = new StringBuilder();
        print(text, "");
        return text.toString();
    }

    private void print(StringBuilder text, String indent) {
        text.append(name(this)).append('(').append(settings());
        Map<String, Block> inner = children();
        if (!inner.isEmpty()) {
            inner.forEach((name, block) -> {
                text.append('\n').append(indent).append("  (").append(name).append("): ");
                block.print(text, indent + "  ");
            });
            text.append('\n').append(indent);
        }
        text.append(')');
    }

    /** Returns the simple name of the class, or that of the one it extends if it is anonymous. */
    static String name(Object block) {
        Class<?> type = block.getClass();
        return type.isAnonymousClass() ? type.getSuperclass().getSimpleName() : type.getSimpleName();
    }

    // For Rebuild and Tree

    final Owned owned() {
        return owned;
    }

    /** Returns a copy of the object alone, which owns nothing yet and whose fields are still those of this one. */
    final Block shell(boolean isFunctional) {
        try {
            Block shell = (Block) clone();
            shell.owned = new Owned(shell, isFunctional);
            shell.hooks = null;
            return shell;
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    /** Called on a copy, to forget what was computed from the fields of the original. */
    void copied() {}
}
