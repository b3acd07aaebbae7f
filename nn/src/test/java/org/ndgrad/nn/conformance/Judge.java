package org.ndgrad.nn.conformance;

import com.google.common.base.Strings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Backward;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.conformance.Case.Expected;

/** Runs a case and compares outputs, gradients and second gradients with PyTorch's. */
final class Judge {

    private final Case given;
    private final Precision precision;

    Judge(Case given, Precision precision) {
        this.given = given;
        this.precision = precision;
    }

    static Verdict judge(Case given, Calls.Call call, Precision precision) {
        return Verdict.of(given.id(), () -> new Judge(given, precision).run(call));
    }

    private void run(Calls.Call call) {
        Arguments arguments = given.arguments(precision);
        List<Tensor> leaves = arguments.leaves();
        List<Tensor> outputs = call.apply(arguments);
        compareOutputs(outputs);
        if (given.has("grads")) {
            gradients(leaves, outputs);
        }
    }

    void compareOutputs(List<Tensor> outputs) {
        List<Expected> expected = given.outputs();
        check(outputs.size() == expected.size(), "expected %s outputs; got %s", expected.size(), outputs.size());
        for (int i = 0; i < expected.size(); i++) {
            compare("output " + i, outputs.get(i), expected.get(i));
        }
    }

    private void gradients(List<Tensor> leaves, List<Tensor> outputs) {
        List<Optional<Expected>> cotangents = given.numbers("cotangents");
        List<Tensor> roots = new ArrayList<>();
        List<Tensor> seeds = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            if (cotangents.get(i).isPresent() && outputs.get(i).requiresGrad()) {
                roots.add(outputs.get(i));
                seeds.add(cotangents.get(i).get().tensor(precision));
            }
        }
        boolean twice = given.has("second_grads");
        List<Optional<Tensor>> gradients = twice
                ? Autograd.gradIfUsed(roots, leaves, seeds, Backward.CREATE_GRAPH)
                : Autograd.gradIfUsed(roots, leaves, seeds);
        List<Optional<Expected>> expected = given.numbers("grads");
        check(gradients.size() == expected.size(), "expected %s gradients; got %s", expected.size(), gradients.size());
        for (int i = 0; i < expected.size(); i++) {
            compareGradient("gradient " + i, gradients.get(i), expected.get(i));
        }
        if (twice) {
            secondGradients(leaves, gradients);
        }
    }

    void compareGradient(String what, Optional<Tensor> actual, Optional<Expected> expected) {
        check(
                actual.isPresent() || expected.isEmpty(),
                "%s: expected one; got none, as if the output did not depend on the input",
                what);
        compare(what, actual, expected);
    }

    /** Where one side says that there is no dependence, the other may say so with zeros. */
    private void secondGradients(List<Tensor> leaves, List<Optional<Tensor>> gradients) {
        List<Optional<Expected>> probes = given.numbers("grad_probes");
        List<Tensor> roots = new ArrayList<>();
        List<Tensor> seeds = new ArrayList<>();
        for (int i = 0; i < gradients.size(); i++) {
            Optional<Tensor> gradient = gradients.get(i).filter(Tensor::requiresGrad);
            if (gradient.isPresent() && probes.get(i).isPresent()) {
                roots.add(gradient.get());
                seeds.add(probes.get(i).get().tensor(precision));
            }
        }
        List<Optional<Tensor>> second = Autograd.gradIfUsed(roots, leaves, seeds);
        List<Optional<Expected>> expected = given.numbers("second_grads");
        for (int i = 0; i < expected.size(); i++) {
            Tensor zeros = Tensor.zerosLike(leaves.get(i));
            compare("second gradient " + i, Optional.of(second.get(i).orElse(zeros)), expected.get(i));
        }
    }

    private void compare(String what, Optional<Tensor> actual, Optional<Expected> expected) {
        if (expected.isPresent()) {
            compare(what, actual.orElseThrow(), expected.get());
        } else if (actual.isPresent()) {
            boolean zero = Arrays.stream(actual.get().toDoubleArray()).allMatch(value -> value == 0);
            check(zero, "%s: expected none; got %s", what, actual.get());
        }
    }

    void compare(String what, Tensor actual, Expected expected) {
        check(
                Arrays.equals(actual.shape(), expected.shape()),
                "%s: expected shape %s; got %s",
                what,
                Arrays.toString(expected.shape()),
                Arrays.toString(actual.shape()));
        check(
                actual.dtype() == precision.dtype(expected.dtype()),
                "%s: expected dtype %s; got %s",
                what,
                precision.dtype(expected.dtype()),
                actual.dtype());
        Precision agreement = actual.dtype() == DataType.FLOAT ? Precision.FLOAT32 : precision; // it rounds like that
        double[] values = actual.toDoubleArray();
        for (int i = 0; i < values.length; i++) {
            check(
                    agreement.agree(values[i], expected.data()[i]),
                    "%s: expected %s at position %s of shape %s; got %s",
                    what,
                    expected.data()[i],
                    i,
                    Arrays.toString(expected.shape()),
                    values[i]);
        }
    }

    static void check(boolean agreed, String message, Object... values) {
        if (!agreed) {
            throw new Verdict.Disagreement(Strings.lenientFormat(message, values));
        }
    }
}
