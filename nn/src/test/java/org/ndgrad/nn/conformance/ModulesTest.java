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
 * Every layer and loss gives PyTorch's outputs, gradients and buffers for PyTorch's own module cases, under the names
 * of its state dict.
 *
 * <p>The cases are those of the folder {@code -Dmodules.dir}, else the project's own. With {@code -Dmodules.report} a
 * file is written, a line a module: its name and how many cases passed, failed and were unsupported, with tabs between.
 */
class ModulesTest {

    private static final Map<String, Results> RESULTS = new TreeMap<>();

    @TestFactory
    Stream<DynamicTest> modulesGivePytorchsNumbers() {
        return Runner.files(Runner.folder("modules")).stream()
                .map(file -> dynamicTest(file.getFileName().toString(), () -> {
                    Results results = Results.ofModule(file, Precision.FLOAT64);
                    RESULTS.put(results.op(), results);
                    assertThat(results.reasons(Outcome.FAILED)).isEmpty();
                }));
    }

    @AfterAll
    static void report() {
        Results.report("modules", RESULTS.values());
    }
}
