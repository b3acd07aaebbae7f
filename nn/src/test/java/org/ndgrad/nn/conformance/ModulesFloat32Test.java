package org.ndgrad.nn.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.common.collect.ImmutableMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.ndgrad.nn.conformance.Verdict.Outcome;

/** In float32 the module cases, rounded, come within 1e-4 relative plus 1e-5 absolute of the float64 numbers. */
class ModulesFloat32Test {

    /** The modules of which a case may miss, and why. An entry whose cases all pass is stale, and fails. */
    static final Map<String, String> EXCEPTIONS = ImmutableMap.of();

    @TestFactory
    Stream<DynamicTest> modulesKeepTheirDigitsInFloat32() {
        return Runner.files(Runner.own("modules")).stream()
                .map(file -> dynamicTest(file.getFileName().toString(), () -> {
                    Results results = Results.ofModule(file, Precision.FLOAT32);
                    if (EXCEPTIONS.containsKey(results.op())) {
                        assertThat(results.reasons(Outcome.FAILED)).isNotEmpty();
                    } else {
                        assertThat(results.reasons(Outcome.FAILED)).isEmpty();
                    }
                }));
    }
}
