package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableSet;
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
    static LoadResult load(Block root, Map<String, Tensor> stateDict, LoadOptions options) {
        Map<String, Tensor> values = options.renamed(Block.name(root), stateDict);
        Map<String, Weighted> begun = new LinkedHashMap<>();
        of(root).blocks.forEach((path, block) -> {
            String prefix = path.isEmpty() ? "" : path + '.';
            Tensor weight = values.get(prefix + "weight");
            if (block instanceof Weighted lazy && weight != null && lazy.beginLike(weight)) {
                begun.put(prefix, lazy);
            }
        });
        LoadResult result;
        try {
            result = of(root).load(Block.name(root), values, options);
        } catch (RuntimeException e) {
            begun.values().forEach(Weighted::forget);
            throw e;
        }
        begun.forEach((prefix, lazy) -> {
            if (result.missing().contains(prefix + "bias")) {
                lazy.drawBias();
            }
        });
        return result;
    }

    private LoadResult load(String who, Map<String, Tensor> values, LoadOptions options) {
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
        Map<String, Tensor> targets = new LinkedHashMap<>(aliases);
        targets.putAll(state);
        targets.keySet().retainAll(values.keySet());
        List<String> problems = new ArrayList<>();
        if (!missing.isEmpty() && !options.partial()) {
            problems.add("nothing for " + missing);
        }
        if (!unknown.isEmpty() && !options.partial()) {
            problems.add(unknown + ", which it does not have");
        }
        if (options.partial() && targets.isEmpty() && !state.isEmpty()) {
            problems.add("none of them but " + unknown);
        }
        targets.forEach((path, tensor) -> {
            Tensor value = checkNotNull(values.get(path), path);
            if (!Arrays.equals(tensor.shape(), value.shape())) {
                problems.add("'%s' of shape %s instead of %s".formatted(path, Text.shape(value), Text.shape(tensor)));
            }
            if (options.sameDtypes() && tensor.dtype() != value.dtype()) {
                problems.add("'%s' of type %s instead of %s".formatted(path, Text.dtype(value), Text.dtype(tensor)));
            }
        });
        checkArgument(
                problems.isEmpty(),
                "%s: expected a state dict with the names and shapes of stateDict(); got %s. Make the model as the saved"
                        + " one was made, or rename and leave out entries of the map%s.",
                who,
                String.join("; ", problems),
                options.equals(LoadOptions.defaults()) ? ", as LoadOptions do" : "");
        targets.keySet().forEach(path -> checkHasMemory(checkNotNull(values.get(path))));
        Autograd.noGrad(() -> targets.forEach((path, tensor) -> tensor.copy_(checkNotNull(values.get(path)))));
        return new LoadResult(ImmutableSet.copyOf(missing), ImmutableSet.copyOf(unknown));
    }

    /** Reads an element, which throws if a scope has ended the tensor, before any other was copied. */
    private static void checkHasMemory(Tensor tensor) {
        if (tensor.numel() > 0) {
            tensor.detach().get(new long[tensor.ndim()]).toDoubleArray();
        }
    }
}
