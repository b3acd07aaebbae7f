package org.ndgrad.autograd.internal;

import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;

/** Shapes and types as error messages print them: (3, 4), () for a 0-d tensor, float32. */
public final class Text {

    private Text() {}

    /** Returns what prints the shape, for messages that are hardly ever printed. */
    public static Object shape(Tensor tensor) {
        return shape(tensor.shape());
    }

    /** Returns what prints the shape, for messages that are hardly ever printed. */
    public static Object shape(long... shape) {
        return Shapes.format(shape);
    }

    /** Returns the name of the tensor's type. */
    public static String dtype(Tensor tensor) {
        return dtype(tensor.dtype());
    }

    /** Returns the name of a type. */
    public static String dtype(DataType dtype) {
        return DTypes.name(dtype);
    }
}
