package org.ndgrad.nn.train;

import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ndgrad.nn.Stateful;
import org.ndgrad.nn.io.Checkpoint;

/**
 * Saves {@linkplain Trainer#checkpoint checkpoints} of a training in a folder: {@code epoch-0003.ckpt} of the last
 * epochs, and {@code best.ckpt}.
 *
 * <pre>{@code
 * Checkpoints checkpoints = new Checkpoints(
 *         Path.of("run"), CheckpointsOptions.defaults().withBest(Monitor.min("val_loss")));
 * Trainer<Batch> trainer =
 *         Trainer.of(model, Losses::mseLoss, adam, TrainerOptions.defaults().withCallbacks(checkpoints));
 * checkpoints.latest().ifPresent(trainer.checkpoint()::load); // goes on, if the process was stopped
 * trainer.fit(train, validation, 50);
 * trainer.checkpoint().load(checkpoints.best(), "model");
 * }</pre>
 *
 * <p>A training is refused a folder that has checkpoints of later epochs than it has done, of another training for
 * instance. An object belongs to one trainer. Place it behind callbacks whose state it is to save.
 */
public final class Checkpoints implements Callback, Stateful {

    private static final String VALUE = "best";
    private static final String SAVED = "epochs";
    private static final Pattern NAME = Pattern.compile("epoch-(\\d+)\\.ckpt");

    private final Path folder;
    private final CheckpointsOptions options;
    private final List<Long> saved = new ArrayList<>();
    private double best;

    /**
     * Keeps the last epoch.
     *
     * @param folder is made if it is not there
     */
    public Checkpoints(Path folder) {
        this(folder, CheckpointsOptions.defaults());
    }

    /**
     * Keeps what the options say.
     *
     * @param folder is made if it is not there
     */
    public Checkpoints(Path folder, CheckpointsOptions options) {
        this.folder = folder;
        this.options = options;
        this.best = options.best().map(Monitor::worst).orElse(Double.NaN);
    }

    @Override
    public void onFitBegin(Trainer<?> trainer) {
        options.best().ifPresent(monitor -> monitor.check("Checkpoints", trainer.history()));
        Optional<Path> later = latest().filter(file -> epoch(file) > trainer.epoch());
        Optional<Path> anew = Optional.of(best()).filter(file -> trainer.step() == 0 && Files.exists(file));
        checkState(
                later.isEmpty() && anew.isEmpty(),
                "Checkpoints: expected a folder without checkpoints of another run or of later epochs than the %s that are"
                        + " done; got %s. Go on from it with trainer.checkpoint().load(…), or take another folder.",
                trainer.epoch(),
                later.or(() -> anew).map(Path::toString).orElse(""));
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Checkpoints: expected to make the folder " + folder + "; got " + e + ". Choose another.", e);
        }
    }

    @Override
    public void onEpochEnd(Trainer<?> trainer) {
        Checkpoint checkpoint = trainer.checkpoint();
        if (options.best().isPresent()) {
            double value = options.best().get().last(trainer.history());
            if (options.best().get().isBetter(value, best, 0)) {
                best = value;
                checkpoint.save(best());
            }
        }
        if (trainer.epoch() % options.every() == 0) {
            saved.add((long) trainer.epoch());
            checkpoint.save(file(trainer.epoch()));
            while (saved.size() > options.last()) {
                delete(file(saved.remove(0)));
            }
        }
    }

    private Path file(long epoch) {
        return folder.resolve(String.format(Locale.ROOT, "epoch-%04d.ckpt", epoch));
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Checkpoints: expected to delete " + file + "; got " + e + ". Close what has it open.", e);
        }
    }

    /** Returns the checkpoint of the highest epoch in the folder, if there is one. */
    public Optional<Path> latest() {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> epoch(file) >= 0).max(Comparator.comparingLong(Checkpoints::epoch));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Checkpoints: expected to list the folder " + folder + "; got " + e + ". Check the path.", e);
        }
    }

    private static long epoch(Path file) {
        var matcher = NAME.matcher(String.valueOf(file.getFileName()));
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
    }

    /** Returns the file of the best epoch, {@code best.ckpt}. */
    public Path best() {
        return folder.resolve("best.ckpt");
    }

    @Override
    public ImmutableMap<String, Object> stateDict() {
        return ImmutableMap.of(VALUE, best, SAVED, ImmutableList.copyOf(saved));
    }

    @Override
    public void load(Map<String, ?> state) {
        double loadedBest = TrainerState.number(state, VALUE).doubleValue();
        List<Long> epochs = new ArrayList<>();
        for (Object epoch : TrainerState.list(state, SAVED)) {
            epochs.add(TrainerState.number(Map.of(SAVED, epoch), SAVED).longValue());
        }
        best = loadedBest;
        saved.clear();
        saved.addAll(epochs);
    }

    /** Returns where it saves, and what. */
    @Override
    public String toString() {
        return "Checkpoints(" + folder + ", every=" + options.every() + ", last=" + options.last()
                + options.best().map(monitor -> ", best " + monitor.name()).orElse("") + ")";
    }
}
