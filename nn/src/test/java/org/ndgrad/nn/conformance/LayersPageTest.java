package org.ndgrad.nn.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Writes {@code docs/nn.md} where it is stale, and fails then: the new page is to be looked at and committed. */
class LayersPageTest {

    @Test
    void thePageOfLayersIsUpToDate() throws IOException {
        Map<Path, Results> results = new LinkedHashMap<>();
        Runner.files(Runner.own("modules"))
                .forEach(file -> results.put(file, Results.ofModule(file, Precision.FLOAT64)));
        String page = new LayersPage(results).text();

        boolean stale = !Files.exists(LayersPage.file())
                || !Files.readString(LayersPage.file()).equals(page);
        if (stale) {
            Files.writeString(LayersPage.file(), page);
        }

        assertThat(stale).as("docs/nn.md was stale and has been written anew").isFalse();
    }
}
