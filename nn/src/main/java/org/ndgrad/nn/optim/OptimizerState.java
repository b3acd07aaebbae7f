package org.ndgrad.nn.optim;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Map;
import org.ndgrad.autograd.MemoryScope;
import org.ndgrad.autograd.Tensor;

/**
 * What the steps of an optimizer have left behind, to be saved and loaded; PyTorch's state dict, with the parameters'
 * names in place of numbers.
 *
 * @param state for each parameter that was updated, by its name: tensors by PyTorch's names such as {@code exp_avg},
 *     {@code momentum_buffer} and {@code step}
 * @param groups for each group, by PyTorch's names: {@code params} (the parameters' names), {@code lr},
 *     {@code initial_lr} if a schedule has changed that, and the options, such as {@code weight_decay} or
 *     {@code betas}; numbers, booleans, strings and lists of them
 */
public record OptimizerState(
        ImmutableMap<String, ImmutableMap<String, Tensor>> state, ImmutableList<ImmutableMap<String, Object>> groups) {

    /** Keeps the tensors beyond every MemoryScope. */
    public OptimizerState {
        state.values().forEach(tensors -> tensors.values().forEach(MemoryScope::stored));
    }

    /** Makes a state of what was read from somewhere. */
    public static OptimizerState of(Map<String, Map<String, Tensor>> state, List<Map<String, Object>> groups) {
        ImmutableMap.Builder<String, ImmutableMap<String, Tensor>> tensors = ImmutableMap.builder();
        state.forEach((name, values) -> tensors.put(name, ImmutableMap.copyOf(values)));
        return new OptimizerState(
                tensors.buildOrThrow(),
                groups.stream().map(ImmutableMap::copyOf).collect(ImmutableList.toImmutableList()));
    }
}
