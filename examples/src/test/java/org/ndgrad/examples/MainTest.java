package org.ndgrad.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import com.google.common.collect.Iterables;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.io.Safetensors;

class MainTest {

    @TempDir
    private Path folder;

    @Test
    void listsTheExamplesOneLineEach() throws Exception {
        Launch launch = Launch.in(folder);

        assertThat(launch.exitCode()).isZero();
        assertThat(launch.err()).isEmpty();
        assertThat(launch.out().subList(1, launch.out().size()))
                .extracting(line -> line.strip().replaceFirst(" .*", ""))
                .containsExactly(
                        "breast-cancer",
                        "iris",
                        "wine",
                        "diabetes",
                        "perceptron",
                        "one-hidden-layer",
                        "from-scratch",
                        "sine",
                        "gaussian-pair",
                        "vanishing-gradients",
                        "overfitting",
                        "digits",
                        "fashion-mnist",
                        "variational-autoencoder",
                        "char-rnn",
                        "reverse-words",
                        "from-pytorch",
                        "resume",
                        "inspect",
                        "jshell",
                        "jupyter-install");
    }

    @Test
    void rejectsAnUnknownName() throws Exception {
        Launch launch = Launch.in(folder, "cosine");

        assertThat(launch.exitCode()).isEqualTo(2);
        assertThat(launch.out()).isEmpty();
        assertThat(launch.err()).singleElement().asString().contains("'cosine'", "sine", "gaussian-pair");
    }

    @Test
    void inspectsFilesOfTensors() throws Exception {
        Safetensors.saveFile(Map.of("w", Tensor.ones(2, 3)), folder.resolve("model.safetensors"));
        Launch launch = Launch.in(folder, "inspect", "model.safetensors");

        assertThat(launch.err()).isEmpty();
        assertThat(launch.exitCode()).isZero();
        assertThat(launch.out())
                .contains("w     float32  [2, 3]     24  yes")
                .contains("safetensors: 1 tensor, 6 elements, 24 bytes; all values finite");

        Launch without = Launch.in(folder, "inspect");

        assertThat(without.exitCode()).isEqualTo(2);
        assertThat(without.err())
                .containsExactly(
                        "inspect: expected one file; got 0 arguments. Name a file of safetensors, NumPy or PyTorch.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"digits", "fashion-mnist", "resume", "variational-autoencoder", "iris"})
    void seedThatIsNoNumberIsRefused(String name) throws Exception {
        Launch launch = Launch.in(folder, name, "first");

        assertThat(launch.exitCode()).isEqualTo(2);
        assertThat(launch.out()).isEmpty();
        assertThat(launch.err()).singleElement().asString().startsWith(name + ": expected a seed, a whole number");
    }

    @ParameterizedTest
    @CsvSource({
        "breast-cancer, loss.png predictions.png, test accuracy 0\\.9\\d\\d\\d",
        "sine, xor.png data.png validation.png test.png loss.png, Pictures: .*",
        "gaussian-pair, classes.png predictions.png boundaries.png, Pictures: .*"
    })
    void exampleRunsToTheEndAndLeavesItsPictures(String name, String pictures, String lastLine) throws Exception {
        Launch launch = Launch.in(folder, name);

        assertThat(launch.err()).isEmpty();
        assertThat(launch.exitCode()).isZero();
        assertThat(Iterables.getLast(launch.out())).matches(lastLine);
        List<Path> files = pngFiles(folder.resolve("out").resolve(name));
        assertThat(files)
                .extracting(file -> file.getFileName().toString())
                .containsExactlyInAnyOrderElementsOf(
                        Splitter.on(' ').omitEmptyStrings().split(pictures));
        for (Path file : files) {
            BufferedImage image = ImageIO.read(file.toFile());
            assertThat(image.getWidth()).as("width of %s", file).isGreaterThanOrEqualTo(400);
        }
    }

    private static List<Path> pngFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".png")).toList();
        }
    }
}
