package org.ndgrad.nn;

import java.util.List;
import java.util.function.Consumer;
import org.ndgrad.autograd.Autograd;

/** Running means and variances of all batch norms of a model at once. */
public final class BatchNorms {

    private BatchNorms() {}

    /**
     * Makes running means and variances anew, for the parameters as they are: the mean of those of all batches. To be
     * done after averages became the parameters, since the running ones are of the parameters before; PyTorch's
     * {@code update_bn}.
     *
     * <pre>{@code
     * averages.copyToModel();
     * BatchNorms.update(model, loader, batch -> model.forward(batch.features()));
     * }</pre>
     *
     * <p>Meanwhile the model trains, without recording; afterwards each layer is in the mode that it was in, and has
     * its momentum. Without batch norms that keep running values nothing happens.
     *
     * @param batches gone through once, such as a data loader of the training set
     * @param forward passes a batch through the model
     */
    public static <B> void update(Block model, Iterable<B> batches, Consumer<? super B> forward) {
        List<BatchNorm> norms = model.namedLayers().values().stream()
                .filter(BatchNorm.class::isInstance)
                .map(BatchNorm.class::cast)
                .filter(norm -> norm.batches() != null)
                .toList();
        if (norms.isEmpty()) {
            return;
        }
        norms.forEach(BatchNorm::beginAnew);
        try {
            Evaluation.inMode(model, true, () -> {
                Autograd.noGrad(() -> batches.forEach(forward));
                return model;
            });
        } finally {
            norms.forEach(BatchNorm::endAnew);
        }
    }
}
