package org.ndgrad.nn.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The worked examples of five teaching documents, each computed by forward code and {@code backward()}. */
class SeedExamplesTest {

    /** Computes an example from its inputs and compares with what is expected, to a relative tolerance. */
    interface Example {
        void check(JsonNode inputs, JsonNode expected, double tolerance);
    }

    private static final Map<String, JsonNode> GOLDEN = new LinkedHashMap<>();
    private static final Map<String, Example> EXAMPLES = new LinkedHashMap<>();

    static {
        Golden.read("seed_examples.json")
                .get("examples")
                .forEach(example -> GOLDEN.put(example.get("id").asText(), example));
        PerceptronExamples.addTo(EXAMPLES);
        OneNeuronExamples.addTo(EXAMPLES);
        DenseExamples.addTo(EXAMPLES);
        XorAndSineExamples.addTo(EXAMPLES);
    }

    static Stream<String> ids() {
        return GOLDEN.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("ids")
    void numbersAreRight(String id) {
        JsonNode golden = GOLDEN.get(id);

        EXAMPLES.get(id)
                .check(
                        golden.get("inputs"),
                        golden.get("expected"),
                        golden.get("rtol").doubleValue());
    }

    @Test
    void everyExampleIsChecked() {
        assertThat(GOLDEN).hasSize(21);
        assertThat(EXAMPLES.keySet()).containsExactlyInAnyOrderElementsOf(GOLDEN.keySet());
    }
}
