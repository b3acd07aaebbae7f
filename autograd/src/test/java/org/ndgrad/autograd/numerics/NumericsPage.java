package org.ndgrad.autograd.numerics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The page {@code docs/numerics.md}, whose tables are written by tests. */
final class NumericsPage {

    private static final Path PAGE =
            Path.of("").toAbsolutePath().getParent().resolve("docs").resolve("numerics.md");

    private NumericsPage() {}

    /** Writes the table under a head anew where it is stale, and fails then: look at the page, and commit it. */
    static void assertTable(String head, String rows) throws IOException {
        String page = Files.readString(PAGE);
        int from = page.indexOf(head) + head.length();
        int to = page.indexOf("\n\n", from) + 1;
        String fresh = page.substring(0, from) + rows + page.substring(to);

        if (!fresh.equals(page)) {
            Files.writeString(PAGE, fresh);
        }

        assertThat(fresh)
                .as("docs/numerics.md was stale and has been written anew")
                .isEqualTo(page);
    }
}
