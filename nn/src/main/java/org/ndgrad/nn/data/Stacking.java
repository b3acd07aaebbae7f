package org.ndgrad.nn.data;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Lists;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Text;
import org.ndgrad.autograd.ops.Joining;

/** Makes one of several samples: tensors are stacked, what holds tensors part by part. */
final class Stacking {

    private static final String WAY_OUT = " Make it a tensor, or pass a collate function to the DataLoader.";

    /** Which sample is at a place, for messages. */
    private final IntFunction<String> names;

    private Stacking(IntFunction<String> names) {
        this.names = names;
    }

    /** Fetches samples one by one, and makes one of them. */
    static <T> T batch(Dataset<T> dataset, long... indices) {
        checkArgument(indices.length > 0, "Dataset.batch: expected at least one index; got none. Name some.");
        return of(samples(dataset, indices), i -> "sample " + indices[i]);
    }

    /** Fetches samples one by one. */
    static <T> List<T> samples(Dataset<T> dataset, long... indices) {
        long size = dataset.size();
        T[] samples = newArray(indices.length);
        for (int i = 0; i < indices.length; i++) {
            DataChecks.index("Dataset.batch", indices[i], size);
            samples[i] = sample(dataset, indices[i]);
        }
        return Arrays.asList(samples);
    }

    @SuppressWarnings("unchecked")
    private static <T> T[] newArray(int length) {
        return (T[]) new Object[length];
    }

    private static <T> T sample(Dataset<T> dataset, long index) {
        try {
            return dataset.get(index);
        } catch (SampleException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new SampleException(
                    "Dataset: expected sample " + index + "; got " + e + ". Mend it, or leave it out with a Subset.",
                    e);
        }
    }

    /**
     * Makes one sample of many.
     *
     * @param names which sample is at a place, for messages
     */
    @SuppressWarnings("unchecked") // a batch has the class of the samples, or checkType refuses it
    static <T> T of(List<T> samples, IntFunction<String> names) {
        Stacking stacking = new Stacking(names);
        List<Object> parts = stacking.column(samples, "", each -> each);
        return (T) Autograd.noGrad(() -> stacking.stacked(parts, "", container(parts.get(0))));
    }

    /** Returns what a batch of such samples must be. */
    private static Class<?> container(Object sample) {
        return sample instanceof List ? List.class : sample instanceof Map ? Map.class : sample.getClass();
    }

    /**
     * Stacks what is at one place of all samples.
     *
     * @param place where that is in a sample, for messages
     * @param type what the result must be
     */
    private Object stacked(List<?> parts, String place, Class<?> type) {
        Object first = parts.get(0);
        checkKind(parts, place);
        Object result;
        if (first instanceof Tensor) {
            result = tensor(parts, place);
        } else if (first instanceof Batch) {
            result = batch(Lists.transform(parts, each -> (Batch) each), place);
        } else if (first instanceof Record) {
            result = record(parts, place);
        } else if (first instanceof List) {
            result = list(parts, place);
        } else if (first instanceof Map) {
            result = map(parts, place);
        } else {
            result = first.getClass().isArray() ? array(parts, place) : number(parts, place);
        }
        if (!type.isInstance(result)) {
            throw new SampleException("Dataset.batch: expected what a tensor of many can stand for; got "
                    + first.getClass().getSimpleName() + place(place) + " in " + names.apply(0) + "." + WAY_OUT);
        }
        return result;
    }

    /** Refuses parts of different classes. */
    private void checkKind(List<?> parts, String place) {
        for (int i = 1; i < parts.size(); i++) {
            if (container(parts.get(i)) != container(parts.get(0))) {
                throw differ(
                        i,
                        place,
                        "class",
                        container(parts.get(0)).getSimpleName(),
                        container(parts.get(i)).getSimpleName());
            }
        }
    }

    private Tensor tensor(List<?> parts, String place) {
        List<Tensor> tensors = Lists.transform(parts, each -> (Tensor) each);
        for (int i = 1; i < tensors.size(); i++) {
            if (!Arrays.equals(tensors.get(i).shape(), tensors.get(0).shape())) {
                throw differ(i, place, "shape", Text.shape(tensors.get(0)), Text.shape(tensors.get(i)));
            }
        }
        checkDtypes(tensors, place);
        return Joining.stack(tensors, 0);
    }

    private Batch batch(List<Batch> batches, String place) {
        return new Batch(
                joined(Lists.transform(batches, Batch::features), place + ".features"),
                joined(Lists.transform(batches, Batch::targets), place + ".targets"));
    }

    private Tensor joined(List<Tensor> tensors, String place) {
        for (int i = 1; i < tensors.size(); i++) {
            if (!Arrays.equals(rest(tensors.get(i)), rest(tensors.get(0)))) {
                throw differ(i, place, "shape", Text.shape(tensors.get(0)), Text.shape(tensors.get(i)));
            }
        }
        checkDtypes(tensors, place);
        return Joining.cat(tensors, 0);
    }

    private static long[] rest(Tensor x) {
        return Arrays.copyOfRange(x.shape(), 1, x.ndim());
    }

    private void checkDtypes(List<Tensor> tensors, String place) {
        for (int i = 1; i < tensors.size(); i++) {
            if (tensors.get(i).dtype() != tensors.get(0).dtype()) {
                throw differ(i, place, "dtype", Text.dtype(tensors.get(0)), Text.dtype(tensors.get(i)));
            }
        }
    }

    private SampleException differ(int i, String place, String what, Object first, Object other) {
        return new SampleException(
                "Dataset.batch: expected samples of one " + what + place(place) + "; got " + first + " in "
                        + names.apply(0) + " and " + other + " in " + names.apply(i)
                        + ". Make them alike with map, or pass a collate function to the DataLoader.");
    }

    private List<Object> list(List<?> parts, String place) {
        List<List<?>> lists = Lists.transform(parts, each -> (List<?>) each);
        checkSizes(Lists.transform(lists, List::size), place);
        boolean mixed = isMixed(lists.get(0));
        ImmutableList.Builder<Object> result = ImmutableList.builder();
        for (int j = 0; j < lists.get(0).size(); j++) {
            int at = j;
            List<Object> column = column(lists, place + "[" + j + "]", each -> each.get(at));
            result.add(stacked(
                    column,
                    place + "[" + j + "]",
                    mixed ? Object.class : column.get(0).getClass()));
        }
        return result.build();
    }

    /** What a part has at a place. */
    private interface Part<P> {
        @Nullable
        Object of(P part);
    }

    /** Returns what all parts have at a place. */
    private <P> List<Object> column(List<P> parts, String place, Part<? super P> value) {
        List<Object> column = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            column.add(given(value.of(parts.get(i)), i, place));
        }
        return column;
    }

    private Object given(@Nullable Object value, int i, String place) {
        if (value == null) {
            throw new SampleException("Dataset.batch: expected a value" + place(place) + "; got null in "
                    + names.apply(i) + ". Give one in every sample.");
        }
        return value;
    }

    private static String place(String place) {
        return place.isEmpty() ? "" : " at " + place;
    }

    /** Where nothing but numbers is, the type of the list or map may not allow tensors. */
    private static boolean isMixed(Collection<?> values) {
        return values.stream().anyMatch(each -> !(each instanceof Number || each instanceof Boolean));
    }

    private void checkSizes(List<Integer> sizes, String place) {
        for (int i = 1; i < sizes.size(); i++) {
            if (!sizes.get(i).equals(sizes.get(0))) {
                throw differ(i, place, "length", sizes.get(0), sizes.get(i));
            }
        }
    }

    private Map<Object, Object> map(List<?> parts, String place) {
        List<Map<?, ?>> maps = Lists.transform(parts, each -> (Map<?, ?>) each);
        for (int i = 1; i < maps.size(); i++) {
            if (!maps.get(i).keySet().equals(maps.get(0).keySet())) {
                throw differ(
                        i,
                        place,
                        "set of keys",
                        maps.get(0).keySet(),
                        maps.get(i).keySet());
            }
        }
        boolean mixed = isMixed(maps.get(0).values());
        ImmutableMap.Builder<Object, Object> result = ImmutableMap.builder();
        for (Object key : maps.get(0).keySet()) {
            List<Object> column = column(maps, place + "." + key, each -> each.get(key));
            result.put(
                    key,
                    stacked(
                            column,
                            place + "." + key,
                            mixed ? Object.class : column.get(0).getClass()));
        }
        return result.buildOrThrow();
    }

    private Object array(List<?> parts, String place) {
        checkSizes(Lists.transform(parts, Array::getLength), place);
        Class<?> type = parts.get(0).getClass().getComponentType();
        int length = Array.getLength(parts.get(0));
        Object result = Array.newInstance(type, length);
        for (int j = 0; j < length; j++) {
            int at = j;
            List<Object> column = column(parts, place + "[" + j + "]", each -> Array.get(each, at));
            Array.set(result, j, stacked(column, place + "[" + j + "]", type));
        }
        return result;
    }

    private Object record(List<?> parts, String place) {
        Class<?> type = parts.get(0).getClass();
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        for (int j = 0; j < components.length; j++) {
            RecordComponent component = components[j];
            String there = place + "." + component.getName();
            values[j] = stacked(column(parts, there, each -> value(component, each)), there, component.getType());
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new SampleException(
                    "Dataset.batch: expected that a " + type.getSimpleName()
                            + " can hold what is stacked of several; got " + e.getCause()
                            + ". Let its constructor accept that, or pass a collate function to the DataLoader.",
                    e.getCause() == null ? e : e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new SampleException("Dataset.batch: expected a record; got " + e + "." + WAY_OUT, e);
        }
    }

    private static @Nullable Object value(RecordComponent component, Object of) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(of);
        } catch (ReflectiveOperationException e) {
            throw new SampleException("Dataset.batch: expected a record that can be read; got " + e + "." + WAY_OUT, e);
        }
    }

    private Object number(List<?> parts, String place) {
        Object first = parts.get(0);
        if (first instanceof Boolean) {
            boolean[] values = new boolean[parts.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (Boolean) parts.get(i);
            }
            return Tensor.of(values);
        }
        if (first instanceof Double || first instanceof Float) {
            return Tensor.of(parts.stream()
                    .mapToDouble(each -> ((Number) each).doubleValue())
                    .toArray());
        }
        if (first instanceof Long || first instanceof Integer || first instanceof Short || first instanceof Byte) {
            return Tensor.of(parts.stream()
                    .mapToLong(each -> ((Number) each).longValue())
                    .toArray());
        }
        throw new SampleException("Dataset.batch: expected tensors, lists, maps, arrays or records of such; got "
                + first.getClass().getSimpleName() + place(place) + " in " + names.apply(0) + "." + WAY_OUT);
    }
}
