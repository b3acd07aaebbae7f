package org.ndgrad.nn.optim;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.Streams;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.conformance.Verdict.Disagreement;

/** Reads numbers and tensors of rows, and compares with them. */
final class Numbers {

    private Numbers() {}

    static double number(JsonNode node) {
        return node.isTextual()
                ? Double.parseDouble(node.textValue().replaceFirst("^(-?)inf.*$", "$1Infinity"))
                : node.doubleValue();
    }

    static double[] numbers(JsonNode list) {
        return Streams.stream(list).mapToDouble(Numbers::number).toArray();
    }

    static Tensor tensor(JsonNode node) {
        long[] shape =
                Streams.stream(node.get("shape")).mapToLong(JsonNode::longValue).toArray();
        return Tensor.of(DataType.DOUBLE, numbers(node.get("data"))).reshape(shape);
    }

    /** Compares within an absolute and the same relative tolerance. */
    static void check(String what, double actual, double expected, double tolerance) {
        boolean agrees = Double.compare(actual, expected) == 0
                || Math.abs(actual - expected) <= tolerance + tolerance * Math.abs(expected);
        if (!agrees) {
            throw new Disagreement(what + ": expected " + expected + "; got " + actual);
        }
    }

    static void check(String what, Tensor actual, JsonNode expected, double tolerance) {
        Tensor numbers = tensor(expected);
        if (!Arrays.equals(actual.shape(), numbers.shape())) {
            throw new Disagreement(what + ": expected shape " + Arrays.toString(numbers.shape()) + "; got "
                    + Arrays.toString(actual.shape()));
        }
        double[] values = actual.toDoubleArray();
        for (int i = 0; i < values.length; i++) {
            check(what + " at position " + i, values[i], numbers.toDoubleArray()[i], tolerance);
        }
    }
}
