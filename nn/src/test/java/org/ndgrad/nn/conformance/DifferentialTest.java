package org.ndgrad.nn.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.ndgrad.nn.conformance.Calls.one;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Sets;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.ndgrad.autograd.KeepDim;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.Decompositions;
import org.ndgrad.autograd.ops.Diagonals;
import org.ndgrad.autograd.ops.Eigh;
import org.ndgrad.autograd.ops.Sorting;
import org.ndgrad.autograd.ops.Svd;
import org.ndgrad.autograd.ops.Triangle;

/**
 * At large and odd sizes, and for transposed, expanded, sliced and offset inputs, operations give PyTorch's values and
 * gradients, in float64 and float32. With {@code -Ddifferential.all} the long cases, those of more than 110,000
 * elements, run, too.
 *
 * <p>The cases are written by {@code src/test/python/make_differential.py}; {@link Digest} says what they hold and how
 * near results must come.
 */
class DifferentialTest {

    private static final boolean ALL = Boolean.getBoolean("differential.all");

    /** Operations without a case, and why. An entry that has got one is stale, and fails. */
    private static final Map<String, String> UNTRIED = ImmutableMap.of(
            "Activations.dropout", "drawn at random",
            "Dropouts.alphaDropout", "drawn at random",
            "Dropouts.dropout1d", "drawn at random",
            "Dropouts.dropout2d", "drawn at random",
            "Dropouts.dropout3d", "drawn at random",
            "Dropouts.featureAlphaDropout", "drawn at random");

    /** What does not depend on what is free: the signs of vectors of decompositions, which one of equals is meant. */
    private static final Map<String, Calls.Row> INVARIANT = ImmutableMap.of(
            "invariant.eigh",
            one("invariant.eigh", "Decompositions.eigh", a -> {
                Eigh parts = Decompositions.eigh(a.input(), Triangle.LOWER);
                return sandwich(
                        parts.eigenvectors(),
                        parts.eigenvalues(),
                        parts.eigenvectors().t());
            }),
            "invariant.svd",
            one("invariant.svd", "Decompositions.svd", a -> {
                Svd parts = Decompositions.svd(a.input());
                return sandwich(parts.u(), parts.s(), parts.vt());
            }),
            "invariant.mode",
            one(
                    "invariant.mode",
                    "Sorting.mode",
                    a -> Sorting.mode(a.input(), a.integer(1, "dim"), KeepDim.NO)
                            .values()));

    private static Tensor sandwich(Tensor left, Tensor values, Tensor right) {
        return left.matmul(Diagonals.diagEmbed(values.tanh())).matmul(right);
    }

    /** Returns the cases by operation. */
    static Map<String, List<Case>> cases() {
        try {
            Path file = Path.of(
                    DifferentialTest.class.getResource("/differential.jsonl.gz").toURI());
            return Case.read(file).stream().collect(Collectors.groupingBy(Case::op, TreeMap::new, Collectors.toList()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Calls.Row row(String op) {
        return Calls.of(op).orElseGet(() -> INVARIANT.get(op));
    }

    @TestFactory
    Stream<DynamicTest> operationsGivePytorchsNumbersAtAnySize() {
        return cases().entrySet().stream()
                .map(op -> dynamicTest(op.getKey(), () -> {
                    List<String> differences = new ArrayList<>();
                    for (Case given : op.getValue()) {
                        if (ALL || !given.line().get("long").booleanValue()) {
                            for (Precision precision : Precision.values()) {
                                differences.addAll(Differential.differences(
                                        given, row(op.getKey()).call(), precision));
                            }
                        }
                    }
                    assertThat(differences).isEmpty();
                }));
    }

    @Test
    void everyOperationIsTried() {
        Set<String> all = OpsPage.all();
        Set<String> tried = cases().keySet().stream()
                .flatMap(op -> Splitter.on(',').trimResults().splitToStream(row(op).operation()))
                .collect(Collectors.toSet());

        assertThat(ImmutableSortedSet.copyOf(Sets.difference(all, tried))).isEqualTo(UNTRIED.keySet());
    }
}
