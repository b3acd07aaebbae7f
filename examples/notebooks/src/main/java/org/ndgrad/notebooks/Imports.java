package org.ndgrad.notebooks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.ndgrad.notebook.Notebook;

/** What brings the library in, at the top of every form: the imports of {@code imports.jsh}. */
final class Imports {

    private Imports() {}

    static List<String> lines() {
        try (InputStream resource = Objects.requireNonNull(Notebook.class.getResourceAsStream("imports.jsh"))) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("import "))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the imports as one line, which every shell and kernel for Java takes. */
    static String oneLine() {
        return String.join(" ", lines());
    }
}
