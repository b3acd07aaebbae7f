package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.BatchNormOptions;

/** What normalizes each channel and may keep running means and variances of them: batch and instance norms. */
public abstract class ChannelNorm extends Norm {

    private static final String[] SIZES = {"", ", L", ", H, W", ", D, H, W"};

    private final long channels;
    private final BatchNormLayerOptions options;
    private final @Nullable Tensor runningMean;
    private final @Nullable Tensor runningVar;
    private final @Nullable Tensor batches;

    ChannelNorm(long channels, BatchNormLayerOptions options) {
        super(options.affine(), options.bias(), options.dtype(), checkChannels(channels));
        this.channels = channels;
        this.options = options;
        boolean tracks = options.trackRunningStats();
        runningMean = tracks ? buffer("running_mean", Tensor.zeros(options.dtype(), channels)) : null;
        runningVar = tracks ? buffer("running_var", Tensor.ones(options.dtype(), channels)) : null;
        batches = tracks ? buffer("num_batches_tracked", Tensor.zeros(DataType.INT64)) : null;
    }

    private static long checkChannels(long channels) {
        checkArgument(channels >= 1, "channels: expected at least 1; got %s. Give the size of dim 1.", channels);
        return channels;
    }

    final @Nullable Tensor batches() {
        return batches;
    }

    final BatchNormLayerOptions options() {
        return options;
    }

    /**
     * Returns the running mean of each channel, shape (channels).
     *
     * @throws IllegalStateException if the layer was made without, see {@link #hasRunningStats}
     */
    public final Tensor runningMean() {
        return Without.checkHas(this, "runningMean", runningMean, "hasRunningStats", "withTrackRunningStats(true)");
    }

    /**
     * Returns the running variance of each channel, shape (channels).
     *
     * @throws IllegalStateException if the layer was made without, see {@link #hasRunningStats}
     */
    public final Tensor runningVar() {
        return Without.checkHas(this, "runningVar", runningVar, "hasRunningStats", "withTrackRunningStats(true)");
    }

    /** Returns whether there are a running mean and a running variance. */
    public final boolean hasRunningStats() {
        return runningMean != null;
    }

    /** Returns the options of the operation for the state that the layer is in. */
    final BatchNormOptions now(double momentum) {
        BatchNormOptions now = BatchNormOptions.defaults()
                .withTraining(isTraining() || runningMean == null)
                .withMomentum(momentum)
                .withEpsilon(options.epsilon());
        now = hasWeight() ? now.withWeight(weight()) : now;
        now = hasBias() ? now.withBias(bias()) : now;
        return runningMean == null || runningVar == null ? now : now.withRunning(runningMean, runningVar);
    }

    /** Returns (N, channels, sizes) for a number of spatial dims. */
    final String batchShape(int ndim) {
        return "(N, " + channels + SIZES[ndim] + ")";
    }

    final long channels() {
        return channels;
    }

    /** Refuses an input that does not fit, or of another type. */
    final void check(boolean fits, String expected, Tensor x) {
        if (!fits) {
            throw wrong(expected, x, "Make 'channels' the number of channels, or add, drop or permute dims.");
        }
        checkDtype(x, runningMean);
    }

    @Override
    final String who() {
        return name(this) + "(channels=" + channels + ")";
    }

    @Override
    protected final String settings() {
        return "channels=" + channels
                + ", epsilon=" + options.epsilon()
                + ", momentum="
                + (options.momentum().isPresent() ? options.momentum().getAsDouble() : "cumulative")
                + ", affine=" + options.affine()
                + (options.affine() ? ", bias=" + options.bias() : "")
                + ", trackRunningStats=" + options.trackRunningStats();
    }
}
