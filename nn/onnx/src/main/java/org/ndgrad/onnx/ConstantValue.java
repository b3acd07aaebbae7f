package org.ndgrad.onnx;

import java.util.Arrays;
import java.util.List;
import org.ndgrad.autograd.Tensor;

/** Writes down what does not depend on the inputs, and finds out what does so without having been recorded. */
final class ConstantValue {

    private ConstantValue() {}

    /** Returns the name of a value that is the same in every pass, or is repeated along the dimension of the batch. */
    static String of(Value value, String who, Graph graph) {
        List<Tensor> passes = value.passes();
        if (isSame(value)) {
            return graph.constant(value.first());
        }
        List<Size> shape = value.shape(who);
        List<Tensor> rows = passes.stream().map(pass -> row(pass, shape)).toList();
        boolean isRepeated = shape.stream().anyMatch(size -> !size.isFixed())
                && rows.stream().allMatch(row -> isSame(row, rows.get(0)));
        for (int i = 0; i < passes.size(); i++) {
            isRepeated = isRepeated && isSame(rows.get(i).expand(passes.get(i).shape()), passes.get(i));
        }
        if (!isRepeated) {
            throw Refusal.of(
                    "expected a forward pass that computes by methods of tensors, functions of Functions and layers of this"
                            + " library; got an argument of '%s', of shape %s, that is another in each pass and was"
                            + " computed in another way: by an operation called on its family, Java code that reads"
                            + " elements, random numbers, or an operation without a counterpart inside '%s'. Call it on"
                            + " the tensor, x.gelu() instead of Activations.gelu(x), or leave it out of the exported"
                            + " part.",
                    who, Arrays.toString(value.first().shape()), who);
        }
        return graph.node("Expand", List.of(graph.constant(rows.get(0)), graph.sizes(shape)));
    }

    static boolean isSame(Value value) {
        return value.passes().stream().allMatch(pass -> isSame(pass, value.first()));
    }

    private static boolean isSame(Tensor a, Tensor b) {
        return a == b
                || (a.dtype() == b.dtype()
                        && Arrays.equals(a.shape(), b.shape())
                        && Arrays.equals(Proto.bytes(a), Proto.bytes(b)));
    }

    /** Returns the first of the elements along each dimension whose size follows that of the batch. */
    private static Tensor row(Tensor pass, List<Size> shape) {
        Tensor row = pass.detach();
        for (int d = 0; d < shape.size(); d++) {
            if (!shape.get(d).isFixed() && row.size(d) > 0) {
                row = row.narrow(d, 0, 1);
            }
        }
        return row;
    }
}
