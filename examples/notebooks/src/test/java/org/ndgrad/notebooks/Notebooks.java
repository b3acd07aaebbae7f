package org.ndgrad.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;

/** The notebooks of this project. */
final class Notebooks {

    static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();
    static final Path FOLDER = ROOT.resolve("docs/notebooks");

    private Notebooks() {}

    static List<Source> all() {
        return Source.all(FOLDER);
    }

    /** Returns those of the teaching documents, which are numbered. */
    static List<Source> documents() {
        return all().stream().filter(Notebooks::isDocument).toList();
    }

    /** Returns all others. */
    static List<Source> guides() {
        return all().stream().filter(source -> !isDocument(source)).toList();
    }

    private static boolean isDocument(Source source) {
        return Character.isDigit(source.name().charAt(0));
    }

    /** Runs notebooks from top to bottom and returns what they expect. */
    static List<Recording.Expectation> run(List<Source> sources) {
        return sources.stream().flatMap(source -> run(source).stream()).toList();
    }

    private static List<Recording.Expectation> run(Source source) {
        Runner.Run run = Runner.run(source);
        assertThat(run.outputs()).hasSameSizeAs(source.codeCells());
        return run.expectations();
    }
}
