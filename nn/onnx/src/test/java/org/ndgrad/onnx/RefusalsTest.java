package org.ndgrad.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.Activations;
import org.ndgrad.nn.BatchNorm1d;
import org.ndgrad.nn.Dropout;
import org.ndgrad.nn.Linear;
import org.ndgrad.nn.Lstm;
import org.ndgrad.nn.RnnOptions;
import org.ndgrad.nn.Sequential;

/** What cannot be written is refused by name, and leaves the model and an old file as they are. */
class RefusalsTest {

    private final Linear model = new Linear(4, 3);
    private Path file;

    @BeforeEach
    void oldFile(@TempDir Path folder) throws IOException {
        file = folder.resolve("model.onnx");
        Files.writeString(file, "old");
    }

    private void refuses(Function<Tensor, Tensor> forward, String... parts) throws IOException {
        assertThatThrownBy(() -> Onnx.export(
                        model,
                        in -> List.of(forward.apply(model.forward(in.get(0)))),
                        List.of(Tensor.randn(2, 4)),
                        file,
                        OnnxOptions.defaults()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Onnx.export: expected ")
                .hasMessageContainingAll(parts);
        assertThat(file).hasContent("old");
        assertThat(model.isTraining()).isTrue();
    }

    @Test
    void operationsWithoutCounterpart() throws IOException {
        refuses(Tensor::lgamma, "'lgamma'", "export the part of the model before it");
        refuses(x -> x.get(x.gt(0)), "'get'");
    }

    @Test
    void valuesThatJavaReads() throws IOException {
        refuses(x -> x.mul(x.sum().item()), "same settings of 'mul'");
        refuses(
                x -> x.add(Tensor.of(x.toDoubleArray()).reshape(x.shape())),
                "an argument of 'reshape'",
                "reads elements");
    }

    @Test
    void whatIsCalledOnAFamily() throws IOException {
        refuses(x -> Activations.gelu(x).mul(2), "'mul'", "x.gelu() instead of Activations.gelu(x)");
    }

    @Test
    void callsThatDependOnTheBatch() throws IOException {
        refuses(x -> x.size(0) > 2 ? x.exp() : x.sin(), "same operations for every batch size", "'sin'");
    }

    @Test
    void changesInPlace() {
        assertThatThrownBy(() -> Onnx.export(
                        model,
                        in -> List.of(model.forward(in.get(0)).relu_()),
                        List.of(Tensor.randn(2, 4)),
                        file,
                        OnnxOptions.defaults()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("changed in place by 'relu_'. Use the operation without the underscore.");
        assertThat(file).hasContent("old");
        assertThat(model.isTraining()).isTrue();
    }

    @Test
    void aProjection() throws IOException {
        Lstm lstm = new Lstm(3, 4, RnnOptions.defaults().withProjection(2));
        refuses(x -> lstm.forward(x.unsqueeze(0)).output(), "'Lstm'", "with a projection");
    }

    @Test
    void examplesOfTheWrongShape() {
        assertThatThrownBy(() -> Onnx.export(model, Tensor.randn(2, 5), file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("OnnxOptions.withBatchDim");
        assertThatThrownBy(() -> Onnx.export(model, Tensor.zeros(0, 4), file))
                .hasMessageContaining("at least one sample; got shape (0, 4)");
    }

    @Test
    void filesThatCannotBeWritten() {
        assertThatThrownBy(() -> Onnx.export(
                        model, Tensor.randn(2, 4), file.resolve("below").resolve("a.onnx")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("Make its directory");
    }

    @Test
    void namesThatAreNotTheirOwn() {
        assertThatThrownBy(() -> OnnxOptions.defaults().withInputNames("x").withOutputNames("x"))
                .hasMessageContaining("expected a name of its own");
        assertThatThrownBy(() -> Onnx.export(
                        model, Tensor.randn(2, 4), file, OnnxOptions.defaults().withInputNames("a", "b")))
                .hasMessageContaining("expected a name for each input");
    }

    @Test
    void modesStay() {
        Dropout dropout = new Dropout(0.5);
        Sequential mixed = new Sequential(new Linear(4, 4), new BatchNorm1d(4), dropout);
        dropout.eval();
        Tensor weight = mixed.parameters().values().iterator().next().clone();

        Onnx.export(mixed, Tensor.randn(2, 4), file);

        assertThat(mixed.isTraining()).isTrue();
        assertThat(dropout.isTraining()).isFalse();
        assertThat(mixed.parameters().values().iterator().next().equal(weight)).isTrue();
    }

    @Test
    void parametersHaveTheirNames() throws IOException {
        Onnx.export(model, Tensor.randn(2, 4), file);

        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                .contains("weight", "bias", "batch", "input", "output");
    }
}
