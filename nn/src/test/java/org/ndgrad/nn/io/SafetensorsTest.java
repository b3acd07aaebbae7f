package org.ndgrad.nn.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Linear;
import org.ndgrad.nn.Sequential;
import org.ndgrad.nn.conformance.Runner;

class SafetensorsTest {

    @TempDir
    Path folder;

    private static Stream<Path> samples(String prefix) throws IOException {
        try (Stream<Path> files = Files.list(Runner.own("safetensors"))) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix)).sorted().toList().stream();
        }
    }

    static Stream<Path> good() throws IOException {
        return Stream.concat(samples("ok_"), samples("strict_leading"));
    }

    static Stream<Path> bad() throws IOException {
        return Stream.concat(samples("bad_"), samples("strict_duplicate"));
    }

    @ParameterizedTest
    @MethodSource("good")
    void goodFilesAreRead(Path file) {
        assertThat(Safetensors.loadFile(file)).isNotNull();
    }

    @ParameterizedTest
    @MethodSource("bad")
    void badFilesAreRefused(Path file) {
        assertThatThrownBy(() -> Safetensors.loadFile(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected ")
                .hasMessageContaining("; got ")
                .hasMessageEndingWith(". Save it anew, or get another copy.");
    }

    @Test
    void allTypesHaveTheirValues() {
        Map<String, Tensor> tensors =
                Safetensors.loadFile(Runner.own("safetensors").resolve("ok_all_dtypes.safetensors"));

        tensors.forEach((name, x) -> assertThat(x.toDoubleArray())
                .as(name)
                .containsExactly(
                        name.equals("bool") ? new double[] {0, 1, 1, 1, 1, 1} : new double[] {0, 1, 2, 3, 4, 5}));
        assertThat(tensors.get("uint16").dtype()).isEqualTo(DataType.INT32);
        assertThat(tensors.get("uint32").dtype()).isEqualTo(DataType.INT64);
    }

    @Test
    void infinityAndNanAreKept() {
        Map<String, Tensor> tensors =
                Safetensors.loadFile(Runner.own("safetensors").resolve("ok_nan_inf.safetensors"));

        assertThat(tensors.get("x").toDoubleArray())
                .containsExactly(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0);
    }

    /** Java arrays hold few elements, native memory many, and pieces of 64 KiB more. */
    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE", "HALF", "BFLOAT16", "BYTE", "SHORT", "INT", "LONG", "UBYTE", "BOOL"})
    void whatIsWrittenIsReadBack(DataType dtype) {
        Tensor many = Tensor.arange(200_003).remainder(101).to(dtype);
        Map<String, Tensor> tensors = ImmutableMap.of(
                "scalar", many.get(7),
                "few", many.slice(0, 3, 9).reshape(2, 3),
                "transposed", many.slice(0, 0, 6).reshape(2, 3).t(),
                "every other", many.slice(0, 1, 100_000, 2),
                "many", many,
                "none", many.slice(0, 0, 0).reshape(0, 4));
        Path file = folder.resolve("all.safetensors");

        Safetensors.saveFile(tensors, file);

        Map<String, Tensor> read = Safetensors.loadFile(file);
        assertThat(read).containsOnlyKeys(tensors.keySet());
        tensors.forEach((name, x) -> {
            assertThat(read.get(name).dtype()).isEqualTo(dtype);
            assertThat(read.get(name).shape()).isEqualTo(x.shape());
            assertThat(read.get(name).toDoubleArray()).as(name).isEqualTo(x.toDoubleArray());
        });
    }

    @Test
    void bitsOfNanAreKept() {
        Tensor x = Tensor.of(Float.intBitsToFloat(0x7fc12345), Float.intBitsToFloat(0xffc54321), 1f);
        Path file = folder.resolve("nan.safetensors");
        Path again = folder.resolve("again.safetensors");

        Safetensors.saveFile(Map.of("x", x), file);
        Safetensors.saveFile(Safetensors.loadFile(file), again);

        assertThat(again).hasSameBinaryContentAs(file);
    }

    @Test
    void aModelIsSavedAndLoaded() {
        Sequential model = new Sequential(new Linear(3, 4), new Linear(4, 2));
        Sequential other = new Sequential(new Linear(3, 4), new Linear(4, 2));
        Path file = folder.resolve("model.safetensors");

        Safetensors.saveFile(model.stateDict(), file);
        other.load(Safetensors.loadFile(file));

        Tensor x = Tensor.ones(1, 3);
        assertThat(other.forward(x).detach().toDoubleArray())
                .isEqualTo(model.forward(x).detach().toDoubleArray());
    }

    @Test
    void textIsKept() {
        Path file = folder.resolve("text.safetensors");

        Safetensors.saveFile(Map.of("x", Tensor.of(1.0)), file, Map.of("epoch", "3", "名", "\"é\\"));

        assertThat(Safetensors.metadata(file)).containsOnly(Map.entry("epoch", "3"), Map.entry("名", "\"é\\"));
    }

    @Test
    void theNameOfTheFormatsOwnEntryIsRefused() {
        assertThatThrownBy(() ->
                        Safetensors.saveFile(Map.of("__metadata__", Tensor.of(1.0)), folder.resolve("x.safetensors")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Safetensors: expected names other than __metadata__, which is the format's own; got it."
                        + " Rename that tensor.");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void noTextIsWrittenThatIsTooLongToBeRead() {
        Path file = folder.resolve("long.safetensors");
        String longest = "x".repeat(SafetensorsHeader.LONGEST_TEXT);
        Safetensors.saveFile(Map.of(), file, Map.of("log", longest));
        assertThat(Safetensors.metadata(file)).containsEntry("log", longest);
        assertThatThrownBy(() -> Safetensors.saveFile(Map.of(), file, Map.of("log", longest + "x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Safetensors: expected text of at most 20000000 characters as 'log', which is what is read; got"
                                + " 20000001. Keep long lists of numbers as tensors.");
        assertThat(Safetensors.metadata(file)).containsKey("log");
    }

    @Test
    void filesOfNumpyAreNamed() {
        Path array = folder.resolve("a.npy");
        Numpy.save(array, Tensor.ones(2));
        assertThatThrownBy(() -> Safetensors.loadFile(array))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a safetensors file; got a file of Numpy.load.");
        Path arrays = folder.resolve("a.npz");
        Numpy.savez(arrays, Map.of("x", Tensor.ones(2)));
        assertThatThrownBy(() -> Safetensors.loadFile(arrays))
                .hasMessageContaining(
                        "expected a safetensors file; got a zip archive, as files of Torch and Numpy.loadz");
    }

    @Test
    void aMissingFileOrFolderIsNamed() {
        assertThatThrownBy(() -> Safetensors.loadFile(Path.of("none.safetensors")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("Safetensors: expected a file none.safetensors; got none. It would be ");
        assertThatThrownBy(() -> Safetensors.saveFile(Map.of(), folder.resolve("none/x.safetensors")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("Safetensors: expected to write ")
                .hasMessageEndingWith(". Make its directory, or choose another.");
    }

    /** Whatever is cut off or changed, the file is refused or read, and never more than that. */
    @Test
    void noDamageDoesMoreThanBeRefused() throws IOException {
        byte[] good = Files.readAllBytes(Runner.own("safetensors").resolve("ok_mlp.safetensors"));
        Path file = folder.resolve("damaged.safetensors");
        int header = 8 + good[0] + 256 * good[1];
        for (int length = 0; length < good.length; length += length < header ? 1 : 97) {
            Files.write(file, Arrays.copyOf(good, length));
            assertThatThrownBy(() -> Safetensors.loadFile(file)).isInstanceOf(IllegalArgumentException.class);
        }
        for (int i = 0; i < header; i++) {
            byte[] flipped = good.clone();
            flipped[i] ^= (byte) (1 << (i % 8));
            Files.write(file, flipped);
            try {
                Safetensors.loadFile(file);
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageContaining("expected ");
            }
        }
    }
}
