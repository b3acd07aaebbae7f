package org.ndgrad.nn.io;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Linear;
import org.ndgrad.nn.conformance.Runner;
import org.ndgrad.nn.optim.Sgd;
import org.ndgrad.nn.optim.SgdOptions;

class InspectTest {

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream error = new ByteArrayOutputStream();

    private int run(Object... args) {
        String[] texts = Arrays.stream(args).map(Object::toString).toArray(String[]::new);
        return Inspect.run(texts, new PrintStream(out, true, UTF_8), new PrintStream(error, true, UTF_8));
    }

    private String table(Path file) {
        assertThat(run(file)).as(error.toString(UTF_8)).isZero();
        assertThat(error.size()).isZero();
        return out.toString(UTF_8);
    }

    @Test
    void aModelIsATable() {
        assertThat(table(Runner.own("safetensors").resolve("ok_mlp.safetensors")))
                .isEqualTo("""
                name        type     shape    bytes  finite
                fc1.bias    float32  [16]        64  yes
                fc1.weight  float32  [16, 4]    256  yes
                fc2.bias    float32  [3]         12  yes
                fc2.weight  float32  [3, 16]    192  yes
                safetensors: 4 tensors, 131 elements, 524 bytes; all values finite
                format = pt
                made_by = numpy
                """);
    }

    @Test
    void aCheckpointIsATableWithItsStates() {
        Path file = folder.resolve("run.ckpt");
        Linear model = new Linear(2, 1);
        Sgd optimizer = new Sgd(model.parameters(), 0.5, SgdOptions.defaults().withMomentum(0.9));
        model.forward(Tensor.ones(DataType.FLOAT, 1, 2)).sum().backward();
        optimizer.step();
        new Checkpoint()
                .with("model", model)
                .with("optimizer", optimizer)
                .save(file, Map.of("epoch", 3, "best", Tensor.of(1.0, 2.0), "classes", List.of("a", "b")));

        assertThat(table(file))
                .containsPattern("model\\.weight +float32 +\\[1, 2] +8  yes\n")
                .containsPattern("values\\.best +float32 +\\[2] +8  yes\n")
                .contains("\ncheckpoint: 5 tensors, ", "\noptimizer.groups.0.lr = 0.5\n", "\ndefault_rng.seed = ")
                .contains("\nvalues.epoch = 3\n", "\nvalues.classes = [a, b]\n")
                .doesNotContain("$tensor", "TensorEntry");
    }

    /** Of every floating type, in every kind of file. */
    @Test
    void whatIsNotFiniteIsSeen() {
        for (DataType dtype : new DataType[] {DataType.FLOAT, DataType.DOUBLE, DataType.FLOAT16, DataType.BFLOAT16}) {
            Path file = folder.resolve("model.txt");
            for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
                Map<String, Tensor> tensors = ImmutableMap.of(
                        "good", Tensor.of(0.0, -1.0, 60_000).to(dtype),
                        "bad", Tensor.of(0.0, 1.0, value).to(dtype));
                Safetensors.saveFile(tensors, file);
                assertThat(table(file)).containsPattern("good .* yes\n").containsPattern("bad .* NO\n");
                out.reset();
                if (dtype != DataType.BFLOAT16) {
                    Numpy.savezCompressed(file, tensors);
                    assertThat(table(file)).containsPattern("good .* yes\n").containsPattern("bad .* NO\n");
                    assertThat(out.toString(UTF_8)).contains("2 tensors", "; 1 of them NOT FINITE\n");
                    out.reset();
                }
            }
        }
    }

    @Test
    void arraysOfNumPyAreTables() {
        assertThat(table(Runner.own("npy").resolve("keys.npy"))).isEqualTo("""
                name   type     shape   bytes  finite
                array  float64  [2, 3]     48  yes
                NumPy array: 1 tensor, 6 elements, 48 bytes; all values finite
                """);
        out.reset();
        assertThat(table(Runner.own("npy").resolve("big.npz")))
                .contains("uint16   uint16   [2, 3]     12  yes\n", "NumPy arrays: 12 tensors, 72 elements");
    }

    @Test
    void aCheckpointOfPyTorchIsATableWithItsValues() {
        assertThat(table(Runner.own("bridge").resolve("mlp-adam-float64-3-checkpoint.pt")))
                .containsPattern("model\\.[a-z0-9.]+weight +float64 +\\[")
                .contains("optimizer.state.0.exp_avg ")
                .contains("\nepoch = 3\n", "optimizer.param_groups.0.lr = 0.01\n", "foreach = None\n")
                .contains("\nPyTorch: ");
    }

    /** A matrix of a row with ∞ between others: what is beside it in its storage does not count. */
    @Test
    void onlyATensorsOwnElementsCount() throws IOException {
        String storage = "(X\7\0\0\0storagectorch\nFloatStorage\nX\1\0\0\0" + "0X\3\0\0\0cpuK\6tQ";
        String rebuild = "ctorch._utils\n_rebuild_tensor_v2\n(" + storage;
        String end = "\u0089ccollections\nOrderedDict\n)RtR";
        String pickle = "\u0080\2}(X\1\0\0\0a" + rebuild + "K\0K\2\u0085K\2\u0085" + end // 0, 2
                + "X\1\0\0\0b" + rebuild + "K\1K\2\u0085K\2\u0085" + end // 1, 3
                + "X\1\0\0\0c" + rebuild + "K\4K\2\u0085K\1\u0085" + end // 4, 5
                + "X\1\0\0\0d" + rebuild + "K\0K\2K\2\u0086K\1K\2\u0086" + end // 0, 2, 1, 3
                + "X\1\0\0\0e" + rebuild + "K\3K\0\u0085K\1\u0085" + end
                + "X\1\0\0\0f" + rebuild + "K\3))" + end + "u.";
        byte[] numbers = new byte[24];
        numbers[14] = (byte) 0x80; // of element 3, ∞
        numbers[15] = 0x7f;
        Path file = Files.write(
                folder.resolve("x"),
                Zips.of(
                        ZipEntry.STORED,
                        ImmutableMap.of("m/data.pkl", pickle.getBytes(ISO_8859_1), "m/data/0", numbers)));

        assertThat(table(file).lines().skip(1).limit(6).map(line -> line.charAt(0) + line.replaceAll(".* ", "")))
                .containsExactly("ayes", "bNO", "cyes", "dNO", "eyes", "fNO");
    }

    @Test
    void namesCannotDrawOnATerminal() {
        Path file = folder.resolve("x");
        Safetensors.saveFile(Map.of("a\n\u001b[31mb\u202e", Tensor.of(1.0)), file, Map.of("k\r", "v\n".repeat(100)));

        assertThat(table(file)).contains("a\\u000a\\u001b[31mb\\u202e  float32").hasLineCount(4);
    }

    @Test
    void whatIsWrongIsOneLine() throws IOException {
        assertThat(run()).isEqualTo(2);
        assertThat(run("a", "b")).isEqualTo(2);
        assertThat(run("none.pt")).isEqualTo(2);
        assertThat(run(folder)).isEqualTo(2);
        assertThat(run("a\0b")).isEqualTo(2);
        assertThat(run(Files.writeString(folder.resolve("text"), "hello, how are you?\n")))
                .isEqualTo(2);
        assertThat(error.toString(UTF_8).lines())
                .hasSize(6)
                .allMatch(line -> line.contains("expected ") && line.contains("got "));
        assertThat(out.size()).isZero();
    }
}
