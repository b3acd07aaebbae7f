package org.ndgrad.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is stored of the notebooks in {@code docs/notebooks} is up to date. */
class NotebooksTest {

    private static final long LARGEST = 400_000;

    static Stream<Source> notebooks() {
        return Notebooks.all().stream();
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void isStoredAsItsSourceSays(Source source) throws IOException {
        ObjectNode stored = stored(source);
        stored.get("cells").forEach(cell -> {
            if (cell.has("outputs")) {
                ((ObjectNode) cell).putNull("execution_count").putArray("outputs");
            }
        });

        assertThat(Ipynb.toText(stored))
                .as("docs/notebooks/run store %s", source.name())
                .isEqualTo(Ipynb.toText(Ipynb.of(source)));
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void isStoredWithOutputsAndWithoutErrors(Source source) throws IOException {
        assertThat(stored(source).findValuesAsText("output_type"))
                .contains("display_data")
                .isSubsetOf("display_data", "stream");
        assertThat(Files.size(file(source))).isLessThan(LARGEST);
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void asksTheReaderAndAnswers(Source source) {
        String text = String.join(
                "\n",
                source.cells().stream()
                        .filter(cell -> !cell.code())
                        .map(Source.Cell::text)
                        .toList());

        assertThat(text).contains("?").containsSubsequence("## Exercise", "## Solution");
    }

    private static ObjectNode stored(Source source) throws IOException {
        JsonNode stored = new ObjectMapper().readTree(file(source).toFile());
        return (ObjectNode) stored;
    }

    private static Path file(Source source) {
        return Notebooks.FOLDER.resolve(source.name() + ".ipynb");
    }
}
