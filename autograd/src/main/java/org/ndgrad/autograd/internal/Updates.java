package org.ndgrad.autograd.internal;

import static com.google.common.base.Preconditions.checkArgument;
import static org.ndgrad.autograd.kernels.memory.Memory.array;

import com.google.common.collect.Streams;
import java.util.Arrays;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.elementwise.Copy;
import org.ndgrad.autograd.kernels.fused.AdamUpdate;
import org.ndgrad.autograd.kernels.fused.ElementUpdate;
import org.ndgrad.autograd.kernels.fused.SgdUpdate;
import org.ndgrad.autograd.kernels.memory.Memory;
import org.ndgrad.autograd.kernels.reduction.Moments;

/**
 * Steps of optimizers, which change a parameter and what is remembered of earlier gradients in place, in one pass over
 * all of them. As {@link Tensor#add_}, they work only where nothing is recorded. Gradients and states have the shape
 * and the type of the parameter; states begin as zeros.
 */
public final class Updates {

    /** What a changed tensor says to have changed it. */
    private static final String STEP = "optimizer.step";

    private Updates() {}

    /**
     * Returns the gradient of a parameter, if it has one, and keeps its memory until {@link #giveBack}, even if
     * zeroGrad is called meanwhile. Without giveBack it is left to the garbage collector.
     */
    public static Optional<Tensor> borrowGradient(Tensor parameter) {
        return Optional.ofNullable((Tensor) Memory.borrowGrad(parameter));
    }

    /** Ends what {@link #borrowGradient} has begun. */
    public static void giveBack(Tensor gradient) {
        Memory.giveBack(gradient);
    }

    /**
     * Sets θ to θ − η g, or θ − η (g + λ θ) with weight decay. Momentum needs a velocity.
     *
     * @param parameter θ
     * @param gradient g
     */
    public static void sgd(Tensor parameter, Tensor gradient, SgdStep step) {
        check("sgd", parameter, gradient);
        checkArgument(
                step.momentum() == 0,
                "sgd: expected no momentum without a velocity; got %s. Pass one.",
                step.momentum());
        Op.inPlace(STEP, parameter, p -> numbers(step).step(p, array(gradient)), gradient);
    }

    /**
     * Sets b to μ b + (1 − τ) (g + λ θ) and then θ to θ − η b, or with Nesterov's momentum θ − η (g + λ θ + μ b).
     *
     * @param parameter θ
     * @param velocity b
     * @param gradient g
     */
    public static void sgd(Tensor parameter, Tensor velocity, Tensor gradient, SgdStep step) {
        check("sgd", parameter, velocity);
        check("sgd", parameter, gradient);
        INDArray b = array(velocity);
        Op.inPlace(STEP, parameter, p -> numbers(step).step(p, b, array(gradient)), velocity, gradient);
        noteStep(velocity);
    }

    private static SgdUpdate numbers(SgdStep step) {
        return new SgdUpdate(
                step.learningRate(),
                step.momentum(),
                step.dampening(),
                step.weightDecay(),
                step.nesterov(),
                step.maximize());
    }

    /**
     * Sets m to β₁ m + (1 − β₁) g and v to β₂ v + (1 − β₂) g², with g + λ θ for g if there is weight decay, and then
     * θ to θ − η / (1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε) in the t-th step.
     *
     * @param parameter θ
     * @param mean m
     * @param square v
     * @param gradient g
     */
    public static void adam(Tensor parameter, Tensor mean, Tensor square, Tensor gradient, AdamStep step) {
        check("adam", parameter, mean);
        check("adam", parameter, square);
        check("adam", parameter, gradient);
        Op.inPlace(
                STEP,
                parameter,
                p -> numbers(step).step(p, array(mean), array(square), array(gradient)),
                mean,
                square,
                gradient);
        noteStep(mean);
        noteStep(square);
    }

    /**
     * As {@link #adam(Tensor, Tensor, Tensor, Tensor, AdamStep)} with the largest v so far in place of v (AMSGrad).
     *
     * @param parameter θ
     * @param mean m
     * @param square v
     * @param largest the largest v so far
     * @param gradient g
     */
    public static void adam(
            Tensor parameter, Tensor mean, Tensor square, Tensor largest, Tensor gradient, AdamStep step) {
        check("adam", parameter, mean);
        check("adam", parameter, square);
        check("adam", parameter, largest);
        check("adam", parameter, gradient);
        Op.inPlace(
                STEP,
                parameter,
                p -> numbers(step).step(p, array(mean), array(square), array(largest), array(gradient)),
                mean,
                square,
                largest,
                gradient);
        noteStep(mean);
        noteStep(square);
        noteStep(largest);
    }

    private static AdamUpdate numbers(AdamStep step) {
        return new AdamUpdate(
                step.learningRate() / (1 - Math.pow(step.beta1(), (double) step.number())),
                step.beta1(),
                step.beta2(),
                Math.sqrt(1 - Math.pow(step.beta2(), (double) step.number())),
                step.epsilon(),
                step.weightDecay(),
                step.shrinkage(),
                step.maximize());
    }

    /**
     * Changes a parameter and states in one pass by a step that takes each element by itself, in double precision; the
     * results are rounded once to the parameter's type.
     *
     * @param op the name that messages show
     * @param tensors parameter, states, gradient; all but the last are changed
     */
    public static void elements(String op, ElementStep step, Tensor... tensors) {
        INDArray[] arrays = new INDArray[tensors.length];
        Tensor[] others = Arrays.copyOfRange(tensors, 1, tensors.length);
        for (int i = 0; i < arrays.length; i++) {
            check(op, tensors[0], tensors[i]);
            arrays[i] = array(tensors[i]);
        }
        Op.inPlace(STEP, tensors[0], p -> ElementUpdate.run(arrays.length - 1, step::run, arrays), others);
        for (int i = 1; i < tensors.length - 1; i++) {
            noteStep(tensors[i]);
        }
    }

    /** Makes a graph that saved a parameter or a state notice that a step of an optimizer has changed it. */
    public static void noteStep(Tensor changed) {
        Op.inPlace(STEP, changed, values -> {});
    }

    /**
     * Returns (Σ |x|ᵖ)^(1/p) of all elements of some tensors together, not rounded to their types; 0 without elements.
     *
     * @param p not 0; ∞ and −∞ stand for the largest and the smallest |x|
     */
    public static double norm(Iterable<Tensor> tensors, double p) {
        double[] norms = Streams.stream(tensors)
                .filter(tensor -> tensor.numel() > 0)
                .mapToDouble(tensor -> Moments.norm(array(tensor), p))
                .toArray();
        return norms.length == 0 ? 0 : Moments.norm(Copy.of(DataType.DOUBLE, norms, norms.length), p);
    }

    private static void check(String op, Tensor parameter, Tensor other) {
        checkArgument(
                parameter.dtype() == other.dtype()
                        && Arrays.equals(array(parameter).shape(), array(other).shape()),
                "%s: expected gradients and states of the parameter's shape %s and type %s; got %s, %s. Make them with"
                        + " zerosLike, or convert them.",
                op,
                Shapes.format(array(parameter).shape()),
                DTypes.name(parameter.dtype()),
                Shapes.format(array(other).shape()),
                DTypes.name(other.dtype()));
    }
}
