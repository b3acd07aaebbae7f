package org.ndgrad.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.ndgrad.autograd.Tensor;

/** What a program prints and leaves, and numbers beside those of a reference implementation. */
final class ProgramOutput {

    private ProgramOutput() {}

    /** Runs a program and returns what it prints, with lines ended by \n. */
    static String of(Runnable program) {
        PrintStream before = System.out;
        var bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, UTF_8));
        try {
            program.run();
        } finally {
            System.setOut(before);
        }
        return bytes.toString(UTF_8).replace("\r\n", "\n");
    }

    /** Checks that a folder holds these files and no others, none of them small. */
    static void assertPictures(Path folder, String... names) {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files)
                    .allSatisfy(file -> assertThat(file).hasExtension("png"))
                    .allSatisfy(file -> assertThat(Files.size(file)).isGreaterThan(5000))
                    .extracting(file -> String.valueOf(file.getFileName()))
                    .containsExactlyInAnyOrder(names);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void assertClose(Tensor actual, double... expected) {
        assertClose(actual.toDoubleArray(), expected);
    }

    static void assertClose(double actual, double expected) {
        assertClose(new double[] {actual}, expected);
    }

    /** Compares to 1e-9 of the expected numbers, and to 1e-14 where that is less. */
    static void assertClose(double[] actual, double... expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i])
                    .as("number %s", i)
                    .isCloseTo(expected[i], within(1e-14 + 1e-9 * Math.abs(expected[i])));
        }
    }
}
