package org.ndgrad.plot;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Curves of rates of a classifier, whose threshold changes from point to point; both axes go from 0 to 1. */
final class Curves {

    /** So much more than [0, 1] is shown that a line at an end is not cut. */
    private static final double MARGIN = 0.02;

    private static final int SIDE = 640;

    /** An area so near to 1 is 1 but for rounding. */
    private static final double EXACT = 1e-9;

    private Curves() {}

    /** Returns curves from (0, 0) to (1, 1), each with the area below it, and the diagonal. */
    static Plot roc(List<double[][]> curves, String... names) {
        Plot plot = plot("roc", "ROC curve", curves, names)
                .xLabel("false positive rate")
                .yLabel("true positive rate");
        for (int i = 0; i < curves.size(); i++) {
            double[][] points = curves.get(i);
            check("roc", "RocCurve", "false and true positive rates that go up from (0, 0) to (1, 1)", points, 0);
            plot.add(line(
                    names[i], Numbers.column(points, 0), Numbers.column(points, 1), i, value("AUC", area(points))));
        }
        double[] ends = {0, 1};
        return plot.add(Series.dashes("chance", ends, ends).withValue("AUC 0.5"));
    }

    /** Returns curves of steps from recall 1 to 0, each with the area below it, and if it is one, its base line. */
    static Plot precisionRecall(List<double[][]> curves, String... names) {
        Plot plot = plot("precisionRecall", "Precision-recall curve", curves, names)
                .xLabel("recall")
                .yLabel("precision");
        for (int i = 0; i < curves.size(); i++) {
            double[][] points = curves.get(i);
            check("precisionRecall", "PrecisionRecallCurve", "recalls that go down from 1 to 0", points, 1);
            double[][] steps = steps(points);
            plot.add(line(names[i], Numbers.column(steps, 0), Numbers.column(steps, 1), i, value("AP", -area(steps))));
        }
        if (curves.size() == 1) {
            double share = curves.get(0)[0][1];
            plot.add(Series.dashes("chance", new double[] {0, 1}, new double[] {share, share})
                    .withValue(value("AP", share)));
        }
        return plot;
    }

    private static Plot plot(String who, String title, List<double[][]> curves, String... names) {
        checkArgument(!curves.isEmpty(), "%s: expected at least one curve; got none. Pass its points.", who);
        checkArgument(
                names.length == curves.size(),
                "%s: expected one name for each of %s curves; got %s. Name all of them.",
                who,
                curves.size(),
                names.length);
        return Plot.titled(curves.size() == 1 ? title : title + "s")
                .size(SIDE + 60, SIDE + 60)
                .xRange(-MARGIN, 1 + MARGIN)
                .yRange(-MARGIN, 1 + MARGIN);
    }

    /** Refuses what is no curve: x goes from {@code first} to the other end of [0, 1], and so does y of a ROC curve. */
    private static void check(String who, String type, String expected, double[][] points, double first) {
        checkArgument(
                points.length >= 2,
                "%s: expected at least two points; got %s. Pass points() of a %s.",
                who,
                points.length,
                type);
        for (int i = 0; i < points.length; i++) {
            double[] before = i == 0 ? new double[] {first, first} : points[i - 1];
            boolean pair = points[i].length == 2;
            boolean fits = pair && isRate(points[i][0]) && isRate(points[i][1]);
            boolean onward = fits
                    && (first == 0
                            ? points[i][0] >= before[0] && points[i][1] >= before[1]
                            : points[i][0] <= before[0]);
            checkArgument(
                    onward && isEnd(i, points, first),
                    "%s: expected %s; got %s at position %s. Pass points() of a %s.",
                    who,
                    expected,
                    Arrays.toString(points[i]),
                    i,
                    type);
        }
    }

    private static boolean isRate(double value) {
        return value >= 0 && value <= 1;
    }

    /** Returns whether a point, if it is the first or the last, is where a curve begins or ends. */
    private static boolean isEnd(int i, double[][] points, double first) {
        boolean begins = i > 0 || (points[0][0] == first && (first == 1 || points[0][1] == 0));
        boolean ends = i < points.length - 1 || (points[i][0] == 1 - first && (first == 1 || points[i][1] == 1));
        return begins && ends;
    }

    /** Returns the area below a line through these points, negative if it goes to the left. */
    static double area(double[][] points) {
        double area = 0;
        for (int i = 1; i < points.length; i++) {
            area += (points[i][0] - points[i - 1][0]) * (points[i][1] + points[i - 1][1]) / 2;
        }
        return area;
    }

    /** Returns the points of a curve whose y holds up to the next x. */
    static double[][] steps(double[][] points) {
        double[][] steps = new double[2 * points.length - 1][];
        Arrays.setAll(steps, i -> new double[] {points[(i + 1) / 2][0], points[i / 2][1]});
        return steps;
    }

    private static Series line(String name, double[] x, double[] y, int index, String value) {
        return Series.line("line", name, x, y, index).withValue(value);
    }

    /** Returns an area with three digits, or more where it would look like the 1 that it is not. */
    static String value(String measure, double area) {
        int digits = 3;
        while (area < 1 - EXACT && digits < 6 && area >= 1 - 0.5 * Math.pow(10, -digits)) {
            digits++;
        }
        return String.format(Locale.ROOT, "%s %." + digits + "f", measure, area);
    }
}
