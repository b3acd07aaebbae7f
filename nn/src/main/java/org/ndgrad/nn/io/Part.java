package org.ndgrad.nn.io;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Block;
import org.ndgrad.nn.Stateful;
import org.ndgrad.nn.optim.Optimizer;
import org.ndgrad.nn.optim.OptimizerState;

/** Something of which a checkpoint keeps the state. */
interface Part {

    /** Returns the state; its tensors may share memory with the thing. */
    Map<String, ?> state();

    /** Goes on from a state; nothing changes if it does not fit. */
    void load(Map<String, ?> state);

    /** Whether it is a model. They are loaded last, for a model whose shapes are open yet could not be put back. */
    default boolean isModel() {
        return false;
    }

    static Part of(Stateful part) {
        return new Part() {
            @Override
            public Map<String, ?> state() {
                return part.stateDict();
            }

            @Override
            public void load(Map<String, ?> state) {
                part.load(state);
            }
        };
    }

    static Part of(Rng rng) {
        return new Part() {
            @Override
            public Map<String, ?> state() {
                return GeneratorPlaces.state(rng);
            }

            @Override
            public void load(Map<String, ?> state) {
                rng.load(GeneratorPlaces.read(state));
            }
        };
    }

    static Part of(Optimizer optimizer) {
        return new Part() {
            @Override
            public Map<String, ?> state() {
                OptimizerState state = optimizer.stateDict();
                return ImmutableMap.of("state", state.state(), "groups", state.groups());
            }

            @Override
            public void load(Map<String, ?> state) {
                Map<String, Map<String, Tensor>> tensors = new LinkedHashMap<>();
                map("state", state.get("state")).forEach((name, each) -> tensors.put(name, tensors(name, each)));
                List<Map<String, Object>> groups = new ArrayList<>();
                for (Object each : as(List.class, "a list", "groups", state.get("groups"))) {
                    groups.add(map("groups", each));
                }
                optimizer.load(OptimizerState.of(tensors, groups));
            }
        };
    }

    static Part of(Block model) {
        return new Part() {
            @Override
            public Map<String, ?> state() {
                Map<String, Object> state = new LinkedHashMap<>(model.stateDict());
                state.put(GeneratorPlaces.NAME, GeneratorPlaces.states(model));
                return state;
            }

            @Override
            public void load(Map<String, ?> state) {
                Map<String, Object> tensors = new LinkedHashMap<>(state);
                Object generators = tensors.remove(GeneratorPlaces.NAME);
                List<Runnable> places = generators == null ? List.of() : GeneratorPlaces.places(model, generators);
                model.load(tensors("the model", ImmutableMap.copyOf(tensors)));
                places.forEach(Runnable::run);
            }

            @Override
            public boolean isModel() {
                return true;
            }
        };
    }

    /** Returns a state whose tensors are copies. */
    static Map<String, ?> copy(Map<String, ?> state) {
        return ImmutableMap.copyOf(Maps.transformValues(state, Part::copied));
    }

    private static Object copied(Object value) {
        if (value instanceof Tensor tensor) {
            return tensor.detach().clone();
        } else if (value instanceof Map<?, ?> map) {
            return ImmutableMap.copyOf(Maps.transformValues(map, Part::copied));
        } else if (value instanceof List<?> list) {
            return list.stream().map(Part::copied).collect(ImmutableList.toImmutableList());
        }
        return value;
    }

    static Map<String, Object> map(String name, @Nullable Object value) {
        Map<String, Object> map = new LinkedHashMap<>();
        Map<?, ?> given = as(ImmutableMap.class, "a map", name, value);
        given.forEach((key, each) -> map.put(String.valueOf(key), each));
        return map;
    }

    private static Map<String, Tensor> tensors(String name, @Nullable Object value) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        map(name, value).forEach((key, each) -> tensors.put(key, as(Tensor.class, "a tensor", name + "." + key, each)));
        return tensors;
    }

    /** Returns a value as what it should be; refuses another. */
    static <T> T as(Class<T> type, String expected, String name, @Nullable Object value) {
        if (type.isInstance(value)) {
            return type.cast(value);
        }
        throw new IllegalArgumentException(Strings.lenientFormat(
                "expected %s as '%s'; got %s. Load a state of the same kind of thing.",
                expected,
                name,
                value == null ? "nothing" : "a " + value.getClass().getSimpleName()));
    }
}
