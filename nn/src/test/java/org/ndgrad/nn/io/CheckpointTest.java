package org.ndgrad.nn.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Dropout;
import org.ndgrad.nn.DropoutOptions;
import org.ndgrad.nn.LazyLinear;
import org.ndgrad.nn.Linear;
import org.ndgrad.nn.LoadOptions;
import org.ndgrad.nn.LoadResult;
import org.ndgrad.nn.Sequential;
import org.ndgrad.nn.Stateful;
import org.ndgrad.nn.Tanh;
import org.ndgrad.nn.optim.Adam;
import org.ndgrad.nn.optim.Optimizer;
import org.ndgrad.nn.optim.Sgd;

class CheckpointTest {

    @TempDir
    Path folder;

    @Test
    void runsThatGoOnInAnotherProcessComeToTheSameBits() throws IOException, InterruptedException {
        List<String> expected = new ArrayList<>();
        for (String kind : Runs.KINDS) {
            Runs run = Runs.of(kind).train(Runs.STEPS / 2);
            run.checkpoint().save(folder.resolve(kind), Map.of("steps", Runs.STEPS / 2));
            expected.add(run.train(Runs.STEPS / 2).digest());
        }
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules=jdk.incubator.vector",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Runs.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String printed = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(other.waitFor()).isZero();
        assertThat(printed.lines()).containsExactlyElementsOf(expected);
    }

    @Test
    void furtherValuesComeBackAsTheyWere() {
        Path file = folder.resolve("values");
        Map<String, Object> values = Map.of(
                "epoch",
                3,
                "best",
                Double.NEGATIVE_INFINITY,
                "nan",
                Double.NaN,
                "one",
                1.0,
                "large",
                Long.MIN_VALUE,
                "name",
                "ä \"b\" \n",
                "half",
                "\uD800 😀 \uDC00",
                "$tensor",
                true,
                "list",
                List.of(1L, 2.5, List.of("x"), Map.of("y", false)),
                "empty",
                Map.of());
        new Checkpoint().save(file, values);
        Map<String, Object> expected = new HashMap<>(values);
        expected.put("epoch", 3L);
        assertThat(new Checkpoint().load(file)).containsAllEntriesOf(expected).hasSize(values.size());
        new Checkpoint().save(file, Map.of("mean", Tensor.of(1.0, 2.0)));
        assertThat(new Checkpoint().load(file).get("mean"))
                .isInstanceOfSatisfying(
                        Tensor.class, mean -> assertThat(mean.toDoubleArray()).containsExactly(1, 2));
    }

    @Test
    void whatDoesNotFitChangesNothing() {
        Path file = folder.resolve("run");
        Linear model = new Linear(2, 2);
        Optimizer optimizer = step(model, new Adam(model.parameters(), 0.1));
        Rng rng = new Rng(1);
        new Checkpoint()
                .with("model", model)
                .with("optimizer", optimizer)
                .with("rng", rng)
                .save(file);

        Linear other = new Linear(3, 2);
        Optimizer others = step(other, new Adam(other.parameters(), 0.2));
        Rng otherRng = new Rng(2);
        double[] before = other.weight().toDoubleArray();
        Rng.State defaults = Rng.defaultRng().state();
        Checkpoint unfit =
                new Checkpoint().with("model", other).with("optimizer", others).with("rng", otherRng);
        assertThatThrownBy(() -> unfit.load(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Checkpoint: part 'optimizer' of ")
                .hasMessageContaining("in shape [2, 3]; got [2, 2]");
        Checkpoint unfitModel = new Checkpoint().with("model", other).with("rng", otherRng);
        assertThatThrownBy(() -> unfitModel.load(file, "rng", "model"))
                .hasMessageContaining("Checkpoint: part 'model' of ")
                .hasMessageContaining("'weight' of shape (2, 2) instead of (2, 3)");
        assertThat(other.weight().toDoubleArray()).containsExactly(before);
        assertThat(others.learningRate()).isEqualTo(0.2);
        assertThat(otherRng.state()).isEqualTo(new Rng.State(2, 0));
        assertThat(Rng.defaultRng().state()).isEqualTo(defaults);
    }

    private static Optimizer step(Linear model, Optimizer optimizer) {
        model.forward(Tensor.ones(1, model.weight().size(1))).sum().backward();
        optimizer.step();
        return optimizer;
    }

    @Test
    void otherPartsAreNamed() {
        Path file = folder.resolve("run");
        Linear model = new Linear(2, 2);
        Optimizer optimizer = new Sgd(model.parameters(), 0.1);
        new Checkpoint().with("model", model).with("optimizer", optimizer).save(file);
        assertThatThrownBy(() -> new Checkpoint().with("net", model).load(file))
                .hasMessage(
                        "Checkpoint: expected the parts [net] in %s; got [model, optimizer]. Add or leave out parts with"
                                + " with(name, …), or name those to load: load(file, \"model\").",
                        file);
        assertThatThrownBy(() -> new Checkpoint().with("model", optimizer).load(file, "model"))
                .hasMessageContaining("expected a map as 'state'; got nothing");
        assertThatThrownBy(() -> new Checkpoint().with("model", model).with("model", optimizer))
                .hasMessage("Checkpoint: expected a name without a dot that no other part of [model] has; got 'model'."
                        + " Choose another.");
        assertThatThrownBy(() -> new Checkpoint().with("model", model).load(file, "optimizer"))
                .hasMessageContaining("expected names of parts that are among [model]");
        Checkpoint bad = new Checkpoint().with("bad", new Stateful() {
            @Override
            public Map<String, ?> stateDict() {
                return Map.of("at", new StringBuilder());
            }

            @Override
            public void load(Map<String, ?> state) {}
        });
        assertThatThrownBy(() -> bad.save(file))
                .hasMessage("Checkpoint: expected tensors, numbers, booleans, texts, lists and maps; got a"
                        + " java.lang.StringBuilder as 'bad.at'. Keep it as one of these.");
        new Checkpoint().with("model", new Linear(2, 2)).load(file, "model");
    }

    @Test
    void anotherModelTakesAPart() {
        Path file = folder.resolve("run");
        Sequential model = new Sequential(new Linear(3, 2), new Linear(2, 5));
        new Checkpoint().with("model", model).save(file);
        Sequential other = new Sequential(new Tanh(), new Linear(3, 2));

        LoadResult left = other.load(
                Safetensors.loadFile(file),
                LoadOptions.defaults().withRename("model.0.*", "1.*").withPartial(true));

        assertThat(left.missing()).isEmpty();
        assertThat(left.unexpected()).containsExactly("model.1.bias", "model.1.weight");
        assertThat(other.stateDict().get("1.weight").equal(model.stateDict().get("0.weight")))
                .isTrue();
    }

    @Test
    void aFileThatIsNoneIsRefused() throws IOException {
        Path file = folder.resolve("some");
        Safetensors.saveFile(Map.of("w", Tensor.of(1.0)), file);
        assertThatThrownBy(() -> new Checkpoint().load(file))
                .hasMessage(
                        "Checkpoint: file %s: expected a file written by Checkpoint; got tensors [w]. Save it anew, or"
                                + " get another copy.",
                        file);
        Files.writeString(file, "text");
        assertThatThrownBy(() -> new Checkpoint().load(file)).hasMessageStartingWith("Checkpoint: file " + file);
        for (String text : List.of(
                "[]",
                "{\"a\":{\"$tensor\":\"no\"}}",
                "{\"a\":null}",
                "{\"a\":1,\"a\":2}",
                "{",
                "{}x",
                "{\"a\":" + "[".repeat(9999) + "}",
                "{\"a\":99999999999999999999}",
                "{\"a\":5}")) {
            Safetensors.saveFile(
                    Map.of(),
                    file,
                    Map.of("ndgrad.checkpoint", "1", "ndgrad.parts", text, "values", "{}", "ndgrad.default_rng", "{}"));
            assertThatThrownBy(() -> new Checkpoint().load(file))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("Checkpoint: file " + file + ": expected ");
        }
    }

    @Test
    void aFileWithoutThePlaceOfTheDefaultGeneratorChangesNothing() {
        Path file = folder.resolve("run");
        new Checkpoint().with("rng", new Rng(1)).save(file);
        Map<String, String> texts = new HashMap<>(Safetensors.metadata(file));
        texts.put("ndgrad.default_rng", "{}");
        Safetensors.saveFile(Map.of(), file, texts);
        Rng rng = new Rng(2);
        assertThatThrownBy(() -> new Checkpoint().with("rng", rng).load(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "Checkpoint: part 'ndgrad.default_rng' of " + file + ": expected a number as 'seed'");
        assertThat(rng.state()).isEqualTo(new Rng.State(2, 0));
    }

    /** What breaks in the middle of going on, with whatever exception. */
    private static final class Breaking implements Stateful {
        private long count;
        private boolean isBroken;

        @Override
        public Map<String, ?> stateDict() {
            return Map.of("count", count);
        }

        @Override
        public void load(Map<String, ?> state) {
            count = (long) state.get("count");
            if (isBroken) {
                isBroken = false;
                throw new IllegalStateException("broken");
            }
        }
    }

    @Test
    void whatBreaksOnTheWayChangesNothing() {
        Path file = folder.resolve("run");
        new Checkpoint()
                .with("rng", new Rng(1))
                .with("breaking", new Breaking())
                .save(file);
        Rng rng = new Rng(2);
        Breaking breaking = new Breaking();
        breaking.count = 5;
        breaking.isBroken = true;
        Checkpoint checkpoint = new Checkpoint().with("rng", rng).with("breaking", breaking);
        assertThatThrownBy(() -> checkpoint.load(file))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("broken");
        assertThat(rng.state()).isEqualTo(new Rng.State(2, 0));
        assertThat(breaking.count).isEqualTo(5);
    }

    @Test
    void aPartIsNotNamedLikeFurtherTensors() {
        Path file = folder.resolve("run");
        Checkpoint checkpoint = new Checkpoint().with("values", new Linear(2, 2));
        assertThatThrownBy(() -> checkpoint.save(file, Map.of("weight", Tensor.of(1.0))))
                .hasMessage("Checkpoint: expected one tensor of the name 'values.weight'; got two. Rename a part or a"
                        + " layer.");
        assertThat(file).doesNotExist();
    }

    @Test
    void layersGoOnWithTheirGenerators() {
        Path file = folder.resolve("run");
        Rng rng = new Rng(4);
        Dropout dropout = new Dropout(DropoutOptions.defaults().withRng(rng));
        dropout.forward(Tensor.ones(5));
        new Checkpoint().with("model", dropout).save(file);
        Rng other = new Rng(0);
        Dropout resumed = new Dropout(DropoutOptions.defaults().withRng(other));
        new Checkpoint().with("model", resumed).load(file, "model");
        assertThat(other.state()).isEqualTo(new Rng.State(0, 0));
        new Checkpoint().with("model", resumed).load(file);
        assertThat(other.state()).isEqualTo(rng.state());
        assertThatThrownBy(
                        () -> new Checkpoint().with("model", new Dropout(0.5)).load(file))
                .hasMessageContaining("whose layers draw from 1 generators of their own; got one with 0");
    }

    @Test
    void aModelGetsItsShapesFromAFile() {
        Path file = folder.resolve("run");
        Sequential model = new Sequential(new Linear(3, 2));
        new Checkpoint().with("model", model).with("rng", new Rng(0)).save(file);
        Sequential lazy = new Sequential(new LazyLinear(2));
        new Checkpoint().with("model", lazy).with("rng", new Rng(0)).load(file);
        assertThat(lazy.stateDict().get("0.weight").shape()).containsExactly(2, 3);
    }
}
