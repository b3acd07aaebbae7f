package org.ndgrad.nn.io;

import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import com.google.common.primitives.ImmutableLongArray;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * How an element lies in a file. What no tensor has here is read into the next wider type.
 *
 * @param name in safetensors files
 * @param title as Python's libraries call it
 * @param code in NPY files, which lack bfloat16
 * @param bytes of an element
 * @param dtype of the tensor that it becomes
 * @param isUnsigned whether the bytes are to be widened to it
 */
record FileType(String name, String title, String code, int bytes, DataType dtype, boolean isUnsigned) {

    /** In the order in which a file holds tensors, the last one first: wide elements stay aligned. */
    static final ImmutableMap<String, FileType> BY_NAME = Maps.uniqueIndex(
            List.of(
                    plain("BOOL", "bool", "b1", DataType.BOOL),
                    plain("U8", "uint8", "u1", DataType.UINT8),
                    plain("I8", "int8", "i1", DataType.INT8),
                    plain("I16", "int16", "i2", DataType.INT16),
                    unsigned("U16", "uint16", "u2", DataType.INT32),
                    plain("F16", "float16", "f2", DataType.FLOAT16),
                    plain("BF16", "bfloat16", "", DataType.BFLOAT16),
                    plain("I32", "int32", "i4", DataType.INT32),
                    unsigned("U32", "uint32", "u4", DataType.INT64),
                    plain("F32", "float32", "f4", DataType.FLOAT),
                    plain("F64", "float64", "f8", DataType.DOUBLE),
                    plain("I64", "int64", "i8", DataType.INT64),
                    unsigned("U64", "uint64", "u8", DataType.INT64)),
            FileType::name);

    private static FileType plain(String name, String title, String code, DataType dtype) {
        return new FileType(name, title, code, dtype.width(), dtype, false);
    }

    private static FileType unsigned(String name, String title, String code, DataType dtype) {
        return new FileType(name, title, code, code.charAt(1) - '0', dtype, true);
    }

    static FileType of(String name) {
        return checkNotNull(BY_NAME.get(name));
    }

    static Optional<FileType> of(DataType dtype) {
        return BY_NAME.values().stream()
                .filter(type -> type.dtype == dtype && !type.isUnsigned)
                .findFirst();
    }

    int alignment() {
        return BY_NAME.keySet().asList().indexOf(name);
    }

    /**
     * Returns how many bytes a tensor has, or −1 if its sizes, but for those that are 0, are too large for a number.
     */
    long bytes(ImmutableLongArray shape) {
        long size = bytes;
        for (int i = 0; i < shape.length(); i++) {
            long each = Math.max(1, shape.get(i));
            if (Math.multiplyHigh(size, each) != 0 || size * each < 0) {
                return -1;
            }
            size *= each;
        }
        return shape.contains(0) ? 0 : size;
    }
}
