package org.ndgrad.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;

/** A scope ends results of operations, not given values. */
class FactoriesInScopeTest {

    private static Map<String, Tensor> all(int n) {
        return ImmutableMap.<String, Tensor>builder()
                .put("of", Tensor.of(new double[n * n]))
                .put("full", Tensor.full(DataType.FLOAT, 2, n, n))
                .put("zerosLike", Tensor.zerosLike(Tensor.ones(n, n)))
                .put("onesLike", Tensor.onesLike(Tensor.ones(n, n)))
                .put("eye", Tensor.eye(DataType.DOUBLE, n))
                .put("arange", Tensor.arange(n * n))
                .put("arange of floats", Tensor.arange(0.0, n * n, 1.0))
                .put("linspace", Tensor.linspace(DataType.DOUBLE, 0, 1, n * n))
                .put("rand", Tensor.rand(DataType.FLOAT, new Rng(0), n, n))
                .put("randn", Tensor.randn(DataType.FLOAT, new Rng(0), n, n))
                .put("randperm", Tensor.randperm(new Rng(0), n * n))
                .put("randint", Tensor.randint(new Rng(0), 0, 9, n, n))
                .put("normal", Tensor.normal(new Rng(0), 1, 2, n, n))
                .put("normal of tensors", Tensor.normal(new Rng(0), Tensor.ones(n, 1), Tensor.ones(n)))
                .put("bernoulli", Tensor.bernoulli(new Rng(0), Tensor.full(0.5, n, n)))
                .put("multinomial", Tensor.multinomial(new Rng(0), Tensor.ones(n), n * n, Replacement.WITH))
                .put("logspace", Tensor.logspace(0, 1, n * n))
                .buildOrThrow();
    }

    /** Up to 16 KiB memory is Java's, beyond it is lent. */
    @ParameterizedTest
    @ValueSource(ints = {3, 200})
    void whatFactoriesMakeStays(int n) {
        Map<String, Tensor> expected = all(n);
        Map<String, Tensor> made;
        try (MemoryScope scope = MemoryScope.open()) {
            made = all(n);
        }

        made.forEach((name, tensor) -> assertThat(tensor.toDoubleArray())
                .as(name)
                .containsExactly(expected.get(name).toDoubleArray()));
    }
}
