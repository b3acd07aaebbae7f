package org.ndgrad.nn.io;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * How an element lies in a safetensors file. What no tensor has here is read into the next wider type.
 *
 * @param bytes of an element
 * @param dtype of the tensor that it becomes
 * @param isUnsigned whether the bytes are to be widened to it
 */
record FileType(String name, int bytes, DataType dtype, boolean isUnsigned) {

    /** In the order in which a file holds tensors, the last one first: wide elements stay aligned. */
    static final ImmutableMap<String, FileType> BY_NAME = Maps.uniqueIndex(
            List.of(
                    plain("BOOL", DataType.BOOL),
                    plain("U8", DataType.UINT8),
                    plain("I8", DataType.INT8),
                    plain("I16", DataType.INT16),
                    unsigned("U16", 2, DataType.INT32),
                    plain("F16", DataType.FLOAT16),
                    plain("BF16", DataType.BFLOAT16),
                    plain("I32", DataType.INT32),
                    unsigned("U32", 4, DataType.INT64),
                    plain("F32", DataType.FLOAT),
                    plain("F64", DataType.DOUBLE),
                    plain("I64", DataType.INT64),
                    unsigned("U64", 8, DataType.INT64)),
            FileType::name);

    private static FileType plain(String name, DataType dtype) {
        return new FileType(name, dtype.width(), dtype, false);
    }

    private static FileType unsigned(String name, int bytes, DataType dtype) {
        return new FileType(name, bytes, dtype, true);
    }

    static Optional<FileType> of(DataType dtype) {
        return BY_NAME.values().stream()
                .filter(type -> type.dtype == dtype && !type.isUnsigned)
                .findFirst();
    }

    int alignment() {
        return BY_NAME.keySet().asList().indexOf(name);
    }
}
