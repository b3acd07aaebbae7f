package org.ndgrad.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Follows the links of the documents to files and headings of the tree. */
class LinksTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    private static final Pattern FENCE = Pattern.compile("^ {0,3}(`{3,}|~{3,}).*");
    private static final Pattern HEADING = Pattern.compile("^ {0,3}#{1,6} +(.*?) *#*$");
    private static final Pattern CODE = Pattern.compile("(`+)(.+?)\\1");
    private static final Pattern ANCHOR = Pattern.compile("<a (?:id|name)=\"([^\"]+)\"");

    /** A link or picture, {@code ](target "title")}, or a definition, {@code [name]: target}. */
    private static final Pattern LINK = Pattern.compile(
            "\\]\\(\\s*<?([^\\s()<>]+(?:\\([^\\s()]*\\)[^\\s()<>]*)*)|^ {0,3}\\[[^\\]]+\\]:\\s*<?([^\\s>]+)");

    private static final Pattern ELSEWHERE = Pattern.compile("^[a-zA-Z][a-zA-Z0-9+.-]*:.*");

    @Test
    void everyLinkOfTheDocumentsLeadsSomewhere() throws IOException {
        List<Path> documents = new ArrayList<>(List.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")));
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            docs.filter(file -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
        }

        assertThat(documents.stream().flatMap(document -> dead(document).stream()))
                .isEmpty();
    }

    /** What the five documents draw, compute or ask must be found in a notebook, by every row of the table. */
    @Test
    void everyRowOfTheDocumentsLeadsToANotebook() {
        List<String> rows = lines(ROOT.resolve("docs/documents.md")).stream()
                .filter(line -> line.startsWith("|") && !line.startsWith("|---"))
                .filter(line -> !line.startsWith("| In the document |"))
                .toList();

        assertThat(rows).hasSizeGreaterThan(100).allMatch(row -> row.contains("](notebooks/"));
    }

    @Test
    void aDeadLinkIsFound(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("other.md"), "# Title\n## Two words\n## Two words\n");
        Path document = folder.resolve("document.md");
        Files.writeString(document, """
                [good](other.md), [good](other.md#two-words-1), [good](#here), [good](https://example.org/x.md#y)
                ![picture](missing.png) [file](gone.md) [heading](other.md#three "words") [own](#nowhere)
                `[code](gone-as-code.md)` [folder](../) [twice](other.md#two-words-2)

                # Here
                ```
                [code](gone-as-code.md)
                # not a heading
                ```
                [fenced](#not-a-heading)

                [named]: gone-too.md
                """);

        assertThat(dead(document))
                .extracting(problem -> problem.substring(problem.indexOf(": ") + 2))
                .containsExactly(
                        "missing.png",
                        "gone.md",
                        "other.md#three",
                        "#nowhere",
                        "other.md#two-words-2",
                        "#not-a-heading",
                        "gone-too.md");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Run it                            | run-it
            4. A 2-3-1 network by numbers     | 4-a-2-3-1-network-by-numbers
            The same by `backward()`          | the-same-by-backward
            001 · Neurons and layers          | 001--neurons-and-layers
            **Bold** and [linked](other.md)   | bold-and-linked
            What if x² = 0?                   | what-if-x--0
            snake_case, und Größen            | snake_case-und-größen
            """)
    void anchorsAreThoseOfGitHub(String heading, String anchor) {
        assertThat(anchor(heading)).isEqualTo(anchor);
    }

    private static List<String> dead(Path document) {
        List<String> problems = new ArrayList<>();
        for (String line : text(document)) {
            Matcher link = LINK.matcher(CODE.matcher(line).replaceAll(""));
            while (link.find()) {
                String target = link.group(1) == null ? link.group(2) : link.group(1);
                if (!ELSEWHERE.matcher(target).matches() && !leadsSomewhere(document, target)) {
                    problems.add(document.getFileName() + ": " + target);
                }
            }
        }
        return problems;
    }

    private static boolean leadsSomewhere(Path document, String target) {
        String[] parts = target.split("#", 2);
        Path file = parts[0].isEmpty()
                ? document
                : document.resolveSibling(URI.create(parts[0]).getPath());
        if (parts.length == 1) {
            return Files.exists(file);
        }
        return Files.isRegularFile(file) && anchors(file).contains(URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }

    private static Set<String> anchors(Path document) {
        Set<String> anchors = new HashSet<>();
        Map<String, Integer> counts = new HashMap<>();
        for (String line : text(document)) {
            ANCHOR.matcher(line).results().forEach(found -> anchors.add(found.group(1)));
            Matcher heading = HEADING.matcher(line);
            if (heading.matches()) {
                String anchor = anchor(heading.group(1));
                int before = counts.merge(anchor, 1, Integer::sum) - 1;
                anchors.add(before == 0 ? anchor : anchor + "-" + before);
            }
        }
        return anchors;
    }

    /** The anchor that GitHub gives a heading: words in lower case, a hyphen for each space, no punctuation. */
    private static String anchor(String heading) {
        return heading.replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{M}\\p{Nd}\\p{Pc}\\- ]", "")
                .replace(' ', '-');
    }

    /** Returns the lines outside fenced blocks. */
    private static List<String> text(Path document) {
        List<String> text = new ArrayList<>();
        String fence = "";
        for (String line : lines(document)) {
            Matcher matcher = FENCE.matcher(line);
            boolean isFence =
                    matcher.matches() && (fence.isEmpty() || matcher.group(1).startsWith(fence));
            if (isFence) {
                fence = fence.isEmpty() ? matcher.group(1) : "";
            } else if (fence.isEmpty()) {
                text.add(line);
            }
        }
        return text;
    }

    private static List<String> lines(Path document) {
        try {
            return Files.readAllLines(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
