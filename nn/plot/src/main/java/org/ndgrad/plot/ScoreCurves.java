package org.ndgrad.plot;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;

/** Scores of class 1, or of each class against the rest, a column for each curve. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ScoreCurves(double[][] scores, int[] targets, String[] names) {

    /** Checks scores and targets; {@code single} is the name of the only curve. */
    static ScoreCurves of(String who, Object scores, Object targets, String single, String... names) {
        boolean several = scores instanceof Tensor tensor
                ? tensor.ndim() == 2 && tensor.size(1) > 1
                : scores instanceof Object[] rows
                        && rows.length > 0
                        && rows[0] != null
                        && rows[0].getClass().isArray();
        double[][] columns = several
                ? columns(Numbers.matrix(who, "scores", scores))
                : new double[][] {Numbers.series(who, "scores", scores)};
        int[] labels = Numbers.classes(who, "targets", targets);
        checkArgument(
                columns[0].length == labels.length,
                "%s: expected a target for each score; got %s scores and %s targets. Pass those of the same samples.",
                who,
                columns[0].length,
                labels.length);
        int most = several ? columns.length : 2;
        for (int label : labels) {
            checkArgument(
                    label >= 0 && label < most,
                    "%s: expected targets in [0, %s); got %s. Give a score for each class, or count from 0.",
                    who,
                    most,
                    label);
        }
        checkArgument(
                names.length == 0 || names.length == columns.length,
                "%s: expected one name for each of %s curves; got %s. Name all of them or none.",
                who,
                columns.length,
                names.length);
        String[] shown = names.length > 0
                ? names
                : several
                        ? IntStream.range(0, columns.length)
                                .mapToObj(c -> "class " + c)
                                .toArray(String[]::new)
                        : new String[] {single};
        return new ScoreCurves(columns, labels, shown);
    }

    private static double[][] columns(double[][] rows) {
        return IntStream.range(0, rows[0].length)
                .mapToObj(c -> Numbers.column(rows, c))
                .toArray(double[][]::new);
    }

    /** Returns the points of each curve, computed from its scores and from ones where its class is right. */
    List<double[][]> curves(BiFunction<Tensor, Tensor, double[][]> points) {
        return IntStream.range(0, scores.length)
                .mapToObj(c -> points.apply(
                        Tensor.of(DataType.DOUBLE, scores[c]),
                        Tensor.of(Arrays.stream(targets)
                                .map(target -> target == (scores.length == 1 ? 1 : c) ? 1 : 0)
                                .toArray())))
                .toList();
    }
}
