package org.ndgrad.nn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Linear;
import org.ndgrad.nn.LinearOptions;
import org.ndgrad.nn.Losses;
import org.ndgrad.nn.Sequential;
import org.ndgrad.nn.Stateful;
import org.ndgrad.nn.data.Batch;
import org.ndgrad.nn.data.DataLoader;
import org.ndgrad.nn.data.TensorDataset;
import org.ndgrad.nn.optim.Adam;

/** Metrics in the middle of an epoch, which a checkpoint has. */
class MetricStateTest {

    private static final PrecisionRecallOptions LOGITS =
            PrecisionRecallOptions.defaults().withScores(Scores.LOGITS).withZeroDivision(ZeroDivision.ZERO);

    @TempDir
    private Path folder;

    /** A metric of a user, who has thought of no state. */
    private static final class Count implements Metric {
        private double samples;

        @Override
        public void update(Tensor predicted, Tensor targets) {
            samples += predicted.size(0);
        }

        @Override
        public double compute() {
            return samples;
        }

        @Override
        public void reset() {
            samples = 0;
        }

        @Override
        public String name() {
            return "count";
        }
    }

    /** What there is to predict, with the metrics for it; together these are all. */
    private enum Task {
        NUMBERS(List.of(
                MeanAbsoluteError::new,
                MeanSquaredError::new,
                RootMeanSquaredError::new,
                MeanAbsolutePercentageError::new,
                R2Score::new)),
        CLASSES(List.of(
                () -> new Accuracy(Scores.LOGITS),
                () -> new TopKAccuracy(2),
                () -> new Precision(LOGITS.withAverage(Average.MACRO)),
                () -> new Recall(LOGITS.withAverage(Average.WEIGHTED)),
                () -> new F1Score(LOGITS.withAverage(Average.MACRO)),
                () -> new LogLoss(Scores.LOGITS),
                () -> new RocAuc(Scores.LOGITS),
                () -> new AveragePrecision(Scores.LOGITS))),
        BINARY(List.of(
                () -> new Accuracy(Scores.LOGITS),
                () -> new Precision(LOGITS),
                () -> new Recall(LOGITS),
                () -> new F1Score(LOGITS),
                () -> new LogLoss(Scores.LOGITS),
                RocAuc::new,
                AveragePrecision::new));

        @SuppressWarnings("ImmutableEnumChecker") // constructors
        private final ImmutableList<Supplier<? extends Metric>> metrics;

        Task(List<Supplier<? extends Metric>> metrics) {
            this.metrics = ImmutableList.copyOf(metrics);
        }

        Tensor loss(Tensor predicted, Tensor targets) {
            return switch (this) {
                case NUMBERS -> Losses.mseLoss(predicted, targets);
                case CLASSES -> Losses.crossEntropy(predicted, targets);
                case BINARY -> Losses.binaryCrossEntropyWithLogits(predicted, targets);
            };
        }

        TensorDataset data() {
            Tensor x = Tensor.randn(new Rng(5), 40, 3);
            return new TensorDataset(
                    x,
                    switch (this) {
                        case NUMBERS -> x.slice(1, 0, 2).add(0.1);
                        case CLASSES -> x.argmax(1);
                        case BINARY -> x.slice(1, 0, 1).gt(0).to(Tensor.defaultDtype());
                    });
        }

        int outputs() {
            return switch (this) {
                case NUMBERS -> 2;
                case CLASSES -> 3;
                case BINARY -> 1;
            };
        }
    }

    /** A training of three epochs of seven steps, all of whose parts are new. */
    private static final class Run {
        private final Task task;
        private final Trainer<Batch> trainer;

        Run(Task task, Callback callback, List<Supplier<? extends Metric>> metrics) {
            this.task = task;
            Sequential model = new Sequential(
                    new Linear(3, task.outputs(), LinearOptions.defaults().withRng(new Rng(1))));
            TrainerOptions options = TrainerOptions.defaults()
                    .withQuiet(true)
                    .withCallbacks(callback)
                    .withMetrics(array(metrics));
            trainer = Trainer.of(model, task::loss, new Adam(model.parameters(), 0.05), options);
        }

        @SuppressWarnings("unchecked")
        private static Supplier<? extends Metric>[] array(List<Supplier<? extends Metric>> metrics) {
            return metrics.toArray((Supplier<? extends Metric>[]) new Supplier<?>[0]);
        }

        History fit() {
            return trainer.fit(new DataLoader<>(task.data(), 6, new Rng(3)), 3);
        }
    }

    private static Callback stopAfter(long step) {
        return Callback.everyStep(trainer -> {
            if (trainer.step() == step) {
                trainer.stop();
            }
        });
    }

    private static ImmutableMap<String, List<Double>> measured(History history) {
        return ImmutableMap.copyOf(Maps.filterKeys(history.series(), name -> !name.equals("seconds")));
    }

    @ParameterizedTest
    @EnumSource
    void metricsOfARunThatWasStoppedGoOnToTheSameBits(Task task) {
        History whole = new Run(task, stopAfter(-1), task.metrics).fit();
        Path file = folder.resolve("run.ckpt");

        new Run(task, stopAfter(-1), task.metrics).trainer.checkpoint().save(file);
        for (long stop : new long[] {4, 7, 8, 12, 18, -1}) {
            Run run = new Run(task, stopAfter(stop), task.metrics);
            run.trainer.checkpoint().load(file);
            run.fit();
            run.trainer.checkpoint().save(file);
            if (stop < 0) {
                assertThat(measured(run.trainer.history())).isEqualTo(measured(whole));
            }
        }

        assertThat(whole.names()).hasSize(task.metrics.size() + 3);
        assertThat(whole.series().values())
                .allSatisfy(series -> assertThat(series).hasSize(3).doesNotContain(Double.NaN));
    }

    @Test
    void metricsThatHaveNotSeenAllBatchesAreNaN() {
        List<Supplier<? extends Metric>> metrics = List.of(Accuracy::new, Count::new);
        List<Supplier<? extends Metric>> logits = List.of(() -> new Accuracy(Scores.LOGITS), Count::new);
        Run first = new Run(Task.CLASSES, stopAfter(10), metrics);
        first.fit();
        Map<String, Object> older = new HashMap<>(first.trainer.stateDict());
        older.remove("metrics");

        Run second = new Run(Task.CLASSES, stopAfter(12), logits);
        second.trainer.load(older);
        second.fit();
        Run third = new Run(Task.CLASSES, stopAfter(-1), logits);
        third.trainer.load(second.trainer.stateDict());
        History history = third.fit();

        assertThat(history.series("accuracy").get(0)).isFinite();
        assertThat(history.series("accuracy").get(1)).isNaN();
        assertThat(history.series("accuracy").get(2)).isFinite();
        assertThat(history.series("count")).containsExactly(40.0, Double.NaN, 40.0);
        assertThat(history.series("loss")).doesNotContain(Double.NaN);
    }

    @Test
    void trainerWhoseMetricsDoNotFitStaysAsItWas() {
        Run first = new Run(Task.CLASSES, stopAfter(10), List.of(Accuracy::new));
        first.fit();
        Map<String, Object> state = new HashMap<>(first.trainer.stateDict());
        state.put("metrics", Map.of("accuracy", Map.of("right", 2L)));
        Run other = new Run(Task.CLASSES, stopAfter(3), List.of(Accuracy::new));
        other.fit();
        Object before = other.trainer.stateDict().get("metrics");

        assertThatThrownBy(() -> other.trainer.load(state))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Accuracy.load: expected the entries [right, all]; got {right=2}. Load what stateDict of such a"
                                + " metric gave.");
        assertThat(other.trainer.step()).isEqualTo(3);
        assertThat(other.trainer.stateDict().get("metrics")).isEqualTo(before);
    }

    static Stream<Metric> all() {
        return Stream.of(Task.values()).flatMap(task -> task.metrics.stream().map(Supplier::get));
    }

    @ParameterizedTest
    @MethodSource("all")
    void statesOfNoSamplesAreThoseOfNewMetrics(Metric metric) {
        Stateful stateful = (Stateful) metric;
        stateful.load(stateful.stateDict());

        assertThatThrownBy(metric::compute).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @MethodSource("all")
    void statesThatAreNoneAreRefused(Metric metric) {
        Stateful stateful = (Stateful) metric;
        String who = metric.getClass().getSimpleName();
        Map<String, ?> state = stateful.stateDict();

        for (String name : state.keySet()) {
            Map<String, Object> missing = new HashMap<>(state);
            missing.remove(name);
            assertThatThrownBy(() -> stateful.load(missing))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(who + ".load: expected the entries [");
            for (Object wrong : List.of(
                    "1",
                    Double.NaN,
                    Tensor.ones(DataType.FLOAT, 2),
                    Tensor.ones(DataType.DOUBLE, 2, 2),
                    List.of(1L, 2L))) {
                Map<String, Object> changed = new HashMap<>(state);
                changed.put(name, wrong);
                assertThatThrownBy(() -> stateful.load(changed))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageStartingWith(who + ".load: expected a ");
            }
        }
        assertThatThrownBy(metric::compute).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @CsvSource({"-1, 2, a count as 'right'", "0.5, 2, a count as 'right'", "3, 2, no more samples that are right"})
    void sharesAreCounts(double right, double all, String expected) {
        assertThatThrownBy(() -> new Accuracy().load(Map.of("right", right, "all", all)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Accuracy.load: expected " + expected);
    }

    @Test
    void partsOfAStateGoTogether() {
        Tensor two = Tensor.of(new long[] {1, 1});
        Tensor three = Tensor.of(new long[] {1, 1, 1});
        assertThatThrownBy(() -> new F1Score().load(Map.of("both", three, "predicted", three, "actual", three)))
                .hasMessageStartingWith(
                        "F1Score.load: expected counts of the same samples and classes, which are two;");
        for (Tensor actual : List.of(two, Tensor.of(new long[] {2, 1, 1}), Tensor.of(new long[] {0, 1, 2}))) {
            assertThatThrownBy(() -> new F1Score(Average.MACRO)
                            .load(Map.of("both", three, "predicted", three, "actual", actual)))
                    .hasMessageStartingWith("F1Score.load: expected counts of the same samples and classes;");
        }
        for (Tensor scores : List.of(
                Tensor.of(DataType.DOUBLE, 1, 2, 3),
                Tensor.of(DataType.DOUBLE, 1, Double.NaN),
                Tensor.zeros(DataType.DOUBLE, 0))) {
            assertThatThrownBy(() -> new RocAuc().load(Map.of("scores", scores, "positives", two)))
                    .hasMessageStartingWith("RocAuc.load: expected as many scores for each class, none of them NaN;");
        }
        assertThatThrownBy(() -> new MeanAbsoluteError()
                        .load(Map.of(
                                "sums",
                                Tensor.of(DataType.DOUBLE, 1, Double.NaN),
                                "exponents",
                                Tensor.zeros(DataType.DOUBLE, 2),
                                "samples",
                                3)))
                .hasMessageStartingWith("MeanAbsoluteError.load: expected sums of at least 0, one for each output;");
        for (Tensor exponents : List.of(
                Tensor.zeros(DataType.DOUBLE, 2),
                Tensor.of(DataType.DOUBLE, new double[] {0.5}),
                Tensor.of(DataType.DOUBLE, new double[] {2000}))) {
            assertThatThrownBy(() -> new MeanAbsoluteError()
                            .load(Map.of(
                                    "sums", Tensor.ones(DataType.DOUBLE, 1), "exponents", exponents, "samples", 3)))
                    .hasMessageStartingWith(
                            "MeanAbsoluteError.load: expected an exponent for each of the 'sums' as 'exponents';");
        }
        Tensor one = Tensor.ones(DataType.DOUBLE, 1);
        assertThatThrownBy(() -> new R2Score()
                        .load(Map.of(
                                "residuals",
                                one,
                                "residual_exponents",
                                one,
                                "origins",
                                one,
                                "means",
                                Tensor.ones(DataType.DOUBLE, 2),
                                "deviations",
                                one,
                                "deviation_exponents",
                                one,
                                "samples",
                                3)))
                .hasMessageStartingWith("R2Score.load: expected as many numbers of each kind as there are outputs;");
    }

    @Test
    void infiniteSumsAndNegativeZerosAreKept() {
        MeanSquaredError error = new MeanSquaredError();
        error.update(Tensor.of(DataType.DOUBLE, 1e200, 0), Tensor.of(DataType.DOUBLE, -1e200, 0));
        MeanSquaredError other = new MeanSquaredError();
        other.load(error.stateDict());
        assertThat(other.compute()).isInfinite();

        AveragePrecision precision = new AveragePrecision();
        precision.update(
                Tensor.of(DataType.DOUBLE, -0.0, 0.0, Double.NEGATIVE_INFINITY), Tensor.of(new long[] {1, 0, 1}));
        AveragePrecision same = new AveragePrecision();
        same.load(precision.stateDict());
        assertThat(same.compute()).isEqualTo(precision.compute());
        assertThat(same.curve().thresholds()).containsExactly(precision.curve().thresholds());
    }
}
