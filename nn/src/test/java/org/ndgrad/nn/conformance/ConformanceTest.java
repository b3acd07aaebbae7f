package org.ndgrad.nn.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.ndgrad.nn.conformance.Verdict.Outcome;

/**
 * Every operation gives PyTorch's outputs, gradients and second gradients for PyTorch's own test cases.
 *
 * <p>The cases are those of the folder {@code -Dconformance.dir}, else the project's own. With {@code
 * -Dconformance.report} a file is written, a line an operation: its name and how many cases passed, failed and were
 * unsupported, with tabs between.
 */
class ConformanceTest {

    private static final Map<String, Results> RESULTS = new TreeMap<>();

    @TestFactory
    Stream<DynamicTest> operationsGivePytorchsNumbers() {
        return Runner.files(Runner.folder("conformance")).stream()
                .map(file -> dynamicTest(file.getFileName().toString(), () -> {
                    Results results = Results.of(file, Precision.FLOAT64);
                    RESULTS.put(results.op(), results);
                    assertThat(results.reasons(Outcome.FAILED)).isEmpty();
                }));
    }

    @AfterAll
    static void report() {
        Results.report("conformance", RESULTS.values());
    }
}
