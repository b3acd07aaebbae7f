package org.ndgrad.nn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.conformance.Runner;
import org.ndgrad.nn.golden.Golden;

/** Every metric against scikit-learn's value, of all samples at once and batch by batch. */
class GoldenMetricsTest {

    private static final double TOLERANCE = 1e-12;

    /** The batches of a set, whose last ones may be empty. */
    private record Batches(List<Tensor> predicted, List<Tensor> targets) {

        static Batches of(Tensor predicted, Tensor targets, Random random) {
            var batches = new Batches(new ArrayList<>(), new ArrayList<>());
            long size = predicted.size(0);
            for (long from = 0; from < size; ) {
                long to = Math.min(size, from + random.nextInt(5));
                batches.predicted.add(predicted.narrow(0, from, to - from));
                batches.targets.add(targets.narrow(0, from, to - from));
                from = to;
            }
            return batches;
        }

        Metric update(Metric metric) {
            for (int i = 0; i < predicted.size(); i++) {
                metric.update(predicted.get(i), targets.get(i));
            }
            return metric;
        }
    }

    private static List<JsonNode> sets(String kind) {
        return Runner.lines(Path.of("src/test/resources/golden/metrics.jsonl.gz")).stream()
                .filter(set -> set.get("kind").textValue().equals(kind))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"classes", "probabilities", "logits", "binary", "binary logits", "numbers"})
    void valuesAreThoseOfScikitLearn(String kind) {
        var random = new Random(3);
        List<JsonNode> sets = sets(kind);
        assertThat(sets).hasSizeGreaterThan(10);
        for (JsonNode set : sets) {
            DataType dtype = set.get("dtype").textValue().equals("float32") ? DataType.FLOAT : DataType.DOUBLE;
            long[] shape = Arrays.stream(Golden.doubles(set.get("shape")))
                    .mapToLong(size -> (long) size)
                    .toArray();
            boolean regression = kind.equals("numbers");
            Tensor predicted = Tensor.of(
                            kind.equals("classes") ? DataType.INT64 : dtype, Golden.doubles(set.get("predicted")))
                    .reshape(shape);
            Tensor targets = Tensor.of(
                            regression ? dtype : random.nextBoolean() ? DataType.INT32 : DataType.FLOAT,
                            Golden.doubles(set.get("targets")))
                    .reshape(regression ? shape : new long[] {shape[0]});
            Batches batches = Batches.of(predicted, targets, random);
            set.get("values").properties().forEach(entry -> {
                Supplier<String> what = () -> entry.getKey() + " of " + set;
                switch (entry.getKey().replaceFirst("^confusion.*", "confusion")) {
                    case "confusion" -> checkMatrix(what, entry.getKey(), predicted, targets, entry.getValue());
                    case "roc_curve" -> {
                        var auc = (RocAuc) batches.update(new RocAuc());
                        RocCurve curve = auc.curve();
                        assertThat(curve.auc()).as(what).isEqualTo(auc.compute());
                        double[] thresholds = curve.thresholds();
                        assertThat(thresholds[0]).isEqualTo(Double.POSITIVE_INFINITY);
                        checkCurve(
                                what,
                                entry.getValue(),
                                curve.falsePositiveRates(),
                                curve.truePositiveRates(),
                                Arrays.copyOfRange(thresholds, 1, thresholds.length));
                    }
                    case "precision_recall_curve" -> {
                        var precision = (AveragePrecision) batches.update(new AveragePrecision());
                        PrecisionRecallCurve curve = precision.curve();
                        assertThat(curve.averagePrecision()).as(what).isEqualTo(precision.compute());
                        checkCurve(what, entry.getValue(), curve.precisions(), curve.recalls(), curve.thresholds());
                    }
                    default -> {
                        Metric metric = metric(entry.getKey(), kind.endsWith("logits"));
                        metric.update(predicted, targets);
                        checkValue(what, metric, entry.getValue());
                        double all = entry.getValue().isNull() ? 0 : metric.compute();
                        metric.reset();
                        checkValue(what, batches.update(metric), entry.getValue());
                        assertThat(entry.getValue().isNull() ? 0 : metric.compute())
                                .as(what)
                                .isEqualTo(all);
                    }
                }
            });
        }
    }

    private static void checkValue(Supplier<String> what, Metric metric, JsonNode expected) {
        if (expected.isNull()) {
            assertThatThrownBy(metric::compute).as(what).isInstanceOf(IllegalStateException.class);
        } else {
            double value = expected.doubleValue();
            double tolerance = TOLERANCE * Math.max(1, Math.abs(value));
            assertThat(metric.compute()).as(what).isCloseTo(value, within(tolerance));
        }
    }

    private static void checkMatrix(
            Supplier<String> what, String name, Tensor predicted, Tensor targets, JsonNode expected) {
        var matrix = new ConfusionMatrix((int) Math.round(Math.sqrt(expected.size())));
        matrix.update(predicted, targets);
        double[][] values = name.equals("confusion")
                ? Arrays.stream(matrix.compute())
                        .map(row -> Arrays.stream(row).asDoubleStream().toArray())
                        .toArray(double[][]::new)
                : matrix.normalized(NormalizeBy.valueOf(name.replace("confusion_", "")));
        double[] flat = Arrays.stream(values).flatMapToDouble(Arrays::stream).toArray();
        assertThat(flat).as(what).containsExactly(Golden.doubles(expected), within(TOLERANCE));
    }

    private static void checkCurve(Supplier<String> what, JsonNode expected, double[]... curve) {
        for (int i = 0; i < curve.length; i++) {
            assertThat(curve[i]).as(what).containsExactly(Golden.doubles(expected.get(i)), within(TOLERANCE));
        }
    }

    private static Metric metric(String name, boolean logits) {
        Scores scores = logits ? Scores.LOGITS : Scores.PROBABILITIES;
        return switch (name) {
            case "accuracy" -> new Accuracy(scores);
            case "top_2" -> new TopKAccuracy(2);
            case "log_loss" -> new LogLoss(scores);
            case "roc_auc" -> new RocAuc(scores);
            case "average_precision" -> new AveragePrecision(scores);
            case "mean_absolute_error" -> new MeanAbsoluteError();
            case "mean_squared_error" -> new MeanSquaredError();
            case "root_mean_squared_error" -> new RootMeanSquaredError();
            case "mean_absolute_percentage_error" -> new MeanAbsolutePercentageError();
            case "r2_score" -> new R2Score();
            default -> averaged(name, scores);
        };
    }

    private static Metric averaged(String name, Scores scores) {
        String[] parts = name.split("_", 3);
        PrecisionRecallOptions options = PrecisionRecallOptions.defaults()
                .withAverage(Average.valueOf(parts[1].toUpperCase(Locale.ROOT)))
                .withZeroDivision(ZeroDivision.valueOf(parts[2]))
                .withScores(scores);
        return switch (parts[0]) {
            case "precision" -> new Precision(options);
            case "recall" -> new Recall(options);
            case "f1" -> new F1Score(options);
            default -> throw new AssertionError(name);
        };
    }
}
