package org.ndgrad.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Comments of all modules are no wider than the code. The formatter wraps that, but leaves comments as they are. */
class CommentWidthTest {

    private static final int WIDTH = 120;
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern MODULE = Pattern.compile("<module>(.+)</module>");
    private static final Pattern COMMENT = Pattern.compile("\\s*(//|/?\\*)|.*[;{}(),] // ");

    @Test
    void noCommentIsTooWide() throws IOException {
        List<Path> files = MODULE.matcher(Files.readString(ROOT.resolve("pom.xml")))
                .results()
                .flatMap(module -> javaFiles(ROOT.resolve(module.group(1)).resolve("src")))
                .toList();

        assertThat(files).hasSizeGreaterThan(300);
        assertThat(files.stream().flatMap(CommentWidthTest::wideComments)).isEmpty();
    }

    private static Stream<Path> javaFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns where they are, as an editor finds it. */
    private static Stream<String> wideComments(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            return IntStream.range(0, lines.size())
                    .filter(i -> lines.get(i).length() > WIDTH)
                    .filter(i -> COMMENT.matcher(lines.get(i)).lookingAt())
                    .mapToObj(i -> ROOT.relativize(file) + ":" + (i + 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
