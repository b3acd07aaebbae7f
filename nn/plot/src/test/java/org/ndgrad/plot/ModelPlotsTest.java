package org.ndgrad.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.BatchNorm1d;
import org.ndgrad.nn.Conv2d;
import org.ndgrad.nn.Dropout;
import org.ndgrad.nn.Linear;
import org.ndgrad.nn.MseLoss;
import org.ndgrad.nn.Sequential;
import org.ndgrad.nn.Sigmoid;
import org.ndgrad.nn.train.AveragePrecision;
import org.ndgrad.nn.train.ConfusionMatrix;
import org.ndgrad.nn.train.RocAuc;

/** Pictures that are made from models, tensors and metrics. */
class ModelPlotsTest {

    private static final double[][] POINTS = {{-1, -1}, {1, -1}, {-1, 1}, {1, 1}};
    private static final int[] RIGHT = {0, 1, 0, 1};

    @Test
    void boundaryOfLogitsIsAtZeroAndThatOfProbabilitiesAtHalf() {
        Plot logits = ClassifierPlots.decisionBoundary(x -> x.select(1, 0).mul(5), POINTS, RIGHT);
        Plot probabilities =
                ClassifierPlots.decisionBoundary(x -> x.slice(1, 0, 1).mul(5).sigmoid(), POINTS, RIGHT);
        Plot classes = ClassifierPlots.decisionBoundary(x -> x.mul(Tensor.of(-3.0, 2.0)), POINTS, RIGHT, "a", "b");

        for (Plot plot : List.of(logits, probabilities)) {
            BufferedImage image = plot.image();
            assertThat(Pixels.isBluish(Pixels.at(image, 0.3, 0.5))).isTrue();
            assertThat(Pixels.isReddish(Pixels.at(image, 0.8, 0.5))).isTrue();
        }
        assertThat(logits.svg()).contains(">Decision boundary at output 0<", ">class 1<");
        assertThat(probabilities.svg()).contains(">Decision boundary at output 0.5<");
        assertThat(classes.svg()).contains(">Decision boundary<", ">b<");
    }

    @Test
    void whatIsDrawnDrawsItself() {
        var model = new Sequential(new Linear(2, 1), new Sigmoid());
        Tensor x = Tensor.of(POINTS);
        Tensor y = Tensor.of(RIGHT);
        var counts = new ConfusionMatrix(2);
        counts.update(Tensor.of(0, 1, 1, 1), y);
        var auc = new RocAuc();
        auc.update(Tensor.of(0.1, 0.9, 0.8, 0.7), y);
        var precision = new AveragePrecision();
        precision.update(Tensor.of(0.1, 0.9, 0.8, 0.7), y);

        assertThat(model.plotBoundary(x, y, "a", "b").svg())
                .isEqualTo(
                        ClassifierPlots.decisionBoundary(model, x, y, "a", "b").svg());
        assertThat(counts.plot("a", "b").svg())
                .isEqualTo(ClassifierPlots.confusionMatrix(counts, "a", "b").svg());
        assertThat(auc.curve().plot().svg())
                .isEqualTo(ClassifierPlots.roc(auc.curve()).svg());
        assertThat(precision.curve().plot().svg())
                .isEqualTo(ClassifierPlots.precisionRecall(precision.curve()).svg());
    }

    @Test
    void pointsAndClassesMayBeTensors() {
        Tensor x = Tensor.of(DataType.DOUBLE, (Object[]) POINTS).requiresGrad(true);
        var types = new ArrayList<DataType>();
        for (Tensor y : List.of(
                Tensor.of(RIGHT),
                Tensor.of(-1, 1, -1, 1),
                Tensor.of(0.0, 1, 0, 1).reshape(4, 1),
                Tensor.of(new double[][] {{1, 0}, {0, 1}, {1, 0}, {0, 1}}))) {
            Plot plot = ClassifierPlots.decisionBoundary(
                    points -> {
                        types.add(points.dtype());
                        assertThat(points.mul(x.sum()).requiresGrad()).isFalse();
                        return points;
                    },
                    x,
                    y);
            assertThat(Pixels.count(plot.image(), Palette.of(1))).isPositive();
        }
        assertThat(types).containsOnly(DataType.DOUBLE);
    }

    @Test
    void modelIsAskedOnceInEvaluationModeAndStaysAsItWas() {
        var norm = new BatchNorm1d(2);
        var model = new Sequential(norm, new Dropout(0.5), new Linear(2, 1), new Sigmoid());
        norm.eval();
        var before = copies(model.stateDict().values());

        Plot plot = ClassifierPlots.decisionBoundary(model, POINTS, RIGHT);
        String asked = plot.svg();
        Autograd.noGrad(() -> model.parameters().values().forEach(p -> p.mul_(-3)));

        assertThat(plot.svg()).isEqualTo(asked);
        Autograd.noGrad(() -> model.parameters().values().forEach(p -> p.div_(-3)));
        assertThat(model.isTraining()).isTrue();
        assertThat(norm.isTraining()).isFalse();
        assertThat(copies(model.buffers().values())).isSubsetOf(before);
        assertThat(model.parameters().values()).noneMatch(Tensor::hasGrad);
    }

    @Test
    void modelIsAskedInItsOwnType() {
        var model = new Sequential(new Linear(2, 3));
        model.to(DataType.DOUBLE);

        assertThat(ClassifierPlots.decisionBoundary(model, POINTS, RIGHT)
                        .equalAspect()
                        .image())
                .isNotNull();
    }

    @Test
    void boundaryKnowsNothingFarFromItsData() {
        Plot plot = ClassifierPlots.decisionBoundary(x -> x, POINTS, RIGHT).xRange(-9, 9);

        assertError(plot::image, "decisionBoundary: expected axes within -1.8 ≤ x ≤ 1.8");
        assertError(
                () -> ClassifierPlots.decisionBoundary(x -> x.sum(), POINTS, RIGHT),
                "decisionBoundary: expected outputs of shape (8192), (8192, 1) or (8192, C) for 8192 points; got [].");
        assertError(
                () -> ClassifierPlots.decisionBoundary(x -> x.mul(Double.NaN), POINTS, RIGHT),
                "decisionBoundary: expected outputs that are numbers; got NaN.");
        assertError(
                () -> ClassifierPlots.decisionBoundary(x -> x, new double[4][3], RIGHT),
                "decisionBoundary: expected points of shape (N, 2); got one of length 3.");
        assertError(
                () -> ClassifierPlots.decisionBoundary(x -> x, POINTS, new int[3]),
                "decisionBoundary: expected as many points as classes; got 4 and 3.");
    }

    @Test
    void landscapeLeavesTheModelAsItWas() {
        Rng.manualSeed(1);
        var model = new Sequential(new Linear(2, 4), new Dropout(0.5), new Linear(4, 1));
        Tensor x = Tensor.of((Object[]) POINTS);
        Tensor y = Tensor.of(0.0, 1, 0, 1).reshape(4, 1);
        var before = copies(model.parameters().values());
        double next = new Rng(1).nextDouble();

        Plot plot = TrainingPlots.lossLandscape(model, () -> new MseLoss().forward(model.forward(x), y));

        assertThat(copies(model.parameters().values())).isEqualTo(before);
        assertThat(model.isTraining()).isTrue();
        assertThat(model.parameters().values()).allMatch(Tensor::requiresGrad).noneMatch(Tensor::hasGrad);
        assertThat(next).isEqualTo(new Rng(1).nextDouble());
        assertThat(Pixels.count(plot.image(), new Color(0x440154))).isGreaterThan(500);
        assertThatThrownBy(() -> TrainingPlots.lossLandscape(model, () -> {
                    throw new IllegalStateException("loss");
                }))
                .hasMessage("loss");
        assertThat(copies(model.parameters().values())).isEqualTo(before);
        assertThat(model.isTraining()).isTrue();
        assertError(
                () -> TrainingPlots.lossLandscape(model, () -> model.forward(x)),
                "lossLandscape: expected a loss of one element; got shape [4, 1]. Take its mean.");
        assertError(
                () -> TrainingPlots.lossLandscape(new Sigmoid(), () -> x),
                "lossLandscape: expected a model with parameters; got Sigmoid without.");
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-320, 1e-300, 1e-200, 1e-150, 1e160, 1e200, 1e305})
    void sharesOfTheVarianceDoNotDependOnTheUnit(double unit) {
        Tensor x = Tensor.randn(DataType.DOUBLE, new Rng(3), 30, 4);

        for (Tensor each : new Tensor[] {x, x.t()}) {
            String shares = shares(
                    DataPlots.embedding(each, new int[(int) each.size(0)]).svg());
            assertThat(shares(DataPlots.embedding(each.mul(unit), new int[(int) each.size(0)])
                            .svg()))
                    .isEqualTo(shares)
                    .doesNotContain("(0 %");
        }
    }

    private static String shares(String svg) {
        return Pattern.compile("\\(\\d+ % of the variance\\)")
                .matcher(svg)
                .results()
                .map(MatchResult::group)
                .distinct()
                .collect(Collectors.joining(" "));
    }

    @Test
    void embeddingShowsTheDirectionsOfLargestVariance() {
        double[][] x = new double[50][5];
        for (int i = 0; i < 50; i++) {
            x[i] = new double[] {0.1 * (i % 3), 5 * (i % 2), 0, -9 * (i % 7), 1};
        }
        int[] classes = new int[50];
        String tall = DataPlots.embedding(x, classes).svg();
        String wide = DataPlots.embedding(Tensor.of(x).t(), new int[5]).svg();

        assertThat(tall)
                .contains(">first component (98 % of the variance)<", ">second component (2 % of the variance)<");
        assertThat(wide).contains("first component");
        assertError(
                () -> DataPlots.embedding(new double[][] {{1, Double.NaN}, {1, 2}}, new int[2]),
                "embedding: expected finite numbers; got another in row 0. Remove the row.");
        assertError(
                () -> DataPlots.embedding(new double[3][1], new int[3]),
                "embedding: expected at least two points of two dimensions; got shape (3, 1).");
        assertThat(DataPlots.embedding(new double[3][2], new int[3]).image()).isNotNull();
    }

    @Test
    void curvesComeFromScoresOrMetrics() {
        Tensor scores = Tensor.of(0.1, 0.9, 0.4, 0.6);
        Tensor targets = Tensor.of(RIGHT);
        var auc = new RocAuc();
        auc.update(scores, targets);
        var precision = new AveragePrecision();
        precision.update(scores, targets);

        assertThat(ClassifierPlots.roc(scores, RIGHT).svg())
                .isEqualTo(ClassifierPlots.roc(auc.curve()).svg());
        assertThat(ClassifierPlots.precisionRecall(scores, targets.reshape(4, 1))
                        .svg())
                .isEqualTo(ClassifierPlots.precisionRecall(precision.curve()).svg());
        Tensor several = Tensor.of(new double[][] {{3, 1, 0}, {0, 2, 1}, {0, 0, 5}, {1, 0, 0}});
        assertThat(ClassifierPlots.roc(several, new int[] {0, 1, 2, 0}, "a", "b", "c")
                        .svg())
                .containsPattern("(?s)>\\Wa\\W \\(AUC 1.000\\)<.*>\\Wc\\W \\(AUC 1.000\\)<");
        assertError(
                () -> ClassifierPlots.roc(scores, new int[] {0, 1, 2, 0}),
                "roc: expected targets in [0, 2); got 2. Give a score for each class, or count from 0.");
        assertError(
                () -> ClassifierPlots.roc(scores, new int[3]), "roc: expected a target for each score; got 4 scores");
    }

    @Test
    void confusionMatrixComesFromAMetric() {
        var matrix = new ConfusionMatrix(2);
        matrix.update(Tensor.of(0, 1, 1), Tensor.of(0, 1, 0));

        assertThat(ClassifierPlots.confusionMatrix(matrix).svg())
                .isEqualTo(ClassifierPlots.confusionMatrix(new int[] {0, 1, 0}, Tensor.of(0, 1, 1))
                        .svg());
    }

    @Test
    void imagesComeFromTensors() {
        BufferedImage gray = Pictures.titled("")
                .add(Tensor.of(new double[][] {{0, 1}, {1, 0}}))
                .image();
        BufferedImage colors = Pictures.titled("")
                .add(Tensor.of(255, 0, 0, 0, 255, 0).reshape(2, 3, 1, 1), "red", "blue")
                .image();

        assertThat(Pixels.count(gray, Color.BLACK)).isEqualTo(2 * 50 * 50);
        assertThat(Pixels.count(colors, Color.RED)).isEqualTo(100 * 100);
        assertThat(Pixels.count(colors, Color.GREEN)).isEqualTo(100 * 100);
        assertThat(Pictures.titled("").add(Tensor.zeros(3, 1, 5, 5)).add(Tensor.zeros(2, 5, 5)))
                .hasToString("Pictures(\"\", 5)");
        assertError(
                () -> Pictures.titled("").add(Tensor.zeros(2, 2, 5, 5)),
                "add: expected images of shape (H, W), (N, H, W), (N, 1, H, W) or (N, 3, H, W); got [2, 2, 5, 5].");
        assertError(() -> Pictures.titled("").add(Tensor.zeros(0, 5, 5)), "add: expected images with pixels;");
        assertError(
                () -> Pictures.titled("").add(Tensor.zeros(2, 5, 5), "one"),
                "add: expected one caption for each of 2 images; got 1. Give all of them or none.");
    }

    @Test
    void filtersHaveTheirOwnRange() {
        Tensor weight = new Conv2d(2, 3, 5).parameters().get("weight");

        BufferedImage image = Pictures.titled("").filters(weight).image();

        assertThat(Pixels.count(image, Color.BLACK)).isEqualTo(6 * 20 * 20);
        assertThat(Pictures.titled("").filters(new Conv2d(3, 8, 3).parameters().get("weight")))
                .hasToString("Pictures(\"\", 8)");
        assertError(
                () -> Pictures.titled("").filters(Tensor.zeros(3, 3)),
                "filters: expected weights of shape (O, I, h, w); got [3, 3]. Pass the weight of a Conv2d.");
    }

    private static List<List<Double>> copies(Iterable<Tensor> tensors) {
        var copies = new ArrayList<List<Double>>();
        tensors.forEach(tensor ->
                copies.add(Arrays.stream(tensor.toDoubleArray()).boxed().toList()));
        return copies;
    }

    private static void assertError(Runnable call, String message) {
        assertThatThrownBy(call::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
