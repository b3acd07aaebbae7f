package org.ndgrad.nn.conformance;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.ValuesAndIndices;

/** How each of PyTorch's operations is called here: a row an operation, in files by family. */
final class Calls {

    /** From PyTorch's arguments to the outputs, flattened in order. */
    interface Call extends Function<Arguments, List<Tensor>> {}

    /** Thrown for a case that asks for what this library does not offer; the message says why. */
    static final class Unsupported extends Verdict.Unsupported {
        Unsupported(String reason) {
            super(reason);
        }
    }

    /**
     * A row.
     *
     * @param name PyTorch's name
     * @param operation ours, as {@code Family.method}, or several with a comma between
     * @param call how it is called
     */
    record Row(String name, String operation, Call call) {}

    private static final Map<String, Row> ROWS = ImmutableList.<Row>builder()
            .addAll(ElementwiseCalls.rows())
            .addAll(ActivationCalls.rows())
            .addAll(ReductionCalls.rows())
            .addAll(SortingCalls.rows())
            .addAll(NormCalls.rows())
            .addAll(ShapingCalls.rows())
            .addAll(JoiningCalls.rows())
            .addAll(IndexingCalls.rows())
            .addAll(ProductCalls.rows())
            .addAll(DecompositionCalls.rows())
            .addAll(ConvolutionCalls.rows())
            .addAll(LayerCalls.rows())
            .addAll(LossCalls.rows())
            .addAll(CountingCalls.rows())
            .build()
            .stream()
            .collect(ImmutableSortedMap.toImmutableSortedMap(String::compareTo, Row::name, row -> row));

    private Calls() {}

    static Optional<Row> of(String name) {
        return Optional.ofNullable(ROWS.get(name));
    }

    static Iterable<Row> all() {
        return ROWS.values();
    }

    /** A row of an operation with one output. */
    static Row one(String name, String operation, Function<Arguments, Tensor> call) {
        return new Row(name, operation, arguments -> ImmutableList.of(call.apply(arguments)));
    }

    /** A row of an operation with several outputs. */
    static Row many(String name, String operation, Function<Arguments, List<Tensor>> call) {
        return new Row(name, operation, call::apply);
    }

    /** A row of an operation that chooses elements and tells where they were. */
    static Row chosen(String name, String operation, Function<Arguments, ValuesAndIndices> call) {
        return many(name, operation, arguments -> both(call.apply(arguments)));
    }

    static List<Tensor> both(ValuesAndIndices chosen) {
        return ImmutableList.of(chosen.values(), chosen.indices());
    }
}
