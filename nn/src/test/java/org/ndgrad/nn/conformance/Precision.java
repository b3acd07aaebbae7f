package org.ndgrad.nn.conformance;

import org.nd4j.linalg.api.buffer.DataType;

/** The type in which float64 cases are run, and how close results must come. */
enum Precision {
    FLOAT64(DataType.DOUBLE, 1e-6, 1e-6),
    FLOAT32(DataType.FLOAT, 1e-4, 1e-5);

    private final DataType floating;
    private final double relative;
    private final double absolute;

    Precision(DataType floating, double relative, double absolute) {
        this.floating = floating;
        this.relative = relative;
        this.absolute = absolute;
    }

    /** Returns the type by PyTorch's name, with float64 replaced by the type of this precision. */
    DataType dtype(String name) {
        return switch (name) {
            case "float64" -> floating;
            case "float32" -> DataType.FLOAT;
            case "float16" -> DataType.FLOAT16;
            case "bfloat16" -> DataType.BFLOAT16;
            case "int64" -> DataType.INT64;
            case "int32" -> DataType.INT32;
            case "int16" -> DataType.INT16;
            case "int8" -> DataType.INT8;
            case "uint8" -> DataType.UINT8;
            case "bool" -> DataType.BOOL;
            default -> throw new IllegalArgumentException("unknown dtype " + name);
        };
    }

    boolean agree(double actual, double expected) {
        return Double.compare(actual, expected) == 0
                || actual == expected
                || (Double.isNaN(actual) && Double.isNaN(expected))
                || Math.abs(actual - expected) <= absolute + relative * Math.abs(expected);
    }
}
