package org.ndgrad.autograd.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.DTypes;

/** Result types are PyTorch's, see make_promotion.py. */
class PromotionTest {

    private static final Map<String, DataType> TYPES = ImmutableMap.<String, DataType>builder()
            .put("bool", DataType.BOOL)
            .put("uint8", DataType.UINT8)
            .put("int8", DataType.INT8)
            .put("int16", DataType.INT16)
            .put("int32", DataType.INT32)
            .put("int64", DataType.INT64)
            .put("float16", DataType.FLOAT16)
            .put("bfloat16", DataType.BFLOAT16)
            .put("float32", DataType.FLOAT)
            .put("float64", DataType.DOUBLE)
            .build();

    private static Stream<JsonNode> golden(String part) throws IOException {
        try (InputStream file = PromotionTest.class.getResourceAsStream("/golden/promotion.json")) {
            return ImmutableList.copyOf(new ObjectMapper().readTree(file).get(part)).stream();
        }
    }

    private static DataType type(JsonNode row, String field) {
        return TYPES.get(row.get(field).asText());
    }

    static Stream<Arguments> pairs() throws IOException {
        return golden("pairs")
                .map(row -> Arguments.of(row.get("a").asText(), row.get("b").asText(), row));
    }

    static Stream<Arguments> numbers() throws IOException {
        return golden("numbers").map(row -> Arguments.of(row.get("a").asText(), row));
    }

    @ParameterizedTest(name = "{0} and {1}")
    @MethodSource("pairs")
    void twoTensorsPromoteAsInPyTorch(String nameA, String nameB, JsonNode row) {
        Tensor a = Tensor.ones(type(row, "a"), 2);
        Tensor b = Tensor.ones(type(row, "b"), 2);

        assertThat(a.add(b).dtype()).as("%s + %s", nameA, nameB).isEqualTo(type(row, "tensors"));
        assertThat(a.add(b.select(0, 0)).dtype()).isEqualTo(type(row, "scalar"));
        assertThat(b.select(0, 0).add(a).dtype()).isEqualTo(type(row, "scalar"));
        assertThat(a.select(0, 0).add(b.select(0, 0)).dtype()).isEqualTo(type(row, "scalars"));
        assertThat(a.div(b).dtype()).isEqualTo(type(row, "div"));
        assertThat(a.add(b).toDoubleArray()).containsOnly(type(row, "tensors") == DataType.BOOL ? 1 : 2);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("numbers")
    void numbersPromoteAsInPyTorch(String name, JsonNode row) {
        Tensor a = Tensor.ones(type(row, "a"), 2);

        assertThat(a.add(1).dtype()).as(name).isEqualTo(type(row, "whole"));
        assertThat(a.add(1L).dtype()).isEqualTo(type(row, "whole"));
        assertThat(a.mul(0.5).dtype()).isEqualTo(type(row, "fraction"));
        assertThat(a.mul(0.5f).dtype()).isEqualTo(type(row, "fraction"));
        assertThat(a.add(1).toDoubleArray()).containsOnly(2);
        assertThat(a.mul(0.5).toDoubleArray()).containsOnly(0.5);
    }

    @Test
    void aDoubleNeverWidensAFloat32Tensor() {
        Tensor x = Tensor.of(1.0, 2.0);

        assertThat(x.mul(0.1).dtype()).isEqualTo(DataType.FLOAT);
        assertThat(x.mul(0.1).toDoubleArray()).containsExactly(0.1f, 0.2f);
    }

    @Test
    void twoNumbersAreWholeTogetherOrFloat32() {
        Tensor mask = Tensor.of(true, false);

        assertThat(Comparison.where(mask, 1, 0).dtype()).isEqualTo(DataType.INT64);
        assertThat(Comparison.where(mask, 1, 0.5).dtype()).isEqualTo(DataType.FLOAT);
        assertThat(Comparison.where(mask, 1.0, 0).toDoubleArray()).containsExactly(1, 0);
    }

    @Test
    void namesAreThoseOfPyTorch() {
        TYPES.forEach((name, type) -> assertThat(DTypes.name(type)).isEqualTo(name));
    }

    /** As in PyTorch, only weights of float32 give sums of their own type. */
    @Test
    void weightedCountsAreFloat64UnlessTheWeightsAreFloat32() {
        Tensor x = Tensor.of(new long[] {0, 1, 1});
        TYPES.values().forEach(type -> {
            Tensor counts = Counting.bincount(x, Tensor.ones(type, 3), 0);
            assertThat(counts.dtype()).isEqualTo(type == DataType.FLOAT ? type : DataType.DOUBLE);
            assertThat(counts.toDoubleArray()).containsExactly(1, 2);
        });
        Tensor none = Tensor.zeros(DataType.INT64, 0);
        assertThat(Counting.bincount(none, Tensor.zeros(DataType.FLOAT16, 0), 2).dtype())
                .isEqualTo(DataType.DOUBLE);
    }
}
