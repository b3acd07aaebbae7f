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

/** The product of two square matrices in float32: forward, and forward with the gradients of both. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class MatmulBenchmark {

    @Param({"1", "2", "4", "8", "16", "32", "64", "128", "256", "512", "1024"})
    private int n = 1;

    private Tensor a = Tensor.zeros();
    private Tensor b = Tensor.zeros();
    private Tensor gradient = Tensor.zeros();

    @Setup
    public void prepare() {
        Rng.manualSeed(1);
        a = Tensor.randn(n, n).requiresGrad(true);
        b = Tensor.randn(n, n).requiresGrad(true);
        gradient = Tensor.randn(n, n);
    }

    /** Nothing is recorded. */
    @Benchmark
    public Tensor forward() {
        return Autograd.noGrad(() -> a.matmul(b));
    }

    /** The gradients of both are computed. */
    @Benchmark
    public List<Tensor> forwardBackward() {
        return Autograd.grad(List.of(a.matmul(b)), List.of(a, b), List.of(gradient));
    }
}
