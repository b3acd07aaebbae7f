package org.ndgrad.nn.io;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Linear;
import org.ndgrad.nn.conformance.Runner;
import org.ndgrad.nn.optim.Adam;
import org.ndgrad.nn.optim.Sgd;

/** Files are PyTorch's own, or written here instruction by instruction. */
class TorchTest {

    private static final Path CHECKPOINT = Runner.own("bridge").resolve("mlp-adam-float64-3-checkpoint.pt");

    /** A storage of four float32 numbers, the entry data/0. */
    private static final String STORAGE = "(X\7\0\0\0storagectorch\nFloatStorage\nX\1\0\0\0" + "0X\3\0\0\0cpuK\4tQ";

    @TempDir
    Path folder;

    private Path file(String pickle) throws IOException {
        return file(pickle, ZipEntry.STORED, Map.of());
    }

    /** Writes a file with a pickle, whose characters are bytes, and the numbers 1, 2, 3, 4 as data/0. */
    private Path file(String pickle, int method, Map<String, String> others) throws IOException {
        Path file = folder.resolve("made.pt");
        Map<String, String> entries = ImmutableMap.<String, String>builder()
                .put("data.pkl", pickle)
                .put("data/0", "\0\0\u0080?\0\0\0@\0\0@@\0\0\u0080@")
                .putAll(others)
                .buildOrThrow();
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, String> each : entries.entrySet()) {
                byte[] bytes = each.getValue().getBytes(ISO_8859_1);
                ZipEntry entry = new ZipEntry("made/" + each.getKey());
                entry.setMethod(method);
                CRC32 sum = new CRC32();
                sum.update(bytes);
                entry.setCrc(sum.getValue());
                entry.setSize(bytes.length);
                zip.putNextEntry(entry);
                zip.write(bytes);
                zip.closeEntry();
            }
        }
        return file;
    }

    private static String tensor(int offset, String shape, String strides) {
        return tensor(offset, shape, strides, "");
    }

    /** Takes marks as PyTorch writes them behind a tensor that is not what its storage says. */
    private static String tensor(int offset, String shape, String strides, String marks) {
        return "ctorch._utils\n_rebuild_tensor_v2\n(" + STORAGE + "K" + (char) offset + shape + strides
                + "\u0089ccollections\nOrderedDict\n)R" + marks + "tR";
    }

    private void assertRefused(String pickle, String message) throws IOException {
        Path file = file(pickle);
        assertThatThrownBy(() -> Torch.load(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageEndingWith("Save model.state_dict() with torch.save.");
    }

    @Test
    @SuppressWarnings("unchecked")
    void aCheckpointIsMapsListsTensorsAndValues() {
        Map<String, Object> all = (Map<String, Object>) Torch.load(CHECKPOINT);

        assertThat(all).containsOnlyKeys("model", "optimizer", "epoch").containsEntry("epoch", 3L);
        Map<String, Object> group =
                ((List<Map<String, Object>>) ((Map<String, Object>) all.get("optimizer")).get("param_groups")).get(0);
        assertThat(group)
                .containsEntry("lr", 0.01)
                .containsEntry("betas", List.of(0.9, 0.999))
                .containsEntry("amsgrad", false)
                .containsEntry("foreach", null);
        assertThatThrownBy(all::clear).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aStateDictWithinOthersIsFoundByItsKey() {
        Map<String, Tensor> weights = Torch.loadStateDict(CHECKPOINT, "model");

        assertThat(weights.keySet())
                .containsExactlyElementsOf(
                        Torch.loadStateDict(Runner.own("bridge").resolve("mlp-adam-float64-3.pt"))
                                .keySet());
        assertThatThrownBy(() -> Torch.loadStateDict(CHECKPOINT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Torch: expected tensors by name in " + CHECKPOINT
                        + "; got a dict of [model, optimizer, epoch]. Name the entry that holds them, as in"
                        + " loadStateDict(file, \"model\").");
        assertThatThrownBy(() -> Torch.loadStateDict(CHECKPOINT, "weights"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Torch: expected an entry 'weights' in " + CHECKPOINT
                        + "; got a dict of [model, optimizer, epoch]. Take one that is there.");
    }

    @Test
    void anOptimizerOfOtherParametersIsRefusedAndStaysAsItWas() {
        Adam adam = new Adam(new Linear(2, 1).parameters(), 0.5);

        assertThatThrownBy(() -> Torch.loadOptimizer(CHECKPOINT, adam, "optimizer"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected the state of an optimizer of 2 parameters; got one that counts to 2.");
        assertThatThrownBy(() -> Torch.loadOptimizer(CHECKPOINT, new Sgd(new Linear(2, 1).parameters(), 1), "model"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected the state of an optimizer in ");
        assertThat(adam.learningRate()).isEqualTo(0.5);
    }

    @Test
    void stridesOffsetsAndSharedMemoryAreKept() throws IOException {
        String transposed = tensor(0, "K\2K\2\u0086", "K\1K\2\u0086");
        String last = tensor(3, ")", ")");
        Path file = file("\u0080\2}(X\1\0\0\0t" + transposed + "X\1\0\0\0l" + last + "u.");

        Map<String, Tensor> tensors = Torch.loadStateDict(file);

        assertThat(tensors.get("t").dtype()).isEqualTo(DataType.FLOAT);
        assertThat(tensors.get("t").toDoubleArray()).containsExactly(1, 3, 2, 4);
        assertThat(tensors.get("l").item()).isEqualTo(4);
        tensors.get("l").fill_(7);
        assertThat(tensors.get("t").get(1, 1).item()).isEqualTo(7);
    }

    /** What {@code torch.tensor([1 + 2j, 3 + 4j]).conj().imag} and its like become in a file. */
    @Test
    void negativeViewsHaveTheOtherSign() throws IOException {
        String negative = "}X\3\0\0\0neg\u0088s";
        String imaginary = tensor(1, "K\2\u0085", "K\2\u0085", negative);
        String transposed = tensor(0, "K\2K\2\u0086", "K\1K\2\u0086", negative);
        String plain = tensor(0, "K\4\u0085", "K\1\u0085", "}X\3\0\0\0neg\u0089s");
        String unmarked = tensor(3, ")", ")", "N");
        Path file = file("\u0080\2}(X\1\0\0\0i" + imaginary + "X\1\0\0\0t" + transposed + "X\1\0\0\0p" + plain
                + "X\1\0\0\0u" + unmarked + "u.");

        Map<String, Tensor> tensors = Torch.loadStateDict(file);

        assertThat(tensors.get("i").toDoubleArray()).containsExactly(-2, -4);
        assertThat(tensors.get("t").toDoubleArray()).containsExactly(-1, -3, -2, -4);
        assertThat(tensors.get("p").toDoubleArray()).containsExactly(1, 2, 3, 4);
        assertThat(tensors.get("u").item()).isEqualTo(4);
        tensors.get("i").fill_(7);
        assertThat(tensors.get("t").get(1, 1).item()).isEqualTo(7);
        assertThat(tensors.get("p").toDoubleArray()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void marksThatSayMoreThanTheSignAreRefused() throws IOException {
        String conjugate = "}X\4\0\0\0conj\u0088s";
        assertRefused(tensor(0, ")", ")", conjugate) + ".", "got one marked 'conj'");
        assertRefused(tensor(0, ")", ")", "}X\3\0\0\0negK\1s") + ".", "got one marked 'neg'");
        assertRefused(tensor(0, ")", ")", "K\1") + ".", "expected the marks of a tensor as a dict");
    }

    /** Pickles of other protocols, and values on their own. */
    @ParameterizedTest
    @CsvSource({
        "'\u0080\4\u0095\0\0\0\0\0\0\0\0K\5.', 5",
        "'\u008a\0.', 0",
        "'\u008a\1\u00ff.', -1",
        "'\u008a\2\0\1.', 256",
        "'J\u00fe\u00ff\u00ff\u00ff.', -2",
        "'M\u00ff\u00ff.', 65535",
    })
    void wholeNumbersAreRead(String pickle, long value) throws IOException {
        assertThat(Torch.load(file(pickle))).isEqualTo(value);
    }

    @Test
    void plainValuesAreRead() throws IOException {
        assertThat(Torch.load(file("G?\u00f0\0\0\0\0\0\0."))).isEqualTo(1.0);
        assertThat(Torch.load(file("N."))).isNull();
        assertThat(Torch.load(file("](\u0088\u0089e."))).isEqualTo(List.of(true, false));
        assertThat(Torch.load(file("\u008c\2hi\u0094h\0\u0086."))).isEqualTo(List.of("hi", "hi"));
        assertThat(Torch.load(file("}K\1K\2s."))).isEqualTo(Map.of(1L, 2L));
    }

    @Test
    void namesThatCouldDoAnythingAreRefused() throws IOException {
        assertRefused("cos\nsystem\nX\4\0\0\0true\u0085R.", "got the Python name os.system, which could do anything");
        assertRefused("\u008c\2os\u008c\6system\u0093.", "got the Python name os.system");
        assertRefused("c__main__\nNet\n)\u0081}b.", "got the Python name __main__.Net");
        assertRefused("K\1\u0085K\2R.", "arguments of a call");
        assertRefused("K\1)R.", "expected a call that makes a tensor or a dict");
        assertRefused("K\1Q.", "expected a storage");
        assertRefused("i__builtin__\neval\n.", "got the instruction 0x69 at byte 0");
    }

    @Test
    void valuesThatHoldThemselvesOrTooManyOthersAreRefused() throws IOException {
        assertRefused("]q\0h\0a.", "or one that holds itself");
        assertRefused("]".repeat(200) + "a".repeat(199) + ".", "at most 100 deep");
        StringBuilder bomb = new StringBuilder("]K\1aq\0");
        for (int i = 0; i < 60; i++) {
            bomb.append("](h\0h\0eq\0");
        }
        assertRefused(bomb + ".", "expected at most 4194304 values");
        assertRefused("N" + "\u0094".repeat(600_000) + ".", "refers to at most 524288 values");
    }

    @Test
    void tensorsBeyondTheirStorageAreRefused() throws IOException {
        assertRefused(tensor(1, "K\4\u0085", "K\1\u0085") + ".", "within its storage of 4 elements");
        assertRefused(tensor(0, "J\u00ff\u00ff\u00ff\u00ff\u0085", "K\1\u0085") + ".", "within its storage");
        assertRefused(tensor(0, "K\2\u0085", "J\u00ff\u00ff\u00ff\u00ff\u0085") + ".", "within its storage");
        String large = "\u008a\u0008\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f";
        assertRefused(tensor(0, large + "\u0085", large + "\u0085") + ".", "within its storage");
        assertRefused(tensor(0, "K\2\u0085", ")") + ".", "within its storage");
        assertRefused(STORAGE.replace("K\4t", "K\5t") + ".", "expected storage '0' of at most 16 bytes");
        assertRefused(STORAGE.replace("0X\3", "1X\3") + ".", "expected an entry data/1");
    }

    @Test
    void compressedAndForeignFilesAreRefused() throws IOException {
        Path compressed = file("N.", ZipEntry.DEFLATED, Map.of());
        assertThatThrownBy(() -> Torch.load(compressed))
                .hasMessageContaining("expected entries that are not compressed");
        Path big = file("N.", ZipEntry.STORED, Map.of("byteorder", "big"));
        assertThatThrownBy(() -> Torch.load(big)).hasMessageContaining("expected bytes in the order 'little'; got big");
        Path text = Files.writeString(folder.resolve("text.pt"), "hello");
        assertThatThrownBy(() -> Torch.load(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("Files of PyTorch before 1.6 are to be saved anew by a newer one.");
        assertThatThrownBy(() -> Torch.load(Path.of("none.pt")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("Torch: expected a file none.pt; got none.");
    }

    /** Whatever is cut off or changed in the pickle, the file is refused or read, and never more than that. */
    @Test
    void noDamageDoesMoreThanBeRefused() throws IOException {
        byte[] good;
        try (ZipFile zip = new ZipFile(CHECKPOINT.toFile())) {
            good = zip.getInputStream(zip.getEntry("mlp-adam-float64-3-checkpoint/data.pkl"))
                    .readAllBytes();
        }
        for (int i = 0; i < good.length; i += 3) {
            byte[] flipped = good.clone();
            flipped[i] ^= (byte) (1 << (i / 3 % 8));
            for (byte[] bytes : List.of(Arrays.copyOf(good, i), flipped)) {
                Path file = file(new String(bytes, ISO_8859_1));
                assertThatThrownBy(() -> {
                            Torch.load(file);
                            throw new IllegalArgumentException("; got nothing wrong");
                        })
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("; got ");
            }
        }
    }
}
