package org.ndgrad.nn.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.common.base.Joiner;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.MultimapBuilder;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.ndgrad.nn.conformance.Judge.Outcome;
import org.ndgrad.nn.conformance.Judge.Verdict;

/**
 * Every operation gives PyTorch's outputs, gradients and second gradients for PyTorch's own test cases.
 *
 * <p>The cases are those of the folder {@code -Dconformance.dir}, else the project's own. With {@code
 * -Dconformance.report} a file is written, a line an operation: its name and how many cases passed, failed and were
 * unsupported, with tabs between.
 */
class ConformanceTest {

    private static final ListMultimap<String, Verdict> RESULTS =
            MultimapBuilder.treeKeys().arrayListValues().build();

    static Path folder() {
        String given = System.getProperty("conformance.dir");
        if (given != null) {
            return Path.of(given);
        }
        try {
            return Path.of(ConformanceTest.class.getResource("/conformance").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @TestFactory
    Stream<DynamicTest> operationsGivePytorchsNumbers() {
        return Case.files(folder()).stream().map(Case::read).map(cases -> {
            String op = cases.get(0).op();
            return dynamicTest(op, () -> {
                List<Verdict> verdicts = verdicts(op, cases, Precision.FLOAT64);
                RESULTS.putAll(op, verdicts);
                assertThat(reasons(verdicts, Outcome.FAILED)).isEmpty();
            });
        });
    }

    static List<Verdict> verdicts(String op, List<Case> cases, Precision precision) {
        return Calls.of(op)
                .map(row -> Judge.judge(cases, row.call(), precision))
                .orElseGet(() -> cases.stream()
                        .map(each -> new Verdict(Outcome.UNSUPPORTED, each.id() + ": no such operation here"))
                        .collect(ImmutableList.toImmutableList()));
    }

    static List<String> reasons(List<Verdict> verdicts, Outcome outcome) {
        return verdicts.stream()
                .filter(verdict -> verdict.outcome() == outcome)
                .map(Verdict::reason)
                .collect(ImmutableList.toImmutableList());
    }

    @AfterAll
    static void report() throws IOException {
        List<String> lines = new ArrayList<>();
        ImmutableListMultimap.copyOf(RESULTS).asMap().forEach((op, verdicts) -> {
            List<Verdict> list = ImmutableList.copyOf(verdicts);
            lines.add(Joiner.on('\t')
                    .join(op, count(list, Outcome.PASSED), count(list, Outcome.FAILED), count(list, Outcome.UNSUPPORTED)));
        });
        String file = System.getProperty("conformance.report");
        if (file != null) {
            Files.write(Path.of(file), lines);
        }
        List<Verdict> all = ImmutableList.copyOf(RESULTS.values());
        PrintStream out = System.out;
        out.printf(
                "%d passed, %d failed, %d skipped%n",
                count(all, Outcome.PASSED), count(all, Outcome.FAILED), count(all, Outcome.UNSUPPORTED));
    }

    private static long count(List<Verdict> verdicts, Outcome outcome) {
        return verdicts.stream().filter(verdict -> verdict.outcome() == outcome).count();
    }
}
