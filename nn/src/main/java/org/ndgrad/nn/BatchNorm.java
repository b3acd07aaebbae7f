package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkNotNull;

import java.util.OptionalDouble;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;

/** What {@link BatchNorm1d}, {@link BatchNorm2d} and {@link BatchNorm3d} have in common. */
abstract class BatchNorm extends ChannelNorm {

    private final int least;
    private final int most;

    /** Whether running values are the mean of all batches, whatever the momentum. */
    private boolean averagesAll;

    /** Creates a layer for inputs of so many dims, from least to most. */
    BatchNorm(int least, int most, long channels, BatchNormLayerOptions options) {
        super(channels, options);
        this.least = least;
        this.most = most;
    }

    @Override
    final Tensor compute(Tensor x) {
        check(
                x.ndim() >= least && x.ndim() <= most && x.size(1) == channels(),
                (least < most ? batchShape(least - 2) + " or " : "") + batchShape(most - 2),
                x);
        return Functions.batchNorm(x, now(momentum()));
    }

    /** Counts the batch in training, and returns its share in the running values. */
    private double momentum() {
        Tensor batches = batches();
        if (!isTraining() || batches == null) {
            return 0;
        }
        Autograd.noGrad(() -> {
            batches.add_(1);
        });
        OptionalDouble momentum =
                averagesAll ? OptionalDouble.empty() : options().momentum();
        return momentum.orElseGet(() -> 1 / batches.item());
    }

    /** Forgets all batches, and lets the running values be the mean of those to come. */
    final void beginAnew() {
        Autograd.noGrad(() -> {
            runningMean().zero_();
            runningVar().fill_(1);
            checkNotNull(batches()).zero_();
        });
        averagesAll = true;
    }

    /** Goes on by the momentum. */
    final void endAnew() {
        averagesAll = false;
    }
}
