package org.ndgrad.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Streams;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;

/** Elements print as PyTorch prints them, see make_prints.py; truths in Java's spelling. */
class PrintsTest {

    private static final ImmutableList<DataType> TYPES = ImmutableList.of(
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

    static Stream<Arguments> golden() throws IOException {
        try (InputStream file = PrintsTest.class.getResourceAsStream("/golden/prints.json")) {
            JsonNode rows = new ObjectMapper().readTree(file);
            return ImmutableList.copyOf(rows).stream()
                    .map(row -> Arguments.of(row.get("print").asText(), row));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("golden")
    void printsAsInPyTorch(String print, JsonNode row) {
        String name = row.get("dtype").asText();
        String origin = row.get("origin").asText();

        Tensor x = tensor(row, type(name), origin);

        String elements = name.equals("bool") ? print.replace("True", "true").replace("False", "false") : print;
        String suffix = origin.equals("leaf") ? ", requiresGrad=true" : origin.equals("result") ? ", gradFn=<Mul>" : "";
        String facts = "shape=" + Shapes.format(x.shape()) + ", dtype=" + name + suffix + ")";
        assertThat(x.toString()).startsWith("tensor(" + elements + ",");
        assertThat(x.toString().substring(7 + elements.length() + 1).strip().replaceAll(",\n *", ", "))
                .isEqualTo(facts);
    }

    private static DataType type(String name) {
        return TYPES.stream()
                .filter(t -> DTypes.name(t).equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Tensor tensor(JsonNode row, DataType type, String origin) {
        long[] shape =
                Streams.stream(row.get("shape")).mapToLong(JsonNode::asLong).toArray();
        Tensor x = values(row, DTypes.isFloating(type)).to(type).reshape(shape);
        return switch (origin) {
            case "leaf" -> x.requiresGrad(true);
            case "result" -> x.requiresGrad(true).mul(1);
            case "transposed" -> x.transpose(-1, -2);
            default -> x;
        };
    }

    private static Tensor values(JsonNode row, boolean floating) {
        if (row.has("steps")) {
            JsonNode steps = row.get("steps");
            LongStream counts = LongStream.range(0, steps.get(2).asLong());
            return floating
                    ? Tensor.of(
                            DataType.DOUBLE,
                            counts.mapToDouble(i -> steps.get(0).asDouble()
                                            + i * steps.get(1).asDouble())
                                    .toArray())
                    : Tensor.of(counts.map(i ->
                                    steps.get(0).asLong() + i * steps.get(1).asLong())
                            .toArray());
        }
        return floating
                ? Tensor.of(
                        DataType.DOUBLE,
                        Streams.stream(row.get("values"))
                                .mapToDouble(PrintsTest::number)
                                .toArray())
                : Tensor.of(Streams.stream(row.get("values"))
                        .mapToLong(JsonNode::asLong)
                        .toArray());
    }

    private static double number(JsonNode node) {
        return switch (node.asText()) {
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            case "nan" -> Double.NaN;
            default -> node.asDouble();
        };
    }
}
