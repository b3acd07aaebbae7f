package org.ndgrad.autograd.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Backward;
import org.ndgrad.autograd.Tensor;

/** Constants of operations at the ends of the range, and beyond that of float32: results that fit are right. */
class ConstantsInRangeTest {

    /** Returns the values of f, its slopes and their slopes; in more elements than a vector has. */
    private static double[] derivatives(UnaryOperator<Tensor> f, DataType type, double at) {
        double[] values = new double[100];
        Arrays.fill(values, at);
        Tensor x = Tensor.of(type, values).requiresGrad(true);
        Tensor y = f.apply(x);
        Tensor slopes = Autograd.grad(y.sum(), x, Backward.CREATE_GRAPH);
        double[][] found = {
            y.toDoubleArray(),
            slopes.toDoubleArray(),
            Autograd.grad(slopes.sum(), x).toDoubleArray()
        };
        for (double[] each : found) {
            assertThat(each).containsOnly(each[0]);
        }
        return new double[] {found[0][0], found[1][0], found[2][0]};
    }

    @ParameterizedTest
    @CsvSource({
        "FLOAT, 1e20, -2, 1e-40, 0, 0",
        "FLOAT, 1e20, -1, 1e-20, -1e-40, 0",
        "FLOAT, -1e20, -1, -1e-20, -1e-40, 0",
        "FLOAT, 1e-15, -2, 1e30, Infinity, Infinity",
        "FLOAT, 1e-20, 1e-3, 0.954992586, 9.54992586e16, -9.54037593e36",
        "FLOAT, 1e-40, 1e-3, 0.912010839, 9.1201576e36, -Infinity",
        "FLOAT, 1e-40, -1e-3, 1.09647820, -1.0964841e37, Infinity",
        "FLOAT, 0, 1e-3, 0, Infinity, -Infinity",
        "FLOAT, -2, -3, -0.125, -0.1875, -0.375",
        "FLOAT, -2, 5, -32, 80, -160",
        "FLOAT, 2, 0.25, 1.18920712, 0.148650889, -0.0557440836",
        "DOUBLE, 1e160, -2, 1e-320, 0, 0",
        "DOUBLE, -1e150, -2, 1e-300, 0, 0",
        "DOUBLE, 1e-310, 1e-3, 0.4897788193684462, Infinity, -Infinity",
        "DOUBLE, 1e-306, 1e-10, 0.9999999295409, 9.999999295409e295, -Infinity",
        "DOUBLE, 1e-100, 1e-150, 1, 1e-50, -1e50",
        "DOUBLE, -2, -3, -0.125, -0.1875, -0.375",
        "DOUBLE, 2, 0.25, 1.189207115002721, 0.148650889375340, -0.0557440835157526"
    })
    void powersWithOneExponentAreRightWhereTheyFit(
            DataType type, double x, double k, double y, double slope, double bend) {
        double[] found = derivatives(v -> v.pow(k), type, x);
        double[] expected = {y, slope, bend};
        for (int i = 0; i < expected.length; i++) {
            double digits = type == DataType.FLOAT ? 3e-6 : 1e-12;
            double least = type == DataType.FLOAT ? 1e-44 : 20 * Double.MIN_VALUE;
            assertThat(found[i] == expected[i]
                            || Math.abs(found[i] - expected[i]) <= digits * Math.abs(expected[i]) + least)
                    .as("derivative %s: expected %s; got %s", i, expected[i], found[i])
                    .isTrue();
        }
    }

    @Test
    void slopesOfRootsAreThoseOfTheExponentThatIsHeld() {
        double third = (float) (1 / 3.0);
        double[] found = derivatives(v -> v.pow(1 / 3.0), DataType.FLOAT, 1e20);
        double x = (float) 1e20;
        assertThat(found[1] / (third * Math.pow(x, third - 1))).isCloseTo(1, within(1e-7));
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 1e50, -1, 1",
        "0, 1e50, 0, 1",
        "-1, 1e-40, -1e-40, 0",
        "0, 1e-40, 0, 1",
        "-1, 1e-50, 0, 0",
        "0, 1e-50, 0, 1",
        "3, 1e-50, 3, 1",
        "-1, -1e50, -1, 1"
    })
    void celuTakesAnyAlpha(double x, double alpha, double y, double slope) {
        for (DataType type : new DataType[] {DataType.FLOAT, DataType.BFLOAT16, DataType.DOUBLE}) {
            double[] found = derivatives(v -> Activations.celu(v, alpha), type, x);
            assertThat(found[0]).isCloseTo(y, within(1e-41));
            assertThat(found[1]).isCloseTo(slope, within(1e-15));
            assertThat(found[2]).isCloseTo(0, within(1e-39));
        }
    }

    @Test
    void otherConstantsMayBeBeyondFloat32() {
        for (DataType type : new DataType[] {DataType.FLOAT, DataType.BFLOAT16, DataType.DOUBLE}) {
            double[] soft = derivatives(v -> Activations.softplus(v, 1e50, 20), type, 0);
            assertThat(soft[0]).isCloseTo(0, within(1e-50));
            assertThat(soft[1]).isEqualTo(0.5);
            assertThat(derivatives(v -> Activations.softplus(v, 1e50, 20), type, 2))
                    .containsExactly(2, 1, 0);
            assertThat(Activations.elu(Tensor.of(type, 0, 2), 1e50).toDoubleArray())
                    .containsExactly(0, 2);
            assertThat(Activations.elu(Tensor.of(type, -0x1p-100), 1e35).item())
                    .isCloseTo(-0x1p-100 * 1e35, within(1e3));
            assertThat(Activations.leakyRelu(Tensor.of(type, 0, 2), 1e50).toDoubleArray())
                    .containsExactly(0, 2);
            assertThat(Activations.leakyRelu(Tensor.of(type, -0x1p100), 1e-50).item() / (-0x1p100 * 1e-50))
                    .isCloseTo(1, within(1e-2));
        }
        assertThat(Activations.elu(Tensor.of(-1), 1e50).dtype()).isEqualTo(DataType.FLOAT);
    }
}
