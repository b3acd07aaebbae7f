package org.ndgrad.autograd;

import com.google.common.collect.ImmutableList;
import java.util.stream.Stream;

/** The op table: a row, or several, for each public operation. Adding an operation means adding one here. */
final class OpCases {

    private static final ImmutableList<OpCase> ALL = Stream.of(
                    ElementwiseCases.arithmetic(),
                    ElementwiseCases.functions(),
                    ElementwiseCases.bounds(),
                    SpecialCases.rows(),
                    ActivationCases.rows(),
                    ElementwiseCases.comparisons(),
                    StructureCases.reductions(),
                    StructureCases.shapes(),
                    StructureCases.joining(),
                    StructureCases.indexing(),
                    StructureCases.products(),
                    ReductionCases.rows(),
                    CumulativeCases.rows(),
                    SortingCases.rows(),
                    NormCases.rows(),
                    ShapingCases.rows(),
                    JoiningCases.rows(),
                    IndexingCases.rows(),
                    ProductCases.rows(),
                    DecompositionCases.rows(),
                    ConvolutionCases.rows(),
                    LayerCases.rows(),
                    LossCases.rows())
            .flatMap(rows -> rows)
            .collect(ImmutableList.toImmutableList());

    private OpCases() {}

    static Stream<OpCase> all() {
        return ALL.stream();
    }

    static Stream<OpCase> differentiable() {
        return all().filter(row -> row.order() > 0);
    }
}
