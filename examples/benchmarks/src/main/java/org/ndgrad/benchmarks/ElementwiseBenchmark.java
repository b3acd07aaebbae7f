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

/** Element-wise operations in float32: forward, and forward with the gradients of all inputs. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class ElementwiseBenchmark {

    /** The columns of the matrix to which a row is added, if it has so many elements. */
    private static final int ROW = 100;

    /** What is computed; {@code addRow} adds one row to all rows of a matrix. */
    public enum Operation {
        ADD,
        MUL,
        EXP,
        TANH,
        SIGMOID,
        RELU,
        ADD_ROW
    }

    @Param
    private Operation op = Operation.ADD;

    /** The number of elements. */
    @Param({"1", "10", "100", "1000", "10000", "100000", "1000000", "10000000"})
    private int size = 1;

    private Tensor a = Tensor.zeros();
    private Tensor b = Tensor.zeros();
    private Tensor gradient = Tensor.zeros();

    @Setup
    public void prepare() {
        Rng.manualSeed(1);
        int columns = Math.min(size, ROW);
        a = Tensor.randn(size / columns, columns).requiresGrad(true);
        b = (op == Operation.ADD_ROW ? Tensor.randn(columns) : Tensor.randn(a.shape())).requiresGrad(true);
        gradient = Tensor.randn(a.shape());
    }

    /** Nothing is recorded. */
    @Benchmark
    public Tensor forward() {
        return Autograd.noGrad(this::compute);
    }

    /** The gradients of all inputs are computed. */
    @Benchmark
    public List<Tensor> forwardBackward() {
        List<Tensor> inputs = binary() ? List.of(a, b) : List.of(a);
        return Autograd.grad(List.of(compute()), inputs, List.of(gradient));
    }

    private boolean binary() {
        return op == Operation.ADD || op == Operation.MUL || op == Operation.ADD_ROW;
    }

    private Tensor compute() {
        return switch (op) {
            case ADD, ADD_ROW -> a.add(b);
            case MUL -> a.mul(b);
            case EXP -> a.exp();
            case TANH -> a.tanh();
            case SIGMOID -> a.sigmoid();
            case RELU -> a.relu();
        };
    }
}
