package org.ndgrad.nn.io;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.optim.Optimizer;
import org.ndgrad.nn.optim.OptimizerState;

/** States of PyTorch's optimizers, which number parameters where ours name them. */
final class TorchOptimizers {

    /** Options that choose among ways to compute the same. */
    private static final ImmutableSet<String> OF_PYTORCH_ALONE =
            ImmutableSet.of("foreach", "fused", "capturable", "differentiable");

    /** What Adam, NAdam and RAdam choose by an option, and AdamW by its class. */
    private static final String DECOUPLED = "decoupled_weight_decay";

    private static final String PARAMS = "params";

    private TorchOptimizers() {}

    static OptimizerState state(Map<?, ?> saved, Optimizer optimizer) {
        List<String> names = optimizer.groups().stream()
                .flatMap(group -> group.parameters().keySet().stream())
                .collect(ImmutableList.toImmutableList());
        Record options = optimizer.groups().get(0).options();
        boolean choosesDecoupled = Arrays.stream(options.getClass().getRecordComponents())
                .anyMatch(component -> component.getName().equals("decoupledWeightDecay"));
        Map<String, Map<String, Tensor>> state = new LinkedHashMap<>();
        map(saved.get("state")).forEach((number, tensors) -> {
            Map<String, Tensor> values = new LinkedHashMap<>();
            map(tensors).forEach((name, value) -> {
                if (value instanceof Tensor tensor) {
                    values.put(String.valueOf(name), tensor);
                }
            });
            state.put(name(number, names), values);
        });
        checkArgument(
                saved.get("param_groups") instanceof List,
                "Torch: expected param_groups as a list; got another value. Save optimizer.state_dict() anew.");
        ImmutableList.Builder<Map<String, Object>> groups = ImmutableList.builder();
        for (Object group : (List<?>) saved.get("param_groups")) {
            groups.add(group(map(group), names, choosesDecoupled));
        }
        return OptimizerState.of(state, groups.build());
    }

    private static Map<String, Object> group(Map<?, ?> saved, List<String> names, boolean choosesDecoupled) {
        Map<String, Object> group = new LinkedHashMap<>();
        saved.forEach((key, value) -> {
            String option = String.valueOf(key);
            boolean isOurs = !OF_PYTORCH_ALONE.contains(option) && (!option.equals(DECOUPLED) || choosesDecoupled);
            if (value != null && isOurs) {
                group.put(option, value);
            }
        });
        checkArgument(
                group.get(PARAMS) instanceof List,
                "Torch: expected the numbers of parameters in each group; got none. Save optimizer.state_dict() anew.");
        group.put(
                PARAMS,
                ((List<?>) group.get(PARAMS))
                        .stream().map(number -> name(number, names)).collect(ImmutableList.toImmutableList()));
        return group;
    }

    private static String name(@Nullable Object number, List<String> names) {
        checkArgument(
                number instanceof Long position && position >= 0 && position < names.size(),
                "Torch: expected the state of an optimizer of %s parameters; got one that counts to %s. Make the optimizer"
                        + " of model.parameters(), as in PyTorch.",
                names.size(),
                number);
        return names.get(((Long) number).intValue());
    }

    private static Map<?, ?> map(@Nullable Object value) {
        checkArgument(
                value instanceof Map,
                "Torch: expected a dict in the state of an optimizer; got another value. Save optimizer.state_dict() anew.");
        return (Map<?, ?>) value;
    }
}
