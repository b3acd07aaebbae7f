package org.ndgrad.benchmarks;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Softmax over the rows of a matrix in float32: forward, and forward with the gradient of the matrix. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class SoftmaxBenchmark {

    /** What is computed. */
    public enum Operation {
        SOFTMAX,
        LOG_SOFTMAX
    }

    @Param
    private Operation op = Operation.SOFTMAX;

    /** The number of elements, of which up to 10 form a row. */
    @Param({"1", "10", "100", "1000", "10000", "100000", "1000000", "10000000"})
    private int size = 1;

    private Tensor x = Tensor.zeros();
    private Tensor gradient = Tensor.zeros();

    @Setup
    public void prepare() {
        Rng.manualSeed(1);
        int columns = Math.min(size, 10);
        x = Tensor.randn(size / columns, columns).requiresGrad(true);
        gradient = Tensor.randn(x.shape());
    }

    /** Nothing is recorded. */
    @Benchmark
    public Tensor forward() {
        return Autograd.noGrad(this::compute);
    }

    /** The gradient of the matrix is computed. */
    @Benchmark
    public Tensor forwardBackward() {
        return Autograd.grad(List.of(compute()), List.of(x), List.of(gradient)).get(0);
    }

    private Tensor compute() {
        return op == Operation.SOFTMAX ? x.softmax(1) : x.logSoftmax(1);
    }
}
