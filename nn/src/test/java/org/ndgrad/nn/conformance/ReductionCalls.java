package org.ndgrad.nn.conformance;

import static org.ndgrad.nn.conformance.Calls.many;
import static org.ndgrad.nn.conformance.Calls.one;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.ndgrad.autograd.KeepDim;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.Arithmetic;
import org.ndgrad.autograd.ops.CovarianceOptions;
import org.ndgrad.autograd.ops.MinAndMax;
import org.ndgrad.autograd.ops.Reductions;
import org.ndgrad.autograd.ops.Statistics;
import org.ndgrad.autograd.ops.StdAndMean;
import org.ndgrad.autograd.ops.ValuesAndIndices;
import org.ndgrad.autograd.ops.VarAndMean;
import org.ndgrad.nn.conformance.Calls.Row;

/** Rows of the operations that fold dims away. */
final class ReductionCalls {

    private ReductionCalls() {}

    private interface Reduction {
        Tensor apply(Tensor x, int[] dims, KeepDim keepDim);
    }

    private interface Choice {
        ValuesAndIndices apply(Tensor x, int dim, KeepDim keepDim);
    }

    private interface Position {
        Tensor apply(Tensor x, int dim, KeepDim keepDim);
    }

    static List<Row> rows() {
        return ImmutableList.<Row>builder()
                .addAll(sums())
                .addAll(extremes())
                .addAll(statistics())
                .build();
    }

    private static List<Row> sums() {
        return ImmutableList.of(
                reduction("sum", "Reductions.sum", Reductions::sum),
                reduction("nansum", "Reductions.nansum", Reductions::nansum),
                reduction("mean", "Reductions.mean", Reductions::mean),
                reduction("nanmean", "Reductions.nanmean", Reductions::nanmean),
                reduction("prod", "Reductions.prod", Reductions::prod),
                reduction("logsumexp", "Reductions.logsumexp", Reductions::logsumexp),
                reduction("count_nonzero", "Reductions.countNonzero", Reductions::countNonzero),
                reduction("any", "Reductions.any", Reductions::any),
                reduction("all", "Reductions.all", Reductions::all),
                one("sum_to_size", "Reductions.sumToSize", a -> Reductions.sumToSize(a.input(), a.restLongs(1))));
    }

    private static List<Row> extremes() {
        return ImmutableList.of(
                reduction("amax", "Reductions.amax", Reductions::amax),
                reduction("amin", "Reductions.amin", Reductions::amin),
                many("aminmax", "Reductions.aminmax", a -> {
                    MinAndMax both = Reductions.aminmax(a.input(), a.dims(-1, "dim"), a.keepDim(-1));
                    return ImmutableList.of(both.min(), both.max());
                }),
                many(
                        "max",
                        "Reductions.max,Arithmetic.maximum",
                        a -> a.isTensor(1, "other")
                                ? ImmutableList.of(Arithmetic.maximum(a.input(), a.tensor(1, "other")))
                                : extreme(a, Reductions::max, Reductions::max)),
                many(
                        "min",
                        "Reductions.min,Arithmetic.minimum",
                        a -> a.isTensor(1, "other")
                                ? ImmutableList.of(Arithmetic.minimum(a.input(), a.tensor(1, "other")))
                                : extreme(a, Reductions::min, Reductions::min)),
                one("argmax", "Reductions.argmax", a -> position(a, Reductions::argmax)),
                one("argmin", "Reductions.argmin", a -> position(a, Reductions::argmin)));
    }

    private static List<Row> statistics() {
        return ImmutableList.of(
                one("var", "Reductions.var", a -> Reductions.var(a.input(), dims(a), correction(a), keeps(a))),
                one("std", "Reductions.std", a -> Reductions.std(a.input(), dims(a), correction(a), keeps(a))),
                many("var_mean", "Reductions.varMean", a -> {
                    VarAndMean both = Reductions.varMean(a.input(), dims(a), correction(a), keeps(a));
                    return ImmutableList.of(both.var(), both.mean());
                }),
                many("std_mean", "Reductions.stdMean", a -> {
                    StdAndMean both = Reductions.stdMean(a.input(), dims(a), correction(a), keeps(a));
                    return ImmutableList.of(both.std(), both.mean());
                }),
                one("cov", "Statistics.cov", a -> Statistics.cov(a.input(), covariance(a))),
                one("corrcoef", "Statistics.corrcoef", a -> Statistics.corrcoef(a.input())));
    }

    /** A row of a function of (input, dim, keepdim, dtype). */
    private static Row reduction(String name, String operation, Reduction reduction) {
        return one(name, operation, a -> typed(a, reduction.apply(typed(a), a.dims(1, "dim"), a.keepDim(2))));
    }

    /** Returns the input in the type that was asked for. */
    static Tensor typed(Arguments a) {
        return typed(a, a.input());
    }

    /** Returns the tensor in the type that was asked for; sums of int32 are int64 unless it was. */
    static Tensor typed(Arguments a, Tensor x) {
        return a.dtype(-1, "dtype").map(x::to).orElse(x);
    }

    private static List<Tensor> extreme(Arguments a, Choice along, UnaryOperator<Tensor> all) {
        return a.has(1, "dim")
                ? Calls.both(along.apply(a.input(), a.integer(1, "dim"), a.keepDim(2)))
                : ImmutableList.of(all.apply(a.input()));
    }

    private static Tensor position(Arguments a, Position position) {
        KeepDim keepDim = a.keepDim(2);
        if (a.has(1, "dim")) {
            return position.apply(a.input(), a.integer(1, "dim"), keepDim);
        }
        long[] ones = new long[keepDim == KeepDim.YES ? a.input().ndim() : 0];
        Arrays.fill(ones, 1);
        return position.apply(a.input().flatten(), 0, KeepDim.NO).reshape(ones);
    }

    /** The forms (input, unbiased), (input, dim, unbiased, keepdim) and (input, dim, *, correction, keepdim). */
    private static boolean isShort(Arguments a) {
        return a.value(1, "").filter(Boolean.class::isInstance).isPresent();
    }

    private static int[] dims(Arguments a) {
        return isShort(a) ? new int[0] : a.dims(1, "dim");
    }

    private static KeepDim keeps(Arguments a) {
        return a.keepDim(3);
    }

    private static double correction(Arguments a) {
        boolean unbiased = isShort(a) ? a.flag(1, "unbiased", true) : a.flag(2, "unbiased", true);
        return a.real(-1, "correction", unbiased ? 1 : 0);
    }

    private static CovarianceOptions covariance(Arguments a) {
        CovarianceOptions options = CovarianceOptions.defaults().withCorrection(a.real(-1, "correction", 1));
        options = a.with(options, -1, "fweights", CovarianceOptions::withFrequencies);
        return a.with(options, -1, "aweights", CovarianceOptions::withWeights);
    }
}
