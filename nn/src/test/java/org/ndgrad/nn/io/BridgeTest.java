package org.ndgrad.nn.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.MultimapBuilder;
import com.google.common.collect.Multimaps;
import com.google.common.collect.Streams;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Layer;
import org.ndgrad.nn.Losses;
import org.ndgrad.nn.conformance.Runner;
import org.ndgrad.nn.conformance.Verdict;
import org.ndgrad.nn.optim.Optimizer;

/**
 * Models that PyTorch has saved compute the same here, train the same, and go on from a checkpoint: for the folder
 * {@code -Dbridge.dir}, else the project's own; see {@link Runner}.
 *
 * <p>Not among the project's own is what Adam makes of gradients that are 0 but for rounding: those of a bias before
 * batch norm, and of attention's keys. It divides noise by its own size, so that each computer goes another way.
 */
class BridgeTest {

    private static final String NAME = "bridge";

    private static final ListMultimap<String, Verdict> VERDICTS =
            MultimapBuilder.treeKeys().arrayListValues().build();

    private record Run(JsonNode expected, Path folder, DataType dtype, double tolerance) {

        static Run of(Path file) {
            try {
                JsonNode json = new ObjectMapper().readTree(file.toFile());
                boolean isDouble = json.get("input").get("dtype").textValue().equals("float64")
                        || file.toString().contains("float64");
                return new Run(
                        json, file.getParent(), isDouble ? DataType.DOUBLE : DataType.FLOAT, isDouble ? 1e-10 : 1e-5);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String file(int index) {
            return expected.get("files").get(index).textValue();
        }

        Path safetensors(int index) {
            return folder.resolve(file(index) + ".safetensors");
        }

        Layer model() {
            return BridgeModels.model(expected.get("model").textValue(), dtype);
        }

        Optimizer optimizer(Layer model) {
            return BridgeModels.OPTIMIZERS
                    .get(expected.get("optimizer").textValue())
                    .apply(model.parameters());
        }

        Tensor input() {
            Tensor x = tensor(expected.get("input"));
            return expected.get("input").get("dtype").textValue().equals("int64") ? x.to(DataType.INT64) : x.to(dtype);
        }

        Tensor targets() {
            return tensor(expected.get("targets")).to(DataType.INT64);
        }

        /** Takes a step; checks its loss, and the gradients if they are given. */
        void step(Layer model, Optimizer optimizer, int number) {
            optimizer.zeroGrad();
            Tensor loss = Losses.crossEntropy(model.forward(input()), targets());
            loss.backward();
            check("loss " + number, loss.detach(), Tensor.of(DataType.DOUBLE, losses()[number]));
            if (number == 0) {
                model.parameters()
                        .forEach((name, parameter) -> check(
                                "gradient of " + name,
                                parameter.grad(),
                                tensor(expected.get("first_gradients").get(name))));
            }
            optimizer.step();
        }

        double[] losses() {
            return Streams.stream(expected.get("losses"))
                    .mapToDouble(JsonNode::doubleValue)
                    .toArray();
        }

        void checkState(Layer model, int index) {
            Map<String, Tensor> saved = Safetensors.loadFile(safetensors(index));
            model.stateDict().forEach((name, tensor) -> check(name + " of " + file(index), tensor, saved.get(name)));
        }

        void check(String what, Tensor actual, Tensor wanted) {
            if (!Arrays.equals(actual.shape(), wanted.shape())) {
                throw new Verdict.Disagreement(what + ": another shape");
            }
            double[] a = actual.toDoubleArray();
            double[] b = wanted.toDoubleArray();
            for (int i = 0; i < a.length; i++) {
                if (!(Math.abs(a[i] - b[i]) <= tolerance + tolerance * Math.abs(b[i]))) {
                    throw new Verdict.Disagreement(what + ": expected " + b[i] + "; got " + a[i]);
                }
            }
        }
    }

    private static Tensor tensor(JsonNode node) {
        double[] data = Streams.stream(node.get("data"))
                .mapToDouble(JsonNode::doubleValue)
                .toArray();
        long[] shape =
                Streams.stream(node.get("shape")).mapToLong(JsonNode::longValue).toArray();
        return Tensor.of(DataType.DOUBLE, data).reshape(shape);
    }

    @TestFactory
    Stream<DynamicTest> modelsOfPytorchComputeAndTrainTheSame() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(Runner.folder(NAME))) {
            files = all.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .collect(ImmutableList.toImmutableList());
        }
        return files.stream()
                .map(file -> dynamicTest(file.getFileName().toString(), () -> {
                    Verdict verdict = Verdict.of(file.getFileName().toString(), () -> run(Run.of(file)));
                    VERDICTS.put(verdict.id(), verdict);
                    assertThat(verdict.reason()).as(verdict.id()).isEmpty();
                }));
    }

    private static void run(Run run) {
        trains(run, Safetensors.loadFile(run.safetensors(0)));
        if (Files.exists(run.folder().resolve(run.file(0) + ".pt"))) {
            trains(run, Torch.loadStateDict(run.folder().resolve(run.file(0) + ".pt")));
            goesOn(run);
        }
    }

    private static void trains(Run run, Map<String, Tensor> weights) {
        Layer model = run.model();
        model.load(weights);
        model.eval();
        Tensor output = Autograd.noGrad(() -> model.forward(run.input()));
        run.check("output", output, tensor(run.expected().get("eval_output_before")));
        model.train();
        Optimizer optimizer = run.optimizer(model);
        for (int i = 0; i < run.losses().length; i++) {
            run.step(model, optimizer, i);
            if (i == 2 || i == 5) {
                run.checkState(model, i == 2 ? 1 : 2);
            }
        }
    }

    private static void goesOn(Run run) {
        Path checkpoint = run.folder().resolve(run.file(1) + "-checkpoint.pt");
        Layer model = run.model();
        model.load(Torch.loadStateDict(checkpoint, "model"));
        Optimizer optimizer = run.optimizer(model);
        Torch.loadOptimizer(checkpoint, optimizer, "optimizer");
        for (int i = 3; i < run.losses().length; i++) {
            run.step(model, optimizer, i);
        }
        run.checkState(model, 2);
    }

    @AfterAll
    static void report() {
        Runner.report(NAME, Multimaps.asMap(VERDICTS));
    }
}
