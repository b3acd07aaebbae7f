package org.ndgrad.nn.optim;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.ndgrad.autograd.MemoryScope;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Parameters;

/** Checks the parameters of a group and gives them names: those of {@link Parameters}, else their numbers. */
final class GroupNames {

    private GroupNames() {}

    /**
     * Returns the parameters by name.
     *
     * @param taken the parameters of other groups
     */
    static ImmutableMap<String, Tensor> of(String who, Iterable<Tensor> parameters, Map<String, Tensor> taken) {
        Map<String, Tensor> named = new LinkedHashMap<>();
        Set<Tensor> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        seen.addAll(taken.values());
        if (parameters instanceof Parameters known) {
            known.forEach((name, parameter) -> put(who, free(name, taken), parameter, named, seen));
        } else {
            for (Tensor parameter : parameters) {
                put(who, String.valueOf(taken.size() + named.size()), parameter, named, seen);
            }
        }
        checkArgument(
                !named.isEmpty(),
                "%s: expected at least one parameter; got none. %s",
                who,
                parameters instanceof Parameters
                        ? "Look at what parameters() of the model lists: only what the layer knows of is trained."
                        : "Pass model.parameters(), or a list of leaves that require gradients.");
        named.values().forEach(MemoryScope::stored);
        return ImmutableMap.copyOf(named);
    }

    /** Two models may have the same names. */
    private static String free(String name, Map<String, Tensor> taken) {
        String free = name;
        for (int i = 2; taken.containsKey(free); i++) {
            free = name + "#" + i;
        }
        return free;
    }

    private static void put(String who, String name, Tensor parameter, Map<String, Tensor> named, Set<Tensor> seen) {
        checkArgument(
                parameter.isLeaf(),
                "%s: expected leaf tensors; got the result of an operation as parameter '%s'. Only leaves keep"
                        + " gradients: pass the tensor it was computed from, or detach() it. If it was updated by"
                        + " w = w.sub(…), which makes another tensor, use w.sub_(…) in Autograd.noGrad.",
                who,
                name);
        checkArgument(
                parameter.requiresGrad(),
                "%s: expected tensors that require gradients; parameter '%s' does not. Call requiresGrad(true), or"
                        + " leave frozen ones out with model.trainableParameters().",
                who,
                name);
        checkArgument(
                seen.add(parameter),
                "%s: expected distinct parameters; parameter '%s' appears a second time. Pass it once.",
                who,
                name);
        named.put(name, parameter);
    }
}
