package org.ndgrad.nn.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Writes {@code docs/ops.md} where it is stale, and fails then: the new page is to be looked at and committed. */
class OpsPageTest {

    @Test
    void thePageOfOperationsIsUpToDate() throws IOException {
        NavigableMap<String, Results> results = new TreeMap<>();
        Runner.files(Runner.own("conformance")).forEach(file -> {
            Results each = Results.of(file, Precision.FLOAT64);
            results.put(each.op(), each);
        });
        String page = new OpsPage(results).text();

        boolean stale = !Files.exists(OpsPage.file())
                || !Files.readString(OpsPage.file()).equals(page);
        if (stale) {
            Files.writeString(OpsPage.file(), page);
        }

        assertThat(stale).as("docs/ops.md was stale and has been written anew").isFalse();
    }

    @Test
    void everyRowNamesAnOperationThatExists() {
        assertThat(OpsPage.all()).containsAll(new OpsPage(new TreeMap<>()).named());
    }
}
