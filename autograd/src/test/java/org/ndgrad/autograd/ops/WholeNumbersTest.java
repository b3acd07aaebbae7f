package org.ndgrad.autograd.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.DTypes;

/** Whole numbers in blocks and in threads give what they give one by one. */
class WholeNumbersTest {

    private static final double LARGE = 0x1p53;

    private static Tensor ascending(int n) {
        return Tensor.arange(n);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 95, 3_000, 120_001})
    void operationsAreExactBeyondDoubles(int n) {
        Tensor x = ascending(n).add((long) LARGE).add(1); // 2⁵³ + 1 + i, half of which no double is
        long[] expected = new long[n];
        Arrays.setAll(expected, i -> (1L << 53) + 1 + i);

        assertThat(x.toLongArray()).isEqualTo(expected);
        assertThat(x.neg().neg().toLongArray()).isEqualTo(expected);
        assertThat(x.maximum(ascending(n)).toLongArray()).isEqualTo(expected);
        assertThat(Comparison.where(x.gt(0), x, ascending(n)).toLongArray()).isEqualTo(expected);
        assertThat(x.max().toLongArray()).containsExactly(expected[n - 1]);
        assertThat(x.min().toLongArray()).containsExactly(expected[0]);
        assertThat(x.sum().toLongArray())
                .containsExactly(Arrays.stream(expected).sum());
    }

    @ParameterizedTest
    @EnumSource(names = {"LONG", "INT"})
    void reducesRowsColumnsAndViews(DataType type) {
        Tensor x = ascending(300 * 70).to(type).reshape(300, 70);
        long[] rows = new long[300];
        long[] columns = new long[70];
        for (int i = 0; i < 300 * 70; i++) {
            rows[i / 70] += i;
            columns[i % 70] += i;
        }

        assertThat(x.sum(1).toLongArray()).isEqualTo(rows);
        assertThat(x.sum(0).toLongArray()).isEqualTo(columns);
        assertThat(x.t().sum(0).toLongArray()).isEqualTo(rows);
        assertThat(x.t().add(x.t()).sum(1).toLongArray())
                .isEqualTo(Arrays.stream(columns).map(c -> 2 * c).toArray());
        assertThat(x.sum().toLongArray()).containsExactly(Arrays.stream(rows).sum());
    }

    @ParameterizedTest
    @EnumSource(names = {"LONG", "INT", "FLOAT", "DOUBLE"})
    void trapezoidIsTheIntegral(DataType type) {
        Tensor y = Tensor.of(DataType.DOUBLE, 1, 4, 2, 8).to(type);

        assertThat(Cumulative.trapezoid(y, 0.5, 0).item()).isEqualTo(5.25);
        assertThat(Cumulative.trapezoid(y.slice(0, 0, 2), 1, 0).item()).isEqualTo(2.5);
        assertThat(Cumulative.trapezoid(y.slice(0, 0, 1), 1, 0).item()).isEqualTo(0);
        assertThat(Cumulative.trapezoid(y.slice(0, 0, 0), 1, 0).item()).isEqualTo(0);
        assertThat(Cumulative.trapezoid(y.reshape(2, 2), 2, 0).toDoubleArray()).containsExactly(3, 12);
    }

    @ParameterizedTest
    @EnumSource(names = {"LONG", "INT", "DOUBLE", "FLOAT"})
    void runningSumsGoOnFromBlockToBlock(DataType type) {
        int n = 3_001;
        double[] sums = new double[n];
        Arrays.setAll(sums, i -> 0.5 * i * (i + 1));
        double[] rest = new double[n];
        Arrays.setAll(rest, i -> sums[n - 1] - (i == 0 ? 0 : sums[i - 1]));
        Tensor x = ascending(n).to(type);

        assertThat(Cumulative.cumsum(x, 0).toDoubleArray()).isEqualTo(sums);
        assertThat(Cumulative.cumsum(x.reshape(n, 1).expand(n, 3).t(), 1)
                        .select(0, 2)
                        .toDoubleArray())
                .isEqualTo(sums);
        assertThat(Cumulative.cumprod(x.clamp(1, 1), 0).sum().item()).isEqualTo(n);
        if (DTypes.isFloating(type)) {
            Tensor leaf = x.detach().requiresGrad(true);
            Cumulative.cumsum(leaf, 0).backward(x);
            assertThat(leaf.grad().toDoubleArray()).isEqualTo(rest);
        }
    }

    @Test
    void aRunningSumOfMinusZeroIsZeroAsInPytorch() {
        Tensor x = Tensor.of(DataType.DOUBLE, -0.0, -0.0, 0.0);

        assertThat(Cumulative.cumsum(x, 0).toDoubleArray()).containsExactly(0.0, 0.0, 0.0);
    }

    @ParameterizedTest
    @EnumSource(names = {"INT", "LONG"})
    void trapezoidsOfLargeNumbersFit(DataType type) {
        Tensor y = Tensor.of(DataType.DOUBLE, 2e9, 2e9, 1.5e9).to(type);
        Tensor x = Tensor.of(DataType.DOUBLE, -2e9, 2e9, 2e9).to(type);
        Tensor far = Tensor.of(DataType.DOUBLE, -2e18, 2e18).to(DataType.INT64);

        assertThat(Cumulative.trapezoid(y, x, 0).item()).isEqualTo((double) (float) 8e18);
        assertThat(Cumulative.cumulativeTrapezoid(y, x, 0).toDoubleArray()).containsExactly((float) 8e18, (float) 8e18);
        assertThat(Cumulative.cumulativeTrapezoid(y, 2, 0).toDoubleArray()).containsExactly(4e9, (float) 7.5e9);
        assertThat(Cumulative.trapezoid(far.abs(), far, 0).item()).isEqualTo((double) (float) 8e36);
        assertThat(Cumulative.trapezoid(y, x, 0).dtype()).isEqualTo(DataType.FLOAT);
    }

    @Test
    void trapezoidOfLargeNumbersIsNotNan() {
        double inf = Double.POSITIVE_INFINITY;

        assertThat(Cumulative.trapezoid(Tensor.of(DataType.DOUBLE, inf, 1, 2), 1, 0)
                        .item())
                .isEqualTo(inf);
        assertThat(Cumulative.trapezoid(Tensor.of(DataType.FLOAT, 2e38, 1e38, 0), 1, 0)
                        .item())
                .isEqualTo((double) 2e38f);
        assertThat(Cumulative.trapezoid(ascending(1_000_001), 1, 0).item()).isEqualTo((double) (float) 5e11);
    }

    /** As products of matrices do, in PyTorch as well; they wrap around. */
    @ParameterizedTest
    @EnumSource(names = {"BYTE", "UBYTE", "SHORT", "INT", "LONG", "FLOAT", "DOUBLE", "HALF", "BFLOAT16"})
    void productsOfVectorsKeepTheirType(DataType type) {
        Tensor a = Tensor.of(new long[] {100, 2, 3}).to(type);
        Tensor b = Tensor.of(new long[] {100, 5, 7}).to(type);
        Tensor expected = Tensor.of(new long[] {10031}).to(type);

        for (Tensor product : new Tensor[] {
            LinearAlgebra.dot(a, b),
            LinearAlgebra.vdot(a, b),
            LinearAlgebra.inner(a, b),
            a.matmul(b),
            Contractions.einsum("i,i->", a, b)
        }) {
            assertThat(product.dtype()).isEqualTo(type);
            assertThat(product.item()).isEqualTo(expected.item());
        }
        assertThat(LinearAlgebra.dot(a.slice(0, 0, 0), b.slice(0, 0, 0)).dtype())
                .isEqualTo(type);
    }

    @Test
    void truthBesideNumbersIsANumber() {
        Tensor x = Tensor.of(true, false);

        for (Tensor y : new Tensor[] {
            Arithmetic.square(x),
            x.pow(2),
            x.clamp(-3, 3),
            x.clamp(-3L, 1),
            Bounds.clampMin(x, -1),
            Bounds.clampMax(x, 3),
            Arithmetic.clamp(x, Tensor.of(-3L), Tensor.of(3L))
        }) {
            assertThat(y.dtype()).isEqualTo(DataType.INT64);
            assertThat(y.toLongArray()).containsExactly(1, 0);
        }
        assertThat(x.clamp(2, 3).toLongArray()).containsExactly(2, 2);
        assertThat(x.clamp(-3, -2).toLongArray()).containsExactly(-2, -2);
        assertThat(x.clamp(0.5, 3).dtype()).isEqualTo(DataType.FLOAT);
        assertThat(x.clamp(0, 0.5).toDoubleArray()).containsExactly(0.5, 0);
        assertThat(Tensor.of(new long[] {100}).to(DataType.INT8).clamp(0.5, 3).dtype())
                .isEqualTo(DataType.FLOAT);
        assertThat(Tensor.of(new long[] {100}).to(DataType.INT8).clamp(0, 3).dtype())
                .isEqualTo(DataType.INT8);
        assertThat(Tensor.of(DataType.FLOAT16, 2.0).clamp(0, 1.5).dtype()).isEqualTo(DataType.FLOAT16);
    }
}
