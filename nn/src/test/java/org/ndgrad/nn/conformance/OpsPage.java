package org.ndgrad.nn.conformance;

import com.google.common.base.Joiner;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.SetMultimap;
import com.google.common.io.MoreFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ndgrad.autograd.ops.OpOrders;
import org.ndgrad.nn.conformance.Verdict.Outcome;

/** The page {@code docs/ops.md}: every public operation with its formula, PyTorch's name and how its cases came out. */
final class OpsPage {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    /** The Javadoc and the name of a public operation. */
    private static final Pattern OPERATION = Pattern.compile(
            "/\\*\\*((?:(?!\\*/).)*)\\*/\\s+(?:@[^\\n]*\\s+)*public static (?:List<Tensor>|[A-Z]\\w*) (\\w+)\\(",
            Pattern.DOTALL);

    /** A link, of which its label is read, or the name of what it leads to without the parameters. */
    private static final Pattern LINK =
            Pattern.compile("\\{@link(?:plain)?\\s+([^\\s(}]+)(?:\\([^)]*\\))?(?:\\s+([^}]+))?}");

    private static final Pattern TAG = Pattern.compile("\\{@\\w+\\s+(?:#)?([^}]*)}");

    private final NavigableMap<String, Results> results;
    private final SetMultimap<String, String> pytorchNames = LinkedHashMultimap.create();

    /** Prepares the page for what came of the project's own cases. */
    OpsPage(NavigableMap<String, Results> results) {
        this.results = results;
        for (Calls.Row row : Calls.all()) {
            Splitter.on(',')
                    .trimResults()
                    .split(row.operation())
                    .forEach(operation -> pytorchNames.put(operation, row.name()));
        }
    }

    static Path file() {
        return ROOT.resolve("docs/ops.md");
    }

    /** Returns the operations that the rows of {@link Calls} name. */
    Set<String> named() {
        return pytorchNames.keySet();
    }

    /** Returns the first sentence of each operation's Javadoc by its name, in the order of the files, by family. */
    static NavigableMap<String, Map<String, String>> families() {
        NavigableMap<String, Map<String, String>> families = new TreeMap<>();
        try (Stream<Path> ops = Files.list(ROOT.resolve("autograd/src/main/java/org/ndgrad/autograd/ops"));
                Stream<Path> layers = Files.list(ROOT.resolve("nn/src/main/java/org/ndgrad/nn"))) {
            Stream.concat(ops, layers.filter(file -> file.toString().endsWith("Losses.java")))
                    .sorted()
                    .forEach(file -> families.computeIfAbsent(family(file), name -> new LinkedHashMap<>())
                            .putAll(operations(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        families.values().removeIf(Map::isEmpty);
        return families;
    }

    /** Returns the class by whose name the operations of a file are called; losses come in several. */
    private static String family(Path file) {
        String name = MoreFiles.getNameWithoutExtension(file);
        return name.endsWith("Losses") ? "Losses" : name;
    }

    /** Returns all operations, as {@code Family.method}. */
    static Set<String> all() {
        return families().entrySet().stream()
                .flatMap(family -> family.getValue().keySet().stream().map(name -> family.getKey() + "." + name))
                .collect(ImmutableSet.toImmutableSet());
    }

    private static Map<String, String> operations(Path file) {
        Map<String, String> operations = new LinkedHashMap<>();
        try {
            String source = Files.readString(file);
            if (source.contains("public final class") || family(file).equals("Losses")) { // no options, no results
                OPERATION
                        .matcher(source)
                        .results()
                        .forEach(found ->
                                operations.merge(found.group(2), firstSentence(found.group(1)), OpsPage::fuller));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return operations;
    }

    /** Returns the sentence of the first overload, unless it refers to another one for the rest. */
    private static String fuller(String first, String other) {
        return refers(first) && !refers(other) ? other : first;
    }

    private static boolean refers(String sentence) {
        return sentence.contains(" see ") || sentence.startsWith("As ");
    }

    static String firstSentence(String javadoc) {
        String text = javadoc.lines()
                .map(line -> line.replaceFirst("^\\s*\\* ?", ""))
                .collect(Collectors.joining(" "))
                .trim();
        String paragraph = text.split("\\s+(<p>|@param|@return|@throws|<ul>|<pre>)|\\s{2}", 2)[0];
        String sentence = paragraph.split("(?<=\\w\\w|[)²³ᵀ⁻¹0-9])\\.(\\s+(?=[A-Z∂])|$)", 2)[0];
        String linked = LINK.matcher(sentence)
                .replaceAll(link -> Matcher.quoteReplacement(
                        link.group(2) != null ? link.group(2) : link.group(1).replaceFirst("^#", "")));
        return TAG.matcher(linked)
                .replaceAll("$1")
                .replace('#', '.')
                .replace("|", "\\|")
                .replaceFirst("\\.$", "");
    }

    String text() {
        StringBuilder page = new StringBuilder("""
                # Operations

                Every operation with its formula, its name in PyTorch, the order to which it can be differentiated, and how many
                of PyTorch's own test cases it passes: outputs, gradients and second gradients, in float64. Notation: x input,
                y output, g = ∂L/∂y. A test writes this page.

                """);
        page.append(String.format(
                "Of PyTorch's %d operations tried, %d pass whole; of their %d cases, %d pass.%n",
                results.size(),
                results.values().stream().filter(Results::passedWhole).count(),
                results.values().stream()
                        .mapToInt(each -> each.verdicts().size())
                        .sum(),
                results.values().stream()
                        .mapToLong(each -> each.count(Outcome.PASSED))
                        .sum()));
        families().forEach((family, operations) -> {
            page.append(String.format("%n## %s%n%n", family))
                    .append("| operation | formula | PyTorch | derivatives | cases |\n|---|---|---|---|---|\n");
            operations.forEach((name, formula) -> page.append(row(family, name, formula)));
        });
        page.append(unsupported());
        return page.toString();
    }

    private String row(String family, String name, String formula) {
        Set<String> names = pytorchNames.get(family + "." + name);
        long cases = names.stream()
                .filter(results::containsKey)
                .mapToLong(each -> results.get(each).verdicts().size())
                .sum();
        long passed = names.stream()
                .filter(results::containsKey)
                .mapToLong(each -> results.get(each).count(Outcome.PASSED))
                .sum();
        return String.format(
                "| `%s` | %s | %s | %s | %s |%n",
                name,
                formula,
                Joiner.on(", ")
                        .join(names.stream().map(each -> "`" + each + "`").iterator()),
                OpOrders.isDifferentiable(name) ? "any order" : "none",
                cases == 0 ? "" : passed + " of " + cases);
    }

    private String unsupported() {
        String rows = results.values().stream()
                .filter(each -> !each.passedWhole())
                .map(each -> String.format(
                        "| `%s` | %d of %d | %s |%n",
                        each.op(),
                        each.count(Outcome.UNSUPPORTED),
                        each.verdicts().size(),
                        each.verdicts().stream()
                                .filter(verdict -> verdict.outcome() == Outcome.UNSUPPORTED)
                                .map(verdict -> verdict.reason())
                                .distinct()
                                .collect(Collectors.joining("; "))))
                .collect(Collectors.joining());
        return rows.isEmpty()
                ? ""
                : "\n## Unsupported\n\n| PyTorch's operation | cases | reason |\n|---|---|---|\n" + rows;
    }
}
