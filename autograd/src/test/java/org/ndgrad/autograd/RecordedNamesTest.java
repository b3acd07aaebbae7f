package org.ndgrad.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ndgrad.autograd.Tensors.direction;
import static org.ndgrad.autograd.Tensors.leaves;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ndgrad.autograd.ops.OpCase;
import org.ndgrad.autograd.ops.OpCases;

/** Messages show the name that an operation was recorded under, so it must be its own. */
class RecordedNamesTest {

    private static final String BACKWARD = "Backward";

    private static final Set<String> OPERATIONS =
            OpCases.all().map(OpCase::name).collect(ImmutableSet.toImmutableSet());

    /** What several operations have in common and none of them is. */
    private static final Set<String> STEPS = ImmutableSet.of(
            "convInput",
            "convOutput",
            "convWeight",
            "embed",
            "fraction",
            "inverseDeviation",
            "keep",
            "recurrence",
            "spread",
            "standardize",
            "truncDivide",
            "weigh",
            "windowMeans");

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.ndgrad.autograd.ops.OpCases#differentiable")
    void aBackwardPassIsRecordedUnderTheNameOfWhatItBelongsTo(OpCase op) {
        for (List<Tensor> sample : op.samples()) {
            List<Tensor> inputs = leaves(sample);
            Tensor output = op.function().apply(inputs);
            Set<String> forward = names(output);
            Tensor seed = direction(output).requiresGrad(true);
            inputs = ImmutableList.<Tensor>builder().addAll(inputs).add(seed).build();

            List<Tensor> first = gradients(List.of(output), List.of(seed), inputs);
            List<Tensor> second =
                    gradients(first, first.stream().map(Tensors::direction).toList(), inputs);

            assertNamesAreKnown(forward, forward);
            Set<String> earlier = new TreeSet<>(forward);
            first.forEach(gradient -> assertNamesAreKnown(names(gradient), forward));
            first.forEach(gradient -> earlier.addAll(names(gradient)));
            second.forEach(gradient -> assertNamesAreKnown(names(gradient), earlier));
        }
    }

    @Test
    void everyStepIsOneThatIsRecordedAndNoOperation() {
        assertThat(STEPS).doesNotContainAnyElementsOf(OPERATIONS);
    }

    private static void assertNamesAreKnown(Set<String> names, Set<String> earlier) {
        assertThat(names).allSatisfy(name -> {
            if (name.endsWith(BACKWARD)) {
                String operation = name.substring(0, name.length() - BACKWARD.length());
                assertThat(Sets.union(earlier, names)).contains(operation);
            } else {
                assertThat(OPERATIONS.contains(name) || STEPS.contains(name))
                        .as("'%s' is an operation or a known step", name)
                        .isTrue();
            }
        });
    }

    /** Returns recorded gradients, without those that do not depend on anything. */
    private static List<Tensor> gradients(List<Tensor> outputs, List<Tensor> seeds, List<Tensor> inputs) {
        return outputs.isEmpty()
                ? outputs
                : Autograd.gradIfUsed(
                                outputs,
                                inputs.stream().filter(Tensor::requiresGrad).toList(),
                                seeds,
                                Backward.CREATE_GRAPH)
                        .stream()
                        .flatMap(Optional::stream)
                        .filter(Tensor::requiresGrad)
                        .toList();
    }

    private static Set<String> names(Tensor output) {
        Set<String> names = new TreeSet<>();
        Set<Node> seen = new HashSet<>();
        Deque<Node> pending = new ArrayDeque<>(List.of(Objects.requireNonNull(output.node())));
        while (!pending.isEmpty()) {
            Node node = pending.pop();
            if (seen.add(node) && !node.isLeaf()) {
                names.add(node.name());
                for (Edge edge : node.edges()) {
                    pending.push(edge.source());
                }
            }
        }
        return names;
    }
}
