package org.ndgrad.nn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Layer;
import org.ndgrad.nn.Linear;
import org.ndgrad.nn.Losses;
import org.ndgrad.nn.Reduction;
import org.ndgrad.nn.Sequential;
import org.ndgrad.nn.Tanh;
import org.ndgrad.nn.data.Batch;
import org.ndgrad.nn.optim.Sgd;
import org.ndgrad.nn.optim.StepLr;

/** What a trainer does not do, and what it says then. */
class TrainerRefusalsTest {

    private static final TrainerOptions QUIET = TrainerOptions.defaults().withQuiet(true);
    private static final List<Batch> DATA = List.of(batch(4), batch(2));

    private final Sequential model = new Sequential(new Linear(2, 3), new Tanh(), new Linear(3, 1));
    private final Sgd sgd = new Sgd(model.parameters(), 0.1);

    private static Batch batch(int n) {
        return new Batch(Tensor.ones(n, 2), Tensor.zeros(n, 1));
    }

    private Trainer<Batch> trainer(TrainerOptions options) {
        return Trainer.of(model, Losses::mseLoss, sgd, options);
    }

    private void expect(Trainer<Batch> trainer, Iterable<Batch> data, String... parts) {
        assertThatThrownBy(() -> trainer.fit(data, data, 3)).hasMessageContainingAll(parts);
    }

    @Test
    void noData() {
        expect(trainer(QUIET), List.of(), "expected batches to train on in every epoch; got none in epoch 1");
        assertThatThrownBy(() -> trainer(QUIET).fit(DATA, List.of(), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected batches to evaluate; got none");
        assertThatThrownBy(() -> trainer(QUIET).evaluate(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void dataThatCanBeGoneThroughOnce() {
        Iterator<Batch> once = DATA.iterator();
        assertThatThrownBy(() -> trainer(QUIET).fit(() -> once, 2))
                .hasMessageContainingAll("got none in epoch 2", "pass a loader or a list, not the iterator of one");

        Iterator<Batch> validation = DATA.iterator();
        assertThatThrownBy(() -> trainer(QUIET).fit(DATA, () -> validation, 2))
                .hasMessageContainingAll("expected batches to evaluate; got none", "pass a loader or a list");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void tooFewEpochs(int epochs) {
        assertThatThrownBy(() -> trainer(QUIET).fit(DATA, epochs))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Trainer.fit: expected at least 1 epoch; got " + epochs + ". Say how many to train.");
    }

    @Test
    void epochsThatAreDone() {
        Trainer<Batch> trainer = trainer(QUIET);
        trainer.fit(DATA, 2);

        assertThatThrownBy(() -> trainer.fit(DATA, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Trainer.fit: expected more epochs than the 2 that are done; got 2. They are counted from"
                        + " the beginning: pass 4 to train 2 more.");
    }

    @Test
    void modelWithNothingToTrain() {
        model.freeze();
        expect(trainer(QUIET), DATA, "expected a model with a parameter that requires a gradient", "[0.weight, 0.bias");

        Trainer<Batch> bare = Trainer.of(new Tanh(), Losses::mseLoss, sgd, QUIET);
        expect(bare, DATA, "got one without parameters");
    }

    @Test
    void optimizerOfOtherParameters() {
        model.to(DataType.DOUBLE);
        expect(trainer(QUIET), DATA, "expected an optimizer of the model's parameters; got one that has 4 others");
    }

    @Test
    void optimizerWithoutSomeParameters() {
        Layer last = (Layer) model.children().get("2");
        Trainer<Batch> trainer = Trainer.of(model, Losses::mseLoss, new Sgd(last.parameters(), 0.1), QUIET);

        expect(trainer, DATA, "got one without '0.weight', '0.bias'. Freeze them");

        ((Layer) model.children().get("0")).freeze();
        assertThat(trainer.fit(DATA, 1).epochs()).isEqualTo(1);
    }

    @Test
    void scheduleOfAnotherOptimizer() {
        StepLr other = new StepLr(new Sgd(model.parameters(), 0.1), 1);

        assertThatThrownBy(() -> trainer(QUIET.withScheduler(other, Interval.EPOCH)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a schedule of its optimizer");
    }

    @Test
    void monitorThatIsNotThere() {
        Monitor accuracy = Monitor.max("val_acuracy");
        expect(
                trainer(QUIET.withCallbacks(new EarlyStopping(accuracy, 2))),
                DATA,
                "EarlyStopping: expected one of [loss, val_loss, learning_rate, seconds] to judge by; got 'val_acuracy'");
        expect(
                trainer(QUIET.withCallbacks(new Checkpoints(
                        java.nio.file.Path.of("nowhere"),
                        CheckpointsOptions.defaults().withBest(accuracy)))),
                DATA,
                "Checkpoints: expected one of [loss");
        assertThat(java.nio.file.Path.of("nowhere")).doesNotExist();
    }

    @Test
    void lossOfManyNumbers() {
        Trainer<Batch> trainer = Trainer.of(model, (y, t) -> Losses.mseLoss(y, t, Reduction.NONE), sgd, QUIET);

        expect(trainer, DATA, "expected a loss of one number", "got shape (4, 1)");
    }

    @Test
    void metricsOfALossOfBatches() {
        assertThatThrownBy(() -> Trainer.of(
                        model,
                        (Batch batch) -> model.forward(batch.features()).sum(),
                        sgd,
                        QUIET.withMetrics(() -> new Named("x"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected no metrics beside a loss of whole batches");
    }

    private record Named(String name) implements Metric {
        @Override
        public void update(Tensor predicted, Tensor targets) {
            Losses.mseLoss(predicted, targets.reshape(-1));
        }

        @Override
        public double compute() {
            return 0;
        }

        @Override
        public void reset() {}
    }

    @Test
    void twoMetricsOfOneName() {
        assertThatThrownBy(() -> trainer(QUIET.withMetrics(() -> new Named("a"), () -> new Named("a"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got 'a' twice");
        assertThatThrownBy(() -> trainer(QUIET.withMetrics(() -> new Named("seconds"))))
                .hasMessageContaining("got 'seconds' twice");
    }

    @Test
    void metricOfOtherShapesEndsTheRunBeforeAStep() {
        double before = model.parameters().iterator().next().sum().item();

        expect(trainer(QUIET.withMetrics(() -> new Named("a"))), DATA, "same shape");

        assertThat(model.parameters().iterator().next().sum().item()).isEqualTo(before);
    }

    @Test
    void batchWithoutATensor() {
        Trainer<String> trainer =
                Trainer.of(model, text -> model.forward(Tensor.ones(1, 2)).sum(), sgd, QUIET);

        assertThatThrownBy(() -> trainer.fit(List.of("a"), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a batch with a tensor", "got a String");
    }

    @Test
    void optionsOutOfRange() {
        assertThatThrownBy(() -> QUIET.withAccumulation(0)).hasMessageContaining("accumulation of at least 1");
        assertThatThrownBy(() -> QUIET.withClipNorm(0)).hasMessageContaining("clipNorm above 0; got 0.0");
        assertThatThrownBy(() -> QUIET.withClipValue(Double.NaN)).hasMessageContaining("clipValue above 0; got NaN");
        assertThatThrownBy(() -> new EarlyStopping(Monitor.min("loss"), 0)).hasMessageContaining("patience");
        assertThatThrownBy(() -> EarlyStoppingOptions.defaults().withMinDelta(-1))
                .hasMessageContaining("minDelta");
        assertThatThrownBy(() -> CheckpointsOptions.defaults().withEvery(0)).hasMessageContaining("every 0");
        assertThatThrownBy(() -> CheckpointsOptions.defaults().withLast(0)).hasMessageContaining("got 0");
    }

    // What is not finite

    private void expectNotFinite(Trainer<Batch> trainer, List<Batch> data, String... parts) {
        List<Map<String, double[]>> before = new ArrayList<>();
        assertThatThrownBy(() -> trainer.fit(data, 5))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll(parts);
        assertThat(before).isEmpty();
    }

    @Test
    void lossThatExplodesSaysWhere() {
        sgd.learningRate(1e30);

        expectNotFinite(
                trainer(QUIET),
                DATA,
                "Trainer: expected a finite loss; got Infinity in epoch 1, batch 2, at learning rate 1.0E30, after losses"
                        + " of ",
                "What the layers give is finite, so it is the loss function");
    }

    @Test
    void nanInTheDataIsNamed() {
        Batch bad = new Batch(Tensor.full(Float.NaN, 2, 2), Tensor.zeros(2, 1));

        expectNotFinite(
                trainer(QUIET),
                List.of(bad),
                "got NaN in epoch 1, batch 1, at learning rate 0.1, in the first batch. There are such numbers in the"
                        + " batch's features. Clean the data");
        assertThat(model.parameters().values()).allMatch(NonFinite::isFinite);
    }

    @Test
    void parameterThatIsNanIsNamed() {
        Sequential broken = new Sequential(new Linear(2, 1));
        broken.load(Map.of("0.weight", Tensor.ones(1, 2), "0.bias", Tensor.full(Float.NaN, 1)));

        expectNotFinite(
                Trainer.of(broken, Losses::mseLoss, new Sgd(broken.parameters(), 0.1), QUIET),
                DATA,
                "'0.bias' of the model is not finite");
    }

    @Test
    void layerThatGivesNanFirstIsNamed() {
        Sequential logs = new Sequential(new Linear(2, 2), new Layer() {
            @Override
            public Tensor forward(Tensor x) {
                return x.mul(0).sub(1).log();
            }
        });

        expectNotFinite(
                Trainer.of(logs, (y, t) -> y.sum(), new Sgd(logs.parameters(), 0.1), QUIET),
                DATA,
                "The first layer that gives such numbers is '1'");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void gradientThatIsNotFiniteIsNamedBeforeItIsClipped(boolean byNorm) {
        Trainer<Batch> trainer = Trainer.of(
                model, (y, t) -> y.mul(0).sum().sqrt(), sgd, byNorm ? QUIET.withClipNorm(1) : QUIET.withClipValue(1));

        expectNotFinite(
                trainer,
                DATA,
                "expected finite gradients to clip; got others in epoch 1, batch 1",
                "of '0.weight' first, while the loss is finite");
        assertThat(model.parameters().values()).allMatch(NonFinite::isFinite);
    }

    @Test
    void afterAnExceptionTheEpochBeginsAnew() {
        boolean[] fails = {true};
        Trainer<Batch> trainer = trainer(QUIET.withCallbacks(Callback.everyStep(each -> {
            if (fails[0]) {
                throw new IllegalStateException("unplugged");
            }
        })));
        assertThatThrownBy(() -> trainer.fit(DATA, 1)).hasMessage("unplugged");
        assertThat(trainer.batch()).isZero();

        fails[0] = false;
        assertThat(trainer.fit(DATA, 1).epochs()).isEqualTo(1);
    }
}
