package org.ndgrad.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jdk.jshell.JShell;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the Java in the documents as a reader would: pasted into JShell. A statement that ends in {@code // → text} must
 * have that value, and one that ends in {@code // throws text} fail with that message; an … at its end is for any more.
 */
class SnippetsTest {

    private static final Pattern JAVA_BLOCK = Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL);

    /** A statement's comment is behind what JShell takes for its source, but for the last one, where it is in it. */
    private static final Pattern OUTCOME = Pattern.compile("// (→|throws) (.*)\\R*\\z");

    private static final Pattern IMPORT = Pattern.compile("import (?:static )?[\\w.]+\\.(\\w+);");

    static Stream<Path> documents() throws IOException {
        Path root = Path.of("").toAbsolutePath().getParent();
        try (Stream<Path> docs = Files.list(root.resolve("docs"))) {
            return Stream.concat(
                            Stream.of(root.resolve("README.md"), root.resolve("CONTRIBUTING.md")),
                            docs.filter(file -> file.toString().endsWith(".md")).toList().stream())
                    .filter(file -> !blocks(file).isEmpty());
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyJavaBlockRunsInJShell(Path document) {
        // in this process: to start another one, and to unpack native code there, takes longer than most documents
        try (JShell shell = JShell.builder().executionEngine("local").build()) {
            Splitter.on(File.pathSeparatorChar)
                    .split(System.getProperty("java.class.path"))
                    .forEach(shell::addToClasspath);
            List<String> problems = new ArrayList<>();
            shell.eval("import org.ndgrad.autograd.*;");
            for (String block : blocks(document)) {
                problems.addAll(run(shell, block));
            }
            assertThat(problems).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyImportIsUsed(Path document) {
        String code = String.join("\n", blocks(document));
        List<String> words = Splitter.on(Pattern.compile("\\W+"))
                .splitToList(IMPORT.matcher(code).replaceAll(""));

        assertThat(words)
                .containsAll(IMPORT.matcher(code)
                        .results()
                        .map(found -> found.group(1))
                        .toList());
    }

    private static List<String> run(JShell shell, String code) {
        List<String> problems = new ArrayList<>();
        String rest = code;
        while (!rest.isBlank()) {
            CompletionInfo next = shell.sourceCodeAnalysis().analyzeCompletion(rest);
            String source = next.source() == null ? rest : next.source();
            rest = next.source() == null ? "" : next.remaining();
            Matcher comment = OUTCOME.matcher(
                    next.source() == null || rest.isEmpty()
                            ? source
                            : rest.lines().findFirst().orElse(""));
            String expected = comment.find() ? comment.group(2) : "";
            boolean mustThrow = !expected.isEmpty() && comment.group(1).equals("throws");
            for (SnippetEvent event : shell.eval(source)) {
                shell.diagnostics(event.snippet())
                        .forEach(diagnostic -> problems.add(source + ": " + diagnostic.getMessage(null)));
                boolean isSaid = mustThrow && event.exception() != null && isSaid(expected, event.exception());
                if (event.status() == Status.REJECTED
                        || mustThrow != isSaid
                        || (event.exception() != null && !mustThrow)) {
                    problems.add(source + ": " + event.status() + " " + event.exception());
                } else if (!expected.isEmpty() && !mustThrow && !expected.equals(event.value())) {
                    problems.add(source + ": expected " + expected + "; got " + event.value());
                }
            }
        }
        return problems;
    }

    private static boolean isSaid(String expected, Exception exception) {
        String message = String.valueOf(exception.getMessage());
        return expected.endsWith("…")
                ? message.startsWith(expected.substring(0, expected.length() - 1))
                : message.equals(expected);
    }

    private static List<String> blocks(Path document) {
        try {
            Matcher matcher = JAVA_BLOCK.matcher(Files.readString(document));
            List<String> blocks = new ArrayList<>();
            while (matcher.find()) {
                blocks.add(matcher.group(1));
            }
            return blocks;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
