package org.ndgrad.nn;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;

/** What losses say about shapes, types and settings that do not go together. */
class LossErrorsTest {

    private static final Tensor SCORES = Tensor.ones(2, 3);
    private static final Tensor COLUMN = Tensor.ones(2, 1);

    @Test
    void shapesThatDoNotFitAreRefused() {
        refused(
                () -> Losses.klDiv(SCORES, COLUMN),
                "klDiv: expected targets of the same shape as logProbabilities, (2, 3); got (2, 1). Reshape one of them:"
                        + " they are not broadcast.");
        refused(
                () -> Losses.binaryCrossEntropyWithLogits(
                        COLUMN, COLUMN, BceOptions.defaults().withWeight(Tensor.ones(2))),
                "binaryCrossEntropyWithLogits: expected a weight of a shape that broadcasts to that of the losses, (2, 1); got (2). Reshape"
                        + " one of them.");
        refused(
                () -> Losses.gaussianNllLoss(COLUMN, Tensor.ones(2), COLUMN),
                "gaussianNllLoss: expected targets of a shape that broadcasts to that of means, (2, 1); got (2). Reshape one of"
                        + " them.");
        refused(
                () -> Losses.gaussianNllLoss(SCORES, SCORES, Tensor.ones(1, 1)),
                "gaussianNllLoss: expected variances of shape (2, 3), like the means, or with one size 1, or without the last"
                        + " one; got (1, 1). Reshape them.");
        refused(
                () -> Losses.marginRankingLoss(COLUMN, Tensor.ones(2), COLUMN),
                "marginRankingLoss: expected scores and labels of as many dims; got shapes (2, 1), (2) and (2, 1). Reshape"
                        + " them.");
        refused(
                () -> Losses.cosineEmbeddingLoss(SCORES, SCORES, COLUMN),
                "cosineEmbeddingLoss: expected vectors of shape (N, D) and labels of shape (N), or (D) and (); got (2, 3) and"
                        + " (2, 1). Reshape them.");
        refused(
                () -> Losses.multiMarginLoss(SCORES, Tensor.of(0, 1, 2)),
                "multiMarginLoss: expected class indices as targets, one per sample, shape (2) and an integer dtype; got (3),"
                        + " int64. Convert with to(DataType.INT64), or drop a dim of size 1 with squeeze(1).");
    }

    @Test
    void wrongSettingsAreRefused() {
        refused(
                () -> Losses.binaryCrossEntropy(
                        COLUMN, COLUMN, BceOptions.defaults().withPositiveWeight(COLUMN)),
                "binaryCrossEntropy: expected no positiveWeight; got one. Use binaryCrossEntropyWithLogits, or a weight that depends on the target.");
        refused(
                () -> MultiMarginOptions.defaults().withP(3),
                "multiMarginLoss: expected p = 1 or p = 2; got 3. Choose one of them.");
        refused(
                () -> MultiMarginOptions.defaults().withWeight(Tensor.of(1, 2, 3)),
                "multiMarginLoss: expected weight of a floating-point dtype; got int64. Convert with to(DataType.FLOAT).");
        refused(
                () -> Losses.crossEntropy(
                        SCORES, SCORES, CrossEntropyOptions.defaults().withIgnoreIndex(1)),
                "crossEntropy: expected class indices as targets, of which 1 is ignored; got probabilities. Give indices, or"
                        + " leave ignoreIndex out.");
        refused(
                () -> Losses.klDiv(
                        SCORES,
                        Tensor.zerosLike(SCORES).to(DataType.INT64),
                        KlDivOptions.defaults().withLogTarget(true)),
                "klDiv: expected targets of a floating-point dtype; got int64. Convert with to(DataType.FLOAT).");
        refused(
                () -> TripletMarginOptions.defaults().withMargin(0),
                "tripletMarginLoss: expected margin > 0; got 0.0. Use 1.");
        refused(
                () -> GaussianNllOptions.defaults().withEpsilon(0),
                "gaussianNllLoss: expected epsilon > 0; got 0.0. Use 1e-6.");
        refused(
                () -> PoissonNllOptions.defaults().withEpsilon(-1),
                "poissonNllLoss: expected epsilon >= 0; got -1.0. Use 1e-8.");
    }

    @Test
    void valuesOutOfRangeAreRefused() {
        refused(
                () -> Losses.gaussianNllLoss(COLUMN, COLUMN, COLUMN.neg()),
                "gaussianNllLoss: expected variances of at least 0; got a negative one. Square or exponentiate them.");
        assertThatThrownBy(() -> Losses.multiMarginLoss(SCORES, Tensor.of(0, 3)))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage(
                        "multiMarginLoss: expected class indices in [0, 3), since logits have C=3 classes; got 3 at position"
                                + " 1. Count classes from 0, or widen the last layer.");
        assertThatThrownBy(() -> Losses.multilabelMarginLoss(
                        SCORES, Tensor.of(0, 1, -1, -2, 0, 0).reshape(2, 3)))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("got -2 at position 3");
    }

    @Test
    void asLayersTheySpeakInTheirOwnName() {
        refused(
                () -> new MseLoss().forward(COLUMN, Tensor.ones(2)),
                "MseLoss(reduction=MEAN): expected targets of the same shape as predictions, (2, 1); got (2). Reshape one"
                        + " of them: they are not broadcast.");
        CosineEmbeddingLoss cosines = new CosineEmbeddingLoss(0.5, Reduction.SUM);
        String message =
                "CosineEmbeddingLoss(margin=0.5, reduction=SUM): expected vectors of shape (N, D) and labels of"
                        + " shape (N), or (D) and (); got (2, 3) and (2, 1). Reshape them.";
        refused(() -> cosines.forward(SCORES, SCORES, COLUMN), message);
        cosines.registerForwardPreHook((block, inputs) -> inputs);
        refused(() -> cosines.forward(SCORES, SCORES, COLUMN), message);
        assertThatThrownBy(() -> new CrossEntropyLoss().forward(SCORES, Tensor.of(0, 3)))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageStartingWith(
                        "CrossEntropyLoss(reduction=MEAN, labelSmoothing=0.0): expected class indices in [0,"
                                + " 3), since logits have C=3 classes; got 3");
        assertThatThrownBy(() -> new TripletMarginLoss().forward(SCORES, SCORES, Tensor.ones(4, 2)))
                .hasMessageStartingWith("TripletMarginLoss(margin=1.0, p=2.0, swap=false, reduction=MEAN): expected ");
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }
}
