package org.ndgrad.benchmarks;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.ConvOptions;
import org.ndgrad.autograd.ops.Convolutions;
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

/** A convolution in float32, to 64 channels: forward, and forward with the gradients of input, weight and bias. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class Conv2dBenchmark {

    /** Images × channels × size, and the size of the kernel, of which half is padded. */
    @Param({"64x3x32k3", "1x64x56k3", "16x64x16k1"})
    private String shape = "";

    private Tensor x = Tensor.zeros();
    private Tensor weight = Tensor.zeros();
    private Tensor bias = Tensor.zeros();
    private Tensor gradient = Tensor.zeros();
    private ConvOptions options = ConvOptions.defaults();

    @Setup
    public void prepare() {
        String[] sizes = shape.split("[xk]", -1);
        long images = Long.parseLong(sizes[0]);
        long channels = Long.parseLong(sizes[1]);
        long size = Long.parseLong(sizes[2]);
        long kernel = Long.parseLong(sizes[3]);
        Rng.manualSeed(1);
        options = options.withPadding(kernel / 2);
        x = Tensor.randn(images, channels, size, size).requiresGrad(true);
        weight = Tensor.randn(64, channels, kernel, kernel).requiresGrad(true);
        bias = Tensor.randn(64).requiresGrad(true);
        gradient = Tensor.randn(images, 64, size, size);
    }

    /** Nothing is recorded. */
    @Benchmark
    public Tensor forward() {
        return Autograd.noGrad(() -> Convolutions.conv2d(x, weight, bias, options));
    }

    /** All three gradients are computed. */
    @Benchmark
    public List<Tensor> forwardBackward() {
        Tensor y = Convolutions.conv2d(x, weight, bias, options);
        return Autograd.grad(List.of(y), List.of(x, weight, bias), List.of(gradient));
    }
}
