package org.ndgrad.nn.train;

import com.google.common.collect.ImmutableMap;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.Trace;

/** The tensors of a batch, whatever it is: a tensor, or a record, list, array or map of what holds tensors. */
final class BatchTensors {

    private BatchTensors() {}

    /** Returns the tensors by where they are: {@code features}, {@code 0}, {@code inputs.mask}. */
    static ImmutableMap<String, Tensor> of(Object batch) {
        return batch instanceof Tensor tensor ? ImmutableMap.of("batch", tensor) : Trace.named(batch);
    }

    /** Returns the number of samples, which is the first size of the first tensor that has one. */
    static long samples(Object batch) {
        return of(batch).values().stream()
                .filter(tensor -> tensor.ndim() > 0)
                .findFirst()
                .map(tensor -> tensor.size(0))
                .orElseThrow(() -> new IllegalArgumentException(
                        "Trainer: expected a batch with a tensor, whose first size is the number of samples; got a "
                                + batch.getClass().getSimpleName()
                                + ". Give tensors, or a record, list or map of them."));
    }
}
