package org.ndgrad.onnx;

import com.google.common.base.Strings;
import org.jspecify.annotations.Nullable;

/** Why a model cannot be exported. */
final class Refusal {

    private Refusal() {}

    static IllegalArgumentException of(String message, @Nullable Object... arguments) {
        return new IllegalArgumentException("Onnx.export: " + Strings.lenientFormat(message, arguments));
    }

    /** Of an operation without a counterpart, in a way that ONNX does not have. */
    static IllegalArgumentException operation(String name, String why) {
        return of(
                "expected operations that can be exported; got '%s'%s. Compute the same by others (the"
                        + " Javadoc of Onnx lists them), or export the part of the model before it, and do the rest"
                        + " where the file is used.",
                name, why.isEmpty() ? "" : ", " + why);
    }
}
