package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Text;

/**
 * A block and all below it, by path, each thing once.
 *
 * @param blocks the root under the empty name
 * @param state parameters and buffers, in the order of PyTorch's state dict
 * @param aliases further paths of tensors
 */
record Tree(
        Map<String, Block> blocks,
        Map<String, Tensor> parameters,
        Map<String, Tensor> buffers,
        Map<String, Tensor> state,
        Map<String, Tensor> aliases) {

    static Tree of(Block root) {
        Tree tree = new Tree(
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>());
        tree.add("", root, Collections.newSetFromMap(new IdentityHashMap<>()), new ArrayList<>());
        return tree;
    }

    /** Returns the tree of a block of which all parameters exist; throws if some wait for a first input. */
    static Tree begun(Block root) {
        Tree tree = of(root);
        tree.blocks.forEach((path, block) -> {
            if (block instanceof Weighted lazy) {
                lazy.checkBegun(path);
            }
        });
        return tree;
    }

    private void add(String path, Block block, Set<Object> seen, List<Block> above) {
        checkArgument(
                above.stream().noneMatch(each -> each == block),
                "%s: expected layers that do not hold one another; got '%s' again below itself. Mark the field that points"
                        + " upward transient.",
                Block.name(block),
                path);
        if (seen.add(block)) {
            blocks.put(path, block);
        }
        String prefix = path.isEmpty() ? "" : path + '.';
        Owned.Look look = block.owned().look();
        look.parameters.forEach((name, tensor) -> put(parameters, prefix + name, tensor, seen));
        look.buffers.forEach((name, tensor) -> put(buffers, prefix + name, tensor, seen));
        above.add(block);
        look.children.forEach((name, child) -> add(prefix + name, child, seen, above));
        look.aliases.forEach((name, thing) -> {
            if (thing instanceof Block child) {
                add(prefix + name, child, seen, above);
            } else {
                aliases.put(prefix + name, (Tensor) thing);
            }
        });
        above.remove(above.size() - 1);
    }

    private void put(Map<String, Tensor> some, String path, Tensor tensor, Set<Object> seen) {
        if (seen.add(tensor)) {
            some.put(path, tensor);
            state.put(path, tensor);
        } else {
            aliases.put(path, tensor);
        }
    }

    /** Copies values into the state of a block, after all were looked at; those that wait for a shape get it so. */
    static void load(Block root, Map<String, Tensor> values) {
        List<Weighted> begun = new ArrayList<>();
        of(root).blocks.forEach((path, block) -> {
            Tensor weight = values.get(path.isEmpty() ? "weight" : path + ".weight");
            if (block instanceof Weighted lazy && weight != null && lazy.beginLike(weight)) {
                begun.add(lazy);
            }
        });
        try {
            of(root).load(Block.name(root), values);
        } catch (IllegalArgumentException e) {
            begun.forEach(Weighted::forget);
            throw e;
        }
    }

    private void load(String who, Map<String, Tensor> values) {
        List<String> problems = new ArrayList<>();
        Set<String> missing = new LinkedHashSet<>(state.keySet());
        aliases.forEach((path, tensor) -> {
            if (values.containsKey(path)) {
                missing.removeIf(name -> state.get(name) == tensor);
            }
        });
        missing.removeAll(values.keySet());
        Set<String> unknown = new LinkedHashSet<>(values.keySet());
        unknown.removeAll(state.keySet());
        unknown.removeAll(aliases.keySet());
        if (!missing.isEmpty()) {
            problems.add("nothing for " + missing);
        }
        if (!unknown.isEmpty()) {
            problems.add(unknown + ", which it does not have");
        }
        Map<String, Tensor> targets = new LinkedHashMap<>(aliases);
        targets.putAll(state);
        targets.keySet().retainAll(values.keySet());
        targets.forEach((path, tensor) -> {
            Tensor value = checkNotNull(values.get(path));
            if (!Arrays.equals(tensor.shape(), value.shape())) {
                problems.add("'%s' of shape %s instead of %s".formatted(path, Text.shape(value), Text.shape(tensor)));
            }
        });
        checkArgument(
                problems.isEmpty(),
                "%s: expected a state dict with the names and shapes of stateDict(); got %s. Make the model as the saved"
                        + " one was made, or rename and leave out entries of the map.",
                who,
                String.join("; ", problems));
        Autograd.noGrad(() -> targets.forEach((path, tensor) -> tensor.copy_(checkNotNull(values.get(path)))));
    }
}
