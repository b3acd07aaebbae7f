package org.ndgrad.autograd.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Backward;
import org.ndgrad.autograd.Tensor;

/** Pseudoinverses, ranks and vectors of matrices near the ends of the range. */
class SpectrumRangeTest {

    /** The shares that the slopes of a function of degree −1 in three equations for two unknowns have. */
    private static final double[] SLOPES = {-0.25, 0.25, 0, 0, 0.25, -0.25};

    @ParameterizedTest
    @ValueSource(ints = {0, 250, -250, 480, -480, 700, -700, 1000, -1000})
    void pseudoinversesFitInAnyUnit(int exponent) {
        double unit = Math.scalb(1.0, exponent);
        Tensor x = Tensor.of(DataType.DOUBLE, 1, 2, 3, 4, 5, 6)
                .mul(unit)
                .reshape(3, 2)
                .detach()
                .requiresGrad(true);
        Tensor y = Solvers.pinv(x);
        double[] expected = {-8 / 6.0, -2 / 6.0, 4 / 6.0, 13 / 12.0, 1 / 3.0, -5 / 12.0};
        assertThat(y.mul(unit).toDoubleArray()).containsExactly(expected, within(1e-13));
        assertThat(Solvers.pinv(x.detach().transpose(0, 1))
                        .transpose(0, 1)
                        .mul(unit)
                        .toDoubleArray())
                .containsExactly(expected, within(1e-13));

        int incoming = Math.max(-1000, Math.min(1000, 2 * exponent));
        Tensor g = Tensor.full(DataType.DOUBLE, Math.scalb(1.0, incoming), 2, 3);
        double[] found = slopes(y, x, g).toDoubleArray();
        for (int i = 0; i < 6; i++) {
            assertThat(Math.scalb(found[i], 2 * exponent - incoming)).isCloseTo(SLOPES[i], within(1e-12));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1.5e308, 1, 1e-300, 1e-310})
    void ranksDependOnNoUnit(double size) {
        Tensor x =
                Tensor.of(DataType.DOUBLE, size, size, size, -size, 1, 2, 2, 4).reshape(2, 2, 2);
        assertThat(Solvers.matrixRank(x).toLongArray()).containsExactly(2, 1);
        RankOptions hermitian = RankOptions.defaults().withHermitian(true);
        assertThat(Solvers.matrixRank(x, hermitian).toLongArray()).containsExactly(2, 1);
        RankOptions absolute = RankOptions.defaults().withAbsolute(size / 4);
        assertThat(Solvers.matrixRank(x.get(0), absolute).item()).isEqualTo(2);
        absolute = RankOptions.defaults().withAbsolute(size * 1.1);
        assertThat(Solvers.matrixRank(
                                Tensor.of(DataType.DOUBLE, size, 0, 0, size).reshape(2, 2), absolute)
                        .item())
                .isEqualTo(0);
    }

    @Test
    void pseudoinversesOfLargeMatricesAreTheirInverses() {
        double large = 1.5e308;
        double half = 0.5 / large;
        Tensor x = Tensor.of(DataType.DOUBLE, large, large, large, -large).reshape(2, 2);
        double[] expected = {half, half, half, -half};
        for (boolean hermitian : new boolean[] {false, true}) {
            RankOptions options = RankOptions.defaults().withHermitian(hermitian);
            double[] found = Solvers.pinv(x, options).toDoubleArray();
            assertThat(found).containsExactly(expected, within(half * 1e-13));
            options = options.withAbsolute(1.0);
            assertThat(Solvers.pinv(x, options).toDoubleArray()).containsExactly(expected, within(half * 1e-13));
        }
    }

    @ParameterizedTest
    @CsvSource({"FLOAT, 127", "FLOAT, 100", "FLOAT, -140", "DOUBLE, 1023", "DOUBLE, 1000", "DOUBLE, -1070", "DOUBLE, 0"
    })
    void vectorsHaveSlopesWhereGapsDoNotFit(DataType type, int exponent) {
        double size = Math.scalb(1.0, exponent);
        int incoming = Math.max(type == DataType.FLOAT ? -100 : -1000, Math.min(exponent, 100));
        double unit = Math.scalb(1.0, incoming);
        Tensor weights = Tensor.of(DataType.DOUBLE, unit, 2 * unit, 3 * unit, 5 * unit)
                .reshape(2, 2)
                .to(type);
        Tensor x = Tensor.of(DataType.DOUBLE, size * 1.5, 0, 0, -size)
                .reshape(2, 2)
                .to(type)
                .requiresGrad(true);
        Tensor vectors = Decompositions.eigh(x).eigenvectors();
        Tensor plain = Tensor.of(DataType.DOUBLE, 1.5, 0, 0, -1).reshape(2, 2).requiresGrad(true);
        Tensor others = Decompositions.eigh(plain).eigenvectors();
        assertThat(vectors.toDoubleArray()).containsExactly(others.toDoubleArray());
        Tensor ones = weights.to(DataType.DOUBLE).div(unit);
        compare(slopes(vectors, x, weights), slopes(others, plain, ones), incoming - exponent);

        Svd parts = Decompositions.svd(x);
        Svd plainParts = Decompositions.svd(plain);
        compare(slopes(parts.u(), x, weights), slopes(plainParts.u(), plain, ones), incoming - exponent);
        compare(slopes(parts.vt(), x, weights), slopes(plainParts.vt(), plain, ones), incoming - exponent);
    }

    @Test
    void vectorsOfABatchHaveSlopesOneByOne() {
        double[] values = {1.5e308, 0, 0, -1.5e308, 1, 0, 0, 3};
        Tensor x = Tensor.of(DataType.DOUBLE, values).reshape(2, 2, 2).requiresGrad(true);
        Tensor g = Tensor.of(DataType.DOUBLE, 1e300, 2e300, 3e300, 5e300, 1, 2, 3, 5)
                .reshape(2, 2, 2);
        Tensor vectors = Decompositions.eigh(x).eigenvectors();
        Tensor first = Autograd.grad(
                        List.of(vectors), List.of(x), List.of(g), Backward.RETAIN_GRAPH, Backward.CREATE_GRAPH)
                .get(0);
        Tensor alone = Tensor.of(DataType.DOUBLE, 1, 0, 0, 3).reshape(2, 2).requiresGrad(true);
        Tensor slopes = Autograd.grad(
                        List.of(Decompositions.eigh(alone).eigenvectors()),
                        List.of(alone),
                        List.of(g.get(1)),
                        Backward.CREATE_GRAPH)
                .get(0);
        assertThat(first.get(1).toDoubleArray()).containsExactly(slopes.toDoubleArray());
        Tensor unit = Tensor.of(DataType.DOUBLE, 1.5, 0, 0, -1.5).reshape(2, 2).requiresGrad(true);
        double expected = slopes(Decompositions.eigh(unit).eigenvectors(), unit, g.get(1))
                        .get(0, 1)
                        .item()
                / 1e8;
        assertThat(first.get(0, 0, 1).item()).isCloseTo(expected, within(1e-20));
        assertThat(Autograd.grad(first.get(1).sum(), x).get(1).toDoubleArray())
                .containsExactly(Autograd.grad(slopes.sum(), alone).toDoubleArray());
    }

    private static void compare(Tensor found, Tensor expected, int exponent) {
        double[] all = found.toDoubleArray();
        double[] others = expected.toDoubleArray();
        for (int i = 0; i < all.length; i++) {
            assertThat(Math.scalb(all[i], -exponent)).as("%s", i).isCloseTo(others[i], within(1e-6));
        }
    }

    private static Tensor slopes(Tensor y, Tensor x, Tensor g) {
        return Autograd.grad(List.of(y), List.of(x), List.of(g), Backward.RETAIN_GRAPH)
                .get(0);
    }
}
