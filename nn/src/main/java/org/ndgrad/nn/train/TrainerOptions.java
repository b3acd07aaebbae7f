package org.ndgrad.nn.train;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.io.PrintStream;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.ndgrad.nn.data.Batch;
import org.ndgrad.nn.data.DataLoader;
import org.ndgrad.nn.data.Splits;
import org.ndgrad.nn.optim.Gradients;
import org.ndgrad.nn.optim.LrScheduler;
import org.ndgrad.nn.optim.ReduceLrOnPlateau;

/**
 * What can be chosen about a {@link Trainer}.
 *
 * <pre>{@code
 * TrainerOptions.defaults()
 *         .withMetrics(Accuracy::new)
 *         .withScheduler(new OneCycleLr(adam, 0.01, 20 * loader.batches()), Interval.STEP)
 *         .withClipNorm(1)
 *         .withCallbacks(new EarlyStopping(Monitor.min("val_loss"), 5));
 * }</pre>
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param metrics what makes each metric anew, for every pass through data
 * @param callbacks what is called at moments of the run, in this order
 * @param scheduler what changes the learning rates
 * @param interval after what the scheduler steps
 * @param accumulation how many batches make one step of the optimizer, at least 1
 * @param clipNorm the largest norm of all gradients together
 * @param clipValue the largest absolute value of an element of a gradient
 * @param quiet whether to show no progress
 * @param out where to show it, if not on {@code System.out}
 * @param penalty what is added to the loss of each batch of training data
 * @param validationSplit which part of the training data is kept for validation
 */
public record TrainerOptions(
        ImmutableList<Supplier<? extends Metric>> metrics,
        ImmutableList<Callback> callbacks,
        Optional<LrScheduler> scheduler,
        Interval interval,
        int accumulation,
        OptionalDouble clipNorm,
        OptionalDouble clipValue,
        boolean quiet,
        Optional<PrintStream> out,
        Optional<Penalty> penalty,
        Optional<ValidationSplit> validationSplit) {

    private static final TrainerOptions DEFAULTS = new TrainerOptions(
            ImmutableList.of(),
            ImmutableList.of(),
            Optional.empty(),
            Interval.EPOCH,
            1,
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if a number is out of range
     */
    public TrainerOptions {
        checkArgument(
                accumulation >= 1,
                "Trainer: expected an accumulation of at least 1 batch; got %s. 1 makes a step of each batch.",
                accumulation);
        checkLimit("clipNorm", clipNorm);
        checkLimit("clipValue", clipValue);
    }

    private static void checkLimit(String name, OptionalDouble limit) {
        checkArgument(
                limit.isEmpty() || limit.getAsDouble() > 0,
                "Trainer: expected %s above 0; got %s. With 0, nothing would be learned.",
                name,
                limit.isPresent() ? limit.getAsDouble() : "none");
    }

    /** Returns the defaults: no metrics, a step for each batch, progress on {@code System.out}. */
    public static TrainerOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Returns these options with other metrics, measured on the training data while training, and on the validation
     * data.
     *
     * @param metrics what makes each anew, {@code Accuracy::new}
     */
    @SafeVarargs
    public final TrainerOptions withMetrics(Supplier<? extends Metric>... metrics) {
        ImmutableList.Builder<Supplier<? extends Metric>> list = ImmutableList.builder();
        for (Supplier<? extends Metric> metric : metrics) {
            list.add(metric);
        }
        return with(draft -> draft.metrics = list.build());
    }

    /** Returns these options with other callbacks, called in this order. */
    public TrainerOptions withCallbacks(Callback... callbacks) {
        return with(draft -> draft.callbacks = ImmutableList.copyOf(callbacks));
    }

    /**
     * Returns these options with a schedule of learning rates. A {@link ReduceLrOnPlateau} goes by the validation loss,
     * or by the loss without validation data, and steps after epochs.
     *
     * @param scheduler of the trainer's optimizer
     * @param interval after what it steps
     */
    public TrainerOptions withScheduler(LrScheduler scheduler, Interval interval) {
        checkArgument(
                interval == Interval.EPOCH || !(scheduler instanceof ReduceLrOnPlateau),
                "Trainer: expected ReduceLrOnPlateau to step after epochs, when there is a loss to go by; got STEP."
                        + " Pass Interval.EPOCH.");
        return with(draft -> {
            draft.scheduler = Optional.of(scheduler);
            draft.interval = interval;
        });
    }

    /**
     * Returns these options with several batches for each step of the optimizer, whose gradient is the mean over all
     * their samples, as if they were one batch; the last step of an epoch takes those that are left.
     */
    public TrainerOptions withAccumulation(int accumulation) {
        return with(draft -> draft.accumulation = accumulation);
    }

    /** Returns these options with gradients clipped by {@link Gradients#clipGradNorm}, to a norm above 0. */
    public TrainerOptions withClipNorm(double clipNorm) {
        return with(draft -> draft.clipNorm = OptionalDouble.of(clipNorm));
    }

    /** Returns these options with gradients clipped by {@link Gradients#clipGradValue}, to a value above 0. */
    public TrainerOptions withClipValue(double clipValue) {
        return with(draft -> draft.clipValue = OptionalDouble.of(clipValue));
    }

    /** Returns these options without showing progress, or with it. */
    public TrainerOptions withQuiet(boolean quiet) {
        return with(draft -> draft.quiet = quiet);
    }

    /** Returns these options with progress shown on another stream, in plain lines. */
    public TrainerOptions withOut(PrintStream out) {
        return with(draft -> draft.out = Optional.of(out));
    }

    /**
     * Returns these options with a penalty on the model, added to the loss of each batch of training data: {@code model
     * -> Penalties.l2(model.parameters()).mul(1e-4)}. The series {@code loss} has it; {@code val_loss} and what
     * {@link Trainer#evaluate} returns have not, for they say how good the predictions are.
     *
     * @param penalty takes the model of the trainer, and returns one number
     */
    public TrainerOptions withPenalty(Penalty penalty) {
        return with(draft -> draft.penalty = Optional.of(penalty));
    }

    /** Returns these options with a part of the training data kept for validation, drawn by seed 0. */
    public TrainerOptions withValidationSplit(double fraction) {
        return withValidationSplit(fraction, 0);
    }

    /**
     * Returns these options with a part of the samples of the training data, a {@link DataLoader} of a data set, kept
     * for validation. Which samples depends on their number, the fraction and the seed only, so that a run that goes on
     * in another process keeps the same ones. {@link #withStratifiedValidationSplit(double, long)} keeps its share of
     * each class.
     *
     * @param fraction the share of the validation part, in (0, 1)
     * @param seed of the random choice
     * @throws IllegalArgumentException if the fraction is outside
     */
    public TrainerOptions withValidationSplit(double fraction, long seed) {
        return with(draft -> draft.validationSplit = Optional.of(new ValidationSplit(fraction, seed, false)));
    }

    /**
     * Returns these options with a part of the training data kept for validation that has its share of each class,
     * drawn by seed 0.
     */
    public TrainerOptions withStratifiedValidationSplit(double fraction) {
        return withStratifiedValidationSplit(fraction, 0);
    }

    /**
     * Returns these options with a part of the samples kept for validation as by {@link #withValidationSplit(double,
     * long)}, in which each class has its share, rounded up or down; see {@link Splits#stratified}. The training data
     * is a {@link DataLoader} of {@link Batch}es with classes as targets. Each sample is fetched
     * once for its class.
     *
     * @param fraction the share of the validation part, in (0, 1)
     * @param seed of the random choice
     * @throws IllegalArgumentException if the fraction is outside
     */
    public TrainerOptions withStratifiedValidationSplit(double fraction, long seed) {
        return with(draft -> draft.validationSplit = Optional.of(new ValidationSplit(fraction, seed, true)));
    }

    private TrainerOptions with(Consumer<Draft> change) {
        Draft draft = new Draft();
        change.accept(draft);
        return new TrainerOptions(
                draft.metrics,
                draft.callbacks,
                draft.scheduler,
                draft.interval,
                draft.accumulation,
                draft.clipNorm,
                draft.clipValue,
                draft.quiet,
                draft.out,
                draft.penalty,
                draft.validationSplit);
    }

    /** A copy to be changed, so that each option is named here once and not in each method. */
    private final class Draft {
        private ImmutableList<Supplier<? extends Metric>> metrics = TrainerOptions.this.metrics;
        private ImmutableList<Callback> callbacks = TrainerOptions.this.callbacks;
        private Optional<LrScheduler> scheduler = TrainerOptions.this.scheduler;
        private Interval interval = TrainerOptions.this.interval;
        private int accumulation = TrainerOptions.this.accumulation;
        private OptionalDouble clipNorm = TrainerOptions.this.clipNorm;
        private OptionalDouble clipValue = TrainerOptions.this.clipValue;
        private boolean quiet = TrainerOptions.this.quiet;
        private Optional<PrintStream> out = TrainerOptions.this.out;
        private Optional<Penalty> penalty = TrainerOptions.this.penalty;
        private Optional<ValidationSplit> validationSplit = TrainerOptions.this.validationSplit;
    }
}
