package org.ndgrad.autograd.kernels.reduction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.math.Scratch;

class SoftmaxBackwardTest {

    @ParameterizedTest
    @CsvSource({
        "FLOAT, 3, -20, 1e-6", "FLOAT, 3, -50, 1e-6", "FLOAT, 100, -80, 1e-6", "FLOAT, 10000, -40, 1e-5",
        "DOUBLE, 3, -50, 1e-14", "DOUBLE, 100, -600, 1e-13", "DOUBLE, 10000, -300, 1e-13", "DOUBLE, 3, -1, 1e-14",
        "HALF, 3, -9, 1e-2", "BFLOAT16, 3, -30, 1e-2"
    })
    void digitsOfANearlyCertainClassStay(DataType type, int n, double distance, double tolerance) {
        for (int certain : new int[] {0, n / 2, Math.min(n - 1, Scratch.BLOCK), n - 1}) {
            double[] logits = new double[n];
            Arrays.fill(logits, distance);
            logits[certain] = 0;
            double other = Math.exp(distance) / (1 + (n - 1) * Math.exp(distance));
            double rest = (n - 1) * other; // 1 − the share of the class
            double share = 1 / (1 + (n - 1) * Math.exp(distance));

            Tensor x = Tensor.of(type, logits).reshape(1, n).requiresGrad(true);
            x.softmax(1).get(0, certain).backward();
            Tensor z = Tensor.of(type, logits).reshape(1, n).requiresGrad(true);
            z.logSoftmax(1).get(0, certain).backward();

            assertThat(x.grad().get(0, certain).item())
                    .as("softmax, class %s of %s", certain, n)
                    .isCloseTo(share * rest, within(tolerance * share * rest));
            assertThat(z.grad().get(0, certain).item())
                    .as("logSoftmax, class %s of %s", certain, n)
                    .isCloseTo(rest, within(tolerance * rest));
            assertThat(z.grad().get(0, (certain + 1) % n).item()).isCloseTo(-other, within(tolerance * other));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "FLOAT, 3, 1, 1, -50, 1e-6", "FLOAT, 3, 2, 7, -50, 1e-6", "FLOAT, 100, 1, 300, -80, 1e-6",
        "FLOAT, 5000, 2, 3, -40, 1e-5", "DOUBLE, 3, 2, 129, -50, 1e-14", "DOUBLE, 100, 3, 40, -600, 1e-13",
        "DOUBLE, 5000, 1, 3, -300, 1e-13", "HALF, 3, 2, 5, -9, 1e-2", "BFLOAT16, 3, 1, 200, -30, 1e-2"
    })
    void digitsOfANearlyCertainClassStayInColumns(
            DataType type, int n, int planes, int columns, double distance, double tolerance) {
        double[] logits = new double[planes * n * columns];
        Arrays.fill(logits, distance);
        for (int i = 0; i < planes * columns; i++) {
            logits[(i / columns * n + certain(i, n)) * columns + i % columns] = 0;
        }
        double rest = (n - 1) * Math.exp(distance) / (1 + (n - 1) * Math.exp(distance));
        Tensor x = Tensor.of(type, logits).reshape(planes, n, columns);
        for (Tensor logit : List.of(
                x.detach().requiresGrad(true),
                x.transpose(0, 2).clone().transpose(0, 2).detach().requiresGrad(true))) {
            Tensor upstream = x.eq(0).to(type);
            logit.softmax(1).backward(upstream);
            Tensor shares = logit.grad();
            logit.zeroGrad();
            logit.logSoftmax(1).backward(upstream);
            Tensor logs = logit.grad();

            for (int i = 0; i < planes * columns; i++) {
                int plane = i / columns;
                int column = i % columns;
                int certain = certain(i, n);
                int other = (certain + 1) % n;
                assertThat(shares.get(plane, certain, column).item())
                        .as("softmax, column %s", i)
                        .isCloseTo((1 - rest) * rest, within(tolerance * rest));
                assertThat(logs.get(plane, certain, column).item())
                        .as("logSoftmax, column %s", i)
                        .isCloseTo(rest, within(tolerance * rest));
                assertThat(logs.get(plane, other, column).item())
                        .isCloseTo(-rest / (n - 1), within(tolerance * rest / (n - 1)));
            }
        }
    }

    private static int certain(int column, int n) {
        return column * 7 % n;
    }
}
