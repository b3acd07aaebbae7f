package org.ndgrad.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.BatchNorm2d;
import org.ndgrad.nn.Conv2d;
import org.ndgrad.nn.ConvLayerOptions;
import org.ndgrad.nn.Dropout;
import org.ndgrad.nn.Embedding;
import org.ndgrad.nn.Evaluation;
import org.ndgrad.nn.Flatten;
import org.ndgrad.nn.Gelu;
import org.ndgrad.nn.Gru;
import org.ndgrad.nn.Layer;
import org.ndgrad.nn.LayerNorm;
import org.ndgrad.nn.Linear;
import org.ndgrad.nn.Lstm;
import org.ndgrad.nn.MaskOptions;
import org.ndgrad.nn.MaxPool2d;
import org.ndgrad.nn.Relu;
import org.ndgrad.nn.RnnOptions;
import org.ndgrad.nn.Sequential;
import org.ndgrad.nn.Tanh;
import org.ndgrad.nn.TransformerEncoder;
import org.ndgrad.nn.TransformerEncoderLayer;
import org.ndgrad.nn.TransformerOptions;
import org.ndgrad.nn.io.Safetensors;

/** Whole models give in onnxruntime what they give here, for batches of any size. */
class ModelsTest {

    private static final double TOLERANCE = 1e-5;

    private static final class Cnn extends Layer {
        private final Sequential features = new Sequential(
                new Conv2d(1, 6, 3, ConvLayerOptions.defaults().withPadding(1)),
                new BatchNorm2d(6),
                new Relu(),
                new MaxPool2d(2),
                new Conv2d(6, 8, 3),
                new BatchNorm2d(8),
                new Relu());
        private final Linear head = new Linear(8, 4);

        @Override
        public Tensor forward(Tensor x) {
            return head.forward(features.forward(x).mean(2, 3));
        }
    }

    private static final class Tagger extends Layer {
        private final Embedding embedding = new Embedding(11, 5);
        private final Lstm lstm = new Lstm(
                5,
                7,
                RnnOptions.defaults().withLayers(2).withBidirectional(true).withBatchFirst(true));
        private final Linear out = new Linear(14, 3);

        @Override
        public Tensor forward(Tensor x) {
            return out.forward(lstm.forward(embedding.forward(x)).output().select(1, -1));
        }
    }

    private static final class Encoder extends Layer {
        private final TransformerEncoder layers = new TransformerEncoder(
                8,
                2,
                TransformerOptions.defaults()
                        .withFeedForward(16)
                        .withBatchFirst(true)
                        .withEncoderLayers(2));
        private final Linear out = new Linear(8, 3);

        @Override
        public Tensor forward(Tensor x) {
            return out.forward(layers.forward(x).mean(1));
        }
    }

    /** One's own arithmetic between layers, a buffer made anew for each batch, and sizes that follow the batch. */
    private static final class Own extends Layer {
        private final Linear first = new Linear(6, 8);
        private final Gru gru = new Gru(4, 4, RnnOptions.defaults().withBatchFirst(true));
        private final Tensor scale = Tensor.of(0.5, 2.0, -1.0, 1.0).requiresGrad(true);
        private final Dropout dropout = new Dropout(0.5);

        @Override
        public Tensor forward(Tensor x) {
            long batch = x.size(0);
            Tensor halves = first.forward(x).reshape(batch * 2, 4);
            Tensor mixed = halves.mul(scale)
                    .add(1)
                    .sub(halves.square().mean(1).unsqueeze(1))
                    .sigmoid();
            Tensor steps = mixed.reshape(batch, 2, 4);
            Tensor start = Tensor.zeros(1, batch, 4).add(0.25);
            Gru.Result result = gru.forward(steps, start);
            Tensor all = Tensor.ones(batch, 1);
            return dropout.forward(
                            result.output().flatten(1).mul(all).div(batch).mul(all.sum()))
                    .add(result.hidden().squeeze(0).repeat(1, 2));
        }
    }

    private static final class Causal extends Layer {
        private final TransformerEncoderLayer layer = new TransformerEncoderLayer(
                8, 2, TransformerOptions.defaults().withFeedForward(16).withBatchFirst(true));

        @Override
        public Tensor forward(Tensor x) {
            return layer.forward(x, MaskOptions.defaults().withCausal(true));
        }
    }

    static Stream<Arguments> models() {
        return Stream.of(
                model(
                        "mlp",
                        new Sequential(
                                new Linear(5, 9),
                                new Tanh(),
                                new Linear(9, 6),
                                new LayerNorm(6),
                                new Gelu(),
                                new Dropout(0.5),
                                new Linear(6, 3)),
                        n -> Tensor.randn(n, 5)),
                model("cnn", trained(new Cnn()), n -> Tensor.randn(n, 1, 8, 8)),
                model(
                        "flat cnn",
                        new Sequential(
                                new Conv2d(1, 4, 3), new Relu(), new MaxPool2d(2), new Flatten(), new Linear(36, 10)),
                        n -> Tensor.randn(n, 1, 8, 8)),
                model("tagger", new Tagger(), n -> Tensor.randint(0, 11, n, 6)),
                model("encoder", new Encoder(), n -> Tensor.randn(n, 5, 8)),
                model("causal", new Causal(), n -> Tensor.randn(n, 5, 8)),
                model("own", new Own(), n -> Tensor.randn(n, 6)));
    }

    private static Arguments model(String name, Layer model, LongFunction<Tensor> inputs) {
        return Arguments.of(name, model, inputs);
    }

    /** Running means and variances that are not 0 and 1. */
    private static Layer trained(Layer model) {
        Autograd.noGrad(() -> model.forward(Tensor.randn(16, 1, 8, 8).mul(3).add(1)));
        return model;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void runsElsewhere(String name, Layer model, LongFunction<Tensor> inputs, @TempDir Path folder)
            throws IOException, OrtException {
        Rng.manualSeed(1);
        Path files = Files.createDirectories(Path.of(System.getProperty("onnx.folder", folder.toString())));
        Path file = files.resolve(name + ".onnx");
        Onnx.export(model, inputs.apply(1), file);
        saveCase(model, inputs.apply(3), file.resolveSibling(name + ".safetensors"));
        for (long batch : new long[] {1, 4, 7}) {
            double apart = OnnxRuntime.difference(
                    model, in -> List.of(model.forward(in.get(0))), file, List.of(inputs.apply(batch)));
            assertThat(apart).as("batch of %s", batch).isLessThanOrEqualTo(TOLERANCE);
        }
    }

    /** What asks for the size of the batch can be written for one. */
    @Test
    void forAFixedBatch(@TempDir Path folder) throws OrtException {
        Linear model = new Linear(4, 3);
        Function<List<Tensor>, List<Tensor>> forward = in -> {
            Tensor y = model.forward(in.get(0));
            return List.of(y.size(0) > 2 ? y.exp() : y.sin());
        };
        Path file = folder.resolve("fixed.onnx");
        Onnx.export(
                model,
                forward,
                List.of(Tensor.randn(3, 4)),
                file,
                OnnxOptions.defaults().withFixedBatch());
        assertThat(OnnxRuntime.difference(model, forward, file, List.of(Tensor.randn(3, 4))))
                .isLessThanOrEqualTo(TOLERANCE);
    }

    /** For check_onnx.py. */
    private static void saveCase(Layer model, Tensor input, Path file) {
        Tensor output = Evaluation.of(model, () -> model.forward(input));
        Safetensors.saveFile(Map.of("input", input, "output", output), file);
    }
}
