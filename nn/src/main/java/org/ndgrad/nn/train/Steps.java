package org.ndgrad.nn.train;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Text;
import org.ndgrad.nn.Block;
import org.ndgrad.nn.Parameters;
import org.ndgrad.nn.optim.ClipOptions;
import org.ndgrad.nn.optim.Gradients;
import org.ndgrad.nn.optim.Optimizer;

/** Steps of an optimizer, each by the gradient of some batches, which is clipped, and refused if it is not finite. */
final class Steps<T> {

    private static final int REMEMBERED = 5;

    private final Block model;
    private final Function<T, Pass> forward;
    private final Optimizer optimizer;
    private final TrainerOptions options;
    private final Deque<Double> losses = new ArrayDeque<>();

    Steps(Block model, Function<T, Pass> forward, Optimizer optimizer, TrainerOptions options) {
        this.model = model;
        this.forward = forward;
        this.optimizer = optimizer;
        this.options = options;
    }

    /**
     * Makes a step by the mean gradient of all samples in some batches.
     *
     * @param tally gets losses and metrics
     * @param where what to say of the moment if something is not finite
     */
    void step(List<? extends T> batches, Tally tally, String where) {
        long[] sizes = batches.stream().mapToLong(BatchTensors::samples).toArray();
        double total = LongStream.of(sizes).sum();
        boolean[] isCounted = {false}; // L-BFGS computes the same gradient several times in a step
        optimizer.step(() -> {
            model.zeroGrad();
            @Nullable Tensor sum = null;
            for (int i = 0; i < sizes.length; i++) {
                T batch = batches.get(i);
                Pass pass = forward.apply(batch);
                if (!isCounted[0]) {
                    checkFinite("loss", loss(pass), batch, where);
                }
                Tensor loss = penalized(pass.loss(), where);
                if (!isCounted[0]) {
                    tally.add(pass, loss.item(), sizes[i]);
                    remember(loss.item());
                }
                Tensor share = sizes.length == 1 ? loss : loss.mul(sizes[i] / total);
                share.backward();
                sum = sum == null ? share.detach() : sum.add(share.detach());
            }
            isCounted[0] = true;
            clip(where);
            return Optional.ofNullable(sum).orElseThrow();
        });
    }

    /** Adds the penalty, the whole of it for each batch, since the shares of the batches in a step have the sum 1. */
    private Tensor penalized(Tensor loss, String where) {
        if (options.penalty().isEmpty()) {
            return loss;
        }
        Tensor penalty = options.penalty().get().of(model);
        checkArgument(
                penalty.numel() == 1,
                "Trainer: expected a penalty of one number; got shape %s. Call sum(), as Penalties do.",
                Text.shape(penalty));
        if (!Double.isFinite(penalty.item())) {
            throw new IllegalStateException("Trainer: expected a finite penalty; got " + penalty.item() + " "
                    + situation(where)
                    + ", while the loss of the batch is finite. Lower its factor or the learning rate,"
                    + " and look for a root or a logarithm of 0 in it.");
        }
        return loss.add(penalty);
    }

    /** Returns the loss as a number. */
    static double loss(Pass pass) {
        checkArgument(
                pass.loss().numel() == 1,
                "Trainer: expected a loss of one number, the mean over the batch; got shape %s. Leave out"
                        + " Reduction.NONE, or call mean().",
                Text.shape(pass.loss()));
        return pass.loss().item();
    }

    private void remember(double loss) {
        if (losses.size() == REMEMBERED) {
            losses.removeFirst();
        }
        losses.addLast(loss);
    }

    private void clip(String where) {
        Parameters parameters = model.trainableParameters();
        if (options.clipValue().isPresent()) {
            checkGradients(parameters, where, null);
            Gradients.clipGradValue(parameters, options.clipValue().getAsDouble());
        }
        if (options.clipNorm().isPresent()) {
            try {
                Gradients.clipGradNorm(
                        parameters,
                        options.clipNorm().getAsDouble(),
                        ClipOptions.defaults().withErrorIfNonfinite(true));
            } catch (IllegalStateException e) {
                checkGradients(parameters, where, e);
                throw e;
            }
        }
    }

    private void checkGradients(Parameters parameters, String where, @Nullable RuntimeException cause) {
        Optional<String> found = parameters.entrySet().stream()
                .filter(each -> each.getValue().hasGrad())
                .filter(each -> !NonFinite.isFinite(each.getValue().grad()))
                .map(java.util.Map.Entry::getKey)
                .findFirst();
        if (found.isPresent()) {
            throw new IllegalStateException(
                    "Trainer: expected finite gradients to clip; got others " + situation(where) + ", of '"
                            + found.get()
                            + "' first, while the loss is finite. Look for a square root or a norm of 0, or a logarithm"
                            + " near 0, and lower the learning rate.",
                    cause);
        }
    }

    private void checkFinite(String what, double value, T batch, String where) {
        if (!Double.isFinite(value)) {
            throw new IllegalStateException("Trainer: expected a finite " + what + "; got " + value + " "
                    + situation(where) + ". " + NonFinite.explain(model, batch, () -> forward.apply(batch)));
        }
    }

    private String situation(String where) {
        return "in " + where + ", at learning rate " + optimizer.learningRate()
                + (losses.isEmpty()
                        ? ", in the first batch"
                        : ", after losses of "
                                + losses.stream().map(History::shown).collect(Collectors.joining(", ")));
    }
}
