package org.ndgrad.nn.golden;

import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;

/** Expected numbers from a reference implementation, read from {@code src/test/resources/golden}. */
public final class Golden {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** What counts as 0 beside an expected 0. */
    private static final double ZERO = 1e-14;

    private Golden() {}

    public static JsonNode read(String file) {
        try (InputStream stream = Golden.class.getResourceAsStream("/golden/" + file)) {
            return JSON.readTree(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns nested numbers as a float64 tensor of the same shape. */
    public static Tensor tensor(JsonNode numbers) {
        List<Long> shape = new ArrayList<>();
        for (JsonNode node = numbers; node.isArray(); node = node.get(0)) {
            shape.add((long) node.size());
        }
        return Tensor.of(DataType.DOUBLE, doubles(numbers))
                .reshape(shape.stream().mapToLong(size -> size).toArray());
    }

    public static Tensor leaf(JsonNode numbers) {
        return tensor(numbers).requiresGrad(true);
    }

    public static double[] doubles(JsonNode numbers) {
        List<Double> flat = new ArrayList<>();
        flatten(numbers, flat);
        return flat.stream().mapToDouble(value -> value).toArray();
    }

    private static void flatten(JsonNode node, List<Double> flat) {
        if (node.isArray()) {
            node.forEach(child -> flatten(child, flat));
        } else {
            flat.add(node.doubleValue());
        }
    }

    /** Compares element by element in row-major order, with a relative tolerance. */
    public static void assertClose(Tensor actual, JsonNode expected, double tolerance) {
        assertClose(actual.toDoubleArray(), doubles(expected), tolerance);
    }

    public static void assertClose(double actual, JsonNode expected, double tolerance) {
        assertClose(new double[] {actual}, doubles(expected), tolerance);
    }

    public static void assertClose(double[] actual, double[] expected, double tolerance) {
        if (actual.length != expected.length) {
            fail("expected %s numbers; got %s", expected.length, actual.length);
        }
        for (int i = 0; i < actual.length; i++) {
            if (!(Math.abs(actual[i] - expected[i]) <= ZERO + tolerance * Math.abs(expected[i]))) {
                fail("at position %s: expected %s; got %s", i, expected[i], actual[i]);
            }
        }
    }
}
