package org.ndgrad.autograd.kernels.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoubleMathTest {

    @Test
    void tanhIsExactToUnitsInTheLastPlace() {
        for (double x = 1e-300; x < 30; x *= 1.01) {
            double exact = Math.tanh(x); // itself within 2.5 units

            assertThat(DoubleMath.tanh(x)).as("tanh(%s)", x).isCloseTo(exact, within(4 * Math.ulp(exact)));
            assertThat(DoubleMath.tanh(-x)).isEqualTo(-DoubleMath.tanh(x));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.0, -0.0, 1 / 0.0, -1 / 0.0, 0 / 0.0, Double.MIN_VALUE, -Double.MIN_VALUE, 1e308, -1e308})
    void tanhTreatsSpecialValuesAsMathDoes(Double x) {
        assertThat((Double) DoubleMath.tanh(x)).isEqualTo((Double) Math.tanh(x));
    }
}
