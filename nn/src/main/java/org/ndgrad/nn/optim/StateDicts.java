package org.ndgrad.nn.optim;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;

/** Writes states of optimizers and reads them, checking all before changing anything. */
final class StateDicts {

    private static final String PARAMS = "params";
    private static final String RATE = "lr";
    private static final String INITIAL_RATE = "initial_lr";

    /** The most steps that float64 counts. */
    static final double MOST_STEPS = 0x1p53;

    /** Numbers of steps, and of evaluations. */
    private static final ImmutableSet<String> COUNTS = ImmutableSet.of(ParameterState.STEP, "n_iter", "func_evals");

    /** Sums and averages of squares and sizes, and sizes of steps. */
    private static final ImmutableSet<String> SIZES = ImmutableSet.of(
            "exp_avg_sq",
            "max_exp_avg_sq",
            "exp_inf",
            "square_avg",
            "acc_delta",
            "sum",
            "row_var",
            "col_var",
            "variance",
            "step_size",
            "mu_product",
            "eta",
            "mu");

    private StateDicts() {}

    /** Whether a tensor is a number of steps. */
    static boolean isCount(Tensor tensor) {
        double value = tensor.item();
        return value >= 0 && value <= MOST_STEPS && value == Math.rint(value);
    }

    /** Refuses what no step leaves behind. NaN stays: it is what steps by NaN leave. */
    private static void check(String who, String name, String key, Tensor tensor) {
        checkArgument(
                !COUNTS.contains(key) || isCount(tensor),
                "%s.load: expected a number of steps as %s of parameter '%s'; got %s. Load a state of %s.",
                who,
                key,
                name,
                tensor.numel() == 1 ? tensor.item() : tensor,
                who);
        if (SIZES.contains(key) && tensor.numel() > 0) {
            double least = tensor.amin().item();
            checkArgument(
                    !(least < 0),
                    "%s.load: expected no negative numbers in %s of parameter '%s'; got %s. Load a state of %s.",
                    who,
                    key,
                    name,
                    least,
                    who);
        }
    }

    static OptimizerState of(List<ParameterGroup> groups, Function<Tensor, Map<String, Tensor>> stateOf) {
        ImmutableMap.Builder<String, ImmutableMap<String, Tensor>> state = ImmutableMap.builder();
        for (ParameterGroup group : groups) {
            group.parameters().forEach((name, parameter) -> {
                Map<String, Tensor> tensors = stateOf.apply(parameter);
                if (!tensors.isEmpty()) {
                    state.put(name, ImmutableMap.copyOf(Maps.transformValues(tensors, Tensor::clone)));
                }
            });
        }
        return new OptimizerState(
                state.buildOrThrow(), groups.stream().map(StateDicts::of).collect(ImmutableList.toImmutableList()));
    }

    private static ImmutableMap<String, Object> of(ParameterGroup group) {
        ImmutableMap.Builder<String, Object> values = ImmutableMap.builder();
        values.put(PARAMS, ImmutableList.copyOf(group.parameters().keySet())).put(RATE, group.learningRate());
        group.knownInitialLearningRate().ifPresent(rate -> values.put(INITIAL_RATE, rate));
        return values.putAll(OptionNames.toMap(group.options())).buildOrThrow();
    }

    /** Returns the states of parameters, and restores the groups. */
    static IdentityHashMap<Tensor, ParameterState> load(
            String who,
            List<ParameterGroup> groups,
            OptimizerState given,
            BiFunction<Tensor, Record, Map<String, long[]>> shapes) {
        checkArgument(
                groups.size() == given.groups().size(),
                "%s.load: expected a state of %s groups; got %s. Add the same groups first, then load.",
                who,
                groups.size(),
                given.groups().size());
        IdentityHashMap<Tensor, ParameterState> states = new IdentityHashMap<>();
        List<Runnable> changes = new ArrayList<>();
        List<String> known = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            ParameterGroup group = groups.get(i);
            ImmutableMap<String, Object> values = given.groups().get(i);
            List<String> names = ImmutableList.copyOf(group.parameters().keySet());
            checkArgument(
                    names.equals(values.get(PARAMS)),
                    "%s.load: expected group %s to have the parameters %s; got %s. Load a state of the same model.",
                    who,
                    i,
                    names,
                    values.get(PARAMS));
            Record options = OptionNames.fromMap(
                    who,
                    group.options(),
                    Maps.filterKeys(
                            values,
                            key -> !ImmutableList.of(PARAMS, RATE, INITIAL_RATE).contains(key)));
            double rate = number(who, RATE, values.get(RATE));
            OptionalDouble initial = values.containsKey(INITIAL_RATE)
                    ? OptionalDouble.of(number(who, INITIAL_RATE, values.get(INITIAL_RATE)))
                    : OptionalDouble.empty();
            changes.add(() -> group.restore(rate, initial, options));
            known.addAll(names);
            group.parameters().forEach((name, parameter) -> {
                Map<String, Tensor> tensors = given.state().get(name);
                if (tensors != null && !tensors.isEmpty()) {
                    states.put(parameter, state(who, name, parameter, tensors, shapes.apply(parameter, options)));
                }
            });
        }
        checkArgument(
                known.containsAll(given.state().keySet()),
                "%s.load: expected states of the parameters %s; got %s. Load a state of the same model.",
                who,
                known,
                given.state().keySet());
        changes.forEach(Runnable::run);
        return states;
    }

    private static double number(String who, String name, @Nullable Object value) {
        if (value instanceof Number number && number.doubleValue() >= 0 && Double.isFinite(number.doubleValue())) {
            return number.doubleValue();
        }
        throw new IllegalArgumentException(who + ".load: expected a number of at least 0 as " + name + "; got " + value
                + ". Load a state of an optimizer.");
    }

    private static ParameterState state(
            String who, String name, Tensor parameter, Map<String, Tensor> tensors, Map<String, long[]> shapes) {
        checkArgument(
                shapes.isEmpty() || shapes.keySet().equals(tensors.keySet()),
                "%s.load: expected the states %s of parameter '%s'; got %s. Load a state of %s with the same options.",
                who,
                shapes.keySet(),
                name,
                tensors.keySet(),
                who);
        ParameterState state = new ParameterState(parameter);
        tensors.forEach((key, tensor) -> {
            long[] shape = shape(shapes.getOrDefault(key, tensor.shape()), tensor);
            DataType type = shape == ParameterState.NUMBER ? tensor.dtype() : parameter.dtype();
            checkArgument(
                    Arrays.equals(shape, tensor.shape()) || (shape == ParameterState.NUMBER && tensor.numel() == 1),
                    "%s.load: expected %s of parameter '%s' in shape %s; got %s. Load a state of the same model.",
                    who,
                    key,
                    name,
                    Arrays.toString(shape),
                    Arrays.toString(tensor.shape()));
            if (!shapes.isEmpty()) {
                check(who, name, key, tensor);
            }
            state.load(key, shapes.isEmpty() ? tensor : tensor.reshape(shape).to(type));
        });
        return state;
    }

    /** Fills in a first size that may be any. */
    private static long[] shape(long[] expected, Tensor tensor) {
        if (expected.length > 0 && expected[0] < 0 && tensor.ndim() > 0) {
            long[] shape = expected.clone();
            shape[0] = tensor.size(0);
            return shape;
        }
        return expected;
    }
}
