package org.ndgrad.autograd.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.MemoryScope;
import org.ndgrad.autograd.Tensor;

/** Options outlive the scope in which they got their tensors. */
class KeptOptionsTest {

    private static final Tensor X = Tensor.arange(24).to(DataType.DOUBLE).reshape(1, 3, 8);

    private static Arguments options(String name, Function<Tensor, Supplier<Tensor>> made) {
        return Arguments.of(name, made);
    }

    /** Options made of a vector of three ones, as functions that use them. */
    static Stream<Arguments> all() {
        Tensor matrix = X.select(0, 0);
        return Stream.of(
                options("RankOptions", ones -> {
                    RankOptions options = RankOptions.defaults()
                            .withAbsolute(ones.sum())
                            .withRelative(ones.sum().mul(1e-9));
                    return () -> Solvers.pinv(matrix, options);
                }),
                options("AttentionOptions", ones -> {
                    AttentionOptions options = AttentionOptions.defaults().withMask(ones.mul(2));
                    return () -> Attention.scaledDotProductAttention(X, X, X, options);
                }),
                options("EmbeddingBagOptions", ones -> {
                    EmbeddingBagOptions options = EmbeddingBagOptions.defaults()
                            .withMode(Embeddings.Mode.SUM)
                            .withOffsets(Cumulative.cumsum(ones, 0).sub(1).to(DataType.INT64))
                            .withWeights(ones.mul(2));
                    return () -> Embeddings.embeddingBag(Tensor.of(0, 2, 1), matrix, options);
                }),
                options("FractionalPoolOptions", ones -> {
                    FractionalPoolOptions options = FractionalPoolOptions.ofSizes(2, 2)
                            .withSamples(ones.mul(0.75).reshape(1, 3, 1).repeat(1, 1, 2));
                    return () -> FractionalPooling.fractionalMaxPool2d(
                            X.reshape(3, 4, 2).repeat(1, 1, 2), options);
                }),
                options("BatchNormOptions", ones -> {
                    BatchNormOptions options = BatchNormOptions.defaults()
                            .withWeight(ones.mul(2))
                            .withBias(ones.mul(3))
                            .withRunning(ones.mul(4), ones.mul(5))
                            .withTraining(false);
                    return () -> Normalization.batchNorm(X, options);
                }),
                options("NormalizationOptions", ones -> {
                    NormalizationOptions options = NormalizationOptions.defaults()
                            .withWeight(ones.mul(2))
                            .withBias(ones.mul(3));
                    return () -> Normalization.groupNorm(X, 1, options);
                }),
                options("CovarianceOptions", ones -> {
                    CovarianceOptions options = CovarianceOptions.defaults()
                            .withFrequencies(ones.mul(2).to(DataType.INT64))
                            .withWeights(ones.mul(3));
                    return () -> Statistics.cov(matrix.t(), options);
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void optionsOutliveTheScopeTheyWereMadeIn(String name, Function<Tensor, Supplier<Tensor>> made) {
        double expected =
                made.apply(Tensor.ones(DataType.DOUBLE, 3)).get().sum().item();
        Supplier<Tensor> inScope;

        try (MemoryScope scope = MemoryScope.open()) {
            inScope = made.apply(Tensor.ones(DataType.DOUBLE, 3).mul(1));
        }

        assertThat(inScope.get().sum().item()).isEqualTo(expected);
    }
}
