package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.Misuse.misuse;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Misuse;
import org.ndgrad.autograd.Tensor;

/** What a misuse of normalization is answered with. */
class NormalizationErrorsTest {

    private static final Class<? extends Exception> ARGUMENT = IllegalArgumentException.class;

    static Stream<Misuse> misuses() {
        Tensor x = Tensor.ones(2, 3);
        return Stream.of(
                misuse(
                        "layerNorm over other sizes",
                        ARGUMENT,
                        "layerNorm: expected an input whose last dims have the sizes (2), at least one; got (2, 3)."
                                + " Give the sizes of the dims to normalize over.",
                        () -> Normalization.layerNorm(x, 2)),
                misuse(
                        "layerNorm over nothing",
                        ARGUMENT,
                        "layerNorm: expected an input whose last dims have the sizes (), at least one; got (2, 3)."
                                + " Give the sizes of the dims to normalize over.",
                        () -> Normalization.layerNorm(x)),
                misuse(
                        "rmsNorm of integers",
                        ARGUMENT,
                        "rmsNorm: expected a tensor of a floating type; got int64. Convert it with to(DataType.FLOAT).",
                        () -> Normalization.rmsNorm(Tensor.of(1, 2), 2)),
                misuse(
                        "a weight of another shape",
                        ARGUMENT,
                        "layerNorm: expected a weight of shape (3) and type float32; got (2) and float32."
                                + " Reshape it, or convert it with to(…).",
                        () -> Normalization.layerNorm(
                                x,
                                new long[] {3},
                                NormalizationOptions.defaults().withWeight(Tensor.ones(2)))),
                misuse(
                        "a bias of another type",
                        ARGUMENT,
                        "batchNorm: expected a bias of shape (3) and type float32; got (3) and float64."
                                + " Reshape it, or convert it with to(…).",
                        () -> Normalization.batchNorm(
                                x, BatchNormOptions.defaults().withBias(Tensor.ones(DataType.DOUBLE, 3)))),
                misuse(
                        "groups that do not divide the channels",
                        ARGUMENT,
                        "groupNorm: expected groups that divide the 3 channels of (2, 3); got 2. Choose a divisor.",
                        () -> Normalization.groupNorm(x, 2)),
                misuse(
                        "no groups",
                        ARGUMENT,
                        "groupNorm: expected groups that divide the 3 channels of (2, 3); got 0. Choose a divisor.",
                        () -> Normalization.groupNorm(x, 0)),
                misuse(
                        "a batch without channels",
                        ARGUMENT,
                        "batchNorm: expected an input of shape (N, C, *) with at least 2 dims; got (3)."
                                + " Add dims with unsqueeze.",
                        () -> Normalization.batchNorm(Tensor.ones(3))),
                misuse(
                        "a batch of one",
                        ARGUMENT,
                        "batchNorm: expected more than one value per channel in training; got shape (1, 3)."
                                + " Use a larger batch, or evaluation.",
                        () -> Normalization.batchNorm(Tensor.ones(1, 3))),
                misuse(
                        "groups of one value",
                        ARGUMENT,
                        "groupNorm: expected more than one value per group; got shape (1, 3). Use a larger batch, or"
                                + " evaluation.",
                        () -> Normalization.groupNorm(Tensor.ones(1, 3), 3)),
                misuse(
                        "a negative epsilon",
                        ARGUMENT,
                        "BatchNormOptions: expected an epsilon of at least 0; got -1.0. Use the default.",
                        () -> BatchNormOptions.defaults().withEpsilon(-1)),
                misuse(
                        "no epsilon in training",
                        ARGUMENT,
                        "batchNorm: expected an epsilon of more than 0 in training; got 0.0. Use the default.",
                        () -> Normalization.batchNorm(
                                x, BatchNormOptions.defaults().withEpsilon(0))),
                misuse(
                        "evaluation without running values",
                        ARGUMENT,
                        "instanceNorm: expected a running mean and variance in evaluation; got none."
                                + " Give them with withRunning(…).",
                        () -> Normalization.instanceNorm(
                                Tensor.ones(2, 3, 4),
                                BatchNormOptions.defaults().withTraining(false))),
                misuse(
                        "a running variance of another shape",
                        ARGUMENT,
                        "batchNorm: expected a running variance of shape (3) and type float32; got (1) and float32."
                                + " Reshape it, or convert it with to(…).",
                        () -> Normalization.batchNorm(
                                x, BatchNormOptions.defaults().withRunning(Tensor.zeros(3), Tensor.ones(1)))),
                misuse(
                        "localResponseNorm of size 0",
                        ARGUMENT,
                        "localResponseNorm: expected a size of at least 1; got 0. Count the channel itself.",
                        () -> Normalization.localResponseNorm(Tensor.ones(1, 2, 3), 0)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("misuses")
    void aMisuseIsExplained(Misuse misuse) {
        misuse.assertAnswer();
    }
}
