package org.ndgrad.nn.train;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Block;
import org.ndgrad.nn.Layer;
import org.ndgrad.nn.Stateful;
import org.ndgrad.nn.data.Batch;
import org.ndgrad.nn.data.DataLoader;
import org.ndgrad.nn.io.Checkpoint;
import org.ndgrad.nn.optim.LrScheduler;
import org.ndgrad.nn.optim.Optimizer;
import org.ndgrad.nn.optim.ReduceLrOnPlateau;

/**
 * The usual training loop: goes through batches for some epochs, measures, keeps a {@link History}, and calls what is
 * to be done on the way. A loop written by hand does the same and can do more; this one saves its lines.
 *
 * <pre>{@code
 * Adam adam = new Adam(model.parameters(), 1e-3);
 * Trainer<Batch> trainer = Trainer.of(
 *         model,
 *         Losses::crossEntropy,
 *         adam,
 *         TrainerOptions.defaults()
 *                 .withMetrics(Accuracy::new)
 *                 .withCallbacks(new EarlyStopping(Monitor.min("val_loss"), 5)));
 * History history = trainer.fit(train, validation, 50);
 * System.out.println(trainer.evaluate(test)); // {loss=0.0312, accuracy=0.991}
 * }</pre>
 *
 * <p>Meanwhile the model is in training mode, but for validation; afterwards it is in evaluation mode. Losses and
 * metrics are those of all samples, not means over batches; a penalty counts in the loss of training data only. A loss
 * of training data that is infinite or NaN, or such a gradient where gradients are clipped, ends the run with an
 * exception that says where it comes from; no step is made with it.
 *
 * <p>Epochs are counted from the beginning, over all calls of {@link #fit} and over {@link #load}: a run that was
 * stopped goes on when the same {@code fit} is called again. {@link #stateDict} has all that the trainer, its schedule,
 * its callbacks and the position in the training data need for this to give the same numbers, also within an epoch;
 * {@link #checkpoint} has the model and the optimizer besides. Data that is not {@link Stateful} must give the same
 * batches again. The metrics of this package have a state for this; of others that are not {@link Stateful}, the value
 * for training data is NaN in an epoch that was loaded half done.
 *
 * <p>Not thread-safe.
 *
 * @param <T> what the data give as a batch
 */
public final class Trainer<T> implements Stateful {

    /** What stands before the names of series of validation data. */
    static final String VALIDATION = "val_";

    private static final String RATE = "learning_rate";
    private static final String SECONDS = "seconds";

    private final Block model;
    private final Function<T, Pass> forward;
    private final Optimizer optimizer;
    private final TrainerOptions options;
    private final Steps<T> steps;
    private final FitData.Splitter<T> splitter;
    private final History history = new History();
    private final Position position = new Position();
    private Tally tally;
    private boolean isRunning;
    private boolean isStopped;

    private Trainer(Block model, Function<T, Pass> forward, Optimizer optimizer, TrainerOptions options) {
        this.model = model;
        this.forward = forward;
        this.optimizer = optimizer;
        this.options = options;
        this.steps = new Steps<>(model, forward, optimizer, options);
        this.splitter = new FitData.Splitter<>(options.validationSplit());
        this.tally = new Tally(options.metrics());
        options.scheduler().ifPresent(scheduler -> TrainerChecks.scheduler(scheduler, optimizer));
        TrainerChecks.names(names(true));
    }

    /** Makes a trainer with the {@linkplain TrainerOptions#defaults default options}. */
    public static Trainer<Batch> of(
            Layer model, BiFunction<? super Tensor, ? super Tensor, Tensor> loss, Optimizer optimizer) {
        return of(model, loss, optimizer, TrainerOptions.defaults());
    }

    /**
     * Makes a trainer of a model that maps features to predictions.
     *
     * @param model what to train
     * @param loss takes predictions and targets, and returns their loss, the mean over the batch, as one number:
     *     {@code Losses::crossEntropy}, {@code new MseLoss()::forward}, or a lambda
     * @param optimizer of all parameters of the model that require a gradient
     * @throws IllegalArgumentException if two metrics have one name, or the schedule belongs to another optimizer
     */
    public static Trainer<Batch> of(
            Layer model,
            BiFunction<? super Tensor, ? super Tensor, Tensor> loss,
            Optimizer optimizer,
            TrainerOptions options) {
        TrainerChecks.parts(model, loss, optimizer);
        return new Trainer<>(
                model,
                batch -> {
                    Tensor predicted = model.call(batch.features());
                    return new Pass(
                            loss.apply(predicted, batch.targets()),
                            metric -> metric.update(predicted.detach(), batch.targets()));
                },
                optimizer,
                options);
    }

    /** Makes a trainer with the {@linkplain TrainerOptions#defaults default options}. */
    public static <T> Trainer<T> of(Block model, Function<? super T, Tensor> loss, Optimizer optimizer) {
        return of(model, loss, optimizer, TrainerOptions.defaults());
    }

    /**
     * Makes a trainer of any model and any form of batch; there are no metrics, since nobody knows the predictions.
     *
     * <pre>{@code
     * Trainer.of(model, (Pair pair) -> Losses.mseLoss(model.forward(pair.left(), pair.right()), pair.target()), adam);
     * }</pre>
     *
     * @param model what to train, with all parameters that the loss depends on
     * @param loss takes a batch and returns its loss, the mean over its samples, as one number; the first size of the
     *     first tensor in a batch is the number of its samples
     * @param optimizer of all parameters of the model that require a gradient
     * @throws IllegalArgumentException if there are metrics, or the schedule belongs to another optimizer
     */
    public static <T> Trainer<T> of(
            Block model, Function<? super T, Tensor> loss, Optimizer optimizer, TrainerOptions options) {
        TrainerChecks.parts(model, loss, optimizer);
        checkArgument(
                options.metrics().isEmpty(),
                "Trainer: expected no metrics beside a loss of whole batches, which hides predictions and targets; got"
                        + " some. Pass a loss of predictions and targets, or measure in a callback.");
        return new Trainer<>(model, batch -> new Pass(loss.apply(batch), metric -> {}), optimizer, options);
    }

    /**
     * Trains until a number of epochs is done. With a
     * {@linkplain TrainerOptions#withValidationSplit(double, long) validation split} a part of the data is for that.
     *
     * @param train gone through once for each epoch: a {@link DataLoader}, or a list of batches
     * @param epochs how many, counted from the beginning
     * @return the {@link #history}
     * @throws IllegalArgumentException if there is nothing to train: no data, no parameters, no further epochs; or the
     *     optimizer has other parameters than the model
     * @throws IllegalStateException if a loss is infinite or NaN
     */
    public History fit(Iterable<? extends T> train, int epochs) {
        return fit(train, Optional.empty(), epochs);
    }

    /**
     * Trains until a number of epochs is done, and measures the loss and the metrics of other data after each.
     *
     * @param train gone through once for each epoch
     * @param validation gone through after each epoch, for the series {@code val_…} of the history
     * @param epochs how many, counted from the beginning
     * @return the {@link #history}
     * @throws IllegalArgumentException as without validation data, if there is none, or if there is a validation split
     *     as well
     * @throws IllegalStateException if a loss of the training data is infinite or NaN
     */
    public History fit(Iterable<? extends T> train, Iterable<? extends T> validation, int epochs) {
        return fit(train, Optional.of(validation), epochs);
    }

    private History fit(Iterable<? extends T> train, Optional<Iterable<? extends T>> validation, int epochs) {
        checkState(!isRunning, "Trainer.fit: expected no other run of this trainer; got one. Let it end first.");
        TrainerChecks.epochs(epochs, position);
        TrainerChecks.parameters(model, optimizer);
        FitData<T> data = splitter.of(train, validation);
        position.begin(data.train());
        history.declare(names(data.validation().isPresent()));
        isRunning = true;
        isStopped = false;
        model.train();
        try (FitProgress progress = new FitProgress(this, data, epochs, options)) {
            List<Callback> callbacks = new ArrayList<>(options.callbacks());
            callbacks.add(0, progress);
            callbacks.forEach(callback -> callback.onFitBegin(this));
            while (position.epoch() < epochs
                    && !isStopped()
                    && trainEpoch(data.train(), callbacks)
                    && endEpoch(data.validation())) {
                callbacks.forEach(callback -> callback.onEpochEnd(this));
            }
            position.end();
        } finally {
            isRunning = false;
            model.eval();
            if (position.isGoing()) { // an exception: the next fit begins the epoch anew
                position.abandonEpoch();
                tally = new Tally(options.metrics());
            }
        }
        options.callbacks().forEach(callback -> callback.onFitEnd(this));
        return history;
    }

    /** Goes through the data, from where it was left; returns false if stopped before the end. */
    private boolean trainEpoch(Iterable<? extends T> train, List<Callback> callbacks) {
        Iterator<? extends T> batches = position.iterator(train);
        while (batches.hasNext()) {
            List<T> group = new ArrayList<>();
            do {
                group.add(batches.next());
            } while (batches.hasNext() && group.size() < options.accumulation());
            steps.step(
                    group,
                    tally,
                    "epoch " + (position.epoch() + 1) + ", batch " + (position.batch() + 1)
                            + (group.size() > 1 ? " to " + (position.batch() + group.size()) : ""));
            position.advance(group.size(), !batches.hasNext());
            schedule(Interval.STEP, LrScheduler::step);
            callbacks.forEach(callback -> callback.onStepEnd(this));
            if (isStopped() && batches.hasNext()) {
                return false;
            }
        }
        checkArgument(
                position.batch() > 0,
                "Trainer.fit: expected batches to train on in every epoch; got none in epoch %s. Check the data, and"
                        + " that it can be gone through again: pass a loader or a list, not the iterator of one.",
                position.epoch() + 1);
        return true;
    }

    /** Measures and writes down what the epoch came to; returns false if interrupted, and then leaves it for later. */
    private boolean endEpoch(Optional<Iterable<? extends T>> validation) {
        Map<String, Double> row = new LinkedHashMap<>(tally.results(""));
        if (validation.isPresent()) {
            Optional<Tally> measured = Tally.of(model, forward, options, validation.get());
            if (measured.isEmpty()) {
                return false;
            }
            row.putAll(measured.get().results(VALIDATION));
        }
        row.put(RATE, optimizer.learningRate());
        row.put(SECONDS, position.seconds());
        history.add(row);
        tally = new Tally(options.metrics());
        position.endEpoch();
        schedule(Interval.EPOCH, scheduler -> {
            if (scheduler instanceof ReduceLrOnPlateau plateau) {
                plateau.step(history.last(validation.isPresent() ? VALIDATION + Tally.LOSS : Tally.LOSS));
            } else {
                scheduler.step();
            }
        });
        return true;
    }

    private void schedule(Interval moment, Consumer<LrScheduler> step) {
        if (options.interval() == moment) {
            options.scheduler().ifPresent(step);
        }
    }

    /**
     * Returns the loss and the metrics of data, by name, in evaluation mode and without recording. Each block of the
     * model is afterwards in the mode that it was in.
     *
     * @param data gone through once
     * @throws IllegalArgumentException if there is none
     * @throws IllegalStateException if its thread is interrupted, after the current batch, before the last
     */
    public ImmutableMap<String, Double> evaluate(Iterable<? extends T> data) {
        return Tally.of(model, forward, options, data)
                .orElseThrow(() -> new IllegalStateException("Trainer.evaluate: expected to go through all data; got an"
                        + " interrupt of thread " + Thread.currentThread().getName() + ". Begin again."))
                .results("");
    }

    /**
     * Ends the run after the current step or epoch; the same {@link #fit} goes on from there. An interrupt of its
     * thread does the same, as by Ctrl-C in a shell or the button of a notebook, and ends a pass through validation
     * data, too, after its batch; the next run begins that pass again.
     */
    public void stop() {
        isStopped = true;
    }

    /** Whether something ended the run before its last epoch. */
    boolean isStopped() {
        return isStopped || Thread.currentThread().isInterrupted();
    }

    // What callbacks want to know

    /** Returns the model. */
    public Block model() {
        return model;
    }

    /** Returns the optimizer. */
    public Optimizer optimizer() {
        return optimizer;
    }

    /** Returns the numbers of all epochs that are done; later ones are added to the same object. */
    public History history() {
        return history;
    }

    /** Returns how many epochs are done. */
    public int epoch() {
        return position.epoch();
    }

    /** Returns how many batches are done of an epoch that is not. */
    public long batch() {
        return position.batch();
    }

    /** Returns how many steps the optimizer has made in all epochs. */
    public long step() {
        return position.step();
    }

    /** Returns the mean loss of the samples so far in an epoch that is not done; of the last epoch when it is. */
    public double loss() {
        return tally.samples() > 0 || history.epochs() == 0 ? tally.loss() : history.last(Tally.LOSS);
    }

    /** Returns how many batches the last epoch had. */
    long batchesOfEpoch() {
        return position.batchesOfEpoch();
    }

    // State

    /**
     * Returns a checkpoint of the model, the optimizer and this trainer, to be saved, or to be loaded before the same
     * {@link #fit}. What else belongs to the run is added by {@code with}.
     */
    public Checkpoint checkpoint() {
        return new Checkpoint()
                .with("model", model)
                .with("optimizer", optimizer)
                .with("trainer", this);
    }

    @Override
    public ImmutableMap<String, Object> stateDict() {
        return TrainerState.of(position, tally, history, options);
    }

    @Override
    public void load(Map<String, ?> state) {
        checkState(!isRunning, "Trainer.load: expected no run of this trainer; got one. Load before fit.");
        tally = TrainerState.load(state, position, history, options);
    }

    // Details

    private List<String> names(boolean validation) {
        List<String> names = new ArrayList<>(tally.names());
        if (validation) {
            tally.names().forEach(name -> names.add(VALIDATION + name));
        }
        Collections.addAll(names, RATE, SECONDS);
        return names;
    }

    /** Returns what is trained, how, and how far. */
    @Override
    public String toString() {
        return "Trainer(" + model.getClass().getSimpleName() + " with " + model.parameterCount() + " parameters, "
                + optimizer + ", epochs=" + position.epoch() + ", metrics="
                + ImmutableSet.copyOf(tally.names().subList(1, tally.names().size())) + ", callbacks="
                + options.callbacks() + ")";
    }
}
