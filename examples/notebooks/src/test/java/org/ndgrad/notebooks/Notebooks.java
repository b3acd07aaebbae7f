package org.ndgrad.notebooks;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The notebooks of this project; each runs once, whichever test asks first. */
final class Notebooks {

    static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();
    static final Path FOLDER = ROOT.resolve("docs/notebooks");

    private static final Map<String, Runner.Run> RUNS = new ConcurrentHashMap<>();

    private Notebooks() {}

    static List<Source> all() {
        return Source.all(FOLDER);
    }

    static Runner.Run run(Source source) {
        return RUNS.computeIfAbsent(source.name(), name -> Runner.run(source));
    }
}
