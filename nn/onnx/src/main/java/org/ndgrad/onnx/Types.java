package org.ndgrad.onnx;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;

/** In which type operands are compared: ONNX wants them in one. */
final class Types {

    private static final List<DataType> BY_RANK = List.of(
            DataType.BOOL,
            DataType.UINT8,
            DataType.INT8,
            DataType.INT16,
            DataType.INT32,
            DataType.INT64,
            DataType.FLOAT16,
            DataType.BFLOAT16,
            DataType.FLOAT,
            DataType.DOUBLE);

    private Types() {}

    /** Returns the wider of two types. */
    static DataType wider(DataType a, DataType b) {
        return BY_RANK.indexOf(a) >= BY_RANK.indexOf(b) ? a : b;
    }

    /** Returns the type in which a tensor of a type stands beside a number. */
    static DataType beside(DataType dtype, double number) {
        boolean isWhole = number == Math.rint(number) && Double.isFinite(number);
        return dtype.isFPType() ? dtype : isWhole ? wider(dtype, DataType.INT64) : Tensor.defaultDtype();
    }
}
