package org.ndgrad.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The notebooks of the teaching documents run, and assert every worked number of them, by name. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GoldenTest {

    private final Golden golden = new Golden();
    private final List<Recording.Expectation> expectations = Notebooks.run(Notebooks.documents());

    GoldenTest() throws IOException {}

    @Test
    void whatTheNotebooksExpectIsGolden() {
        golden.check(expectations);
    }

    @Test
    void everyGoldenNumberIsExpected() {
        Set<String> missing = new TreeSet<>(golden.names());
        expectations.forEach(expectation -> missing.removeAll(golden.namesBelow(expectation.name())));

        assertThat(missing).isEmpty();
    }
}
