package org.ndgrad.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;

class AveragedParametersTest {

    private static Tensor averageOfTwo(AveragedParameters averages, Tensor parameter, Tensor next) {
        averages.update();
        Autograd.noGrad(() -> parameter.copy_(next));
        averages.update();
        return averages.averages().values().iterator().next();
    }

    @ParameterizedTest
    @EnumSource(names = {"HALF", "BFLOAT16", "FLOAT"})
    void averagesAreRoundedOnce(DataType dtype) {
        for (double decay : new double[] {0.9, 0.999, 0.5, 0.25}) {
            Tensor first = Tensor.randn(dtype, new Rng(1), 2000);
            Tensor second = Tensor.randn(dtype, new Rng(2), 2000);
            Tensor parameter = first.clone().requiresGrad(true);
            Tensor a = first.to(DataType.DOUBLE);
            Tensor b = second.to(DataType.DOUBLE);

            Tensor average = averageOfTwo(AveragedParameters.exponential(List.of(parameter), decay), parameter, second);

            assertThat(average.toDoubleArray())
                    .containsExactly(a.add(b.sub(a).mul(1 - decay)).to(dtype).toDoubleArray());
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {3e38, -3e38})
    void differencesMayBeBeyondTheType(double large) {
        Tensor parameter = Tensor.full(DataType.FLOAT, large, 2).requiresGrad(true);
        Tensor opposite = parameter.detach().neg();

        assertThat(averageOfTwo(AveragedParameters.exponential(List.of(parameter), 0.5), parameter, opposite)
                        .toDoubleArray())
                .containsExactly(0, 0);
    }
}
