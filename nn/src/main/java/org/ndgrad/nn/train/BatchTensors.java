package org.ndgrad.nn.train;

import com.google.common.collect.ImmutableMap;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ndgrad.autograd.Tensor;

/** The tensors of a batch, whatever it is: a tensor, or a record, list, array or map of what holds tensors. */
final class BatchTensors {

    private BatchTensors() {}

    /** Returns the tensors by where they are: {@code features}, {@code 0}, {@code inputs.mask}. */
    static ImmutableMap<String, Tensor> of(Object batch) {
        Map<String, Tensor> found = new LinkedHashMap<>();
        collect("", batch, found);
        return ImmutableMap.copyOf(found);
    }

    /** Returns the number of samples, which is the first size of the first tensor that has one. */
    static long samples(Object batch) {
        return of(batch).values().stream()
                .filter(tensor -> tensor.ndim() > 0)
                .findFirst()
                .map(tensor -> tensor.size(0))
                .orElseThrow(() -> new IllegalArgumentException(
                        "Trainer: expected a batch with a tensor, whose first size is the number of samples; got a "
                                + batch.getClass().getSimpleName()
                                + ". Give tensors, or a record, list or map of them."));
    }

    private static void collect(String path, Object value, Map<String, Tensor> found) {
        if (value instanceof Tensor tensor) {
            found.put(path.isEmpty() ? "batch" : path, tensor);
        } else if (value instanceof Record parts) {
            for (RecordComponent component : parts.getClass().getRecordComponents()) {
                collect(join(path, component.getName()), read(component, parts), found);
            }
        } else if (value instanceof Object[] array) {
            collect(path, List.of(array), found);
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                collect(join(path, String.valueOf(i)), list.get(i), found);
            }
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, part) -> collect(join(path, String.valueOf(key)), part, found));
        }
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static Object read(RecordComponent component, Object owner) {
        try {
            component.getAccessor().trySetAccessible();
            return component.getAccessor().invoke(owner);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(
                    "Trainer: expected to read '" + component.getName() + "' of a "
                            + owner.getClass().getSimpleName() + ", to count the samples of a batch; got " + e
                            + ". Make the record public.",
                    e);
        }
    }
}
