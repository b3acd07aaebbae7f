package org.ndgrad.nn.io;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A program that inspects every file of a folder, and prints what came of it: name, exit code, lines, milliseconds. */
final class InspectsAll {

    private InspectsAll() {}

    /** Takes the folder. */
    public static void main(String[] args) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(Path.of(args[0]))) {
            files = all.sorted().toList();
        }
        for (Path file : files) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ByteArrayOutputStream error = new ByteArrayOutputStream();
            long begin = System.nanoTime();
            String code;
            try {
                code = String.valueOf(Inspect.run(
                        new String[] {file.toString()},
                        new PrintStream(out, false, UTF_8),
                        new PrintStream(error, true, UTF_8)));
            } catch (Throwable e) { // what must not come
                code = e.toString();
            }
            System.out.println(file.getFileName() + "\t" + code + "\t" + lines(out) + "\t" + lines(error) + "\t"
                    + (System.nanoTime() - begin) / 1_000_000 + "\t"
                    + error.toString(UTF_8).strip());
        }
    }

    private static long lines(ByteArrayOutputStream text) {
        return text.toString(UTF_8).lines().count();
    }
}
