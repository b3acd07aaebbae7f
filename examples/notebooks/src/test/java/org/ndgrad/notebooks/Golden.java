package org.ndgrad.notebooks;

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

    /** Returns whether a name begins with the id of an example. */
    boolean hasExample(String name) {
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

    /** Returns the numbers that a name stands for, in the order of the file. */
    List<Double> numbers(String name) {
        return namesBelow(name).stream()
                .flatMap(key -> numbers.get(key).stream())
                .toList();
    }

    private static String id(String name) {
        return name.substring(0, (name + ".").indexOf('.'));
    }
}
