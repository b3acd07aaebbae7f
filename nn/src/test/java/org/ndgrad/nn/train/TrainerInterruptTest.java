package org.ndgrad.nn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.google.common.collect.Iterables;
import com.google.common.primitives.Doubles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Linear;
import org.ndgrad.nn.LinearOptions;
import org.ndgrad.nn.Losses;
import org.ndgrad.nn.data.Batch;
import org.ndgrad.nn.data.DataLoader;
import org.ndgrad.nn.data.TensorDataset;
import org.ndgrad.nn.optim.Sgd;

/** What an interrupt of its thread does while a trainer measures. */
class TrainerInterruptTest {

    /** Four batches. */
    private static final DataLoader<Batch> FOUR = new DataLoader<>(data(8), 2);

    @TempDir
    private Path folder;

    /** A trainer that counts the batches it evaluates, and interrupts itself in one of them. */
    private static final class Run {
        final Linear model = new Linear(1, 1, LinearOptions.defaults().withRng(new Rng(1)));
        final Trainer<Batch> trainer;
        int evaluated;
        int interruptedIn;

        Run(int interruptedIn) {
            this.interruptedIn = interruptedIn;
            model.registerForwardPreHook((block, inputs) -> {
                if (!block.isTraining() && ++evaluated == this.interruptedIn) {
                    Thread.currentThread().interrupt();
                }
                return inputs;
            });
            trainer = Trainer.of(
                    model,
                    Losses::mseLoss,
                    new Sgd(model.parameters(), 0.01),
                    TrainerOptions.defaults().withQuiet(true).withMetrics(MeanAbsoluteError::new));
        }

        List<Object> result() {
            History history = trainer.history();
            return List.of(
                    history.series("loss"),
                    history.series("mean_absolute_error"),
                    history.series("val_loss"),
                    history.series("val_mean_absolute_error"),
                    Doubles.asList(model.weight().toDoubleArray()));
        }
    }

    /** Five batches, in another order each epoch. */
    private static DataLoader<Batch> train() {
        return new DataLoader<>(data(10), 2, new Rng(4));
    }

    private static TensorDataset data(int n) {
        Tensor x = Tensor.rand(new Rng(n), n, 1);
        return new TensorDataset(x, x.mul(3));
    }

    @AfterEach
    void clear() {
        Thread.interrupted();
    }

    @Test
    void evaluatingEndsAfterTheBatch() {
        Run run = new Run(2);
        run.model.train();

        assertThatIllegalStateException()
                .isThrownBy(() -> run.trainer.evaluate(FOUR))
                .withMessage("Trainer.evaluate: expected to go through all data; got an interrupt of thread "
                        + Thread.currentThread().getName() + ". Begin again.");

        assertThat(run.evaluated).isEqualTo(2);
        assertThat(run.model.isTraining()).isTrue();
        assertThat(Thread.interrupted()).as("left to whoever called").isTrue();
        assertThat(run.trainer.evaluate(FOUR)).containsKey("loss");
        assertThat(run.evaluated).isEqualTo(6);
    }

    @Test
    void whatWasMeasuredToTheEndCounts() {
        Map<String, Double> measured = new Run(4).trainer.evaluate(FOUR);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(measured).isEqualTo(new Run(0).trainer.evaluate(FOUR));
    }

    @Test
    void aRunEndsInItsValidationAndGoesOnThere() {
        Run whole = new Run(0);
        whole.trainer.fit(train(), FOUR, 3);
        Run run = new Run(6); // the second batch of the second epoch's validation
        DataLoader<Batch> train = train();

        History history = run.trainer.fit(train, FOUR, 3);

        assertThat(history.epochs()).isEqualTo(1);
        assertThat(run.evaluated).isEqualTo(6);
        assertThat(run.trainer.step()).isEqualTo(10);
        assertThat(Thread.interrupted()).isTrue();
        run.interruptedIn = 0;
        run.trainer.fit(train, FOUR, 3);
        assertThat(run.result()).isEqualTo(whole.result());
        assertThat(run.evaluated).isEqualTo(6 + 8);
    }

    @Test
    void aRunOfACheckpointGoesOnThere() {
        Run whole = new Run(0);
        whole.trainer.fit(train(), FOUR, 3);
        Run stopped = new Run(1);
        stopped.trainer.fit(train(), FOUR, 3);
        Thread.interrupted();
        Path file = folder.resolve("run.ckpt");
        stopped.trainer.checkpoint().save(file);
        Run other = new Run(0);
        other.trainer.checkpoint().load(file);

        other.trainer.fit(train(), FOUR, 3);

        assertThat(other.result()).isEqualTo(whole.result());
        assertThat(Iterables.getLast(other.trainer.history().series("val_loss")))
                .isNotNaN();
    }
}
