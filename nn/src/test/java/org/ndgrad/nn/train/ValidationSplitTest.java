package org.ndgrad.nn.train;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.google.common.primitives.Doubles;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Linear;
import org.ndgrad.nn.LinearOptions;
import org.ndgrad.nn.Losses;
import org.ndgrad.nn.data.Batch;
import org.ndgrad.nn.data.DataLoader;
import org.ndgrad.nn.data.DataLoaderOptions;
import org.ndgrad.nn.data.Dataset;
import org.ndgrad.nn.data.IterableDataset;
import org.ndgrad.nn.data.SequentialSampler;
import org.ndgrad.nn.data.Shuffle;
import org.ndgrad.nn.data.TensorDataset;
import org.ndgrad.nn.optim.Sgd;

class ValidationSplitTest {

    private static final TrainerOptions QUIET = TrainerOptions.defaults().withQuiet(true);

    @TempDir
    private Path folder;

    /** Samples 0 to n − 1. */
    private static DataLoader<Batch> loader(int n) {
        Tensor x = Tensor.arange(n).toFloat().unsqueeze(1);
        return new DataLoader<>(new TensorDataset(x, x.mul(0.1)), 3, new Rng(4));
    }

    /** A trainer that writes down which samples it meets, by mode. */
    private static final class Run {
        final Linear model = new Linear(1, 1, LinearOptions.defaults().withRng(new Rng(1)));
        final Set<Double> trained = new TreeSet<>();
        final Set<Double> validated = new TreeSet<>();
        final List<Double> order = new ArrayList<>();
        final Trainer<Batch> trainer;

        Run(TrainerOptions options) {
            model.registerForwardPreHook((block, inputs) -> {
                List<Double> samples = Doubles.asList(inputs.get(0).toDoubleArray());
                (block.isTraining() ? trained : validated).addAll(samples);
                order.addAll(samples);
                return inputs;
            });
            trainer = Trainer.of(model, Losses::mseLoss, new Sgd(model.parameters(), 1e-3), options);
        }

        List<Object> result() {
            return List.of(
                    trainer.history().series("loss"),
                    trainer.history().series("val_loss"),
                    Doubles.asList(model.weight().toDoubleArray()));
        }
    }

    @Test
    void keepsAPartThatIsNeverTrainedOn() {
        var out = new ByteArrayOutputStream();
        Run run = new Run(TrainerOptions.defaults()
                .withOut(new PrintStream(out, true, UTF_8))
                .withValidationSplit(0.25, 7));

        History history = run.trainer.fit(loader(20), 3);

        assertThat(run.validated).hasSize(5).doesNotContainAnyElementsOf(run.trained);
        assertThat(run.trained).hasSize(15);
        assertThat(history.series("val_loss")).hasSize(3);
        assertThat(out.toString(UTF_8))
                .startsWith("validation split 0.25, seed 7: 5 batches to train on, 2 to validate with")
                .contains("batch 5/15  epoch 1/3");
        Run other = new Run(QUIET.withValidationSplit(0.25, 8));
        other.trainer.fit(loader(20), 1);
        assertThat(other.validated).hasSize(5).isNotEqualTo(run.validated);
    }

    @Test
    void runThatWasStoppedGoesOnWithTheSameParts() {
        Path file = folder.resolve("run.ckpt");
        TrainerOptions options = QUIET.withValidationSplit(0.25);
        Run whole = new Run(options);
        whole.trainer.fit(loader(20), 4);
        Run stopped = new Run(options.withCallbacks(Callback.everyStep(trainer -> {
            if (trainer.step() == 7) {
                trainer.checkpoint().save(file);
                trainer.stop();
            }
        })));
        stopped.trainer.fit(loader(20), 4);
        Run other = new Run(options);
        other.trainer.checkpoint().load(file);

        other.trainer.fit(loader(20), 4);

        assertThat(other.result()).isEqualTo(whole.result());
        assertThat(other.validated).isEqualTo(whole.validated).doesNotContainAnyElementsOf(stopped.trained);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Run(QUIET.withValidationSplit(0.25, 1))
                        .trainer
                        .checkpoint()
                        .load(file))
                .withMessageEndingWith(
                        "Trainer.load: expected a state of a trainer with a validation split of 0.25 by seed 1; got"
                                + " one with a validation split of 0.25 by seed 0. Give the trainer the same, else it"
                                + " would validate with samples that it was trained on.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Run(QUIET).trainer.checkpoint().load(file))
                .withMessageContaining("with no validation split; got one with a validation split of 0.25");
    }

    @Test
    void laterRunsGoOnWithTheSameParts() {
        DataLoader<Batch> data = loader(20);
        Run whole = new Run(QUIET.withValidationSplit(0.25));
        whole.trainer.fit(loader(20), 2);
        Run twice = new Run(QUIET.withValidationSplit(0.25));
        twice.trainer.fit(data, 1);
        twice.trainer.fit(data, 2);

        assertThat(twice.order).isEqualTo(whole.order);
        assertThat(twice.result()).isEqualTo(whole.result());
    }

    /** Samples 0 to n − 1, of which every fourth is of class 1. */
    private static TensorDataset classes(int n) {
        Tensor x = Tensor.arange(n);
        return new TensorDataset(x.toFloat().unsqueeze(1), x.remainder(4).eq(3).to(DataType.INT64));
    }

    @Test
    void stratifiedPartsHaveTheirShareOfEachClass() {
        var out = new ByteArrayOutputStream();
        List<Tensor> validated = new ArrayList<>();
        Linear model = new Linear(1, 2);
        model.registerForwardPreHook((block, inputs) -> {
            if (!block.isTraining()) {
                validated.add(inputs.get(0));
            }
            return inputs;
        });
        TrainerOptions options = TrainerOptions.defaults().withOut(new PrintStream(out, true, UTF_8));
        Trainer<Batch> trainer = Trainer.of(
                model,
                Losses::crossEntropy,
                new Sgd(model.parameters(), 1e-3),
                options.withStratifiedValidationSplit(0.25, 7));

        trainer.fit(new DataLoader<>(classes(40), 4, new Rng(4)), 1);

        long[] kept = Functions.cat(validated, 0).reshape(-1).toLongArray();
        assertThat(kept).hasSize(10).doesNotHaveDuplicates();
        assertThat(Arrays.stream(kept).filter(sample -> sample % 4 == 3).count())
                .isBetween(2L, 3L);
        assertThat(out.toString(UTF_8))
                .startsWith("stratified validation split 0.25, seed 7: 8 batches to train on, 3 to validate with");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Trainer.of(
                                model,
                                Losses::crossEntropy,
                                new Sgd(model.parameters(), 1e-3),
                                QUIET.withValidationSplit(0.25, 7))
                        .load(trainer.stateDict()))
                .withMessageContaining(
                        "a validation split of 0.25 by seed 7; got one with a stratified validation split"
                                + " of 0.25 by seed 7.");
    }

    @Test
    void stratifiedLoadersHaveTheirShareOfEachClass() {
        List<DataLoader<Batch>> parts =
                new DataLoader<>(classes(40), 6, Shuffle.YES).stratifiedSplit(new Rng(1), 0.5, 0.3, 0.2);

        List<Double> ones = new ArrayList<>();
        Set<Double> samples = new TreeSet<>();
        for (DataLoader<Batch> part : parts) {
            double sum = 0;
            for (Batch batch : part) {
                sum += batch.targets().sum().item();
                samples.addAll(Doubles.asList(batch.features().toDoubleArray()));
            }
            ones.add(sum);
        }
        assertThat(ones).containsExactly(5.0, 3.0, 2.0);
        assertThat(samples).hasSize(40);
    }

    @Test
    void whatHasNoClassesIsNotStratified() {
        Run run = new Run(QUIET.withStratifiedValidationSplit(0.25));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> run.trainer.fit(loader(20), 1))
                .withMessage("stratified: expected a class for each sample, a whole number; got 0.10000000149011612."
                        + " Measured numbers are no classes.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run.trainer.fit(loader(20), loader(3), 1))
                .withMessageEndingWith("Leave out the data, or withStratifiedValidationSplit(0.25).");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new DataLoader<>(Dataset.of(Tensor.ones(4, 2)), 2).stratifiedSplit(new Rng(0), 0.5, 0.5))
                .withMessage(
                        "DataLoader.stratifiedSplit: expected batches of the class Batch, whose targets are classes;"
                                + " got a Tensor. Split the data set with Splits.stratified, and make a loader of each part.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DataLoader<>(classes(4), 2).stratifiedSplit(new Rng(0), 0.5, 0.5))
                .withMessageContaining(
                        "expected at least 2 samples of each class, one for each part; got 1 of class 1.");
        assertThat(new DataLoader<>(classes(0), 2).stratifiedSplit(new Rng(0), 0.5, 0.5))
                .hasSize(2)
                .allMatch(part -> part.batches() == 0);
    }

    @Test
    void whatCannotBeSplitIsRefused() {
        Run run = new Run(QUIET.withValidationSplit(0.25));
        DataLoader<Batch> data = loader(20);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> run.trainer.fit(data, loader(3), 1))
                .withMessage(
                        "Trainer.fit: expected validation data or a validation split; got both. Leave out the data, or"
                                + " withValidationSplit(0.25).");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run.trainer.fit(List.of(data.iterator().next()), 1))
                .withMessageContainingAll(
                        "expected a DataLoader, whose samples can be split; got a List", "pass both parts.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run.trainer.fit(loader(2), 1))
                .withMessageContaining(
                        "expected samples enough for both parts of a validation split of 0.25; got DataLoader(");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> QUIET.withValidationSplit(20))
                .withMessage("Trainer: expected a validation split between 0 and 1; got 20.0. 0.2 keeps a fifth of the"
                        + " samples.");
        IterableDataset<Batch> stream = () -> List.of(data.iterator().next()).iterator();
        assertThatIllegalStateException()
                .isThrownBy(() -> run.trainer.fit(new DataLoader<>(stream, 2), 1))
                .withMessageContaining("DataLoader.split: expected a data set, and no sampler");
        DataLoaderOptions sampled = DataLoaderOptions.defaults().withSampler(new SequentialSampler(3), new Rng(0));
        TensorDataset three = new TensorDataset(Tensor.ones(3, 1), Tensor.ones(3, 1));
        assertThatIllegalStateException()
                .isThrownBy(() -> new DataLoader<>(three, 1, sampled).split(new Rng(0), 0.5, 0.5))
                .withMessageContaining("Make a loader for each part yourself.");
    }
}
