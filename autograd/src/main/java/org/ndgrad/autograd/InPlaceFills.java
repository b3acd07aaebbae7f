package org.ndgrad.autograd;

import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.elementwise.Fill;
import org.ndgrad.autograd.kernels.elementwise.Pointwise;
import org.ndgrad.autograd.kernels.elementwise.Sampling;
import org.ndgrad.autograd.kernels.memory.Operand;

/** Setting all elements in place, as to initialize parameters. In a class of its own for length only. */
public abstract sealed class InPlaceFills extends Operand permits RandomFactories {

    InPlaceFills(INDArray values) {
        super(values);
    }

    /** Sets every element to a number, as {@link Tensor#assign(Number)}; see {@link Tensor#addi(Tensor)}. */
    public Tensor filli(Number number) {
        return ((Tensor) this).assign(number);
    }

    /** Sets every element to 0; see {@link Tensor#addi(Tensor)}. */
    public Tensor zeroi() {
        return filli(0);
    }

    /** Draws every element evenly from [0, 1) by the default generator; see {@link Tensor#addi(Tensor)}. */
    public Tensor uniformi() {
        return uniformi(0, 1);
    }

    /** Draws every element evenly from [low, high) by the default generator; see {@link Tensor#addi(Tensor)}. */
    public Tensor uniformi(double low, double high) {
        return uniformi(Rng.defaultRng(), low, high);
    }

    /**
     * Draws every element evenly from [low, high); what rounding would make high becomes the number below it. See
     * {@link Tensor#addi(Tensor)}.
     *
     * @throws IllegalArgumentException if this is not of a floating type, or low exceeds high or the range that type
     */
    public Tensor uniformi(RandomGenerator rng, double low, double high) {
        Tensor self = (Tensor) this;
        RandomFactories.checkFloating("uniformi", self.dtype());
        Sampling.checkUniform("uniformi", self.dtype(), low, high);
        return overwrite("uniformi", Fill.uniform(self.dtype(), rng, low, high, self.shape()));
    }

    /** Draws every element from the standard normal distribution; see {@link Tensor#addi(Tensor)}. */
    public Tensor normali() {
        return normali(0, 1);
    }

    /** Draws every element from N(mean, std²) by the default generator; see {@link Tensor#addi(Tensor)}. */
    public Tensor normali(double mean, double std) {
        return normali(Rng.defaultRng(), mean, std);
    }

    /**
     * Draws every element from N(mean, std²); see {@link Tensor#addi(Tensor)}.
     *
     * @throws IllegalArgumentException if this is not of a floating type, std is negative, or one of them is not finite
     */
    public Tensor normali(RandomGenerator rng, double mean, double std) {
        Tensor self = (Tensor) this;
        RandomFactories.checkFloating("normali", self.dtype());
        Sampling.checkNormal("normali", mean, std);
        return overwrite("normali", Fill.normal(self.dtype(), rng, mean, std, self.shape()));
    }

    private Tensor overwrite(String name, INDArray values) {
        return ((Tensor) this).change(name, target -> {
            Pointwise.checkStorable(name, target, values.shape(), values.dataType());
            Pointwise.into(target, values, (a, b) -> b, (a, b) -> b);
        });
    }
}
