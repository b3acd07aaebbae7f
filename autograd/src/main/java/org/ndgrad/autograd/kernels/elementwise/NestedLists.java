package org.ndgrad.autograd.kernels.elementwise;

import static com.google.common.base.Preconditions.checkArgument;

import java.lang.reflect.Array;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes Java arrays, for {@link NestedArrays}, of lists of any depth. */
public final class NestedLists {

    private static final Set<Class<?>> WHOLE = Set.of(Long.class, Integer.class, Short.class, Byte.class);

    private NestedLists() {}

    /**
     * Returns lists in lists as arrays in arrays: of boolean if all elements are, of long if all are whole or boolean
     * by their Java type, else of double. Rows may differ in length, but not in depth.
     */
    public static Object array(List<?> lists) {
        int depth = 1;
        List<?> row = lists;
        while (!row.isEmpty() && row.get(0) instanceof List<?> first) {
            row = first;
            depth++;
        }
        Class<?> element = widest(lists, boolean.class);
        // What holds nothing is floating, as torch.tensor([]) is.
        return array(lists, row.isEmpty() && element == boolean.class ? double.class : element, depth);
    }

    /** Returns the type that holds what is in lists, and at least what is in another. */
    private static Class<?> widest(List<?> lists, Class<?> least) {
        Class<?> result = least;
        for (@Nullable Object each : lists) {
            if (each instanceof List<?> row) {
                result = widest(row, result);
            } else if (each instanceof Double || each instanceof Float) {
                result = double.class;
            } else if (each != null && WHOLE.contains(each.getClass())) {
                result = result == double.class ? result : long.class;
            } else {
                checkArgument(
                        each instanceof Boolean,
                        "Tensor.of: expected a list of numbers or booleans; got %s. Convert each; a list of tensors"
                                + " goes to Functions.stack.",
                        each == null ? "null" : "a " + each.getClass().getSimpleName());
            }
        }
        return result;
    }

    private static Object array(List<?> list, Class<?> element, int depth) {
        Class<?> component = element;
        for (int d = 1; d < depth; d++) {
            component = component.arrayType();
        }
        Object array = Array.newInstance(component, list.size());
        for (int i = 0; i < list.size(); i++) {
            Object each = list.get(i);
            checkArgument(
                    each instanceof List<?> == depth > 1,
                    "Tensor.of: expected lists of one depth; got a list beside a number. Put each number at the same"
                            + " depth.");
            Array.set(array, i, each instanceof List<?> row ? array(row, element, depth - 1) : element(each, element));
        }
        return array;
    }

    private static Object element(Object value, Class<?> type) {
        if (type == boolean.class) {
            return value;
        }
        Number number = value instanceof Boolean flag ? (Number) (flag ? 1 : 0) : (Number) value;
        if (type == long.class) {
            return number.longValue();
        }
        return number.doubleValue();
    }
}
