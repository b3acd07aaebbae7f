package org.ndgrad.autograd.kernels.elementwise;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.Longs;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.Constants;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.memory.Elements;
import org.ndgrad.autograd.kernels.memory.Memory;

/** Reads Java arrays of any depth, such as {@code double[][]}. */
public final class NestedArrays {

    private NestedArrays() {}

    /**
     * Returns the numbers of a Java array: double and float in the given type, whole ones in int64, boolean as bool.
     */
    public static INDArray natural(DataType floating, Object array) {
        return read(null, floating, array);
    }

    /** Returns the numbers of a Java array in the given type. */
    public static INDArray read(DataType type, Object array) {
        return read(type, DTypes.DEFAULT, array);
    }

    private static INDArray read(@Nullable DataType type, DataType floating, Object array) {
        Class<?> element = array.getClass();
        List<Long> sizes = new ArrayList<>();
        Object first = array;
        while (element.isArray()) {
            int length = first == null ? 0 : Array.getLength(first);
            sizes.add((long) length);
            element = element.getComponentType();
            first = length == 0 || element.isPrimitive() ? null : Array.get(first, 0);
        }
        DataType natural = natural(floating, element);
        long[] shape = Longs.toArray(sizes);
        INDArray result = Memory.allocate(type == null ? natural : type, shape);
        checkRows(array, shape, 0);
        if (!result.isEmpty()) {
            fill(result.dataType(), Elements.into(result), natural, array, 0);
        }
        return result;
    }

    private static DataType natural(DataType floating, Class<?> element) {
        if (element == double.class || element == float.class) {
            return floating;
        }
        boolean whole =
                element == long.class || element == int.class || element == short.class || element == byte.class;
        checkArgument(
                whole || element == boolean.class,
                "Tensor.of: expected an array of numbers or booleans; got elements of %s. Use primitive arrays.",
                element.getName());
        return whole ? DataType.INT64 : DataType.BOOL;
    }

    private static void checkRows(@Nullable Object row, long[] shape, int depth) {
        checkArgument(
                row != null && Array.getLength(row) == shape[depth],
                "Tensor.of: expected rows of equal length, %s at depth %s; got %s. Fill up the short rows.",
                shape[depth],
                depth,
                row == null ? "null" : Array.getLength(row));
        if (depth + 1 < shape.length) {
            for (int i = 0; i < shape[depth]; i++) {
                checkRows(Array.get(row, i), shape, depth + 1);
            }
        }
    }

    /** Copies a checked array, and returns the position behind it. */
    private static long fill(DataType type, Elements out, DataType natural, Object array, long next) {
        long position = next;
        int length = Array.getLength(array);
        boolean nested = !array.getClass().getComponentType().isPrimitive();
        boolean floating = DTypes.isFloating(type);
        for (int i = 0; i < length; i++) {
            if (nested) {
                position = fill(type, out, natural, Array.get(array, i), position);
            } else if (natural == DataType.INT64) {
                long value = Array.getLong(array, i);
                out.setLong(position++, floating ? value : Constants.whole("Tensor.of", type, value));
            } else if (natural == DataType.BOOL) {
                out.setLong(position++, Array.getBoolean(array, i) ? 1 : 0);
            } else if (floating) {
                out.set(position++, Array.getDouble(array, i));
            } else {
                out.setLong(position++, Constants.whole("Tensor.of", type, Array.getDouble(array, i)));
            }
        }
        return position;
    }
}
