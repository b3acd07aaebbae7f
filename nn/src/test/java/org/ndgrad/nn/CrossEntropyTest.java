package org.ndgrad.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.ndgrad.nn.CrossEntropyOptions.defaults;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.GradCheck;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.golden.Golden;

class CrossEntropyTest {

    private static final JsonNode GOLDEN = Golden.read("pytorch_parity.json").get("cross_entropy");
    private static final Tensor WEIGHT = Tensor.of(DOUBLE, 1, 2, 3);
    private static final Map<String, CrossEntropyOptions> CASES = Map.of(
            "mean", defaults(),
            "sum", defaults().withReduction(Reduction.SUM),
            "none", defaults().withReduction(Reduction.NONE),
            "weight[1,2,3] mean", defaults().withWeight(WEIGHT),
            "label_smoothing.1", defaults().withLabelSmoothing(0.1),
            "ignore_index 2", defaults().withIgnoreIndex(2),
            "weight+smoothing", defaults().withWeight(WEIGHT).withLabelSmoothing(0.1));

    private static Tensor logits() {
        return Tensor.of(DOUBLE, new double[][] {{2, 1, 0.1}, {0.5, 2.5, -1}}).requiresGrad(true);
    }

    static Stream<String> names() {
        return CASES.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void equalsPyTorchs(String name) {
        Tensor logits = logits();

        Tensor loss = Losses.crossEntropy(logits, Tensor.of(0, 2), CASES.get(name));
        loss.backward(Tensor.onesLike(loss));

        Golden.assertClose(loss, GOLDEN.get(name).get("loss"), 1e-12);
        Golden.assertClose(logits.grad(), GOLDEN.get(name).get("grad"), 1e-12);
        Tensor nll = Losses.nllLoss(
                logits.logSoftmax(1), Tensor.of(0, 2), CASES.get(name).withLabelSmoothing(0));
        if (CASES.get(name).labelSmoothing() == 0) {
            Golden.assertClose(nll, GOLDEN.get(name).get("loss"), 1e-12);
        }
    }

    @Test
    void everyGoldenCaseIsChecked() {
        assertThat(GOLDEN.fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(CASES.keySet());
    }

    @Test
    void smoothingSpreadsTheTarget() {
        Tensor logits = Tensor.of(DOUBLE, new double[][] {{1, 2, 3}});

        double loss = Losses.crossEntropy(
                        logits, Tensor.of(new long[] {2}), defaults().withLabelSmoothing(0.1))
                .item();

        assertThat(loss).isEqualTo(0.5076059644, within(1e-10));
    }

    @Test
    void oneHotProbabilitiesEqualIndices() {
        Tensor oneHot = Tensor.of(DOUBLE, new double[][] {{1, 0, 0}, {0, 0, 1}});
        for (CrossEntropyOptions options : List.of(
                defaults(),
                defaults().withLabelSmoothing(0.3),
                defaults().withReduction(Reduction.SUM).withWeight(WEIGHT).withLabelSmoothing(0.3),
                defaults().withReduction(Reduction.NONE).withWeight(WEIGHT))) {
            double[] byIndex =
                    Losses.crossEntropy(logits(), Tensor.of(0, 2), options).toDoubleArray();
            double[] byProbability =
                    Losses.crossEntropy(logits(), oneHot, options).toDoubleArray();

            Golden.assertClose(byProbability, byIndex, 1e-14);
        }
    }

    @Test
    void classesAreTheOnlyOrTheSecondDimension() {
        Tensor images = Tensor.randn(DOUBLE, new Rng(0), 2, 3, 4, 5);
        Tensor labels = Tensor.zeros(DOUBLE, 2, 4, 5).to(DataType.INT64);
        Tensor rows = images.permute(0, 2, 3, 1).reshape(40, 3);

        double expected = Losses.crossEntropy(rows, Tensor.of(new long[40])).item();

        assertThat(Losses.crossEntropy(images, labels).item()).isEqualTo(expected, within(1e-13));
        assertThat(Losses.crossEntropy(images, labels, defaults().withReduction(Reduction.NONE))
                        .shape())
                .containsExactly(2, 4, 5);
        Tensor oneSample = rows.select(0, 0);
        assertThat(Losses.crossEntropy(oneSample, Tensor.of(DataType.INT64, 0)).item())
                .isEqualTo(-oneSample.logSoftmax(0).toDoubleArray()[0], within(1e-13));
    }

    @Test
    void derivativesMatchFiniteDifferences() {
        Tensor x = Tensor.randn(DOUBLE, new Rng(0), 4, 3);
        Tensor probabilities = Tensor.randn(DOUBLE, new Rng(1), 4, 3).softmax(1);
        CrossEntropyOptions smooth = defaults().withWeight(WEIGHT).withLabelSmoothing(0.2);
        CrossEntropyOptions all = smooth.withIgnoreIndex(1);

        GradCheck.gradcheck(inputs -> Losses.crossEntropy(inputs.get(0), Tensor.of(0, 1, 2, 2), all), List.of(x));
        GradCheck.gradgradcheck(inputs -> Losses.crossEntropy(inputs.get(0), Tensor.of(0, 1, 2, 2), all), List.of(x));
        GradCheck.gradcheck(
                inputs -> Losses.crossEntropy(inputs.get(0), inputs.get(1), smooth), List.of(x, probabilities));
    }

    @Test
    void infiniteLogitsBehaveAsInPyTorch() {
        Tensor others = Tensor.of(DOUBLE, new double[][] {{0, 1, Double.NEGATIVE_INFINITY}})
                .requiresGrad(true);
        Tensor loss = Losses.crossEntropy(others, Tensor.of(new long[] {0}));
        loss.backward();
        assertThat(loss.item()).isEqualTo(1.3132616875182228, within(1e-12));
        assertThat(others.grad().toDoubleArray()[2]).isZero();

        Tensor own = Tensor.of(DOUBLE, new double[][] {{Double.NEGATIVE_INFINITY, 1, 2}});
        assertThat(Losses.crossEntropy(own, Tensor.of(new long[] {0})).item()).isInfinite();
    }

    @Test
    void ignoredSamplesDontCountEvenIfInfinite() {
        Tensor logits = Tensor.of(DOUBLE, new double[][] {{Double.NEGATIVE_INFINITY, 1}, {0, 0}});

        assertThat(Losses.crossEntropy(logits, Tensor.of(-100, 0)).item()).isEqualTo(Math.log(2), within(1e-14));
        assertThat(Losses.crossEntropy(logits, Tensor.of(-100, -100)).item()).isNaN();
    }

    @Test
    void targetOutOfBoundsNamesTheClasses() {
        assertThatThrownBy(() -> Losses.crossEntropy(Tensor.zeros(2, 2), Tensor.of(0, 2)))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("crossEntropy: expected class indices in [0, 2), since logits have C=2 classes; "
                        + "got 2 at position 1. Count classes from 0, or widen the last layer.");
        assertThatThrownBy(() -> Losses.nllLoss(Tensor.zeros(2, 2), Tensor.of(0, -1)))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageStartingWith("nllLoss: expected class indices in [0, 2)");
    }

    @Test
    void targetsOfWrongShapeOrDtypeNameWhatIsWanted() {
        assertThatThrownBy(() -> Losses.crossEntropy(Tensor.zeros(3, 2), Tensor.zeros(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("crossEntropy: expected targets of shape (3) and an integer dtype (class indices), or of "
                        + "shape (3, 2) and a floating dtype (probabilities), for logits of shape (3, 2); got (3), "
                        + "float32. Convert with to(DataType.INT64) or reshape.");
        assertThatThrownBy(() -> Losses.crossEntropy(Tensor.zeros(3, 2), Tensor.of(new int[][] {{0}, {1}, {1}})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("got (3, 1), int64. Drop the dim of size 1 with squeeze(1).");
        assertThatThrownBy(() -> Losses.crossEntropy(Tensor.zeros(3, 2), Tensor.zeros(3, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("Drop the dim of size 1 with squeeze(1), and convert with to(DataType.INT64).");
        assertThatThrownBy(() -> Losses.crossEntropy(Tensor.of(1, 2), Tensor.of(DataType.INT64, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("crossEntropy: expected logits of a floating-point dtype; got int64.");
        assertThatThrownBy(() -> Losses.nllLoss(Tensor.zeros(3, 2), Tensor.zeros(3, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("nllLoss: expected class indices as targets; got probabilities of shape (3, 2). "
                        + "Use crossEntropy on logits.");
    }

    @Test
    void wrongOptionsAreRefused() {
        assertThatThrownBy(() -> Losses.crossEntropy(
                        logits(), Tensor.of(0, 1), defaults().withWeight(Tensor.ones(2))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("crossEntropy: expected a weight of shape (3), one factor per class, and dtype float64; "
                        + "got (2), float32. Convert it with to(…), or reshape it.");
        assertThatThrownBy(() -> defaults().withLabelSmoothing(1.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("crossEntropy: expected labelSmoothing in [0, 1]; got 1.5. Use 0.1, or 0 for none.");
    }
}
