package org.ndgrad.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;

/** What a loss is as a block; numbers are those of PyTorch's module cases. */
class LossLayersTest {

    private static final Tensor LOGITS = Tensor.of(new float[][] {{1, 2}, {3, -1}});
    private static final Tensor CLASSES = Tensor.of(1, 1);

    private static CrossEntropyLoss weighted() {
        return new CrossEntropyLoss(
                CrossEntropyOptions.defaults().withReduction(Reduction.SUM).withWeight(Tensor.of(new float[] {1, 2})));
    }

    @Test
    void weightsAreBuffers() {
        assertThat(weighted().stateDict()).containsOnlyKeys("weight");
        assertThat(weighted().parameters().keySet()).isEmpty();
        assertThat(new CrossEntropyLoss().stateDict()).isEmpty();
        assertThat(new BceWithLogitsLoss(BceOptions.defaults()
                                .withPositiveWeight(Tensor.ones(2))
                                .withWeight(Tensor.ones(2)))
                        .stateDict())
                .containsOnlyKeys("weight", "pos_weight");
        assertThat(new LinearCrossEntropyLoss(
                                2, 3, LinearCrossEntropyOptions.defaults().withBias(true))
                        .stateDict())
                .containsOnlyKeys("linear.weight", "linear.bias");
    }

    @Test
    void whatReplacesAWeightIsReckonedWith() {
        double loss = weighted().forward(LOGITS, CLASSES).item();
        Map<String, Tensor> half = Map.of("weight", Tensor.of(new float[] {1, 1}));

        assertThat(weighted().with(half))
                .isInstanceOfSatisfying(
                        CrossEntropyLoss.class,
                        other -> assertThat(other.forward(LOGITS, CLASSES).item())
                                .isEqualTo(loss / 2));
        CrossEntropyLoss loaded = weighted();
        loaded.load(half);
        assertThat(loaded.forward(LOGITS, CLASSES).item()).isEqualTo(loss / 2);
        CrossEntropyLoss copied = (CrossEntropyLoss) loaded.copy();
        copied.load(Map.of("weight", Tensor.zeros(2)));
        assertThat(copied.forward(LOGITS, CLASSES).item()).isZero();
        assertThat(loaded.forward(LOGITS, CLASSES).item()).isEqualTo(loss / 2);
        CrossEntropyLoss wide = weighted();
        wide.to(DataType.DOUBLE);
        assertThat(wide.forward(LOGITS.to(DataType.DOUBLE), CLASSES).dtype()).isEqualTo(DataType.DOUBLE);
    }

    @Test
    void hooksSeeBothInputs() {
        List<Tensor> seen = new ArrayList<>();
        Loss loss = new MseLoss();
        loss.registerForwardPreHook((block, inputs) -> {
            seen.addAll(inputs);
            return inputs;
        });

        loss.forward(LOGITS, LOGITS);

        assertThat(seen).containsExactly(LOGITS, LOGITS);
    }

    @Test
    void settingsArePrinted() {
        assertThat(new MseLoss()).hasToString("MseLoss(reduction=MEAN)");
        assertThat(new HuberLoss()).hasToString("HuberLoss(delta=1.0, reduction=MEAN)");
        assertThat(new CrossEntropyLoss(CrossEntropyOptions.defaults().withIgnoreIndex(0)))
                .hasToString("CrossEntropyLoss(reduction=MEAN, labelSmoothing=0.0, ignoreIndex=0)");
        assertThat(new CtcLoss()).hasToString("CtcLoss(blank=0, zeroInfinity=false, reduction=MEAN)");
        assertThat(new LinearCrossEntropyLoss(2, 3).toString())
                .isEqualTo("LinearCrossEntropyLoss(scores=(3), reduction=MEAN\n  (linear): Linear(in=2, out=3,"
                        + " bias=false)\n)");
    }

    @Test
    void aDistanceOfOnesOwnDecides() {
        TripletMarginWithDistanceLoss loss = new TripletMarginWithDistanceLoss(
                (a, b) -> a.sub(b).abs().sum(1), TripletMarginOptions.defaults().withMargin(2));

        Tensor value = loss.forward(Tensor.zeros(1, 2), Tensor.ones(1, 2), Tensor.of(new float[][] {{3, 0}}));

        assertThat(value.item()).isEqualTo(1);
    }

    @Test
    void wrongSettingsAreRefused() {
        assertThatThrownBy(() -> new HuberLoss(0, Reduction.MEAN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("HuberLoss: expected delta > 0; got 0.0. Use L1Loss for the limit.");
        assertThatThrownBy(() -> new SmoothL1Loss(-1, Reduction.MEAN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("SmoothL1Loss: expected beta >= 0; got -1.0. Use 1.");
        assertThatThrownBy(() -> new LinearCrossEntropyLoss(
                        2,
                        3,
                        LinearCrossEntropyOptions.defaults()
                                .withLoss(CrossEntropyOptions.defaults().withWeight(Tensor.ones(2)))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "LinearCrossEntropyLoss(classes=3): expected a weight of shape (3); got (2). Give one factor"
                                + " per class.");
    }
}
