package org.ndgrad.nn.conformance;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Maps;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Block;
import org.ndgrad.nn.conformance.Case.Expected;
import org.ndgrad.nn.conformance.Modules.Model;

/**
 * Runs a case of a module and compares the names of its state, its outputs, the gradients of inputs and parameters, and
 * its buffers afterwards with PyTorch's.
 */
final class ModuleJudge {

    private final Case given;
    private final Precision precision;
    private final Judge judge;

    private ModuleJudge(Case given, Precision precision) {
        this.given = given;
        this.precision = precision;
        this.judge = new Judge(given, precision);
    }

    static Verdict judge(Case given, Modules.Row row, Precision precision) {
        return Verdict.of(given.id(), () -> new ModuleJudge(given, precision).run(row));
    }

    private void run(Modules.Row row) {
        DataType before = Tensor.defaultDtype();
        Tensor.defaultDtype(precision.dtype("float64"));
        try {
            Model model = row.constructor().apply(given.constructor(precision));
            prepare(model.block());
            Arguments arguments = given.arguments(precision);
            Map<String, Tensor> parameters = new LinkedHashMap<>(model.block().parameters());
            List<Tensor> leaves = new ArrayList<>(arguments.leaves());
            int inputs = leaves.size();
            leaves.addAll(parameters.values());
            List<Tensor> outputs = model.forward().apply(arguments);
            judge.compareOutputs(outputs);
            gradients(outputs, leaves, inputs, ImmutableList.copyOf(parameters.keySet()));
            Map<String, Expected> buffers = given.named("buffers_after");
            Judge.check(
                    model.block().buffers().keySet().equals(buffers.keySet()),
                    "expected buffers %s; got %s",
                    buffers.keySet(),
                    model.block().buffers().keySet());
            buffers.forEach((name, expected) ->
                    judge.compare("buffer " + name, model.block().buffers().get(name), expected));
        } finally {
            Tensor.defaultDtype(before);
        }
    }

    private void prepare(Block block) {
        Map<String, Expected> state = given.named("state");
        block.load(Maps.transformValues(state, value -> value.tensor(precision)));
        List<String> names = ImmutableList.copyOf(block.stateDict().keySet());
        Judge.check(
                names.equals(ImmutableList.copyOf(state.keySet())),
                "expected a state dict of %s; got %s",
                state.keySet(),
                names);
        if (given.isTraining()) {
            block.train();
        } else {
            block.eval();
        }
    }

    private void gradients(List<Tensor> outputs, List<Tensor> leaves, int inputs, List<String> names) {
        List<Optional<Expected>> cotangents = given.numbers("cotangents");
        List<Tensor> roots = new ArrayList<>();
        List<Tensor> seeds = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            if (cotangents.get(i).isPresent() && outputs.get(i).requiresGrad()) {
                roots.add(outputs.get(i));
                seeds.add(cotangents.get(i).get().tensor(precision));
            }
        }
        List<Optional<Tensor>> actual = Autograd.gradIfUsed(roots, leaves, seeds);
        List<Optional<Expected>> expected = given.numbers("grads");
        Judge.check(inputs == expected.size(), "expected %s inputs with gradients; got %s", expected.size(), inputs);
        for (int i = 0; i < inputs; i++) {
            judge.compareGradient("gradient " + i, actual.get(i), expected.get(i));
        }
        Map<String, Optional<Expected>> parameters = given.optional("parameter_grads");
        Judge.check(
                ImmutableList.copyOf(parameters.keySet()).equals(names),
                "expected parameters %s; got %s",
                parameters.keySet(),
                names);
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            judge.compareGradient("gradient of " + name, actual.get(inputs + i), parameters.get(name));
        }
    }
}
