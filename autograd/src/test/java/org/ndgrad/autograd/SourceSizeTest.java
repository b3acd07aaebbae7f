package org.ndgrad.autograd;

import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The line budget: an engine that fits two screens with all it cannot run without, and no file that nobody reads to its
 * end.
 */
class SourceSizeTest {

    private static final int ANY_FILE = 400;
    private static final int ENGINE = 560;
    private static final Set<String> ENGINE_FILES =
            ImmutableSet.of("Engine.java", "Node.java", "Edge.java", "Op.java", "Saved.java", "Storage.java");

    @Test
    void noFileExceedsItsBudget() throws IOException {
        Map<String, Long> lines;
        Path home = Path.of("src/main/java/org/ndgrad/autograd");
        try (Stream<Path> files = Files.walk(home)) {
            lines = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("package-info.java"))
                    .collect(Collectors.toMap(file -> home.relativize(file).toString(), SourceSizeTest::count));
        }
        String report = lines.entrySet().stream()
                .sorted(comparing(Map.Entry<String, Long>::getValue).reversed())
                .map(file -> "%6d %s".formatted(file.getValue(), file.getKey()))
                .collect(Collectors.joining("\n"));
        System.out.printf(
                "Lines of main code, %d in all:%n%s%n",
                lines.values().stream().mapToLong(n -> n).sum(), report);

        assertThat(lines)
                .isNotEmpty()
                .containsKeys(ENGINE_FILES.toArray(new String[0]))
                .allSatisfy((file, count) -> assertThat(count).as(file).isLessThanOrEqualTo(ANY_FILE));
        assertThat(ENGINE_FILES.stream().mapToLong(lines::get).sum())
                .as("what differentiates, without what gives memory back")
                .isLessThanOrEqualTo(ENGINE);
    }

    private static long count(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
