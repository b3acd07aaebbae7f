package org.ndgrad.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Looks for what docs/dictionary.md calls ndgrad's in the library. */
class DictionaryTest {

    private static final List<String> PACKAGES = List.of(
            "org.ndgrad.autograd.",
            "org.ndgrad.autograd.ops.",
            "org.ndgrad.nn.",
            "org.ndgrad.nn.data.",
            "org.ndgrad.nn.io.",
            "org.ndgrad.nn.optim.",
            "org.ndgrad.nn.train.",
            "org.ndgrad.onnx.",
            "java.util.",
            "java.lang.",
            "org.nd4j.linalg.api.buffer.");

    /** Those whose methods are called on a variable. */
    private static final List<String> OF_VARIABLES = List.of(
            "Tensor", "Functions", "Layer", "Linear", "Optimizer", "Trainer", "History", "ValuesAndIndices", "Unique");

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern CLASS = Pattern.compile("(?<![.\\w\"])([A-Z]\\w*)");
    private static final Pattern MEMBER = Pattern.compile("\\b([A-Z]\\w*)(?:\\.|::)(\\w+)");
    private static final Pattern CALL = Pattern.compile("(?<!new )(?<![A-Z]\\w{0,40}\\.)\\b([a-z]\\w*)\\(");

    @Test
    void everyClassExists() throws IOException {
        assertThat(found(CLASS)
                        .map(found -> found.group(1))
                        .filter(name -> type(name).isEmpty() && !isConstant(name)))
                .isEmpty();
    }

    @Test
    void everyMemberExists() throws IOException {
        assertThat(found(MEMBER)
                        .filter(found -> !found.group(2).equals("new")
                                && !members(found.group(1)).contains(found.group(2)))
                        .map(MatchResult::group))
                .isEmpty();
    }

    @Test
    void everyCallIsThatOfAMethod() throws IOException {
        Set<String> known = new TreeSet<>();
        OF_VARIABLES.forEach(name -> known.addAll(members(name)));
        found(CLASS).forEach(found -> known.addAll(members(found.group(1))));

        assertThat(found(CALL).map(found -> found.group(1)).filter(name -> !known.contains(name)))
                .isEmpty();
    }

    private static Stream<MatchResult> found(Pattern pattern) throws IOException {
        Path page = Path.of("").toAbsolutePath().resolveSibling("docs/dictionary.md");
        List<String> cells = Files.readAllLines(page).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| PyTorch |"))
                .map(line -> Splitter.on(" | ").splitToList(line))
                .map(row -> row.get(row.size() - 1))
                .toList();
        assertThat(cells).hasSizeGreaterThan(80);
        return cells.stream()
                .flatMap(cell -> CODE.matcher(cell).results())
                .flatMap(code -> pattern.matcher(code.group(1)).results());
    }

    private static boolean isConstant(String name) {
        return name.equals(name.toUpperCase(Locale.ROOT));
    }

    private static Set<String> members(String name) {
        Set<String> members = new TreeSet<>();
        type(name).ifPresent(type -> {
            Arrays.stream(type.getMethods()).map(Method::getName).forEach(members::add);
            Arrays.stream(type.getFields()).map(Field::getName).forEach(members::add);
        });
        return members;
    }

    private static Optional<Class<?>> type(String name) {
        return PACKAGES.stream()
                .flatMap(each -> {
                    try {
                        return Stream.<Class<?>>of(Class.forName(each + name));
                    } catch (ClassNotFoundException e) {
                        return Stream.empty();
                    }
                })
                .findFirst();
    }
}
