package org.ndgrad.nn.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;

class AtomicFileTest {

    /** {@code .ci/kills} takes a hundred. */
    private static final int KILLS = Integer.getInteger("kills", 10);

    private static final int LONGEST_MILLIS = 40;

    @TempDir
    Path folder;

    @Test
    void aKilledProcessLeavesAWholeFile() throws IOException, InterruptedException {
        Path target = folder.resolve("model.safetensors");
        Path zeros = folder.resolve("zeros");
        Path ones = folder.resolve("ones");
        Safetensors.saveFile(Map.of("x", Tensor.zeros(DataType.FLOAT, 1 << 18)), zeros);
        Safetensors.saveFile(Map.of("x", Tensor.ones(DataType.FLOAT, 1 << 18)), ones);
        List<byte[]> whole = List.of(Files.readAllBytes(zeros), Files.readAllBytes(ones));
        Random random = new Random(0);
        for (int i = 0; i < KILLS; i++) {
            Files.deleteIfExists(target);
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-Xshare:auto",
                            "-cp",
                            System.getProperty("java.class.path"),
                            WritesOnAndOn.class.getName(),
                            target.toString(),
                            zeros.toString(),
                            ones.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (BufferedReader out = process.inputReader(UTF_8)) {
                assertThat(out.readLine()).isEqualTo("begun");
                Thread.sleep(random.nextInt(LONGEST_MILLIS));
            } finally {
                process.destroyForcibly().waitFor();
            }
            byte[] left = Files.readAllBytes(target);
            assertThat(whole).as("kill %s", i).anyMatch(each -> Arrays.equals(each, left));
        }
    }

    private static void write(Path file) {
        AtomicFile.write("Test", file, channel -> channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3})));
    }

    private void leave(String name, Duration ago) throws IOException {
        Path file = Files.createFile(folder.resolve(name));
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(ago)));
    }

    @Test
    void whatKilledProcessesLeftIsDeletedAfterAnHour() throws IOException {
        leave(".a.pt.0123456789abcdef.part", Duration.ofHours(2));
        leave(".a.pt.f.part", Duration.ofMinutes(10));
        leave(".a.pt.mine.part", Duration.ofHours(2));
        leave(".b.pt.f.part", Duration.ofHours(2));
        leave("a.pt.f.part", Duration.ofHours(2));

        write(folder.resolve("a.pt"));

        assertThat(folder)
                .isDirectoryNotContaining("glob:**/.a.pt.0123456789abcdef.part")
                .isDirectoryContaining("glob:**/.a.pt.f.part")
                .isDirectoryContaining("glob:**/.a.pt.mine.part")
                .isDirectoryContaining("glob:**/.b.pt.f.part")
                .isDirectoryContaining("glob:**/a.pt.f.part");
        assertThat(folder.resolve("a.pt")).hasBinaryContent(new byte[] {1, 2, 3});
    }

    @Test
    void aWriterThatThrowsLeavesWhatWasThere() throws IOException {
        Path file = folder.resolve("a.pt");
        write(file);

        assertThatThrownBy(() -> AtomicFile.write("Test", file, channel -> {
                    channel.write(ByteBuffer.wrap(new byte[100]));
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");

        assertThat(file).hasBinaryContent(new byte[] {1, 2, 3});
        try (Stream<Path> all = Files.list(folder)) {
            assertThat(all).containsExactly(file);
        }
    }
}
