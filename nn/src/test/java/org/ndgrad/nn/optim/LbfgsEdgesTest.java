package org.ndgrad.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.optim.LbfgsOptions.LineSearch;

/** L-BFGS on plateaus and kinks, and on losses whose squares leave the range of their type. */
class LbfgsEdgesTest {

    private static final LbfgsOptions WOLFE = LbfgsOptions.defaults().withLineSearch(LineSearch.STRONG_WOLFE);

    private static void steps(int count, Tensor parameter, Lbfgs optimizer, UnaryOperator<Tensor> loss) {
        for (int i = 0; i < count; i++) {
            optimizer.step(() -> {
                optimizer.zeroGrad();
                Tensor value = loss.apply(parameter);
                value.backward();
                return value;
            });
        }
    }

    /** Trial points at 0 have a loss, all others have none and no slope. */
    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void aPlateauBehindTheMinimumEndsTheSearch(DataType type) {
        Tensor p = Tensor.of(type, 0.0).requiresGrad(true);

        steps(3, p, new Lbfgs(List.of(p), 1, WOLFE), x -> x.rsub(5e-5).relu());

        assertThat(p.detach().item()).isFinite().isGreaterThanOrEqualTo(5e-5);
    }

    @ParameterizedTest
    @CsvSource({"0.1, 1", "0.1, 100", "1, 1", "1, 100", "0.01, 5", "30, 5"})
    void kinksNeverMakeParametersNaN(double rate, int history) {
        for (UnaryOperator<Tensor> loss : List.<UnaryOperator<Tensor>>of(
                x -> x.abs().sum(),
                x -> x.relu().sum(),
                x -> x.sub(0.5).clampMin(0).sum(),
                x -> x.abs().round().sum().add(x.mul(0).sum()),
                x -> x.abs().ceil().clampMax(1).sum().add(x.abs().mul(1e-9).sum()))) {
            Tensor p = Tensor.of(DOUBLE, -1.2, 1).requiresGrad(true);
            double before = loss.apply(p).item();

            steps(6, p, new Lbfgs(List.of(p), rate, WOLFE.withHistorySize(history)), loss);

            assertThat(DoubleStream.of(p.detach().toDoubleArray())).allMatch(Double::isFinite);
            assertThat(loss.apply(p).item()).isLessThanOrEqualTo(before);
        }
    }

    /** A factor of the loss changes neither directions nor lengths of steps from the second iteration on. */
    @ParameterizedTest
    @CsvSource({
        "FLOAT, 1e30, NONE", "FLOAT, 1e30, STRONG_WOLFE", "FLOAT, 1e20, NONE", "FLOAT, 1e36, STRONG_WOLFE",
        "FLOAT, 1e37, NONE", "DOUBLE, 1e200, NONE", "DOUBLE, 1e300, NONE", "BFLOAT16, 1e36, NONE"
    })
    void lossesOfAnySizeAreMadeLess(DataType type, double size, LineSearch search) {
        Tensor p = Tensor.of(type, 3, -2, 5).requiresGrad(true);
        Tensor weights = Tensor.of(type, 1, 2, 3).mul(size);

        steps(
                3,
                p,
                new Lbfgs(List.of(p), 1, LbfgsOptions.defaults().withLineSearch(search)),
                x -> x.square().mul(weights).sum());

        double digits = type == DataType.BFLOAT16 ? 0.1 : 1e-3;
        assertThat(p.detach().toDoubleArray()).containsExactly(new double[3], within(digits));
    }

    @Test
    void aLoadedStateGoesOnWhereSumsOfSquaresDoNotFit() {
        Tensor p = Tensor.of(FLOAT, 3, -2, 5).requiresGrad(true);
        Tensor q = Tensor.of(FLOAT, 3, -2, 5).requiresGrad(true);
        Tensor weights = Tensor.of(FLOAT, 1, 2, 3).mul(1e30);
        UnaryOperator<Tensor> loss = x -> x.square().mul(weights).sum();
        LbfgsOptions options = LbfgsOptions.defaults().withMaxIterations(4);
        Lbfgs before = new Lbfgs(List.of(p), 1, options);
        Lbfgs after = new Lbfgs(List.of(q), 1, options);
        steps(1, p, before, loss);
        steps(1, q, after, loss);
        after.load(before.stateDict());

        steps(2, p, before, loss);
        steps(2, q, after, loss);

        assertThat(q.detach().toDoubleArray()).containsExactly(p.detach().toDoubleArray());
    }
}
