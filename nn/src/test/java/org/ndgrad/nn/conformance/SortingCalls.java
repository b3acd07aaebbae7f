package org.ndgrad.nn.conformance;

import static org.ndgrad.nn.conformance.Calls.chosen;
import static org.ndgrad.nn.conformance.Calls.many;
import static org.ndgrad.nn.conformance.Calls.one;
import static org.ndgrad.nn.conformance.ReductionCalls.typed;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Locale;
import org.ndgrad.autograd.Order;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.Cumulative;
import org.ndgrad.autograd.ops.Joining;
import org.ndgrad.autograd.ops.Sorting;
import org.ndgrad.autograd.ops.Statistics;
import org.ndgrad.autograd.ops.Statistics.Interpolation;
import org.ndgrad.nn.conformance.Calls.Row;

/** Rows of the operations that choose elements by their order, and of the cumulative ones. */
final class SortingCalls {

    private SortingCalls() {}

    static List<Row> rows() {
        return ImmutableList.<Row>builder().addAll(order()).addAll(cumulative()).build();
    }

    private static List<Row> order() {
        return ImmutableList.of(
                chosen("sort", "Sorting.sort", a -> Sorting.sort(a.input(), a.integer(1, "dim", -1), order(a))),
                one("argsort", "Sorting.argsort", a -> Sorting.argsort(a.input(), a.integer(1, "dim", -1), order(a))),
                chosen(
                        "topk",
                        "Sorting.topk",
                        a -> Sorting.topk(
                                a.input(),
                                a.integer(1, "k"),
                                a.integer(2, "dim", -1),
                                a.flag(3, "largest", true) ? Order.DESCENDING : Order.ASCENDING)),
                chosen(
                        "kthvalue",
                        "Sorting.kthvalue",
                        a -> Sorting.kthvalue(a.input(), a.integer(1, "k"), a.integer(2, "dim", -1), a.keepDim(3))),
                chosen("mode", "Sorting.mode", a -> Sorting.mode(a.input(), a.integer(1, "dim", -1), a.keepDim(2))),
                many(
                        "median",
                        "Sorting.median",
                        a -> a.has(1, "dim")
                                ? Calls.both(Sorting.median(a.input(), a.integer(1, "dim"), a.keepDim(2)))
                                : ImmutableList.of(Sorting.median(a.input()))),
                many(
                        "nanmedian",
                        "Sorting.nanmedian",
                        a -> a.has(1, "dim")
                                ? Calls.both(Sorting.nanmedian(a.input(), a.integer(1, "dim"), a.keepDim(2)))
                                : ImmutableList.of(Sorting.nanmedian(a.input()))),
                one(
                        "quantile",
                        "Statistics.quantile",
                        a -> Statistics.quantile(
                                a.input(), shares(a), a.dims(2, "dim"), a.keepDim(3), interpolation(a))),
                one(
                        "nanquantile",
                        "Statistics.nanquantile",
                        a -> Statistics.nanquantile(
                                a.input(), shares(a), a.dims(2, "dim"), a.keepDim(3), interpolation(a))));
    }

    private static Order order(Arguments a) {
        return a.flag(2, "descending", false) ? Order.DESCENDING : Order.ASCENDING;
    }

    private static Tensor shares(Arguments a) {
        return a.isTensor(1, "q") ? a.tensor(1, "q") : Tensor.of(a.input().dtype(), a.real(1, "q", 0.5));
    }

    private static Interpolation interpolation(Arguments a) {
        return Interpolation.valueOf(a.text(-1, "interpolation", "linear").toUpperCase(Locale.ROOT));
    }

    private static List<Row> cumulative() {
        return ImmutableList.of(
                one(
                        "cumsum",
                        "Cumulative.cumsum",
                        a -> typed(a, Cumulative.cumsum(typed(a, a.input()), a.integer(1, "dim")))),
                one(
                        "cumprod",
                        "Cumulative.cumprod",
                        a -> typed(a, Cumulative.cumprod(typed(a, a.input()), a.integer(1, "dim")))),
                one(
                        "logcumsumexp",
                        "Cumulative.logcumsumexp",
                        a -> Cumulative.logcumsumexp(a.input(), a.integer(1, "dim"))),
                chosen("cummax", "Cumulative.cummax", a -> Cumulative.cummax(a.input(), a.integer(1, "dim"))),
                chosen("cummin", "Cumulative.cummin", a -> Cumulative.cummin(a.input(), a.integer(1, "dim"))),
                one("diff", "Cumulative.diff", SortingCalls::diff),
                one(
                        "trapezoid",
                        "Cumulative.trapezoid",
                        a -> a.isTensor(1, "x")
                                ? Cumulative.trapezoid(a.input(), a.tensor(1, "x"), a.integer(-1, "dim", -1))
                                : Cumulative.trapezoid(a.input(), a.real(-1, "dx", 1), a.integer(-1, "dim", -1))),
                one(
                        "cumulative_trapezoid",
                        "Cumulative.cumulativeTrapezoid",
                        a -> a.isTensor(1, "x")
                                ? Cumulative.cumulativeTrapezoid(a.input(), a.tensor(1, "x"), a.integer(-1, "dim", -1))
                                : Cumulative.cumulativeTrapezoid(
                                        a.input(), a.real(-1, "dx", 1), a.integer(-1, "dim", -1))));
    }

    /** PyTorch puts nothing before or behind where it takes no difference. */
    private static Tensor diff(Arguments a) {
        int times = a.integer(1, "n", 1);
        int dim = a.integer(2, "dim", -1);
        ImmutableList.Builder<Tensor> parts = ImmutableList.builder();
        if (times > 0) {
            a.optionalTensor(3, "prepend").ifPresent(parts::add);
        }
        parts.add(a.input());
        if (times > 0) {
            a.optionalTensor(4, "append").ifPresent(parts::add);
        }
        List<Tensor> all = parts.build();
        return Cumulative.diff(all.size() == 1 ? a.input() : Joining.cat(all, dim), times, dim);
    }
}
