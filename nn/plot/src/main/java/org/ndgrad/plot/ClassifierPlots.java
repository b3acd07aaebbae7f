package org.ndgrad.plot;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.Ints;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Evaluation;
import org.ndgrad.nn.Layer;
import org.ndgrad.nn.train.AveragePrecision;
import org.ndgrad.nn.train.ConfusionMatrix;
import org.ndgrad.nn.train.PrecisionRecallCurve;
import org.ndgrad.nn.train.RocAuc;
import org.ndgrad.nn.train.RocCurve;

/** Ready-made plots of what a classifier predicts. */
public final class ClassifierPlots {

    private static final int BINS = 20;
    private static final int MOST_CLASSES = 1000;

    private ClassifierPlots() {}

    /**
     * Returns the distribution of predicted probabilities for each true class, with the threshold 0.5.
     *
     * @param probabilities shape (N), predicted probability of class 1, in [0, 1]
     * @param targets true classes: whole numbers from 0 of shape (N), or one-hot rows of shape (N, C)
     * @param names the names of the classes; "class 0", "class 1", … if left out
     * @return a histogram of 20 bins with one bar per true class in each
     * @throws IllegalArgumentException if a length, probability or class does not fit
     */
    public static Plot predictions(Object probabilities, Object targets, String... names) {
        double[] all = Numbers.series("predictions", "probabilities", probabilities);
        int[] labels = Numbers.classes("predictions", "targets", targets);
        checkSameLength("predictions", "probabilities", all.length, labels);
        List<String> classes = names("predictions", labels, names);
        for (double p : all) {
            checkArgument(
                    p >= 0 && p <= 1,
                    "predictions: expected probabilities in [0, 1]; got %s. Apply a sigmoid to the logits.",
                    p);
        }
        String positive = classes.size() > 1 ? classes.get(1) : "class 1";
        Plot plot = Plot.titled("Predicted probabilities by true class")
                .xLabel("predicted probability of " + positive)
                .yLabel("number of examples");
        double[][] own = split(all, labels, classes.size());
        for (int c = 0; c < own.length; c++) {
            if (own[c].length > 0) {
                plot.add(BarLayer.of(classes.get(c), own[c], 0, 1, BINS, Palette.of(c)));
            }
        }
        return plot.verticalLine("threshold 0.5", 0.5);
    }

    /**
     * Returns a table of how often each true class (row) was taken for each class (column). Where the classes are so
     * many that counts or names have no room, the shades are shown alone, and every second or tenth name.
     *
     * @param counts shape (C, C), {@code counts[t][p]} examples of class t were predicted as p; or numbers with
     *     fractions, the shares of examples, in [0, 1], which are shades, too
     * @param names the names of the C classes; their indices if left out
     * @return a heat map with the numbers in its cells; the shade is the share of the row
     * @throws IllegalArgumentException if {@code counts} is not a square of 1 to 1000 rows, a number is out of range,
     *     or names are missing
     */
    public static Plot confusionMatrix(Object counts, String... names) {
        double[][] numbers = Numbers.matrix("confusionMatrix", "counts", counts);
        boolean areCounts = Numbers.areWhole(counts);
        for (double[] row : numbers) {
            for (double number : row) {
                checkArgument(
                        number >= 0 || !areCounts,
                        "confusionMatrix: expected counts of at least 0; got %s. Check how it is made.",
                        (long) number);
                checkArgument(
                        areCounts || (number >= 0 && number <= 1),
                        "confusionMatrix: expected shares in [0, 1]; got %s. Pass counts as whole numbers.",
                        number);
            }
        }
        String[][] whole = areCounts ? Numbers.whole(counts, numbers) : new String[0][];
        MatrixLayer.Label labels = (row, column) -> areCounts ? whole[row][column] : label(numbers[row][column]);
        double[][] shares =
                areCounts ? Arrays.stream(numbers).map(ClassifierPlots::shares).toArray(double[][]::new) : numbers;
        return matrix(shares, labels, names);
    }

    /**
     * Returns the table of a metric.
     *
     * @param counts what {@link #confusionMatrix(Object, String...)} takes as a matrix
     * @param names the names of the C classes; their indices if left out
     */
    public static Plot confusionMatrix(ConfusionMatrix counts, String... names) {
        return confusionMatrix(counts.compute(), names);
    }

    private static double[] shares(double... counts) {
        double sum = Math.max(1, Arrays.stream(counts).sum());
        return Arrays.stream(counts).map(count -> count / sum).toArray();
    }

    private static String label(double share) {
        return share == 0 ? "0" : String.format(Locale.ROOT, "%.2f", share);
    }

    private static Plot matrix(double[][] shares, MatrixLayer.Label label, String... names) {
        int classes = shares.length;
        checkArgument(classes > 0, "confusionMatrix: expected at least one class; got shape (0, 0). Pass the counts.");
        checkArgument(
                classes <= MOST_CLASSES,
                "confusionMatrix: expected at most %s classes; got %s. Show a part of them.",
                MOST_CLASSES,
                classes);
        for (double[] row : shares) {
            checkArgument(
                    row.length == classes,
                    "confusionMatrix: expected shape (%s, %s); got a row of length %s. Give one row and one column per class.",
                    classes,
                    classes,
                    row.length);
        }
        checkNames("confusionMatrix", classes, names);
        List<String> shown = IntStream.range(0, classes)
                .mapToObj(c -> names.length == 0 ? String.valueOf(c) : names[c])
                .toList();
        int side = Math.max(540, Math.min(1400, 75 * classes));
        return Plot.titled("Confusion matrix")
                .xLabel("predicted class")
                .yLabel("true class")
                .size(side + 180, side + 120)
                .add(new MatrixLayer(shares, Optional.of(label), shown, shown, Optional.empty()));
    }

    /**
     * Counts how often each true class was taken for each class, and returns that as a table.
     *
     * @param targets true classes: whole numbers from 0 of shape (N), or one-hot rows of shape (N, C)
     * @param predictions predicted classes, likewise; scores of shape (N, C) count as the class of the largest
     * @param names the names of the classes; their indices if left out
     * @return as {@link #confusionMatrix(Object, String...)}
     * @throws IllegalArgumentException if the lengths differ, a class is negative, or names are missing
     */
    public static Plot confusionMatrix(Object targets, Object predictions, String... names) {
        int[] rows = Numbers.classes("confusionMatrix", "targets", targets);
        int[] columns = Numbers.classes("confusionMatrix", "predictions", predictions);
        checkSameLength("confusionMatrix", "targets", rows.length, columns);
        int classes =
                names("confusionMatrix", Ints.concat(rows, columns), names).size();
        int[][] counts = new int[classes][classes];
        for (int i = 0; i < rows.length; i++) {
            counts[rows[i]][columns[i]]++;
        }
        return confusionMatrix(counts, names);
    }

    /**
     * Returns the ROC curve of a classifier, with the diagonal of chance.
     *
     * <pre>{@code
     * ClassifierPlots.roc(auc.curve().points()).save(Path.of("out/roc.png"));
     * }</pre>
     *
     * @param points shape (points, 2), a false and a true positive rate, from (0, 0) to (1, 1)
     * @return a plot whose legend gives the area under the curve (AUC)
     * @throws IllegalArgumentException if the points are no ROC curve
     */
    public static Plot roc(double[][] points) {
        return Curves.roc(Collections.singletonList(points), "ROC");
    }

    /**
     * Returns the ROC curves of several classifiers, or of several classes against the rest.
     *
     * @param curves each as of {@link #roc(double[][])}
     * @param names a name for each curve
     * @return a plot whose legend gives the area under each curve
     * @throws IllegalArgumentException if there is no curve, one is none, or names are missing
     */
    public static Plot roc(List<double[][]> curves, String... names) {
        return Curves.roc(curves, names);
    }

    /**
     * Returns the precision-recall curve of a classifier, and the precision of chance, the share of the class. The
     * curve has steps: lines between its points would promise too much.
     *
     * <pre>{@code
     * ClassifierPlots.precisionRecall(precision.curve().points()).save(Path.of("out/precision.png"));
     * }</pre>
     *
     * @param points shape (points, 2), a recall and a precision, from recall 1 to recall 0
     * @return a plot whose legend gives the average precision (AP) of the curve
     * @throws IllegalArgumentException if the points are no precision-recall curve
     */
    public static Plot precisionRecall(double[][] points) {
        return Curves.precisionRecall(Collections.singletonList(points), "classifier");
    }

    /**
     * Returns the precision-recall curves of several classifiers, or of several classes against the rest.
     *
     * @param curves each as of {@link #precisionRecall(double[][])}
     * @param names a name for each curve
     * @return a plot whose legend gives the average precision (AP) of each curve
     * @throws IllegalArgumentException if there is no curve, one is none, or names are missing
     */
    public static Plot precisionRecall(List<double[][]> curves, String... names) {
        return Curves.precisionRecall(curves, names);
    }

    /**
     * Returns the ROC curve of a metric; see {@link #roc(double[][])}.
     *
     * @param curve of a {@code RocAuc}
     */
    public static Plot roc(RocCurve curve) {
        return roc(curve.points());
    }

    /**
     * Returns the ROC curve of scores, or of each class against the rest.
     *
     * @param scores of class 1, shape (N) or (N, 1), or of all classes, shape (N, C): probabilities, or others whose
     *     order is the same
     * @param targets true classes: whole numbers from 0 of shape (N), or one-hot rows of shape (N, C)
     * @param names of the curve or of the classes; left out, they are ROC or "class 0", "class 1", …
     * @return as of {@link #roc(List, String...)}
     * @throws IllegalArgumentException if the shapes do not fit, a score is NaN, or a class has no samples or all
     */
    public static Plot roc(Object scores, Object targets, String... names) {
        var rankings = ScoreCurves.of("roc", scores, targets, "ROC", names);
        return Curves.roc(
                rankings.curves((s, t) -> {
                    var auc = new RocAuc();
                    auc.update(s, t);
                    return auc.curve().points();
                }),
                rankings.names());
    }

    /**
     * Returns the precision-recall curve of a metric; see {@link #precisionRecall(double[][])}.
     *
     * @param curve of an {@code AveragePrecision}
     */
    public static Plot precisionRecall(PrecisionRecallCurve curve) {
        return precisionRecall(curve.points());
    }

    /**
     * Returns the precision-recall curve of scores, or of each class against the rest.
     *
     * @param scores as of {@link #roc(Object, Object, String...)}
     * @param targets as of {@link #roc(Object, Object, String...)}
     * @param names of the curve or of the classes; left out, they are classifier or "class 0", "class 1", …
     * @return as of {@link #precisionRecall(List, String...)}
     * @throws IllegalArgumentException if the shapes do not fit, a score is NaN, or a class has no samples
     */
    public static Plot precisionRecall(Object scores, Object targets, String... names) {
        var rankings = ScoreCurves.of("precisionRecall", scores, targets, "classifier", names);
        return Curves.precisionRecall(
                rankings.curves((s, t) -> {
                    var precision = new AveragePrecision();
                    precision.update(s, t);
                    return precision.curve().points();
                }),
                rankings.names());
    }

    /**
     * Returns what a model says of the plane, with the points it learned from or is tested on: each place in the tint
     * of its class, the surer the stronger, and a line between classes.
     *
     * <pre>{@code
     * ClassifierPlots.decisionBoundary(model, x, y, "inside", "outside").save(Path.of("out/boundary.png"));
     * }</pre>
     *
     * <p>The model is asked at once, in evaluation mode and without recording; its modes stay as they are. It may give
     * scores of shape (N, C), of which the largest wins, or one number per point: the probability of class 1 if it is
     * in [0, 1] everywhere, with the border at 0.5, and else a logit, with the border at 0. The title says which.
     *
     * @param model maps (N, 2) to (N, C), (N, 1) or (N)
     * @param x points, shape (N, 2)
     * @param y their classes: whole numbers from 0 of shape (N), −1 and 1, or one-hot rows of shape (N, C)
     * @param names the names of the classes; "class 0", "class 1", … if left out
     * @return a plot to which more can be added
     * @throws IllegalArgumentException if a shape does not fit, an output is NaN, or names are missing
     */
    public static Plot decisionBoundary(Layer model, Object x, Object y, String... names) {
        DataType dtype = model.parameters().values().stream()
                .map(Tensor::dtype)
                .filter(DataType::isFPType)
                .findFirst()
                .orElseGet(() -> dtype(x));
        return Evaluation.of(model, () -> boundary(model::call, dtype, x, y, names));
    }

    /**
     * Returns what a function says of the plane, as {@link #decisionBoundary(Layer, Object, Object, String...)} does of
     * a model, such as {@code points -> model.forward(points).sigmoid()}.
     *
     * @param model maps (N, 2) to (N, C), (N, 1) or (N); it is asked at once, without recording
     * @param x points, shape (N, 2); if they are a floating tensor, the function gets the same type
     * @param y their classes: whole numbers from 0 of shape (N), −1 and 1, or one-hot rows of shape (N, C)
     * @param names the names of the classes; "class 0", "class 1", … if left out
     * @return a plot to which more can be added
     * @throws IllegalArgumentException if a shape does not fit, an output is NaN, or names are missing
     */
    public static Plot decisionBoundary(Function<Tensor, Tensor> model, Object x, Object y, String... names) {
        return boundary(model, dtype(x), x, y, names);
    }

    private static DataType dtype(Object x) {
        return x instanceof Tensor tensor && tensor.dtype().isFPType() ? tensor.dtype() : Tensor.defaultDtype();
    }

    private static Plot boundary(Function<Tensor, Tensor> model, DataType dtype, Object x, Object y, String... names) {
        double[][] points = Numbers.points("decisionBoundary", "x", x);
        int[] classes = Numbers.classes("decisionBoundary", "y", y);
        boolean signs = Arrays.stream(classes).anyMatch(c -> c == -1)
                && Arrays.stream(classes).allMatch(c -> c == -1 || c == 1);
        int[] labels = signs ? Arrays.stream(classes).map(c -> (c + 1) / 2).toArray() : classes;
        checkSameLength("decisionBoundary", "points", points.length, labels);
        var field = new DecisionBoundary(model, dtype, points);
        String[] shown = signs && names.length == 0 ? new String[] {"class −1", "class 1"} : names;
        return Plot.titled("Decision boundary" + field.border())
                .xLabel("x₁")
                .yLabel("x₂")
                .size(760, 600)
                .probabilityField(field)
                .scatter(points, labels, shown);
    }

    static void checkSameLength(String who, String what, int length, int[] classes) {
        checkArgument(
                length == classes.length,
                "%s: expected as many %s as classes; got %s and %s. Pass one class for each.",
                who,
                what,
                length,
                classes.length);
    }

    /** Returns a name for each of the classes that occur. */
    static List<String> names(String who, int[] classes, String... names) {
        int count = names.length;
        for (int c : classes) {
            checkArgument(
                    c >= 0 && c < MOST_CLASSES,
                    "%s: expected a class index in [0, %s); got %s. Count from 0.",
                    who,
                    MOST_CLASSES,
                    c);
            count = Math.max(count, c + 1);
        }
        checkNames(who, count, names);
        return IntStream.range(0, count)
                .mapToObj(c -> names.length == 0 ? "class " + c : names[c])
                .toList();
    }

    private static void checkNames(String who, int classes, String... names) {
        checkArgument(
                names.length == 0 || names.length == classes,
                "%s: expected one name for each of %s classes; got %s. Name all of them or none.",
                who,
                classes,
                names.length);
    }

    /** Returns the values of each class, those of class 0 first. */
    static double[][] split(double[] values, int[] classes, int count) {
        int[] sizes = new int[count];
        for (int c : classes) {
            sizes[c]++;
        }
        double[][] split = new double[count][];
        Arrays.setAll(split, c -> new double[sizes[c]]);
        for (int i = values.length - 1; i >= 0; i--) {
            split[classes[i]][--sizes[classes[i]]] = values[i];
        }
        return split;
    }
}
