package org.ndgrad.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;

/** A tensor of a recording: what it is in each pass, and which steps computed it, the one that a person called last. */
final class Value {

    private final List<Tensor> passes;
    private final List<Step> producers = new ArrayList<>();
    private boolean isComputed;

    Value(List<Tensor> passes) {
        this.passes = passes;
    }

    /** Returns the tensor in each pass. */
    List<Tensor> passes() {
        return passes;
    }

    /** Returns the tensor in the first pass. */
    Tensor first() {
        return passes.get(0);
    }

    DataType dtype() {
        return first().dtype();
    }

    int ndim() {
        return first().ndim();
    }

    /** Returns a size that is the same in every batch. */
    long size(String who, int dim) {
        Size size = shape(who).get(dim < 0 ? dim + ndim() : dim);
        if (!size.isFixed()) {
            throw Refusal.operation(who, "along the dimension of the batch");
        }
        return size.offset();
    }

    /** Returns the sizes, which may depend on that of the batch. */
    List<Size> shape(String who) {
        return IntStream.range(0, ndim())
                .mapToObj(d ->
                        Size.of(who, passes.stream().mapToLong(x -> x.size(d)).toArray()))
                .toList();
    }

    List<Step> producers() {
        return producers;
    }

    /** Whether it depends on the inputs or the size of the batch; else it is a constant. */
    boolean isComputed() {
        return isComputed;
    }

    void markComputed() {
        isComputed = true;
    }
}
