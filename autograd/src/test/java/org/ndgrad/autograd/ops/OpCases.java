package org.ndgrad.autograd.ops;

import com.google.common.collect.ImmutableList;
import java.util.stream.Stream;
import org.ndgrad.autograd.internal.FusedLossesCases;

/**
 * The op table: a row, or several, for each public operation. The rows of a family stand in the class of its name with
 * "Cases" behind it; adding an operation means adding one there.
 */
public final class OpCases {

    private static final ImmutableList<OpCase> ALL = Stream.of(
                    ActivationsCases.rows(),
                    AddedProductsCases.rows(),
                    ArithmeticCases.rows(),
                    AttentionCases.rows(),
                    BitwiseCases.rows(),
                    BoundsCases.rows(),
                    ComparisonCases.rows(),
                    ContractionsCases.rows(),
                    ConvolutionsCases.rows(),
                    CountingCases.rows(),
                    CumulativeCases.rows(),
                    DecompositionsCases.rows(),
                    DeterminantsCases.rows(),
                    DiagonalsCases.rows(),
                    DropoutsCases.rows(),
                    ElementaryCases.rows(),
                    EmbeddingsCases.rows(),
                    FractionalPoolingCases.rows(),
                    FusedLossesCases.rows(),
                    GridsCases.rows(),
                    IndexingCases.rows(),
                    JoiningCases.rows(),
                    LinearAlgebraCases.rows(),
                    LpPoolingCases.rows(),
                    MatrixFunctionsCases.rows(),
                    MaxUnpoolingCases.rows(),
                    NormalizationCases.rows(),
                    NormsCases.rows(),
                    PaddingCases.rows(),
                    PoolingCases.rows(),
                    RearrangingCases.rows(),
                    ReductionsCases.rows(),
                    RepeatingCases.rows(),
                    ResamplingCases.rows(),
                    RoundingCases.rows(),
                    ScatteringCases.rows(),
                    ShapingCases.rows(),
                    SolversCases.rows(),
                    SortingCases.rows(),
                    SpecialCases.rows(),
                    StatisticsCases.rows(),
                    WindowsCases.rows())
            .flatMap(rows -> rows)
            .collect(ImmutableList.toImmutableList());

    private OpCases() {}

    public static Stream<OpCase> all() {
        return ALL.stream();
    }

    public static Stream<OpCase> differentiable() {
        return all().filter(row -> row.order() > 0);
    }
}
