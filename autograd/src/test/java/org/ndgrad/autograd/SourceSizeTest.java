package org.ndgrad.autograd;

import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The line budget: an engine that fits one screen, and no file that nobody reads to its end. */
class SourceSizeTest {

    private static final int ANY_FILE = 400;
    private static final Map<String, Integer> BUDGETS =
            ImmutableMap.of("Engine.java", 90, "Node.java", 110, "Edge.java", 95, "Op.java", 150);

    @Test
    void noFileExceedsItsBudget() throws IOException {
        Map<String, Long> lines;
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            lines = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("package-info.java"))
                    .collect(Collectors.toMap(file -> file.getFileName().toString(), SourceSizeTest::count));
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
                .allSatisfy((file, count) ->
                        assertThat(count).as(file).isLessThanOrEqualTo(BUDGETS.getOrDefault(file, ANY_FILE)));
    }

    private static long count(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
