package org.ndgrad.autograd;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.function.Consumer;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.Constants;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.elementwise.Fill;
import org.ndgrad.autograd.kernels.elementwise.Pointwise;
import org.ndgrad.autograd.kernels.elementwise.Sampling;
import org.ndgrad.autograd.kernels.math.Binary;
import org.ndgrad.autograd.kernels.memory.Memory;
import org.ndgrad.autograd.kernels.memory.Operand;

/**
 * What changes a tensor in place: named as in PyTorch, with an underscore at the end. In a class of its own for length
 * only.
 */
@SuppressWarnings("MemberName") // the underscore is the field's sign for a change in place
public abstract sealed class InPlace extends Operand permits RandomFactories {

    InPlace(INDArray values) {
        super(values);
    }

    private Tensor self() {
        return (Tensor) this;
    }

    /** Adds to this. Only where nothing is recorded, see {@link Autograd#noGrad()}; returns this. */
    public Tensor add_(Tensor other) {
        return update("add_", other, Binary.ADD, Binary.ADD);
    }

    /** Adds alpha · other to this; see {@link #add_(Tensor)}. If this is integral, alpha has no fraction. */
    public Tensor add_(Tensor other, Number alpha) {
        long whole = Constants.factor("add_", self().dtype(), alpha).longValue();
        Binary sum = Binary.addScaled(DTypes.round(self().dtype(), alpha), whole);
        return update("add_", other, sum, sum);
    }

    /** Adds a number to this; see {@link #add_(Tensor)}. */
    public Tensor add_(Number number) {
        return add_(scalar(number));
    }

    /** Subtracts from this; see {@link #add_(Tensor)}. */
    public Tensor sub_(Tensor other) {
        return update("sub_", other, Binary.SUBTRACT, Binary.SUBTRACT);
    }

    /** Subtracts a number from this; see {@link #add_(Tensor)}. */
    public Tensor sub_(Number number) {
        return sub_(scalar(number));
    }

    /** Multiplies this; see {@link #add_(Tensor)}. */
    public Tensor mul_(Tensor other) {
        return update("mul_", other, Binary.MULTIPLY, Binary.MULTIPLY);
    }

    /** Multiplies this by a number; see {@link #add_(Tensor)}. */
    public Tensor mul_(Number number) {
        return mul_(scalar(number));
    }

    /** Divides this, a floating tensor; see {@link #add_(Tensor)}. */
    public Tensor div_(Tensor other) {
        checkArgument(
                DTypes.isFloating(self().dtype()),
                "div_: expected a tensor of a floating type; got %s. Use div, which returns a new tensor.",
                self().dtypeName());
        return update("div_", other, Binary.DIVIDE, (a, b) -> a);
    }

    /** Divides this, a floating tensor, by a number; see {@link #add_(Tensor)}. */
    public Tensor div_(Number number) {
        return div_(scalar(number));
    }

    /** Copies values, broadcast to this shape and converted to this type, here; see {@link #add_(Tensor)}. */
    public Tensor copy_(Tensor other) {
        Tensor values = other.dtype() == self().dtype() ? other : other.to(self().dtype());
        return update("copy_", values, (a, b) -> b, (a, b) -> b);
    }

    /** Sets every element to a number; see {@link Tensor#add_(Tensor)}. */
    public Tensor fill_(Number number) {
        Tensor value = Tensor.of(self().dtype(), Constants.held("fill_", self().dtype(), number));
        return update("fill_", value, (a, b) -> b, (a, b) -> b);
    }

    /** Sets every element to 0; see {@link Tensor#add_(Tensor)}. */
    public Tensor zero_() {
        return fill_(0);
    }

    /** Draws every element evenly from [0, 1) by the default generator; see {@link Tensor#add_(Tensor)}. */
    public Tensor uniform_() {
        return uniform_(0, 1);
    }

    /** Draws every element evenly from [low, high) by the default generator; see {@link Tensor#add_(Tensor)}. */
    public Tensor uniform_(double low, double high) {
        return uniform_(Rng.defaultRng(), low, high);
    }

    /**
     * Draws every element evenly from [low, high); what rounding would make high becomes the number below it. See
     * {@link Tensor#add_(Tensor)}.
     *
     * @throws IllegalArgumentException if this is not of a floating type, or low exceeds high or the range that type
     */
    public Tensor uniform_(RandomGenerator rng, double low, double high) {
        RandomFactories.checkFloating("uniform_", self().dtype());
        Sampling.checkUniform("uniform_", self().dtype(), low, high);
        return overwrite("uniform_", Fill.uniform(self().dtype(), rng, low, high, self().shape()));
    }

    /** Draws every element from the standard normal distribution; see {@link Tensor#add_(Tensor)}. */
    public Tensor normal_() {
        return normal_(0, 1);
    }

    /** Draws every element from N(mean, std²) by the default generator; see {@link Tensor#add_(Tensor)}. */
    public Tensor normal_(double mean, double std) {
        return normal_(Rng.defaultRng(), mean, std);
    }

    /**
     * Draws every element from N(mean, std²); see {@link Tensor#add_(Tensor)}.
     *
     * @throws IllegalArgumentException if this is not of a floating type, std is negative, or one of them is not finite
     */
    public Tensor normal_(RandomGenerator rng, double mean, double std) {
        RandomFactories.checkFloating("normal_", self().dtype());
        Sampling.checkNormal("normal_", mean, std);
        return overwrite("normal_", Fill.normal(self().dtype(), rng, mean, std, self().shape()));
    }

    /** Draws every element: 1 with this probability, else 0; see {@link Tensor#add_(Tensor)}. */
    public Tensor bernoulli_(double p) {
        return bernoulli_(Rng.defaultRng(), p);
    }

    /** As {@link #bernoulli_(double)} by a generator. */
    public Tensor bernoulli_(RandomGenerator rng, double p) {
        checkArgument(p >= 0 && p <= 1, "bernoulli_: expected a probability from 0 to 1; got %s. Divide by a sum.", p);
        INDArray all = Fill.filled(DataType.DOUBLE, p, self().shape());
        return overwrite("bernoulli_", Sampling.bernoulli(self().dtype(), rng, all));
    }

    private Tensor scalar(Number number) {
        DataType type = DTypes.promote(self().dtype(), number); // beside a half type, it is not rounded by itself
        return Tensor.of(
                !DTypes.isFloating(type) ? DataType.INT64 : DTypes.isHalf(type) ? DataType.DOUBLE : type, number);
    }

    private Tensor update(String name, Tensor other, DoubleBinaryOperator f, LongBinaryOperator g) {
        Consumer<INDArray> change = target -> {
            Pointwise.checkStorable(name, target, other.shape(), other.dtype());
            Pointwise.into(target, Memory.array(other), f, g);
        };
        return self().change(name, change, other);
    }

    private Tensor overwrite(String name, INDArray values) {
        return inPlace(name, Tensor.constant(values));
    }

    /** Copies the result of an operation on this over it; it must have this shape, and a type that this can hold. */
    Tensor inPlace(String name, Tensor result) {
        return update(name, result, (a, b) -> b, (a, b) -> b);
    }
}
