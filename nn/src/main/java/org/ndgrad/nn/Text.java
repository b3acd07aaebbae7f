package org.ndgrad.nn;

import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableMap;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;

/** Shapes and dtypes as error messages print them: (3, 4), () for a 0-d tensor, float32. */
final class Text {

    private static final ImmutableMap<DataType, String> DTYPES = ImmutableMap.of(
            DataType.FLOAT, "float32",
            DataType.DOUBLE, "float64",
            DataType.FLOAT16, "float16",
            DataType.BFLOAT16, "bfloat16",
            DataType.INT64, "int64",
            DataType.INT32, "int32",
            DataType.INT16, "int16",
            DataType.INT8, "int8",
            DataType.UINT8, "uint8",
            DataType.BOOL, "bool");

    private Text() {}

    /** Returns what prints the shape, for messages that are hardly ever printed. */
    static Object shape(Tensor tensor) {
        return shape(tensor.shape());
    }

    static Object shape(long... shape) {
        return new Object() {
            @Override
            public String toString() {
                return Arrays.stream(shape).mapToObj(Long::toString).collect(joining(", ", "(", ")"));
            }
        };
    }

    static String dtype(Tensor tensor) {
        return dtype(tensor.dtype());
    }

    static String dtype(DataType dtype) {
        return DTYPES.getOrDefault(dtype, dtype.name());
    }
}
