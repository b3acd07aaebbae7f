package org.ndgrad.benchmarks;

import com.google.common.collect.ImmutableMap;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.MemoryScope;
import org.ndgrad.autograd.Reduce;
import org.ndgrad.autograd.Side;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.Activations;
import org.ndgrad.autograd.ops.Arithmetic;
import org.ndgrad.autograd.ops.Comparison;
import org.ndgrad.autograd.ops.Counting;
import org.ndgrad.autograd.ops.Cumulative;
import org.ndgrad.autograd.ops.Diagonals;
import org.ndgrad.autograd.ops.Elementary;
import org.ndgrad.autograd.ops.Embeddings;
import org.ndgrad.autograd.ops.Indexing;
import org.ndgrad.autograd.ops.Normalization;
import org.ndgrad.autograd.ops.Rearranging;
import org.ndgrad.autograd.ops.Repeating;
import org.ndgrad.autograd.ops.Rounding;
import org.ndgrad.autograd.ops.Scattering;
import org.ndgrad.autograd.ops.Sorting;
import org.ndgrad.autograd.ops.Special;
import org.ndgrad.nn.Losses;

/**
 * Prints how long operations take that are much slower than others unless somebody looks after them, a line for each:
 * its name with type and number of elements, and microseconds. {@code cliffs.py} prints the same for PyTorch. As there,
 * memory of results is given back at once.
 */
final class Cliffs {

    /** The types that are timed, by their names in the output. */
    static final ImmutableMap<String, DataType> TYPES =
            ImmutableMap.of("float32", DataType.FLOAT, "float64", DataType.DOUBLE);

    static final List<Integer> SIZES = List.of(10_000, 100_000, 1_000_000);

    /** The columns of the table of {@link Embeddings#embedding}. */
    private static final int COLUMNS = 64;

    /** Many short windows: a step takes so little that one of them finds the machine free. */
    private static final Stopwatch STOPWATCH = new Stopwatch(Duration.ofMillis(400), 3, 40, Duration.ofMillis(5));

    private static final Random RANDOM = new Random(1);

    /** Functions of floating tensors, prepared for a number of elements. */
    static final ImmutableMap<String, Function<DataType, IntFunction<Runnable>>> FLOATING =
            ImmutableMap.<String, Function<DataType, IntFunction<Runnable>>>builder()
                    .put("erf", type -> n -> value(Special::erf, uniform(type, -3, 3, n)))
                    .put("erfc", type -> n -> value(Special::erfc, uniform(type, -3, 3, n)))
                    .put("erfinv", type -> n -> value(Special::erfinv, uniform(type, -1, 1, n)))
                    .put("lgamma", type -> n -> value(Special::lgamma, uniform(type, 0, 10, n)))
                    .put("lgamma of both signs", type -> n -> value(Special::lgamma, uniform(type, -3, 3, n)))
                    .put("digamma", type -> n -> value(Special::digamma, uniform(type, 0, 10, n)))
                    .put("digamma of both signs", type -> n -> value(Special::digamma, uniform(type, -3, 3, n)))
                    .put("polygamma 1", type -> n -> value(x -> Special.polygamma(1, x), uniform(type, 0, 10, n)))
                    .put("logit", type -> n -> value(Special::logit, uniform(type, 0.01, 0.99, n)))
                    .put("sinc", type -> n -> value(Special::sinc, uniform(type, -3, 3, n)))
                    .put("asin", type -> n -> value(Elementary::asin, uniform(type, -1, 1, n)))
                    .put("acos", type -> n -> value(Elementary::acos, uniform(type, -1, 1, n)))
                    .put("atanh", type -> n -> value(Elementary::atanh, uniform(type, -1, 1, n)))
                    .put("sinh", type -> n -> value(Elementary::sinh, uniform(type, -3, 3, n)))
                    .put("log1p", type -> n -> value(Elementary::log1p, uniform(type, 0, 10, n)))
                    .put("frac", type -> n -> value(Rounding::frac, uniform(type, -3, 3, n)))
                    .put("hardshrink", type -> n -> value(x -> Activations.hardshrink(x, 0.5), uniform(type, -3, 3, n)))
                    .put("exp", type -> n -> value(Elementary::exp, uniform(type, -3, 3, n)))
                    .put("exp2", type -> n -> value(Elementary::exp2, uniform(type, -3, 3, n)))
                    .put("expm1", type -> n -> value(Elementary::expm1, uniform(type, -3, 3, n)))
                    .put("log", type -> n -> value(Elementary::log, uniform(type, 0, 10, n)))
                    .put("log2", type -> n -> value(Elementary::log2, uniform(type, 0, 10, n)))
                    .put("log10", type -> n -> value(Elementary::log10, uniform(type, 0, 10, n)))
                    .put("cosh", type -> n -> value(Elementary::cosh, uniform(type, -3, 3, n)))
                    .put("tanh", type -> n -> value(Elementary::tanh, uniform(type, -3, 3, n)))
                    .put("sigmoid", type -> n -> value(Activations::sigmoid, uniform(type, -3, 3, n)))
                    .put("silu", type -> n -> value(Activations::silu, uniform(type, -3, 3, n)))
                    .put("elu", type -> n -> value(x -> Activations.elu(x, 1), uniform(type, -3, 3, n)))
                    .put("softplus", type -> n -> value(x -> Activations.softplus(x), uniform(type, -3, 3, n)))
                    .put("mish", type -> n -> value(Activations::mish, uniform(type, -3, 3, n)))
                    .put("leakyRelu", type -> n -> value(x -> Activations.leakyRelu(x, 0.01), uniform(type, -3, 3, n)))
                    .put("softshrink", type -> n -> value(x -> Activations.softshrink(x, 0.5), uniform(type, -3, 3, n)))
                    .put("hardswish", type -> n -> value(Activations::hardswish, uniform(type, -5, 5, n)))
                    .put("softsign", type -> n -> value(Activations::softsign, uniform(type, -3, 3, n)))
                    .put("isfinite", type -> n -> value(Comparison::isfinite, uniform(type, -3, 3, n)))
                    .put("acosh", type -> n -> value(Elementary::acosh, uniform(type, 1, 9, n)))
                    .put("entr", type -> n -> value(Special::entr, uniform(type, 0, 1, n)))
                    .put("sin", type -> n -> value(Elementary::sin, uniform(type, -3, 3, n)))
                    .put(
                            "gelu by tanh",
                            type -> n ->
                                    value(x -> Activations.gelu(x, Activations.Gelu.TANH), uniform(type, -3, 3, n)))
                    .put("hypot", ofTwo(Elementary::hypot, -3, 3))
                    .put("atan2", ofTwo(Elementary::atan2, -3, 3))
                    .put("pow", ofTwo(Arithmetic::pow, 0.1, 3))
                    .put("floorDivide", ofTwo(Arithmetic::floorDivide, -9, 9))
                    .put("remainder", ofTwo(Arithmetic::remainder, -9, 9))
                    .put("logaddexp", ofTwo(Special::logaddexp, -3, 3))
                    .put("logaddexp2", ofTwo(Special::logaddexp2, -3, 3))
                    .put("xlogy", ofTwo(Special::xlogy, 0.1, 3))
                    .put("where", ofTwo((x, y) -> Comparison.where(x.gt(y), x, y), -3, 3))
                    .put("maskedFill", ofTwo((x, y) -> Comparison.maskedFill(x, x.gt(y), 0), -3, 3))
                    .put("addcmul", ofTwo((x, y) -> Arithmetic.addcmul(x, y, x, 0.5), -3, 3))
                    .put("addcdiv", ofTwo((x, y) -> Arithmetic.addcdiv(x, y, x, 0.5), 1, 3))
                    .put("lerp", ofTwo((x, y) -> Arithmetic.lerp(x, y, y), 0, 1))
                    .put("clamp", ofTwo((x, y) -> Arithmetic.clamp(x, y, y), -3, 3))
                    .put("sort", type -> n -> value(x -> Sorting.sort(x, 0).values(), uniform(type, 0, 1, n)))
                    .put("topk", type -> n -> value(x -> Sorting.topk(x, 5, 0).values(), uniform(type, 0, 1, n)))
                    .put("topk of columns", type -> n -> {
                        return value(x -> Sorting.topk(x, 5, 0).values(), table(type, n));
                    })
                    .put("median", type -> n -> value(x -> Sorting.median(x), uniform(type, 0, 1, n)))
                    .put("nansum", type -> n -> value(x -> x.nansum(), uniform(type, 0, 1, n)))
                    .put("sum", type -> n -> value(x -> x.sum(), uniform(type, 0, 1, n)))
                    .put("amax", type -> n -> value(x -> x.amax(), uniform(type, 0, 1, n)))
                    .put("amax of rows", type -> n -> value(x -> x.amax(1), table(type, n)))
                    .put("argmax", type -> n -> value(x -> x.argmax(), uniform(type, 0, 1, n)))
                    .put("argmax of columns", type -> n -> value(x -> x.argmax(0), table(type, n)))
                    .put("var", type -> n -> value(x -> x.var(), uniform(type, 0, 1, n)))
                    .put("softmax of columns", type -> n -> value(x -> x.softmax(0), table(type, n)))
                    .put("softmax of rows", type -> n -> value(x -> x.softmax(1), table(type, n)))
                    .put("cumprod of rows", type -> n -> value(x -> Cumulative.cumprod(x, 1), table(type, n)))
                    .put("cummax", type -> n -> {
                        return value(x -> Cumulative.cummax(x, 0).values(), uniform(type, 0, 1, n));
                    })
                    .put("repeatInterleave", type -> n -> {
                        return value(x -> Repeating.repeatInterleave(x, 2, 0), uniform(type, 0, 1, n));
                    })
                    .put("tril", type -> n -> value(x -> Diagonals.tril(x, 0), table(type, n)))
                    .put("searchsorted", type -> n -> {
                        Tensor sorted = Sorting.msort(uniform(type, 0, 1, n));
                        return value(x -> Counting.searchsorted(sorted, x, Side.LEFT), uniform(type, 0, 1, n));
                    })
                    .put("scatterReduce", type -> n -> {
                        Tensor index = index(n, n);
                        Tensor y = uniform(type, 0, 1, n);
                        return value(
                                x -> Scattering.scatterReduce(x, 0, index, y, Reduce.AMAX), uniform(type, 0, 1, n));
                    })
                    .put("indexSelect", type -> n -> {
                        Tensor index = index(n, n);
                        return value(x -> x.indexSelect(0, index), uniform(type, 0, 1, n));
                    })
                    .put("gather", type -> n -> {
                        Tensor index = index(100, n).reshape(-1, 100);
                        return value(x -> x.gather(1, index), rows(type, n));
                    })
                    .put("gather of columns", type -> n -> {
                        Tensor index = index(n / COLUMNS, n / COLUMNS * COLUMNS).reshape(-1, COLUMNS);
                        return value(x -> x.gather(0, index), table(type, n));
                    })
                    .put("indexSelect of columns", type -> n -> {
                        Tensor index = index(COLUMNS, COLUMNS);
                        return value(x -> x.indexSelect(1, index), table(type, n));
                    })
                    .put("indexSelect of narrow rows", type -> n -> {
                        Tensor index = index(n / 5, n / 5);
                        return value(
                                x -> x.indexSelect(0, index),
                                uniform(type, 0, 1, n).reshape(-1, 5));
                    })
                    .put("scatter of rows", type -> n -> {
                        Tensor index = index(100, n).reshape(-1, 100);
                        Tensor y = rows(type, n);
                        return value(x -> Scattering.scatter(x, 1, index, y), rows(type, n));
                    })
                    .put("take", type -> n -> {
                        Tensor index = index(n, n);
                        return value(x -> Indexing.take(x, index), uniform(type, 0, 1, n));
                    })
                    .put("get", type -> n -> {
                        Tensor index = index(n, n);
                        return value(x -> x.get(index), uniform(type, 0, 1, n));
                    })
                    .put("embedding", type -> n -> {
                        Tensor index = index(n / COLUMNS, n / COLUMNS);
                        return value(x -> Embeddings.embedding(index, x), table(type, n));
                    })
                    .put("scatterAdd", type -> n -> {
                        Tensor index = index(n, n);
                        Tensor x = uniform(type, 0, 1, n);
                        return value(zero -> Indexing.scatterAdd(zero, 0, index, x), Tensor.zeros(type, n));
                    })
                    .put("erf, both ways", type -> n -> bothWays(Special::erf, uniform(type, -3, 3, n)))
                    .put("lgamma, both ways", type -> n -> bothWays(Special::lgamma, uniform(type, 0, 10, n)))
                    .put("sinc, both ways", type -> n -> bothWays(Special::sinc, uniform(type, -3, 3, n)))
                    .put("exp2, both ways", type -> n -> bothWays(Elementary::exp2, uniform(type, -3, 3, n)))
                    .put("get, both ways", type -> n -> {
                        Tensor index = index(n, n);
                        return bothWays(x -> x.get(index), uniform(type, 0, 1, n));
                    })
                    .put("embedding, both ways", type -> n -> {
                        Tensor index = index(n / COLUMNS, n / COLUMNS);
                        return bothWays(x -> Embeddings.embedding(index, x), table(type, n));
                    })
                    .put("layerNorm, both ways", type -> n -> {
                        return bothWays(x -> Normalization.layerNorm(x, 100), rows(type, n));
                    })
                    .put("batchNorm, both ways", type -> n -> bothWays(Normalization::batchNorm, rows(type, n)))
                    .put("logSoftmax of rows, both ways", type -> n -> bothWays(x -> x.logSoftmax(1), rows(type, n)))
                    .put("crossEntropy, both ways", type -> n -> {
                        Tensor labels = index(100, n / 100);
                        return bothWays(x -> Losses.crossEntropy(x, labels), rows(type, n));
                    })
                    .put("crossEntropy of 5000 classes, both ways", type -> n -> {
                        Tensor labels = index(5000, n / 5000);
                        return bothWays(x -> Losses.crossEntropy(x.reshape(-1, 5000), labels), uniform(type, -5, 5, n));
                    })
                    .put("binaryCrossEntropyWithLogits, both ways", type -> n -> {
                        Tensor targets = uniform(type, 0, 1, n);
                        return bothWays(x -> Losses.binaryCrossEntropyWithLogits(x, targets), uniform(type, -5, 5, n));
                    })
                    .put("smoothL1Loss, both ways", type -> n -> {
                        Tensor targets = uniform(type, -2, 2, n);
                        return bothWays(x -> Losses.smoothL1Loss(x, targets), uniform(type, -2, 2, n));
                    })
                    .buildOrThrow();

    /** Functions of whole numbers, prepared for a number of elements. */
    static final ImmutableMap<String, IntFunction<Runnable>> INTEGRAL =
            ImmutableMap.<String, IntFunction<Runnable>>builder()
                    .put("trapezoid", n -> value(x -> Cumulative.trapezoid(x, 1, 0), index(1000, n)))
                    .put(
                            "trapezoid of columns",
                            n -> value(
                                    x -> Cumulative.trapezoid(x, 1, 0),
                                    index(1000, n / COLUMNS * COLUMNS).reshape(-1, COLUMNS)))
                    .put("trapezoid by places", n -> value(x -> Cumulative.trapezoid(x, x, 0), index(1000, n)))
                    .put(
                            "cumulativeTrapezoid",
                            n -> value(x -> Cumulative.cumulativeTrapezoid(x, 1, 0), index(1000, n)))
                    .put("cumsum", n -> value(x -> Cumulative.cumsum(x, 0), index(1000, n)))
                    .put("diff", n -> value(x -> Cumulative.diff(x, 1, 0), index(1000, n)))
                    .put(
                            "sum of columns",
                            n -> value(
                                    x -> x.sum(0),
                                    index(1000, n / COLUMNS * COLUMNS).reshape(-1, COLUMNS)))
                    .put("roll", n -> value(x -> Rearranging.roll(x, 17), index(1000, n)))
                    .put("bincount", n -> value(x -> Counting.bincount(x, 0), index(1000, n)))
                    .put("nonzero", n -> value(Indexing::nonzero, index(1000, n)))
                    .buildOrThrow();

    private Cliffs() {}

    /**
     * Prints all lines, or those whose operation is named.
     *
     * @param only names of operations as in the lines; all if there are none
     */
    static void print(PrintStream out, List<String> only) {
        FLOATING.forEach((name, prepare) -> {
            if (isAskedFor(name, only)) {
                TYPES.forEach((type, dataType) -> print(out, name + ", " + type, prepare.apply(dataType)));
            }
        });
        INTEGRAL.forEach((name, prepare) -> {
            if (isAskedFor(name, only)) {
                print(out, name + ", int64", prepare);
            }
        });
    }

    private static boolean isAskedFor(String operation, List<String> only) {
        return only.isEmpty() || only.contains(lineName(operation));
    }

    private static void print(PrintStream out, String name, IntFunction<Runnable> prepare) {
        for (int size : SIZES) {
            double microseconds = STOPWATCH.microseconds(prepare.apply(size));
            out.printf(Locale.ROOT, "%s %.2f%n", name(name, size), microseconds);
        }
    }

    /** Returns the name of a line, which has no blanks. */
    static String name(String operation, int size) {
        return lineName(operation + ", " + size);
    }

    private static String lineName(String name) {
        return name.replace(", ", "/").replace(' ', '_');
    }

    private static Runnable value(Function<Tensor, Tensor> operation, Tensor x) {
        return () -> {
            try (MemoryScope scope = MemoryScope.open()) {
                Autograd.noGrad(() -> operation.apply(x));
            }
        };
    }

    /** Returns the operation and its backward pass with a gradient of ones. */
    private static Runnable bothWays(Function<Tensor, Tensor> operation, Tensor x) {
        Tensor leaf = x.detach().requiresGrad(true);
        Tensor ones = Tensor.onesLike(Autograd.noGrad(() -> operation.apply(leaf)));
        return () -> {
            leaf.zeroGrad();
            try (MemoryScope scope = MemoryScope.open()) {
                operation.apply(leaf).backward(ones);
            }
        };
    }

    private static Tensor uniform(DataType type, double low, double high, int n) {
        return Tensor.of(DataType.DOUBLE, RANDOM.doubles(n, low, high).toArray())
                .to(type);
    }

    /** Returns a function of two tensors with random numbers between two. */
    private static Function<DataType, IntFunction<Runnable>> ofTwo(
            BinaryOperator<Tensor> operation, double low, double high) {
        return type -> n -> {
            Tensor y = uniform(type, low, high, n);
            return value(x -> operation.apply(x, y), uniform(type, low, high, n));
        };
    }

    private static Tensor table(DataType type, int n) {
        return uniform(type, 0, 1, n / COLUMNS * COLUMNS).reshape(-1, COLUMNS);
    }

    private static Tensor rows(DataType type, int n) {
        return uniform(type, 0, 1, n).reshape(-1, 100);
    }

    private static Tensor index(int bound, int n) {
        return Tensor.of(
                DataType.INT64, RANDOM.doubles(n, 0, bound).map(Math::floor).toArray());
    }
}
