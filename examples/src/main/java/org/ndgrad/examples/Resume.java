package org.ndgrad.examples;

import com.google.common.primitives.Doubles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.ndgrad.autograd.Rng;
import org.ndgrad.nn.BatchNorm1d;
import org.ndgrad.nn.Dropout;
import org.ndgrad.nn.Linear;
import org.ndgrad.nn.Losses;
import org.ndgrad.nn.Relu;
import org.ndgrad.nn.Sequential;
import org.ndgrad.nn.data.Batch;
import org.ndgrad.nn.data.DataLoader;
import org.ndgrad.nn.data.Splits;
import org.ndgrad.nn.data.Subset;
import org.ndgrad.nn.data.Synthetic;
import org.ndgrad.nn.optim.Adam;
import org.ndgrad.nn.optim.CosineAnnealingLr;
import org.ndgrad.nn.train.Callback;
import org.ndgrad.nn.train.History;
import org.ndgrad.nn.train.Interval;
import org.ndgrad.nn.train.Trainer;
import org.ndgrad.nn.train.TrainerOptions;

/**
 * A training that is stopped in the middle of an epoch, and goes on from a file to the very numbers of one that was
 * not: with shuffled data, dropout, batch normalization, Adam and a schedule, all of which remember something.
 */
public final class Resume {

    private static final Path FOLDER = Path.of("out", "resume");
    private static final int EPOCHS = 10;
    private static final int BATCH_SIZE = 32;
    private static final double LEARNING_RATE = 0.01;

    /** Of 10 steps in an epoch, so that it is in the middle of the fifth. */
    private static final long LAST_STEP = 45;

    private Resume() {}

    /**
     * Trains without a stop, then with one, and prints both beside each other. The file of the second is
     * {@code out/resume/run.ckpt}; {@code inspect} shows what is in it.
     *
     * @param args at most one: the seed of everything random, 0 if left out
     */
    public static void main(String[] args) {
        run(Seed.of("resume", args), FOLDER);
    }

    static void run(long seed, Path folder) {
        System.out.println("without a stop");
        Run whole = new Run(seed);
        whole.fit();

        Run goneOn = stopAndGoOn(seed, folder);

        System.out.println("\nwithout a stop\n" + table(whole) + "\n\nstopped and gone on\n" + table(goneOn) + "\n");
        System.out.println(
                "parameters, buffers and history equal to the last bit: " + (isSame(whole, goneOn) ? "yes" : "NO"));
    }

    /** Trains until some step, and goes on with new objects that know nothing but the file. */
    static Run stopAndGoOn(long seed, Path folder) {
        Path file = folder.resolve("run.ckpt");
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("resume: expected to make the folder " + folder + "; got " + e, e);
        }
        Run stopped = new Run(seed, Callback.everyStep(trainer -> {
            if (trainer.step() == LAST_STEP) {
                trainer.checkpoint().save(file);
                trainer.stop();
            }
        }));
        System.out.println("\nuntil step " + LAST_STEP);
        stopped.fit();

        System.out.println("\nfrom " + file);
        Run goneOn = new Run(seed + 1); // begins with other weights and another order
        goneOn.trainer.checkpoint().load(file);
        goneOn.fit();
        return goneOn;
    }

    /** A training, with data that do not depend on the seed and everything else that does. */
    static final class Run {
        private final Sequential model;
        private final Trainer<Batch> trainer;
        private final DataLoader<Batch> train;
        private final DataLoader<Batch> validation;

        Run(long seed, Callback... callbacks) {
            List<Subset<Batch>> parts = Splits.byFraction(Synthetic.moons(new Rng(0), 200, 0.2), new Rng(1), 0.8, 0.2);
            Rng.manualSeed(seed);
            train = new DataLoader<>(parts.get(0), BATCH_SIZE, new Rng(seed));
            validation = new DataLoader<>(parts.get(1), BATCH_SIZE);
            model = new Sequential(
                    new Linear(2, 32), new BatchNorm1d(32), new Relu(), new Dropout(0.2), new Linear(32, 2));
            Adam adam = new Adam(model.parameters(), LEARNING_RATE);
            trainer = Trainer.of(
                    model,
                    Losses::crossEntropy,
                    adam,
                    TrainerOptions.defaults()
                            .withScheduler(new CosineAnnealingLr(adam, EPOCHS), Interval.EPOCH)
                            .withCallbacks(callbacks));
        }

        History fit() {
            return trainer.fit(train, validation, EPOCHS);
        }
    }

    private static String table(Run run) {
        return run.trainer.history().toString();
    }

    /** Whether two trainings have the same parameters, buffers and losses, to the last bit. */
    static boolean isSame(Run a, Run b) {
        return numbers(a).equals(numbers(b));
    }

    private static List<List<Double>> numbers(Run run) {
        Stream<List<Double>> tensors =
                run.model.stateDict().values().stream().map(each -> Doubles.asList(each.toDoubleArray()));
        History history = run.trainer.history();
        return Stream.concat(
                        tensors,
                        Stream.of(history.series("loss"), history.series("val_loss"), history.series("learning_rate")))
                .toList();
    }
}
