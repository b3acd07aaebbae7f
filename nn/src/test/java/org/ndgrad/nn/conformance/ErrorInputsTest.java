package org.ndgrad.nn.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchRuntimeException;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What PyTorch refuses is refused here, too, in the form of this library's messages, or stands in the table of
 * {@code docs/pytorch.md} with the reason for which it is taken.
 *
 * <p>The calls are written by {@code src/test/python/make_error_inputs.py}.
 */
class ErrorInputsTest {

    private static final Pattern FORM = Pattern.compile("\\w+: expected .+; got .+\\. .+\\.", Pattern.DOTALL);

    /** The last one is for integers that are divided by 0. */
    private static final Set<Class<?>> KINDS = ImmutableSet.of(
            IllegalArgumentException.class,
            IllegalStateException.class,
            IndexOutOfBoundsException.class,
            ArithmeticException.class);

    private static final Map<String, List<Outcome>> OUTCOMES = outcomes();
    private static final List<Taken> TABLE = table();

    /** What came of a call: an exception, or none. */
    record Outcome(Case given, Optional<RuntimeException> thrown) {

        static Outcome of(Case given) {
            Calls.Row row = Calls.of(given.op()).orElseThrow();
            Arguments arguments = given.arguments(Precision.FLOAT64);
            return new Outcome(
                    given,
                    Optional.ofNullable(catchRuntimeException(() -> row.call().apply(arguments))));
        }

        boolean isInForm() {
            RuntimeException e = thrown.orElseThrow();
            return KINDS.contains(e.getClass())
                    && FORM.matcher(String.valueOf(e.getMessage())).matches();
        }

        @Override
        public String toString() {
            return given.id() + ": PyTorch says " + given.line().get("message") + "; here "
                    + thrown.map(Object::toString).orElse("it is taken");
        }
    }

    /** A row of the table: operations, or any, and parts of what PyTorch says. */
    record Taken(Set<String> ops, List<String> messages) {

        boolean covers(Case given) {
            return (ops.isEmpty() || ops.contains(given.op()))
                    && messages.stream().anyMatch(given.line().get("message").textValue()::contains);
        }
    }

    private static Map<String, List<Outcome>> outcomes() {
        try {
            Path file = Path.of(
                    ErrorInputsTest.class.getResource("/error_inputs.jsonl.gz").toURI());
            return Case.read(file).stream()
                    .map(Outcome::of)
                    .collect(Collectors.groupingBy(outcome -> outcome.given().op(), TreeMap::new, Collectors.toList()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Taken> table() {
        try {
            String page = Files.readString(Path.of("../docs/pytorch.md"));
            String section = page.substring(page.indexOf("| PyTorch refuses |"));
            return section.lines()
                    .skip(2)
                    .takeWhile(line -> line.startsWith("|"))
                    .map(line -> line.split("\\|"))
                    .map(cells -> new Taken(ImmutableSet.copyOf(quoted(cells[1])), quoted(cells[2])))
                    .collect(ImmutableList.toImmutableList());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> quoted(String cell) {
        return Pattern.compile("`([^`]+)`")
                .matcher(cell)
                .results()
                .map(match -> match.group(1).replace("F.", "nn.functional."))
                .collect(ImmutableList.toImmutableList());
    }

    @TestFactory
    Stream<DynamicTest> whatPytorchRefusesIsRefusedOrDocumented() {
        return OUTCOMES.entrySet().stream()
                .map(op -> dynamicTest(op.getKey(), () -> {
                    List<Outcome> wrong = new ArrayList<>(op.getValue());
                    wrong.removeIf(outcome -> outcome.thrown().isPresent()
                            ? outcome.isInForm()
                            : TABLE.stream().anyMatch(row -> row.covers(outcome.given())));
                    assertThat(wrong).isEmpty();
                }));
    }

    @Test
    void everyRowOfTheTableIsTrueOfACallForEachOfItsOperations() {
        List<Case> taken = OUTCOMES.values().stream()
                .flatMap(List::stream)
                .filter(outcome -> outcome.thrown().isEmpty())
                .map(Outcome::given)
                .toList();

        assertThat(TABLE).isNotEmpty().allSatisfy(row -> {
            List<Case> covered = taken.stream().filter(row::covers).toList();
            Set<String> ops = covered.stream().map(Case::op).collect(Collectors.toSet());
            assertThat(covered).isNotEmpty();
            assertThat(ops).containsAll(row.ops());
            assertThat(row.messages())
                    .allMatch(message -> covered.stream()
                            .anyMatch(given ->
                                    given.line().get("message").textValue().contains(message)));
        });
    }
}
