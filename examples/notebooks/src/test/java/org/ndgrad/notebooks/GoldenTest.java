package org.ndgrad.notebooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The notebooks assert every worked number of the teaching documents, by name. */
class GoldenTest {

    /** PyTorch computes this one derivative with a sixth in float32. */
    private static final String SIXTH_IN_FLOAT32 = "activations_values_and_grads.hardsigmoid.grad";

    private final Golden golden = new Golden();

    private final List<Recording.Expectation> expectations = Notebooks.all().stream()
            .flatMap(source -> Notebooks.run(source).expectations().stream())
            .toList();

    GoldenTest() throws IOException {}

    @Test
    void whatTheNotebooksExpectIsGolden() {
        for (Recording.Expectation expectation : expectations) {
            String name = expectation.name();
            if (golden.hasExample(name)) {
                List<Double> expected = golden.numbers(name);
                assertThat(expectation.numbers()).as(name).hasSameSizeAs(expected);
                double tolerance = name.equals(SIXTH_IN_FLOAT32) ? 1e-7 : 1e-9;
                for (int i = 0; i < expected.size(); i++) {
                    assertThat(expectation.numbers().get(i))
                            .as("%s, number %d", name, i)
                            .isCloseTo(expected.get(i), within(tolerance * Math.max(1, Math.abs(expected.get(i)))));
                }
            }
        }
    }

    @Test
    void everyGoldenNumberIsExpected() {
        Set<String> missing = new TreeSet<>(golden.names());
        expectations.forEach(expectation -> missing.removeAll(golden.namesBelow(expectation.name())));

        assertThat(missing).isEmpty();
    }
}
