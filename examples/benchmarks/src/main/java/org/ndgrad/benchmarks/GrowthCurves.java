package org.ndgrad.benchmarks;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Tensor;

/**
 * Prints how time grows with size, a line for each point: the chart, the size and microseconds. {@code growth.py}
 * prints the same for PyTorch.
 */
final class GrowthCurves {

    private static final List<Integer> ELEMENTS = List.of(1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000);
    private static final List<Integer> MATRICES = List.of(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024);
    private static final List<Integer> BATCHES = List.of(1, 4, 16, 64, 256, 1024, 4096);
    private static final List<Integer> WIDTHS = List.of(8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096);
    private static final List<Integer> DEPTHS = List.of(2, 5, 10, 20, 50, 100, 200, 500, 1000);

    /** The samples of a step whose width or depth grows. */
    private static final int BATCH = 32;

    private final PrintStream out;

    GrowthCurves(PrintStream out) {
        this.out = out;
    }

    void print() {
        Stopwatch warmUp = new Stopwatch(Duration.ofSeconds(2), 1, 1, Duration.ZERO);
        warmUp.microseconds(new NdgradPeer().prepare(Workload.named("W3")));
        print("add", ELEMENTS, elementwise(x -> x.add(x)));
        print("exp", ELEMENTS, elementwise(Tensor::exp));
        print("tanh", ELEMENTS, elementwise(Tensor::tanh));
        print("sum", ELEMENTS, elementwise(x -> x.sum()));
        print("matmul", MATRICES, GrowthCurves::matmul);
        print("batch", BATCHES, batch -> step(batch, List.of(784, 256, 128, 10)));
        print("width", WIDTHS, width -> step(BATCH, List.of(784, width, width, 10)));
        print("depth", DEPTHS, depth -> step(BATCH, Collections.nCopies(depth + 1, 10)));
    }

    private void print(String chart, List<Integer> sizes, IntFunction<Runnable> prepare) {
        for (int size : sizes) {
            double microseconds = Stopwatch.QUICK.microseconds(prepare.apply(size));
            out.printf(Locale.ROOT, "%s %d %.3f%n", chart, size, microseconds);
        }
    }

    /** Returns an operation on a vector of given size; nothing is recorded. */
    private static IntFunction<Runnable> elementwise(UnaryOperator<Tensor> operation) {
        return size -> {
            Tensor x = Tensor.rand(size);
            return () -> Autograd.noGrad(() -> operation.apply(x));
        };
    }

    private static Runnable matmul(int n) {
        Tensor a = Tensor.rand(n, n);
        return () -> Autograd.noGrad(() -> a.matmul(a));
    }

    private static Runnable step(int batch, List<Integer> sizes) {
        return new NdgradPeer().prepare(Workload.classifier(batch, sizes));
    }
}
