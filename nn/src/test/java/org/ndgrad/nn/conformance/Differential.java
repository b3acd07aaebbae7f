package org.ndgrad.nn.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Tensor;

/** Runs a case whose tensors are made from seeds, and compares outputs and gradients with what is kept of PyTorch's. */
final class Differential {

    private final Case given;
    private final Precision precision;
    private final List<String> differences = new ArrayList<>();

    private Differential(Case given, Precision precision) {
        this.given = given;
        this.precision = precision;
    }

    /** Returns how outputs and gradients differ; none if they do not. */
    static List<String> differences(Case given, Calls.Call call, Precision precision) {
        Differential run = new Differential(given, precision);
        try {
            run.compare(call);
        } catch (RuntimeException e) {
            run.add("call", "threw " + e + " at " + e.getStackTrace()[0]);
        }
        return run.differences;
    }

    private void compare(Calls.Call call) {
        Arguments arguments = given.arguments(precision);
        List<Tensor> leaves = arguments.leaves();
        List<Tensor> outputs = call.apply(arguments);
        JsonNode kept = given.line().get("outputs");
        for (int i = 0; i < kept.size(); i++) {
            compare("output " + i, outputs.get(i), kept.get(i));
        }
        JsonNode keptGradients = given.line().get("grads");
        if (!keptGradients.isEmpty()) {
            List<Optional<Tensor>> gradients = gradients(outputs, leaves);
            for (int i = 0; i < keptGradients.size(); i++) {
                Tensor gradient = gradients.get(i).orElse(Tensor.zerosLike(leaves.get(i)));
                compare("gradient " + i, gradient, keptGradients.get(i));
            }
        }
    }

    private List<Optional<Tensor>> gradients(List<Tensor> outputs, List<Tensor> leaves) {
        List<Tensor> roots = new ArrayList<>();
        List<Tensor> cotangents = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            JsonNode recipe = given.line().get("cotangents").get(i);
            if (!recipe.isNull()) {
                roots.add(outputs.get(i));
                cotangents.add(new Made(recipe.get("made"))
                        .tensor(precision)
                        .to(outputs.get(i).dtype()));
            }
        }
        return Autograd.gradIfUsed(roots, leaves, cotangents);
    }

    private void compare(String what, Tensor actual, JsonNode kept) {
        new Digest(kept).difference(actual, precision).ifPresent(difference -> add(what, difference));
    }

    private void add(String what, String difference) {
        differences.add(given.id() + " in " + precision + ", " + what + ", " + difference);
    }
}
