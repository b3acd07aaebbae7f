package org.ndgrad.notebooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The worked numbers of the five teaching documents, computed by PyTorch and NumPy, by name: the example's id and the
 * keys that lead to them, {@code feup_activity4_backprop.grad_w}. A list of records has a name for each key of its
 * records.
 */
final class Golden {

    /** PyTorch computes this one derivative with a sixth in float32. */
    private static final String SIXTH_IN_FLOAT32 = "activations_values_and_grads.hardsigmoid.grad";

    private static final Path FOLDER = Notebooks.ROOT.resolve("nn/src/test/resources/golden");

    private final Map<String, List<Double>> numbers = new LinkedHashMap<>();
    private final Set<String> ids = new TreeSet<>();

    Golden() throws IOException {
        ObjectMapper json = new ObjectMapper();
        for (JsonNode example :
                json.readTree(FOLDER.resolve("seed_examples.json").toFile()).get("examples")) {
            add(example.get("id").asText(), example.get("expected"));
        }
        JsonNode gaussianPairs =
                json.readTree(FOLDER.resolve("seed_004_fixture.json").toFile());
        add("004.seed_scheme", gaussianPairs.get("seed_scheme"));
        add("004.true_gradient", gaussianPairs.get("true_gradient"));
        numbers.keySet().forEach(name -> ids.add(id(name)));
    }

    private void add(String name, JsonNode node) {
        if (node.isObject() || (node.isArray() && node.path(0).isObject())) {
            node.properties().forEach(entry -> add(name + "." + entry.getKey(), entry.getValue()));
            node.valueStream().filter(record -> node.isArray()).forEach(record -> add(name, record));
        } else if (node.isArray()) {
            node.forEach(element -> add(name, element));
        } else if (node.isNumber()) {
            numbers.computeIfAbsent(name, key -> new ArrayList<>()).add(node.doubleValue());
        }
    }

    private boolean hasExample(String name) {
        return ids.contains(id(name));
    }

    /** Returns all names. */
    Set<String> names() {
        return numbers.keySet();
    }

    /** Returns the names that a name stands for: itself, or those below it. */
    Set<String> namesBelow(String name) {
        return numbers.keySet().stream()
                .filter(key -> key.equals(name) || key.startsWith(name + "."))
                .collect(Collectors.toCollection(java.util.LinkedHashSet::new));
    }

    private List<Double> numbers(String name) {
        return namesBelow(name).stream()
                .flatMap(key -> numbers.get(key).stream())
                .toList();
    }

    /** Checks that numbers expected in the name of an example are its own. */
    void check(List<Recording.Expectation> expectations) {
        for (Recording.Expectation expectation : expectations) {
            String name = expectation.name();
            if (hasExample(name)) {
                List<Double> expected = numbers(name);
                assertThat(expectation.numbers()).as(name).hasSameSizeAs(expected);
                double tolerance = name.equals(SIXTH_IN_FLOAT32) ? 1e-7 : 1e-9;
                for (int i = 0; i < expected.size(); i++) {
                    assertThat(expectation.numbers().get(i))
                            .as("%s, number %d", name, i)
                            .isCloseTo(expected.get(i), within(tolerance * Math.max(1, Math.abs(expected.get(i)))));
                }
            }
        }
    }

    private static String id(String name) {
        return name.substring(0, (name + ".").indexOf('.'));
    }
}
