package org.ndgrad.nn.optim;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.base.Ascii;
import com.google.common.base.CaseFormat;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Options of optimizers by PyTorch's names, for any options record: to be saved, loaded, and changed by schedules. */
final class OptionNames {

    /** What is not called as in PyTorch with other capitals. */
    private static final ImmutableMap<String, String> NAMES = ImmutableMap.<String, String>builder()
            .put("epsilon", "eps")
            .put("gradientEpsilon", "eps1")
            .put("parameterEpsilon", "eps2")
            .put("lambda", "lambd")
            .put("learningRateDecay", "lr_decay")
            .put("clippingThreshold", "d")
            .put("maxIterations", "max_iter")
            .put("maxEvaluations", "max_eval")
            .put("lineSearch", "line_search_fn")
            .put("adjustment", "adjust_lr_fn")
            .buildOrThrow();

    /** Two numbers here that are one pair in PyTorch. */
    private static final ImmutableMap<String, ImmutableList<String>> PAIRS = ImmutableMap.of(
            "betas", ImmutableList.of("beta1", "beta2"),
            "etas", ImmutableList.of("etaMinus", "etaPlus"),
            "step_sizes", ImmutableList.of("minStepSize", "maxStepSize"));

    private OptionNames() {}

    /** Returns the options by PyTorch's names; what is left open is left out. */
    static ImmutableMap<String, Object> toMap(Record options) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (RecordComponent component : options.getClass().getRecordComponents()) {
            Object value = plain(read(options, component));
            if (value != null) {
                values.put(component.getName(), value);
            }
        }
        ImmutableMap.Builder<String, Object> named = ImmutableMap.builder();
        PAIRS.forEach((name, pair) -> {
            if (values.keySet().containsAll(pair)) {
                named.put(
                        name,
                        ImmutableList.of(
                                checkNotNull(values.remove(pair.get(0))), checkNotNull(values.remove(pair.get(1)))));
            }
        });
        values.forEach((name, value) -> named.put(name(name), value));
        return named.buildOrThrow();
    }

    /** Returns options of the same class with these values; what is left out, and may be, is left open. */
    static Record fromMap(String who, Record options, Map<String, Object> named) {
        Map<String, Object> values = new HashMap<>();
        named.forEach((name, value) -> {
            List<String> pair = PAIRS.get(name);
            if (pair != null && value instanceof List<?> both && both.size() == 2) {
                values.put(pair.get(0), both.get(0));
                values.put(pair.get(1), both.get(1));
            } else {
                values.put(name, value);
            }
        });
        Record read = with(options, component -> {
            String name = component.getName();
            String key = values.containsKey(name) ? name : name(name);
            boolean isOpen = component.getType() == OptionalDouble.class || component.getType() == OptionalInt.class;
            checkArgument(
                    isOpen || values.containsKey(key),
                    "%s.load: expected the options %s; got %s. Load a state of %s.",
                    who,
                    toMap(options).keySet(),
                    named.keySet(),
                    who);
            return typed(who, component, values.remove(key));
        });
        checkArgument(
                values.isEmpty(),
                "%s.load: expected the options %s; got %s. Load a state of %s.",
                who,
                toMap(options).keySet(),
                named.keySet(),
                who);
        return read;
    }

    /** Returns the component that schedules cycle as momentum, {@code ""} if there is none: β₁ is that of Adam. */
    static String momentum(Record options) {
        List<String> names = Arrays.stream(options.getClass().getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
        return names.contains("beta1") ? "beta1" : names.contains("momentum") ? "momentum" : "";
    }

    /** Returns the options with one value changed. */
    static Record with(Record options, String name, Object value) {
        return with(options, component -> component.getName().equals(name) ? value : read(options, component));
    }

    private static Record with(Record options, Function<RecordComponent, Object> values) {
        RecordComponent[] components = options.getClass().getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] arguments = Arrays.stream(components).map(values).toArray();
        try {
            return options.getClass().getDeclaredConstructor(types).newInstance(arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                throw refused;
            }
            throw new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object read(Record options, RecordComponent component) {
        try {
            return component.getAccessor().invoke(options);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String name(String component) {
        String name = NAMES.get(component);
        return name != null ? name : CaseFormat.LOWER_CAMEL.to(CaseFormat.LOWER_UNDERSCORE, component);
    }

    private static @Nullable Object plain(Object value) {
        if (value instanceof OptionalDouble number) {
            return number.isPresent() ? number.getAsDouble() : null;
        }
        if (value instanceof OptionalInt number) {
            return number.isPresent() ? number.getAsInt() : null;
        }
        return value instanceof Enum<?> choice ? Ascii.toLowerCase(choice.name()) : value;
    }

    private static Object typed(String who, RecordComponent component, @Nullable Object value) {
        Class<?> type = component.getType();
        if (type == OptionalDouble.class) {
            return value instanceof Number n ? OptionalDouble.of(n.doubleValue()) : OptionalDouble.empty();
        } else if (type == OptionalInt.class) {
            return value instanceof Number n ? OptionalInt.of(n.intValue()) : OptionalInt.empty();
        } else if (type == double.class && value instanceof Number n) {
            return n.doubleValue();
        } else if (type == int.class && value instanceof Number n) {
            return n.intValue();
        } else if (type == boolean.class && value instanceof Boolean) {
            return value;
        } else if (type == ImmutableList.class
                && value instanceof List<?> list
                && list.stream().allMatch(Number.class::isInstance)) {
            return list.stream().map(each -> ((Number) each).doubleValue()).collect(ImmutableList.toImmutableList());
        } else if (type.isEnum() && value instanceof String text) {
            for (Object choice : type.getEnumConstants()) {
                if (Ascii.equalsIgnoreCase(((Enum<?>) choice).name(), text)) {
                    return choice;
                }
            }
        }
        throw new IllegalArgumentException(who + ".load: expected a " + type.getSimpleName() + " as "
                + name(component.getName()) + "; got " + value + ". Load a state of " + who + ".");
    }
}
