package org.ndgrad.nn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Doubles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ndgrad.autograd.MemoryScope;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.BatchNorm1d;
import org.ndgrad.nn.Dropout;
import org.ndgrad.nn.Layer;
import org.ndgrad.nn.Linear;
import org.ndgrad.nn.Losses;
import org.ndgrad.nn.Sequential;
import org.ndgrad.nn.Tanh;
import org.ndgrad.nn.data.Batch;
import org.ndgrad.nn.data.DataLoader;
import org.ndgrad.nn.data.TensorDataset;
import org.ndgrad.nn.optim.Adam;
import org.ndgrad.nn.optim.OneCycleLr;
import org.ndgrad.nn.optim.Sgd;

/** Early stopping, checkpoints, and runs that are stopped and go on. */
class CallbacksTest {

    private static final TrainerOptions QUIET = TrainerOptions.defaults().withQuiet(true);

    @TempDir
    private Path folder;

    /** A model of one weight, whose validation loss is the weight, which a callback sets. */
    private static final class Weight extends Layer {
        private final Tensor weight = Tensor.zeros(1).requiresGrad(true);

        @Override
        public Tensor forward(Tensor x) {
            return x.mul(weight);
        }
    }

    private static final List<Batch> ONE = List.of(new Batch(Tensor.ones(1, 1), Tensor.zeros(1, 1)));

    private static Trainer<Batch> following(Weight model, double[] losses, Callback... callbacks) {
        List<Callback> all = new ArrayList<>();
        all.add(Callback.everyStep(trainer ->
                model.load(Map.of("weight", Tensor.of(new double[] {losses[trainer.epoch()]})))));
        all.addAll(List.of(callbacks));
        return Trainer.of(
                model,
                (y, t) -> y.sum(),
                new Sgd(model.parameters(), 0),
                QUIET.withCallbacks(all.toArray(new Callback[0])));
    }

    @Test
    void stopsWhenPatienceIsOverAndRestoresTheBest() {
        Weight model = new Weight();
        EarlyStopping stopping = new EarlyStopping(Monitor.min("val_loss"), 2);
        Trainer<Batch> trainer = following(model, new double[] {5, 3, 4, 2, 6, 2, 1, 0}, stopping);

        History history = trainer.fit(ONE, ONE, 8);

        assertThat(history.series("val_loss")).containsExactly(5.0, 3.0, 4.0, 2.0, 6.0, 2.0);
        assertThat(stopping.bestEpoch()).isEqualTo(4);
        assertThat(stopping.best()).isEqualTo(2);
        assertThat(model.weight.item()).isEqualTo(2);
        assertThat(stopping).hasToString("EarlyStopping(val_loss, patience=2, best=2.0000 in epoch 4)");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void trainingThatIsCompleteIsSoWhenLoaded(boolean byPatience) {
        Path file = folder.resolve("run.ckpt");
        double[] losses = byPatience ? new double[] {5, 3, 4, 6, 1} : new double[] {5, 4, 6, 2, 3};
        Trainer<Batch> first = following(
                new Weight(),
                losses,
                new EarlyStopping(Monitor.min("val_loss"), 2),
                Callback.everyEpoch(trainer -> trainer.checkpoint().save(file)));
        first.fit(ONE, ONE, 5);
        Weight model = new Weight();
        Trainer<Batch> second =
                following(model, losses, new EarlyStopping(Monitor.min("val_loss"), 2), Callback.everyEpoch(trainer -> {
                    throw new IllegalStateException("no epoch is left");
                }));
        second.checkpoint().load(file);
        assertThat(model.weight.item()).isEqualTo(byPatience ? 6 : 3);

        History history = second.fit(ONE, ONE, 5);

        assertThat(history.series("val_loss")).isEqualTo(first.history().series("val_loss"));
        assertThat(model.weight.item()).isEqualTo(byPatience ? 3 : 2);
    }

    @Test
    void stoppingOfAnotherTrainerIsRefused() {
        EarlyStopping stopping = new EarlyStopping(Monitor.min("val_loss"), 2);
        following(new Weight(), new double[] {3, 2}, stopping).fit(ONE, ONE, 2);
        Trainer<Batch> second = following(new Weight(), new double[] {9, 8}, stopping);

        assertThatThrownBy(() -> second.fit(ONE, ONE, 2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("EarlyStopping: expected to go on with the trainer whose epoch 2 was the best; got one of 0"
                        + " epochs. Make a new one for each trainer.");
    }

    @Test
    void changesThatAreTooSmallDoNotCount() {
        Weight model = new Weight();
        EarlyStopping stopping = new EarlyStopping(
                Monitor.max("val_loss"),
                2,
                EarlyStoppingOptions.defaults().withMinDelta(1).withRestoreBest(false));
        Trainer<Batch> trainer = following(model, new double[] {1, 1.5, 2.5, 3, Double.NaN, 9}, stopping);

        History history = trainer.fit(ONE, ONE, 6);

        assertThat(history.epochs()).isEqualTo(5);
        assertThat(stopping.bestEpoch()).isEqualTo(3);
        assertThat(model.weight.item()).isNaN();
    }

    @Test
    void bestEpochIsRestoredAtTheLastOne() {
        Weight model = new Weight();
        Trainer<Batch> trainer =
                following(model, new double[] {5, 3, 4}, new EarlyStopping(Monitor.min("val_loss"), 9));

        trainer.fit(ONE, ONE, 3);

        assertThat(model.weight.item()).isEqualTo(3);
    }

    @Test
    void bestModelOutlivesAScope() {
        Linear model = new Linear(100, 100);
        EarlyStopping stopping = new EarlyStopping(Monitor.min("loss"), 9);
        Trainer<Batch> trainer =
                Trainer.of(model, (y, t) -> y.sum(), new Sgd(model.parameters(), 0.1), QUIET.withCallbacks(stopping));
        try (MemoryScope scope = MemoryScope.open()) {
            trainer.fit(List.of(new Batch(Tensor.ones(2, 100), Tensor.ones(2))), 2);
        }

        Map<?, ?> best = (Map<?, ?>) stopping.stateDict().get("model");
        assertThat(((Tensor) best.get("weight")).toDoubleArray()).hasSize(10_000);
    }

    // Checkpoints

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void keepsTheLastOnesAndTheBest() throws IOException {
        Weight model = new Weight();
        Checkpoints checkpoints = new Checkpoints(
                folder, CheckpointsOptions.defaults().withEvery(2).withLast(2).withBest(Monitor.min("val_loss")));
        Trainer<Batch> trainer = following(model, new double[] {5, 4, 1, 3, 2, 6, 7, 8, 9}, checkpoints);

        trainer.fit(ONE, ONE, 9);

        assertThat(files()).containsExactly("best.ckpt", "epoch-0006.ckpt", "epoch-0008.ckpt");
        assertThat(checkpoints.latest()).contains(folder.resolve("epoch-0008.ckpt"));
        trainer.checkpoint().load(checkpoints.best(), "model");
        assertThat(model.weight.item()).isEqualTo(1);
    }

    @Test
    void trainingThatBeginsAnewDoesNotMixWithAnother() throws IOException {
        Weight model = new Weight();
        following(model, new double[] {5, 4}, new Checkpoints(folder)).fit(ONE, ONE, 2);
        Checkpoints again = new Checkpoints(folder);
        Trainer<Batch> trainer = following(model, new double[] {5, 4, 3}, again);

        assertThatThrownBy(() -> trainer.fit(ONE, ONE, 3))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("expected a folder without checkpoints", "epoch-0002.ckpt", "Go on from it");

        trainer.checkpoint().load(again.latest().orElseThrow());
        assertThat(trainer.fit(ONE, ONE, 2).epochs()).isEqualTo(2); // complete
        assertThat(trainer.fit(ONE, ONE, 3).series("val_loss")).containsExactly(5.0, 4.0, 3.0);
        assertThat(files()).containsExactly("epoch-0003.ckpt");
    }

    // Exactly the same numbers

    /** A training with everything that has a state. */
    private static final class Run {
        final Sequential model;
        final Trainer<Batch> trainer;
        final DataLoader<Batch> train;
        final EarlyStopping stopping = new EarlyStopping(Monitor.min("val_loss"), 50);

        Run(Callback... callbacks) {
            Rng.manualSeed(7);
            model = new Sequential(
                    new Linear(2, 16), new BatchNorm1d(16), new Tanh(), new Dropout(0.3), new Linear(16, 1));
            train = new DataLoader<>(data(40), 6, new Rng(3));
            Adam adam = new Adam(model.parameters(), 0.01);
            trainer = Trainer.of(
                    model,
                    Losses::mseLoss,
                    adam,
                    QUIET.withScheduler(new OneCycleLr(adam, 0.01, 40), Interval.STEP)
                            .withAccumulation(2)
                            .withClipNorm(1)
                            .withCallbacks(Stream.concat(Stream.of(callbacks), Stream.of(stopping))
                                    .toArray(Callback[]::new)));
        }

        History fit() {
            return trainer.fit(train, new DataLoader<>(data(10), 5), 6);
        }

        ImmutableList<Object> result() {
            History history = trainer.history();
            return ImmutableList.of(
                    history.series("loss"),
                    history.series("val_loss"),
                    history.series("learning_rate"),
                    stopping.bestEpoch(),
                    trainer.step(),
                    model.stateDict().values().stream()
                            .map(each -> Doubles.asList(each.flatten().toDoubleArray()))
                            .toList());
        }
    }

    private static TensorDataset data(int n) {
        Tensor x = Tensor.randn(new Rng(n), n, 2);
        return new TensorDataset(x, x.select(1, 0).mul(x.select(1, 1)).unsqueeze(1));
    }

    private static ImmutableList<Object> whole() {
        Run run = new Run();
        run.fit();
        return run.result();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 4, 6, 7, 8, 9, 24})
    void runThatWasStoppedAnywhereGoesOnToTheSameBits(long step) {
        Path file = folder.resolve("run.ckpt");
        Run stopped = new Run(Callback.everyStep(trainer -> {
            if (trainer.step() == step) {
                trainer.checkpoint().save(file);
                trainer.stop();
            }
        }));
        stopped.fit();
        Run other = new Run();
        Rng.manualSeed(99);
        other.trainer.checkpoint().load(file);

        other.fit();

        assertThat(other.result()).isEqualTo(whole());
    }

    @Test
    void runGoesOnFromTheEndOfAnEpoch() {
        Path file = folder.resolve("run.ckpt");
        Run stopped = new Run(Callback.everyEpoch(trainer -> trainer.stop()));
        stopped.fit();
        stopped.trainer.checkpoint().save(file);
        Run other = new Run();
        other.trainer.checkpoint().load(file);

        other.fit();

        assertThat(other.result()).isEqualTo(whole());
    }

    @Test
    void interruptStopsARunThatGoesOn() {
        boolean[] stops = {true};
        Run run = new Run(Callback.everyStep(trainer -> {
            if (stops[0] && trainer.step() == 6) {
                Thread.currentThread().interrupt();
            }
        }));
        run.fit();
        assertThat(run.trainer.step()).isEqualTo(6);
        assertThat(Thread.interrupted()).as("left to whoever called").isTrue();
        stops[0] = false;

        run.fit();

        assertThat(run.result()).isEqualTo(whole());
    }

    @Test
    void stoppedTrainerGoesOnInTheSameProcess() {
        boolean[] stops = {true};
        Run run = new Run(Callback.everyStep(trainer -> {
            if (stops[0] && trainer.step() == 6) {
                trainer.stop();
            }
        }));
        assertThat(run.fit().epochs()).isEqualTo(1);
        assertThat(run.trainer.batch()).isEqualTo(4);
        stops[0] = false;

        run.fit();

        assertThat(run.result()).isEqualTo(whole());
    }

    @Test
    void dataWithoutAStateIsSkippedTo() {
        List<Batch> batches = ImmutableList.copyOf(new DataLoader<>(data(40), 6));
        List<Double> losses = new ArrayList<>();
        for (long stop : new long[] {1000, 9}) {
            Sequential model = new Sequential(new Linear(2, 1));
            model.load(Map.of("0.weight", Tensor.ones(1, 2), "0.bias", Tensor.ones(1)));
            Trainer<Batch> trainer = Trainer.of(
                    model,
                    Losses::mseLoss,
                    new Sgd(model.parameters(), 0.1),
                    QUIET.withCallbacks(Callback.everyStep(each -> {
                        if (each.step() == stop) {
                            each.stop();
                        }
                    })));
            trainer.fit(batches, 2);
            if (stop == 9) {
                assertThat(trainer.epoch()).isEqualTo(1);
                assertThatThrownBy(() -> trainer.fit(batches.subList(0, 1), 2))
                        .hasMessageContaining("expected training data of more than 2 batches");
                trainer.fit(batches, 2);
            }
            losses.add(trainer.history().last("loss"));
        }

        assertThat(losses.get(1)).isEqualTo(losses.get(0));
    }

    @Test
    void stateOfAnotherTrainerIsRefusedAndChangesNothing() {
        Run run = new Run();
        run.fit();
        ImmutableList<Object> before = run.result();
        Weight model = new Weight();
        Trainer<Batch> other = following(model, new double[] {1, 2});
        other.fit(ONE, 2);

        assertThatThrownBy(() -> run.trainer.load(other.stateDict()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a state of a trainer with a schedule; got one without it");
        assertThatThrownBy(() -> run.trainer.load(Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Trainer.load: expected a number as 'epoch'; got null");
        assertThat(run.result()).isEqualTo(before);
    }
}
