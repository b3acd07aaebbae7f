package org.ndgrad.nn.io;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.optim.AdafactorOptions;
import org.ndgrad.nn.optim.Lbfgs;
import org.ndgrad.nn.optim.Optimizer;
import org.ndgrad.nn.optim.OptimizerState;

/** States of PyTorch's optimizers, which number parameters where ours name them. */
final class TorchOptimizers {

    /** Options that choose among ways to compute the same. */
    private static final ImmutableSet<String> OF_PYTORCH_ALONE =
            ImmutableSet.of("foreach", "fused", "capturable", "differentiable");

    /** What Adam, NAdam and RAdam choose by an option, and AdamW by its class. */
    private static final String DECOUPLED = "decoupled_weight_decay";

    /** Options that some of PyTorch's optimizers, or their older versions, lack, and do not do. */
    private static final ImmutableMap<String, String> OF_NEWER =
            ImmutableMap.of("maximize", "maximize", "decoupledWeightDecay", DECOUPLED);

    /** Choices for which PyTorch writes None. */
    private static final ImmutableMap<String, String> NONE = ImmutableMap.of(
            "adjust_lr_fn", "original",
            "line_search_fn", "none");

    /** What L-BFGS keeps, besides what follows from it: each number or vector by itself, and lists of vectors. */
    private static final ImmutableSet<String> OF_LBFGS =
            ImmutableSet.of("func_evals", "n_iter", "d", "t", "prev_flat_grad", "prev_loss");

    private static final ImmutableSet<String> LISTS_OF_LBFGS = ImmutableSet.of("old_dirs", "old_stps");

    private static final String PARAMS = "params";

    private TorchOptimizers() {}

    static OptimizerState state(Map<?, ?> saved, Optimizer optimizer) {
        List<String> names = optimizer.groups().stream()
                .flatMap(group -> group.parameters().keySet().stream())
                .collect(ImmutableList.toImmutableList());
        Record options = optimizer.groups().get(0).options();
        Map<String, Map<String, Tensor>> state = new LinkedHashMap<>();
        map(saved.get("state"))
                .forEach((number, values) -> state.put(
                        name(number, names), optimizer instanceof Lbfgs ? ofLbfgs(map(values)) : tensors(map(values))));
        checkArgument(
                saved.get("param_groups") instanceof List,
                "Torch: expected param_groups as a list; got another value. Save optimizer.state_dict() anew.");
        ImmutableList.Builder<Map<String, Object>> groups = ImmutableList.builder();
        for (Object group : (List<?>) saved.get("param_groups")) {
            groups.add(group(map(group), names, options));
        }
        return OptimizerState.of(state, groups.build());
    }

    /** Returns tensors and numbers by name; what is None, such as a buffer without momentum, is left out. */
    private static Map<String, Tensor> tensors(Map<?, ?> saved) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        saved.forEach((name, value) -> {
            if (value instanceof Tensor tensor) {
                tensors.put(String.valueOf(name), tensor);
            } else if (value instanceof Number number) {
                tensors.put(String.valueOf(name), Tensor.of(DataType.DOUBLE, number.doubleValue()));
            }
        });
        return tensors;
    }

    /** Returns the state of L-BFGS, lists as rows; empty before its first iteration. */
    private static Map<String, Tensor> ofLbfgs(Map<?, ?> saved) {
        Map<String, Tensor> tensors = tensors(Maps.filterKeys(saved, OF_LBFGS::contains));
        Tensor direction = tensors.get("d");
        if (direction == null) {
            return Map.of();
        }
        for (String name : LISTS_OF_LBFGS) {
            checkArgument(
                    saved.get(name) instanceof List<?> list && list.stream().allMatch(Tensor.class::isInstance),
                    "Torch: expected %s as a list of tensors; got another value. Save optimizer.state_dict() anew.",
                    name);
            List<Tensor> rows = ((List<?>) saved.get(name))
                    .stream().map(Tensor.class::cast).collect(ImmutableList.toImmutableList());
            tensors.put(
                    name,
                    rows.isEmpty() ? Tensor.zeros(direction.dtype(), 0, direction.numel()) : Functions.stack(rows, 0));
        }
        return tensors;
    }

    private static Map<String, Object> group(Map<?, ?> saved, List<String> names, Record options) {
        Set<String> components = Arrays.stream(options.getClass().getRecordComponents())
                .map(RecordComponent::getName)
                .collect(ImmutableSet.toImmutableSet());
        Map<String, Object> group = new LinkedHashMap<>();
        OF_NEWER.forEach((component, option) -> {
            if (components.contains(component)) {
                group.put(option, false);
            }
        });
        saved.forEach((key, value) -> {
            String option = String.valueOf(key);
            boolean isOurs = !OF_PYTORCH_ALONE.contains(option)
                    && (!option.equals(DECOUPLED) || components.contains("decoupledWeightDecay"));
            Object plain = value == null ? NONE.get(option) : plain(value);
            if (plain != null && isOurs) {
                group.put(option, plain);
            }
        });
        if (options instanceof AdafactorOptions && group.get("eps") instanceof List<?> pair && pair.size() == 2) {
            group.remove("eps");
            putUnlessNone(group, "eps1", pair.get(0));
            putUnlessNone(group, "eps2", pair.get(1));
        }
        checkArgument(
                group.get(PARAMS) instanceof List,
                "Torch: expected the numbers of parameters in each group; got none. Save optimizer.state_dict() anew.");
        group.put(
                PARAMS,
                ((List<?>) group.get(PARAMS))
                        .stream().map(number -> name(number, names)).collect(ImmutableList.toImmutableList()));
        return group;
    }

    private static void putUnlessNone(Map<String, Object> group, String option, @Nullable Object value) {
        if (value != null) {
            group.put(option, value);
        }
    }

    /** Returns the number that a tensor of one element holds, for learning rates and the like; others as they are. */
    private static Object plain(Object value) {
        if (value instanceof List<?> list && list.stream().anyMatch(Tensor.class::isInstance)) {
            return list.stream().map(TorchOptimizers::plain).collect(ImmutableList.toImmutableList());
        }
        return value instanceof Tensor tensor && tensor.numel() == 1 ? (Object) tensor.item() : value;
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
