package org.ndgrad.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

/** How tensors print: as in PyTorch, with shape and type added. */
class TensorFormatTest {

    private static Tensor vector(double... values) {
        return Tensor.of(DataType.DOUBLE, values);
    }

    @Test
    void aScalarPrintsItsValue() {
        assertThat(Tensor.of(2.5)).hasToString("tensor(2.5000, shape=(), dtype=float32)");
        assertThat(Tensor.of(2.0)).hasToString("tensor(2., shape=(), dtype=float32)");
    }

    @Test
    void vectorsPrintFourDigits() {
        assertThat(vector(1, 2.5, -3.14159))
                .hasToString("tensor([ 1.0000,  2.5000, -3.1416], shape=(3), dtype=float64)");
    }

    @Test
    void wholeFloatsPrintWithADot() {
        assertThat(vector(1, 20, -3)).hasToString("tensor([ 1., 20., -3.], shape=(3), dtype=float64)");
    }

    @Test
    void matricesAreAligned() {
        assertThat(Tensor.of(new double[][] {{1.5, -2}, {100.25, 4}})).hasToString("""
                        tensor([[  1.5000,  -2.0000],
                                [100.2500,   4.0000]], shape=(2, 2), dtype=float32)""");
    }

    @Test
    void matricesOfAThreeDimTensorAreApart() {
        assertThat(Tensor.arange(8).reshape(2, 2, 2)).hasToString("""
                        tensor([[[0, 1],
                                 [2, 3]],

                                [[4, 5],
                                 [6, 7]]], shape=(2, 2, 2), dtype=int64)""");
    }

    @Test
    void wholeNumbersPrintAsSuch() {
        assertThat(Tensor.of(1, -20, 300)).hasToString("tensor([  1, -20, 300], shape=(3), dtype=int64)");
        assertThat(Tensor.of(Long.MAX_VALUE, 1))
                .hasToString("tensor([9223372036854775807,                   1], shape=(2), dtype=int64)");
    }

    @Test
    void truthsAreAligned() {
        assertThat(Tensor.of(true, false)).hasToString("tensor([ true, false], shape=(2), dtype=bool)");
    }

    @Test
    void specialValuesPrintInWords() {
        assertThat(vector(1.5, Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY))
                .hasToString("tensor([1.5000,    nan,   -inf,    inf], shape=(4), dtype=float64)");
    }

    @Test
    void largeAndSmallNumbersPrintWithAnExponent() {
        assertThat(vector(1e-8, 1.5)).hasToString("tensor([1.0000e-08, 1.5000e+00], shape=(2), dtype=float64)");
        assertThat(vector(1.5, 12345.678)).hasToString("tensor([1.5000e+00, 1.2346e+04], shape=(2), dtype=float64)");
        assertThat(vector(1e10, 1)).hasToString("tensor([1.0000e+10, 1.0000e+00], shape=(2), dtype=float64)");
    }

    @Test
    void emptiesPrintTheirShape() {
        assertThat(Tensor.zeros(0)).hasToString("tensor([], shape=(0), dtype=float32)");
        assertThat(Tensor.zeros(2, 0)).hasToString("tensor([], shape=(2, 0), dtype=float32)");
    }

    @Test
    void longVectorsAreAbbreviated() {
        assertThat(Tensor.arange(1001))
                .hasToString("tensor([   0,    1,    2,  ...,  998,  999, 1000], shape=(1001), dtype=int64)");
        assertThat(Tensor.arange(1000).toString()).doesNotContain("...");
    }

    @Test
    void largeMatricesAreAbbreviatedAtTheEdges() {
        assertThat(Tensor.arange(10_000).reshape(100, 100)).hasToString("""
                        tensor([[   0,    1,    2,  ...,   97,   98,   99],
                                [ 100,  101,  102,  ...,  197,  198,  199],
                                [ 200,  201,  202,  ...,  297,  298,  299],
                                ...,
                                [9700, 9701, 9702,  ..., 9797, 9798, 9799],
                                [9800, 9801, 9802,  ..., 9897, 9898, 9899],
                                [9900, 9901, 9902,  ..., 9997, 9998, 9999]], shape=(100, 100),
                               dtype=int64)""");
    }

    @Test
    void leavesTellThatTheyRequireAGradient() {
        assertThat(vector(1).requiresGrad(true))
                .hasToString("tensor([1.], shape=(1), dtype=float64, requiresGrad=true)");
    }

    @Test
    void resultsTellWhatTheyComeFrom() {
        Tensor x = vector(1, 2).requiresGrad(true);

        assertThat(x.mul(x)).hasToString("tensor([1., 4.], shape=(2), dtype=float64, gradFn=<Mul>)");
        assertThat(x.logSoftmax(0).sum().toString()).endsWith(", shape=(), dtype=float64, gradFn=<Sum>)");
        assertThat(x.logSoftmax(0).toString()).endsWith("gradFn=<LogSoftmax>)");
    }

    @Test
    void viewsPrintTheirOwnElements() {
        Tensor x = Tensor.arange(6).reshape(2, 3);

        assertThat(x.t().select(0, 1)).hasToString("tensor([1, 4], shape=(2), dtype=int64)");
    }

    @Test
    void theLocaleDoesNotMatter() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);

            assertThat(vector(1.5)).hasToString("tensor([1.5000], shape=(1), dtype=float64)");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void linesAndWhatFollowsThemEndAtEightyColumns() {
        assertThat(Tensor.arange(24)).hasToString("""
                        tensor([ 0,  1,  2,  3,  4,  5,  6,  7,  8,  9, 10, 11, 12, 13, 14, 15, 16, 17,
                                18, 19, 20, 21, 22, 23], shape=(24), dtype=int64)""");
        assertThat(vector(0.5, 1.5, 2.5, 3.5, 4.5, 5.5)).hasToString("""
                        tensor([0.5000, 1.5000, 2.5000, 3.5000, 4.5000, 5.5000], shape=(6),
                               dtype=float64)""");
    }
}
