package org.ndgrad.nn.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.google.common.base.Splitter;
import com.google.common.io.MoreFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ndgrad.nn.conformance.Runner;

/** No file does more than be refused, in one line, with little memory and soon. */
class HostileFilesTest {

    /** One takes a few milliseconds; more is for a machine that does much else. */
    private static final long MOST_MILLIS = 5000;

    @TempDir
    static Path folder;

    private static List<Path> files;

    @BeforeAll
    static void makeFiles() throws IOException {
        HostileFiles.write(folder);
        for (String samples : new String[] {"safetensors", "npy"}) {
            try (Stream<Path> all = Files.list(Runner.own(samples))) {
                for (Path file : all.toList()) {
                    Files.copy(file, folder.resolve(file.getFileName()));
                }
            }
        }
        try (Stream<Path> all = Files.list(folder)) {
            files = all.sorted().toList();
        }
    }

    private static boolean isBad(String name) {
        return name.startsWith("bad") || name.startsWith("refused") || name.startsWith("strict_duplicate");
    }

    private static boolean isAny(String name) {
        return name.startsWith("any");
    }

    @Test
    void thereAreManyBadFiles() {
        assertThat(files.stream().filter(file -> isBad(file.getFileName().toString())))
                .hasSizeGreaterThan(300);
    }

    @Test
    void eachIsRefusedWithOneMessage() {
        for (Path file : files) {
            String name = file.getFileName().toString();
            try {
                load(file);
                if (isBad(name)) {
                    fail(name + " was read");
                }
            } catch (IllegalArgumentException e) {
                assertThat(isBad(name) || isAny(name)).as(name + " " + e).isTrue();
                assertThat(e.getMessage())
                        .as(name)
                        .contains("expected ", "; got ")
                        .hasLineCount(1);
            }
        }
    }

    private static void load(Path file) {
        switch (MoreFiles.getFileExtension(file)) {
            case "safetensors" -> Safetensors.loadFile(file);
            case "npy" -> Numpy.load(file);
            case "npz" -> Numpy.loadz(file);
            case "ckpt" -> new Checkpoint().load(file);
            default -> Torch.load(file);
        }
    }

    @Test
    void littleMemoryIsEnoughToInspectThem() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        InspectsAll.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), UTF_8)
                .lines()
                .toList();

        assertThat(process.waitFor()).isZero();
        assertThat(lines).hasSameSizeAs(files);
        for (String line : lines) {
            List<String> cells = Splitter.on('\t').splitToList(line);
            String name = cells.get(0);
            boolean isRefused = cells.get(1).equals("2");
            assertThat(cells.get(1)).as(line).matches(isAny(name) ? "[02]" : isBad(name) ? "2" : "0");
            assertThat(cells.get(2)).as(line).matches(isRefused ? "0" : "[1-9][0-9]*");
            assertThat(cells.get(3)).as(line).isEqualTo(isRefused ? "1" : "0");
            assertThat(Long.parseLong(cells.get(4))).as(line).isLessThan(MOST_MILLIS);
        }
    }
}
