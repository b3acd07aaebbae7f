package org.ndgrad.nn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.KeepDim;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Block;
import org.ndgrad.nn.Dropout;
import org.ndgrad.nn.Layer;
import org.ndgrad.nn.Linear;
import org.ndgrad.nn.LinearOptions;
import org.ndgrad.nn.Losses;
import org.ndgrad.nn.MseLoss;
import org.ndgrad.nn.Sequential;
import org.ndgrad.nn.Tanh;
import org.ndgrad.nn.data.Batch;
import org.ndgrad.nn.data.DataLoader;
import org.ndgrad.nn.data.TensorDataset;
import org.ndgrad.nn.optim.Adam;
import org.ndgrad.nn.optim.Gradients;
import org.ndgrad.nn.optim.Lbfgs;
import org.ndgrad.nn.optim.Optimizer;
import org.ndgrad.nn.optim.ReduceLrOnPlateau;
import org.ndgrad.nn.optim.ReduceLrOnPlateauOptions;
import org.ndgrad.nn.optim.Sgd;
import org.ndgrad.nn.optim.StepLr;

class TrainerTest {

    private static final TrainerOptions QUIET = TrainerOptions.defaults().withQuiet(true);

    /** The largest error, of which no mean of batches is right. */
    private static final class LargestError implements Metric {
        private double largest;

        @Override
        public void update(Tensor predicted, Tensor targets) {
            largest = Math.max(largest, predicted.sub(targets).abs().max().item());
        }

        @Override
        public double compute() {
            return largest;
        }

        @Override
        public void reset() {
            largest = 0;
        }

        @Override
        public String name() {
            return "largest_error";
        }
    }

    static TensorDataset data(int n, long seed) {
        Tensor x = Tensor.randn(new Rng(seed), n, 2);
        return new TensorDataset(x, x.select(1, 0).mul(x.select(1, 1)).unsqueeze(1));
    }

    static Sequential network() {
        LinearOptions options = LinearOptions.defaults().withRng(new Rng(1));
        return new Sequential(new Linear(2, 8, options), new Tanh(), new Linear(8, 1, options));
    }

    private static double[] weights(Block model) {
        return Functions.cat(
                        model.parameters().values().stream()
                                .map(each -> each.detach().reshape(-1))
                                .toList(),
                        0)
                .toDoubleArray();
    }

    @Test
    void doesWhatALoopByHandDoes() {
        DataLoader<Batch> train = new DataLoader<>(data(10, 3), 4); // batches of 4, 4 and 2
        DataLoader<Batch> validation = new DataLoader<>(data(5, 4), 2);

        Sequential byHand = network();
        Adam adam = new Adam(byHand.parameters(), 0.01);
        StepLr schedule = new StepLr(adam, 2);
        List<Double> losses = new ArrayList<>();
        for (int epoch = 0; epoch < 3; epoch++) {
            double sum = 0;
            for (Batch batch : train) {
                adam.zeroGrad();
                Tensor loss = Losses.mseLoss(byHand.forward(batch.features()), batch.targets());
                loss.backward();
                Gradients.clipGradNorm(byHand.parameters(), 0.5);
                adam.step();
                sum += loss.item() * batch.size();
            }
            losses.add(sum / 10);
            schedule.step();
        }

        Sequential model = network();
        Adam optimizer = new Adam(model.parameters(), 0.01);
        Trainer<Batch> trainer = Trainer.of(
                model,
                Losses::mseLoss,
                optimizer,
                QUIET.withScheduler(new StepLr(optimizer, 2), Interval.EPOCH)
                        .withClipNorm(0.5)
                        .withMetrics(LargestError::new));
        History history = trainer.fit(train, validation, 3);

        assertThat(weights(model)).isEqualTo(weights(byHand));
        assertThat(history.series("loss")).isEqualTo(losses);
        assertThat(history.series("learning_rate")).containsExactly(0.01, 0.01, 0.001);
        assertThat(history.names())
                .containsExactly("loss", "largest_error", "val_loss", "val_largest_error", "learning_rate", "seconds");
        assertThat(history.last("seconds")).isBetween(0.0, 100.0);
        Tensor predicted = model.forward(data(5, 4).features());
        assertThat(history.last("val_loss"))
                .isCloseTo(Losses.mseLoss(predicted, data(5, 4).targets()).item(), within(1e-6));
        assertThat(history.last("val_largest_error"))
                .isEqualTo(predicted.sub(data(5, 4).targets()).abs().max().item());
    }

    @Test
    void accumulatedStepsAreThoseOfLargeBatches() {
        List<Sequential> models = new ArrayList<>();
        for (int accumulation : new int[] {1, 3}) {
            Sequential model = network();
            Sgd sgd = new Sgd(model.parameters(), 0.1);
            DataLoader<Batch> train =
                    new DataLoader<>(data(14, 3), 12 / (accumulation == 1 ? 1 : 3)); // 12 + 2, 4 + 4 + 4 + 2
            Trainer<Batch> trainer = Trainer.of(model, Losses::mseLoss, sgd, QUIET.withAccumulation(accumulation));
            trainer.fit(train, 4);
            assertThat(trainer.step()).isEqualTo(8);
            models.add(model);
        }

        assertThat(weights(models.get(1))).containsExactly(weights(models.get(0)), within(1e-6));
    }

    @Test
    void stepsOfUnequalBatchesWeighSamplesAlike() {
        Sequential whole = network();
        Trainer.of(whole, Losses::mseLoss, new Sgd(whole.parameters(), 0.1), QUIET)
                .fit(new DataLoader<>(data(7, 3), 7), 1);
        Sequential parts = network();
        Trainer.of(parts, Losses::mseLoss, new Sgd(parts.parameters(), 0.1), QUIET.withAccumulation(9))
                .fit(new DataLoader<>(data(7, 3), 3), 1);

        assertThat(weights(parts)).containsExactly(weights(whole), within(1e-6));
    }

    @Test
    void modesAreThoseOfTheMomentAndComeBack() {
        Dropout dropout = new Dropout(0.5);
        Sequential model = new Sequential(new Linear(2, 1), dropout);
        List<Boolean> modes = new ArrayList<>();
        Trainer<Batch> trainer = Trainer.of(
                model,
                Losses::mseLoss,
                new Sgd(model.parameters(), 0.1),
                QUIET.withCallbacks(Callback.everyStep(each -> modes.add(model.isTraining() && dropout.isTraining()))));
        DataLoader<Batch> train = new DataLoader<>(data(4, 1), 2);

        trainer.fit(train, train, 2);
        assertThat(modes).containsExactly(true, true, true, true);
        assertThat(model.isTraining() || dropout.isTraining()).isFalse();

        model.train();
        dropout.eval();
        double loss = trainer.evaluate(train).get("loss");
        assertThat(model.isTraining()).isTrue();
        assertThat(dropout.isTraining()).isFalse();
        assertThat(trainer.evaluate(train)).containsEntry("loss", loss);
        assertThat(trainer.history().epochs()).isEqualTo(2);
    }

    @Test
    void blocksSharedInSeveralPlacesGetTheirModeBack() {
        Dropout shared = new Dropout(0.5);
        Sequential first = new Sequential(shared);
        Sequential second = new Sequential(shared);
        Sequential model = new Sequential(first, second, new Linear(2, 1));
        shared.eval();
        Trainer<Batch> trainer = Trainer.of(model, Losses::mseLoss, new Sgd(model.parameters(), 0.1), QUIET);

        trainer.evaluate(new DataLoader<>(data(4, 1), 2));

        assertThat(shared.isTraining()).isFalse();
        assertThat(second.isTraining()).isTrue();
    }

    @Test
    void evaluatingWithinAnEpochLeavesItsMetricsAlone() {
        DataLoader<Batch> train = new DataLoader<>(data(6, 1), 2);
        List<Double> errors = new ArrayList<>();
        for (boolean within : new boolean[] {false, true}) {
            Sequential model = network();
            AtomicReference<Trainer<Batch>> self = new AtomicReference<>();
            self.set(Trainer.of(
                    model,
                    Losses::mseLoss,
                    new Sgd(model.parameters(), 0.1),
                    QUIET.withMetrics(LargestError::new).withCallbacks(Callback.everyStep(each -> {
                        if (within) {
                            self.get().evaluate(List.of(data(50, 9).all()));
                        }
                    }))));
            errors.add(self.get().fit(train, 2).last("largest_error"));
        }

        assertThat(errors.get(1)).isEqualTo(errors.get(0));
    }

    /** Takes two inputs, so that it is no layer. */
    private static final class Difference extends Block {
        private final Linear map = new Linear(2, 1);

        Tensor forward(Tensor left, Tensor right) {
            return map.forward(left).sub(map.forward(right));
        }
    }

    private record Pair(Tensor left, Tensor right, Tensor target) {}

    @Test
    void anyModelAndBatchGoWithALossOfBatches() {
        Difference model = new Difference();
        Tensor x = Tensor.randn(new Rng(1), 6, 2);
        Tensor y = x.sum(1, KeepDim.YES);
        List<Pair> pairs = List.of(
                new Pair(x.slice(0, 0, 4), x.slice(0, 2, 6), y.slice(0, 0, 4).sub(y.slice(0, 2, 6))),
                new Pair(x.slice(0, 0, 1), x.slice(0, 5, 6), y.slice(0, 0, 1).sub(y.slice(0, 5, 6))));
        Trainer<Pair> trainer = Trainer.of(
                model,
                pair -> Losses.mseLoss(model.forward(pair.left(), pair.right()), pair.target()),
                new Adam(model.parameters(), 0.05),
                QUIET);

        History history = trainer.fit(pairs, pairs, 100);

        assertThat(history.last("loss"))
                .isLessThan(0.01 * history.series("loss").get(0));
        double first = trainer.evaluate(pairs.subList(0, 1)).get("loss");
        double second = trainer.evaluate(pairs.subList(1, 2)).get("loss");
        assertThat(trainer.evaluate(pairs).get("loss")).isCloseTo((4 * first + second) / 5, within(1e-9));
    }

    @Test
    void lbfgsCountsEachBatchOnce() {
        Sequential model = network();
        Trainer<Batch> trainer = Trainer.of(
                model,
                new MseLoss()::forward,
                new Lbfgs(model.parameters(), 0.5),
                QUIET.withMetrics(LargestError::new));

        History history = trainer.fit(List.of(data(20, 1).all()), 5);

        assertThat(history.last("loss")).isLessThan(0.3 * history.series("loss").get(0));
    }

    @Test
    void schedulesGoByStepsOrByThePlateauOfTheLoss() {
        DataLoader<Batch> train = new DataLoader<>(data(6, 1), 2);
        Sequential model = network();
        Sgd sgd = new Sgd(model.parameters(), 1);
        Trainer.of(model, Losses::mseLoss, sgd, QUIET.withScheduler(new StepLr(sgd, 2), Interval.STEP))
                .fit(train, 2);
        assertThat(sgd.learningRate()).isCloseTo(1e-3, within(1e-12));

        Sgd still = new Sgd(model.parameters(), 0);
        still.learningRate(1e-30);
        ReduceLrOnPlateau plateau = new ReduceLrOnPlateau(
                still, ReduceLrOnPlateauOptions.defaults().withPatience(1).withEpsilon(0));
        Trainer.of(model, Losses::mseLoss, still, QUIET.withScheduler(plateau, Interval.EPOCH))
                .fit(train, train, 4);
        assertThat(still.learningRate()).isCloseTo(1e-31, within(1e-40));
    }

    @Test
    void callbacksComeAtTheirMomentsInOrder() {
        List<String> calls = new ArrayList<>();
        Callback all = new Callback() {
            @Override
            public void onFitBegin(Trainer<?> trainer) {
                calls.add("begin");
            }

            @Override
            public void onStepEnd(Trainer<?> trainer) {
                calls.add("step " + trainer.batch());
            }

            @Override
            public void onEpochEnd(Trainer<?> trainer) {
                calls.add("epoch " + trainer.epoch());
            }

            @Override
            public void onFitEnd(Trainer<?> trainer) {
                calls.add("end");
            }
        };
        Sequential model = network();

        Trainer.of(model, Losses::mseLoss, new Sgd(model.parameters(), 0.1), QUIET.withCallbacks(all))
                .fit(new DataLoader<>(data(4, 1), 2), 2);

        assertThat(calls).containsExactly("begin", "step 1", "step 2", "epoch 1", "step 1", "step 2", "epoch 2", "end");
    }

    @Test
    void fitGoesOnCountingEpochs() {
        Sequential model = network();
        Trainer<Batch> trainer = Trainer.of(model, Losses::mseLoss, new Sgd(model.parameters(), 0.1), QUIET);
        DataLoader<Batch> train = new DataLoader<>(data(4, 1), 2);
        trainer.fit(train, 2);

        History history = trainer.fit(train, 5);

        assertThat(history.epochs()).isEqualTo(5);
        assertThat(trainer.step()).isEqualTo(10);
    }

    @Test
    void trainersPrintWhatTheyAre() {
        Layer model = new Linear(2, 1);
        Optimizer sgd = new Sgd(model.parameters(), 0.5);

        assertThat(Trainer.of(model, Losses::mseLoss, sgd, QUIET.withMetrics(LargestError::new)))
                .hasToString("Trainer(Linear with 3 parameters, " + sgd
                        + ", epochs=0, metrics=[largest_error], callbacks=[])");
    }
}
