package org.ndgrad.notebooks;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Makes the forms of the notebooks; {@code docs/notebooks/run} calls it. */
public final class Main {

    private static final String USAGE = "Main: expected check, store, scripts, notebooks or pages, the folder with the"
            + " sources, the folder to write to, and names of notebooks or none; got %s. See docs/notebooks/README.md.";

    private Main() {}

    /**
     * Makes a form of all notebooks, or of those named.
     *
     * @param args the form, the folder with the sources, the folder to write to, and names
     * @throws IOException if a file cannot be read or written
     */
    public static void main(String[] args) throws IOException {
        if (args.length < 3) {
            fail(USAGE.formatted(List.of(args)));
        }
        Path from = Path.of(args[1]);
        Path to = Files.createDirectories(Path.of(args[2]));
        List<String> names = Arrays.asList(args).subList(3, args.length);
        List<Source> sources = Source.all(from);
        for (String name : names) {
            if (sources.stream().noneMatch(source -> source.name().equals(name))) {
                fail("Main: expected the name of a notebook; got %s. Take one of %s."
                        .formatted(name, sources.stream().map(Source::name).toList()));
            }
        }
        int code = 0;
        for (Source source : sources) {
            if (names.isEmpty() || names.contains(source.name())) {
                try {
                    write(args[0], source, from, to);
                } catch (IllegalStateException e) {
                    System.err.println(e.getMessage());
                    code = 1;
                }
            }
        }
        // the threads of a notebook do not keep this from ending
        System.exit(code);
    }

    private static void write(String form, Source source, Path from, Path to) throws IOException {
        String name = source.name();
        switch (form) {
            case "store" -> Files.writeString(to.resolve(name + ".ipynb"), store(source));
            case "notebooks" -> Files.writeString(to.resolve(name + ".ipynb"), Ipynb.toText(Ipynb.of(source)));
            case "scripts" -> Files.writeString(to.resolve(name + ".jsh"), Script.of(source));
            case "pages" ->
                Page.write(
                        name,
                        new ObjectMapper()
                                .readTree(from.resolve(name + ".ipynb").toFile()),
                        to);
            default -> fail(USAGE.formatted(form));
        }
    }

    private static String store(Source source) {
        long start = System.nanoTime();
        Runner.Run run = Runner.run(source);
        System.out.printf("%s: %.1f s%n", source.name(), (System.nanoTime() - start) / 1e9);
        return Ipynb.toText(Ipynb.of(source, run.outputs()));
    }

    private static void fail(String message) {
        System.err.println(message);
        System.exit(2);
    }
}
