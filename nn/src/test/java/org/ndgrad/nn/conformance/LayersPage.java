package org.ndgrad.nn.conformance;

import static java.util.stream.Collectors.joining;

import com.google.common.io.MoreFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ndgrad.nn.Block;
import org.ndgrad.nn.conformance.Verdict.Outcome;

/** The page {@code docs/nn.md}: every layer and loss with its formula, PyTorch's name and how its cases came out. */
final class LayersPage {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern JAVADOC =
            Pattern.compile("/\\*\\*((?:(?!\\*/).)*)\\*/\\s+(?:@[^\\n]*\\s+)*public ", Pattern.DOTALL);

    private final Collection<Results> results;
    private final Map<String, Results> byClass = new TreeMap<>();

    /** Prepares the page for what came of the project's own cases, by their files. */
    LayersPage(Map<Path, Results> results) {
        this.results = results.values();
        results.forEach((file, each) -> Modules.of(each.op()).ifPresent(row -> {
            Arguments arguments = Case.read(file).get(0).constructor(Precision.FLOAT64);
            byClass.put(row.constructor().apply(arguments).block().getClass().getSimpleName(), each);
        }));
    }

    static Path file() {
        return ROOT.resolve("docs/nn.md");
    }

    String text() {
        return """
                # Layers and losses

                Every layer, loss and other block with what it computes, its name in PyTorch, and how many cases it passes: PyTorch's
                own module cases, and further ones that were computed with PyTorch. They state names of the state dict, outputs,
                gradients of inputs and parameters, and buffers afterwards, in float64. A test writes this page.

                """
                + "Of PyTorch's %d modules tried, %d pass whole; of their %d cases, %d pass.%n%n"
                        .formatted(
                                results.size(),
                                results.stream().filter(Results::passedWhole).count(),
                                results.stream()
                                        .mapToInt(each -> each.verdicts().size())
                                        .sum(),
                                results.stream()
                                        .mapToLong(each -> each.count(Outcome.PASSED))
                                        .sum())
                + "| class | what it computes | PyTorch | cases |\n|---|---|---|---|\n"
                + classes().entrySet().stream()
                        .map(entry -> row(entry.getKey(), entry.getValue()))
                        .collect(joining())
                + unsupported();
    }

    private String row(String name, String sentence) {
        Results found = byClass.get(name);
        return "| `%s` | %s | %s | %s |%n"
                .formatted(
                        name,
                        sentence,
                        found == null ? "" : "`nn." + found.op() + "`",
                        found == null
                                ? ""
                                : found.count(Outcome.PASSED) + " of "
                                        + found.verdicts().size());
    }

    /** Returns the first sentence of each block's Javadoc by its name. */
    private static NavigableMap<String, String> classes() {
        NavigableMap<String, String> classes = new TreeMap<>();
        try (Stream<Path> files = Files.list(ROOT.resolve("nn/src/main/java/org/ndgrad/nn"))) {
            for (Path file :
                    (Iterable<Path>) files.filter(each -> each.toString().endsWith(".java"))::iterator) {
                String name = MoreFiles.getNameWithoutExtension(file);
                var javadoc = JAVADOC.matcher(Files.readString(file));
                if (isBlock(name) && javadoc.find()) {
                    classes.put(name, OpsPage.firstSentence(javadoc.group(1)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return classes;
    }

    private static boolean isBlock(String name) {
        try {
            Class<?> type = Class.forName("org.ndgrad.nn." + name);
            return Block.class.isAssignableFrom(type)
                    && Modifier.isPublic(type.getModifiers())
                    && !Modifier.isAbstract(type.getModifiers());
        } catch (ClassNotFoundException e) {
            return false; // package-info
        }
    }

    private String unsupported() {
        String rows = results.stream()
                .filter(each -> !each.passedWhole())
                .map(each -> "| `nn.%s` | %d of %d | %s |%n"
                        .formatted(
                                each.op(),
                                each.count(Outcome.UNSUPPORTED),
                                each.verdicts().size(),
                                each.verdicts().stream()
                                        .filter(verdict -> verdict.outcome() == Outcome.UNSUPPORTED)
                                        .map(Verdict::reason)
                                        .distinct()
                                        .collect(joining("; "))))
                .collect(joining());
        return rows.isEmpty()
                ? ""
                : "\n## Unsupported\n\n| PyTorch's module | cases | reason |\n|---|---|---|\n" + rows;
    }
}
