package org.ndgrad.nn.train;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Doubles;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Checks;
import org.ndgrad.autograd.internal.Text;

/** The scores of all samples: for class 1 if there is one per sample, else for each class against the rest. */
final class Rankings {

    private static final String SCORES = "scores";
    private static final String POSITIVES = "positives";

    private final String who;
    private final Scores scores;
    private List<Ranking> rankings = List.of();

    /**
     * Makes an empty collection.
     *
     * @param who printed in messages
     * @param scores what scores of several classes are
     */
    Rankings(String who, Scores scores) {
        this.who = who;
        this.scores = Checks.given(who, "scores", scores);
    }

    void add(Tensor predicted, Tensor targets) {
        boolean several = Labels.hasClassScores(who, predicted, targets);
        int columns = several ? (int) predicted.size(1) : 1;
        checkArgument(
                rankings.isEmpty() || rankings.size() == columns,
                "%s: expected scores for as many classes as before, %s; got %s. Call reset() before other data.",
                who,
                rankings.size(),
                Text.shape(predicted));
        double[] values = values(predicted, several);
        int[] right = several ? Labels.classes(who, "targets", targets, columns) : Labels.zerosAndOnes(who, targets);
        if (rankings.isEmpty()) {
            rankings = Stream.generate(Ranking::new).limit(columns).toList();
        }
        for (int i = 0; i < values.length; i++) {
            int column = i % columns;
            rankings.get(column).add(values[i], right[i / columns] == (several ? column : 1));
        }
    }

    private double[] values(Tensor predicted, boolean several) {
        if (!several) {
            return Probabilities.numbers(who, predicted);
        }
        return scores == Scores.LOGITS ? Probabilities.logOdds(who, predicted) : Probabilities.rows(who, predicted);
    }

    void reset() {
        rankings = List.of();
    }

    /** Returns the scores of class after class, first those of its own samples, and how many these are. */
    ImmutableMap<String, Object> stateDict() {
        double[][] all = rankings.stream().map(Ranking::scores).toArray(double[][]::new);
        long[] positives = rankings.stream().mapToLong(Ranking::positives).toArray();
        return ImmutableMap.of(
                SCORES, Tensor.of(DataType.DOUBLE, Doubles.concat(all)), POSITIVES, Tensor.of(positives));
    }

    void load(Map<String, ?> state) {
        MetricState read = new MetricState(who, state, SCORES, POSITIVES);
        double[] all = read.numbers(SCORES);
        long[] positives = read.counts(POSITIVES);
        int classes = positives.length;
        int samples = all.length / Math.max(1, classes);
        read.check(
                all.length == classes * samples
                        && Arrays.stream(all).noneMatch(Double::isNaN)
                        && Arrays.stream(positives).allMatch(count -> count <= samples),
                "as many scores for each class, none of them NaN");
        rankings = IntStream.range(0, classes)
                .mapToObj(c -> Ranking.of(all, c * samples, (c + 1) * samples, positives[c]))
                .toList();
    }

    /** Returns the mean over the classes. */
    double mean(boolean needsNegatives, ToDoubleFunction<Ranking.Counts> value) {
        return IntStream.range(0, Math.max(1, rankings.size()))
                .mapToDouble(i -> value.applyAsDouble(counts(i, needsNegatives)))
                .average()
                .orElseThrow();
    }

    /** Returns the counts of the only class that there are scores for. */
    Ranking.Counts counts(boolean needsNegatives) {
        checkState(
                rankings.size() <= 1,
                "%s: expected one score per sample; got those of %s classes. Name one, as in curve(0).",
                who,
                rankings.size());
        return counts(0, needsNegatives);
    }

    /**
     * Returns the counts of a class against the rest, after a check that there is something to count.
     *
     * @param label from 0; with one score per sample, 1 as well
     */
    Ranking.Counts counts(int label, boolean needsNegatives) {
        Share.checkSamples(who, rankings.size());
        boolean single = rankings.size() == 1;
        checkArgument(
                label >= 0 && label < rankings.size(),
                "%s: expected a class in [0, %s); got %s. Count from 0.",
                who,
                rankings.size(),
                label);
        Ranking.Counts counts = rankings.get(label).counts();
        Share.checkSamples(who, counts.thresholds().length);
        checkState(
                counts.allPositives() > 0 && (counts.allNegatives() > 0 || !needsNegatives),
                "%s: expected samples of class %s%s; got %s and %s others, for which it is not defined. Give more"
                        + " samples, or a stratified part of them.",
                who,
                single ? 1 : label,
                needsNegatives ? " and others" : "",
                counts.allPositives(),
                counts.allNegatives());
        return single || scores == Scores.PROBABILITIES ? counts : counts.with(Probabilities::ofLogOdds);
    }
}
