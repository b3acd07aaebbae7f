package org.ndgrad.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

/** Changes in place: what they compute, where the result goes, and what they do not touch. */
class InPlaceTest {

    private static Tensor vector(double... values) {
        return Tensor.of(DataType.DOUBLE, values);
    }

    @Test
    void theyComputeAndReturnTheSameTensor() {
        Tensor x = vector(1, 2);

        assertThat(x.add_(vector(10, 20))).isSameAs(x);
        assertThat(x.toDoubleArray()).containsExactly(11, 22);
        assertThat(x.sub_(vector(1, 2)).toDoubleArray()).containsExactly(10, 20);
        assertThat(x.mul_(vector(2, 3)).toDoubleArray()).containsExactly(20, 60);
        assertThat(x.div_(vector(4, 8)).toDoubleArray()).containsExactly(5, 7.5);
        assertThat(x.add_(vector(1, 1), -0.5).toDoubleArray()).containsExactly(4.5, 7);
        assertThat(x.copy_(vector(3, 4)).toDoubleArray()).containsExactly(3, 4);
    }

    @Test
    void theyTakeNumbers() {
        Tensor x = vector(1, 2);

        assertThat(x.add_(1).sub_(0.5).mul_(4).div_(2).toDoubleArray()).containsExactly(3, 5);
        assertThat(x.fill_(9).toDoubleArray()).containsExactly(9, 9);
    }

    @Test
    void theOperandIsBroadcast() {
        Tensor x = Tensor.zeros(DataType.DOUBLE, 2, 3);

        x.add_(vector(1, 2, 3))
                .add_(vector(10, 20).unsqueeze(1))
                .add_(vector(100).squeeze());

        assertThat(x.toDoubleArray()).containsExactly(111, 112, 113, 121, 122, 123);
    }

    @Test
    void theTypeOfTheTargetStays() {
        Tensor single = Tensor.of(1.0, 2.0);
        Tensor whole = Tensor.of(1, 2);

        single.mul_(vector(0.1, 0.1)).add_(Tensor.of(1, 1));
        whole.mul_(3).add_(Tensor.of(true, false));
        Tensor copied = Tensor.of(0, 0).copy_(vector(1.9, -1.9));

        assertThat(single.dtype()).isEqualTo(DataType.FLOAT);
        assertThat(single.toDoubleArray()).containsExactly(1.1f, 1.2f);
        assertThat(whole.dtype()).isEqualTo(DataType.INT64);
        assertThat(whole.toLongArray()).containsExactly(4, 6);
        assertThat(copied.toLongArray()).containsExactly(1, -1);
    }

    @Test
    void bigWholeNumbersAreExact() {
        Tensor x = Tensor.of(0L, 0L);

        assertThat(x.add_((1L << 62) + 1).toLongArray()).containsOnly((1L << 62) + 1);
    }

    @Test
    void aViewChangesItsBase() {
        Tensor x = Tensor.zeros(DataType.DOUBLE, 2, 3);

        x.select(0, 1).fill_(5);
        x.t().select(0, 0).add_(1);

        assertThat(x.toDoubleArray()).containsExactly(1, 0, 0, 6, 5, 5);
    }

    @Test
    void aSourceThatOverlapsTheTargetIsReadBeforeItIsOverwritten() {
        Tensor x = vector(1, 2, 3, 4);

        x.slice(0, 1, 4).add_(x.slice(0, 0, 3));

        assertThat(x.toDoubleArray()).containsExactly(1, 3, 5, 7);
    }

    @Test
    void aMatrixAndItsTransposeMayMeet() {
        Tensor x = Tensor.of(DataType.DOUBLE, new double[][] {{1, 2}, {3, 4}});

        x.add_(x.t());

        assertThat(x.toDoubleArray()).containsExactly(2, 5, 5, 8);
    }

    @Test
    void aRowOfTheTargetMayBeBroadcastOverIt() {
        Tensor x = Tensor.of(DataType.DOUBLE, new double[][] {{1, 2}, {3, 4}});

        x.sub_(x.select(0, 0));

        assertThat(x.toDoubleArray()).containsExactly(0, 0, 2, 2);
    }

    @Test
    void aTensorMayMeetItself() {
        Tensor x = vector(1, 2);

        assertThat(x.mul_(x).add_(x).toDoubleArray()).containsExactly(2, 8);
    }

    @Test
    void emptyAndScalarTensorsAreChanged() {
        assertThat(Tensor.zeros(3, 0).add_(1).shape()).containsExactly(3, 0);
        assertThat(Tensor.zeros(0).mul_(Tensor.ones(1)).numel()).isZero();
        assertThat(Tensor.of(2.0).mul_(3).item()).isEqualTo(6);
    }

    @Test
    void aConstantInsideAGraphThatDoesNotSaveItMayChange() {
        Tensor x = vector(1, 2).requiresGrad(true);
        Tensor constant = vector(5, 5);
        Tensor y = x.add(constant).sum();

        constant.fill_(0);
        y.backward();

        assertThat(x.grad().toDoubleArray()).containsExactly(1, 1);
    }

    @Test
    void aParameterLearnsInPlace() {
        Tensor w = vector(4).requiresGrad(true);
        for (int i = 0; i < 100; i++) {
            w.zeroGrad();
            w.sub(1).square().sum().backward();
            Autograd.noGrad(() -> w.add_(w.grad(), -0.1));
        }

        assertThat(w.item()).isBetween(1.0, 1.0001);
    }
}
