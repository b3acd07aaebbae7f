package org.ndgrad.autograd.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ndgrad.autograd.Tensors.assertSame;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.Tensors;

/** Updates against the same formulas in operations; PyTorch's own trajectories are in the tests of the optimizers. */
class UpdatesTest {

    private static final SgdStep PLAIN = new SgdStep(0.1, 0, 0, 0, false, false);
    private static final SgdStep NESTEROV = new SgdStep(0.1, 0.9, 0, 0.01, true, true);
    private static final SgdStep DAMPENED = new SgdStep(0.1, 0.9, 0.2, 0, false, false);
    private static final AdamStep ADAM = new AdamStep(3, 0.1, 0.9, 0.99, 1e-3, 0.01, 1, false);

    private static final List<UnaryOperator<Tensor>> KINDS = List.of(
            Tensor::clone,
            Tensors::transposed,
            Tensors::sliced,
            x -> x.to(DataType.DOUBLE),
            x -> Tensors.sliced(x.to(DataType.DOUBLE)),
            x -> x.to(DataType.FLOAT16),
            x -> Tensor.of(Nd4j.create(x.toDoubleArray(), x.shape(), DataType.FLOAT)));

    /** One number, a few, a Java array, native memory, two threads. */
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1000, 5000, 70_000})
    void everySizeAndKindOfTensorIsUpdatedByTheFormulas(int count) {
        for (UnaryOperator<Tensor> kind : KINDS) {
            Tensor p = kind.apply(numbers(1, count));
            Tensor g = kind.apply(numbers(2, count));
            Tensor m = kind.apply(numbers(3, count));
            Tensor v = kind.apply(numbers(4, count));
            Tensor w = kind.apply(numbers(5, count));

            expect(p, p.sub(g.mul(0.1)), () -> Updates.sgd(p, g, PLAIN));

            Tensor up = g.neg().add(p.mul(0.01));
            Tensor velocity = m.mul(0.9).add(up);
            Tensor ahead = p.sub(up.add(velocity.mul(0.9)).mul(0.1));
            expect(p, ahead, () -> Updates.sgd(p, m, g, NESTEROV));
            assertClose(m, velocity);

            Tensor dampened = m.mul(0.9).add(g.mul(0.8));
            expect(p, p.sub(dampened.mul(0.1)), () -> Updates.sgd(p, m, g, DAMPENED));
            assertClose(m, dampened);

            Tensor down = g.add(p.mul(0.01));
            Tensor mean = m.mul(0.9).add(down.mul(0.1));
            Tensor square = v.mul(0.99).add(down.square().mul(0.01));
            expect(p, moved(p, mean, square), () -> Updates.adam(p, m, v, g, ADAM));
            assertClose(m, mean);
            assertClose(v, square);

            Tensor downAgain = g.add(p.mul(0.01));
            Tensor nextMean = m.mul(0.9).add(downAgain.mul(0.1));
            Tensor largest = w.maximum(v.mul(0.99).add(downAgain.square().mul(0.01)));
            expect(p, moved(p, nextMean, largest), () -> Updates.adam(p, m, v, w, g, ADAM));
            assertClose(w, largest);
        }
    }

    private static Tensor numbers(int seed, int count) {
        return Tensor.rand(DataType.FLOAT, new Rng(seed), count, 1).add(0.1);
    }

    private static Tensor moved(Tensor p, Tensor mean, Tensor square) {
        Tensor root = square.sqrt().div(Math.sqrt(1 - Math.pow(0.99, 3))).add(1e-3);
        return p.sub(mean.mul(0.1 / (1 - Math.pow(0.9, 3))).div(root));
    }

    private static void expect(Tensor p, Tensor expected, Runnable update) {
        update.run();
        assertClose(p, expected);
    }

    private static void assertClose(Tensor actual, Tensor expected) {
        double tolerance = actual.dtype() == DataType.DOUBLE ? 1e-14 : actual.dtype() == DataType.FLOAT ? 1e-5 : 1e-2;
        assertSame(actual, expected, tolerance);
    }

    @Test
    void infinitePartsOfAParameterStayWithoutWeightDecay() {
        Tensor p = Tensor.of(1.0, Double.POSITIVE_INFINITY);

        Updates.sgd(p, Tensor.of(2.0, 3.0), PLAIN);

        assertThat(p.toDoubleArray()[1]).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void emptyTensorsAreLeftAlone() {
        Tensor p = Tensor.zeros(0, 3);

        Updates.sgd(p, p.clone(), PLAIN);

        assertThat(p.numel()).isZero();
    }

    @Test
    void graphsNoticeThatParameterAndStateChanged() {
        Tensor p = Tensor.of(1.0, 2.0);
        Tensor velocity = Tensor.zerosLike(p);
        Tensor x = Tensor.of(3.0, 4.0).requiresGrad(true);
        Tensor withParameter = x.mul(p).sum();
        Tensor withVelocity = x.mul(velocity).sum();

        Updates.sgd(p, velocity, Tensor.of(1.0, 1.0), DAMPENED);

        assertThatThrownBy(withParameter::backward).hasMessageContaining("an optimizer's step has changed it");
        assertThatThrownBy(withVelocity::backward).hasMessageContaining("an optimizer's step has changed it");
    }

    @Test
    void recordedParametersAreRefused() {
        Tensor p = Tensor.of(1.0).requiresGrad(true);

        assertThatThrownBy(() -> Updates.sgd(p, Tensor.of(1.0), PLAIN))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("optimizer.step: expected tensors that are not being recorded");
        Autograd.noGrad(() -> Updates.sgd(p, Tensor.of(1.0), PLAIN));
        assertThat(p.detach().item()).isEqualTo(0.9f);
    }

    @Test
    void otherShapesAndTypesAreRefused() {
        assertThatThrownBy(() -> Updates.sgd(Tensor.zeros(2, 3), Tensor.zeros(3), PLAIN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "sgd: expected gradients and states of the parameter's shape (2, 3) and type float32; got (3),"
                                + " float32. Make them with zerosLike, or convert them.");
        Tensor p = Tensor.zeros(2);
        assertThatThrownBy(() -> Updates.adam(p, p.clone(), p.to(DataType.DOUBLE), p.clone(), ADAM))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "adam: expected gradients and states of the parameter's shape (2) and type float32; got (2),"
                                + " float64. Make them with zerosLike, or convert them.");
    }

    @Test
    void momentumNeedsAVelocity() {
        assertThatThrownBy(() -> Updates.sgd(Tensor.zeros(2), Tensor.zeros(2), DAMPENED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sgd: expected no momentum without a velocity; got " + DAMPENED.momentum() + ". Pass one.");
    }
}
