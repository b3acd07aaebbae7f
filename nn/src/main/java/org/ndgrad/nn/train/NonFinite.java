package org.ndgrad.nn.train;

import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Block;
import org.ndgrad.nn.HookHandle;

/** Finds where numbers that are infinite or NaN come from. */
final class NonFinite {

    private NonFinite() {}

    /**
     * Returns where the first of them are, and what to do: in the batch, in the model, in what a layer makes of finite
     * inputs, else in the loss function.
     *
     * @param forward computes the loss of the batch again
     */
    static String explain(Block model, Object batch, Supplier<Pass> forward) {
        Optional<String> given = first(BatchTensors.of(batch));
        if (given.isPresent()) {
            return "There are such numbers in the batch's " + given.get()
                    + ". Clean the data: a missing number is NaN.";
        }
        Optional<String> owned = first(model.parameters()).or(() -> first(model.buffers()));
        if (owned.isPresent()) {
            return "'" + owned.get()
                    + "' of the model is not finite, since an earlier step. Lower the learning rate, or"
                    + " clip gradients with withClipNorm.";
        }
        return layer(model, forward)
                .map(layer -> "The first layer that gives such numbers is " + layer
                        + ". Lower the learning rate, normalize the inputs, or clip gradients with withClipNorm.")
                .orElse("What the layers give is finite, so it is the loss function: a logarithm of 0, a division by 0."
                        + " Take a loss of logits.");
    }

    /** Returns the name of the first of some tensors that is not finite. */
    static Optional<String> first(Map<String, Tensor> tensors) {
        return tensors.entrySet().stream()
                .filter(each -> !isFinite(each.getValue()))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static Optional<String> layer(Block model, Supplier<Pass> forward) {
        List<String> found = new ArrayList<>();
        List<HookHandle> handles = new ArrayList<>();
        try {
            model.namedLayers()
                    .forEach((name, block) -> handles.add(block.registerForwardHook((b, inputs, output) -> {
                        ImmutableMap<String, Tensor> outputs = BatchTensors.of(output);
                        if (found.isEmpty() && first(outputs).isPresent()) {
                            found.add(
                                    name.isEmpty()
                                            ? "the model itself"
                                            : "'" + name + "', " + b.getClass().getSimpleName());
                        }
                        return output;
                    })));
            Pass unused = Autograd.noGrad(forward);
        } finally {
            handles.forEach(HookHandle::remove);
        }
        return found.stream().findFirst();
    }

    static boolean isFinite(Tensor x) {
        return Autograd.noGrad(() -> !x.dtype().isFPType()
                || x.numel() == 0
                || x.detach().isfinite().all().itemBoolean());
    }
}
