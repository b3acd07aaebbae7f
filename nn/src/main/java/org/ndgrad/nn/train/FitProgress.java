package org.ndgrad.nn.train;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.StringJoiner;
import org.ndgrad.nn.data.DataLoader;

/** Shows how far a run of a {@link Trainer} is, in batches of all its epochs, with its newest losses and metrics. */
final class FitProgress implements Callback, AutoCloseable {

    private final Progress progress;
    private final int epochs;

    /** How many an epoch has, or 0 if nobody knows it before the first is through. */
    private long batches;

    private String validation = "";

    FitProgress(Trainer<?> trainer, FitData<?> data, int epochs, TrainerOptions options) {
        this.epochs = epochs;
        batches = batches(data.train());
        PrintStream out = out(options);
        if (!data.note().isEmpty()) {
            out.println(data.note());
        }
        progress = Progress.from(
                "batch",
                batches > 0 ? batches * epochs : Progress.UNKNOWN,
                batches * trainer.epoch() + (batches > 0 ? trainer.batch() : 0),
                out);
    }

    private static long batches(Iterable<?> train) {
        if (train instanceof DataLoader<?> loader) {
            try {
                return loader.batches();
            } catch (IllegalStateException e) {
                return 0; // a stream
            }
        }
        return train instanceof Collection<?> collection ? collection.size() : 0;
    }

    private static PrintStream out(TrainerOptions options) {
        return options.quiet()
                ? new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)
                : options.out().orElseGet(Progress::standardOut);
    }

    @Override
    public void onStepEnd(Trainer<?> trainer) {
        if (trainer.batch() != batches) { // the last one waits for the epoch's numbers
            progress.stepTo(batches * trainer.epoch() + trainer.batch(), status(trainer, trainer.epoch() + 1));
        }
    }

    private String status(Trainer<?> trainer, int epoch) {
        return "epoch " + epoch + "/" + epochs + ", loss " + History.shown(trainer.loss()) + validation;
    }

    @Override
    public void onEpochEnd(Trainer<?> trainer) {
        History history = trainer.history();
        StringJoiner texts = new StringJoiner(", ", ", ", "").setEmptyValue("");
        for (String name : history.names()) {
            if (name.startsWith(Trainer.VALIDATION)) {
                texts.add(name + " " + History.shown(history.last(name)));
            }
        }
        validation = texts.toString();
        if (batches == 0) {
            batches = trainer.batchesOfEpoch();
            progress.total(batches * epochs, batches * (trainer.epoch() - 1));
        }
        progress.stepTo(batches * trainer.epoch(), status(trainer, trainer.epoch()));
        validation = validation.isEmpty() ? "" : ", last" + validation.substring(1);
    }

    @Override
    public void close() {
        progress.close();
    }
}
