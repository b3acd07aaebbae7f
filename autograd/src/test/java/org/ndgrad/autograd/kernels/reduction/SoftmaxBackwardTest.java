package org.ndgrad.autograd.kernels.reduction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
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
}
