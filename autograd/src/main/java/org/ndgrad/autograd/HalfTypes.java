package org.ndgrad.autograd;

import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.memory.Memory;

/**
 * Computing with float16 and bfloat16, which are for storage: what takes several steps is computed in float32 and
 * rounded once, values and gradients alike.
 *
 * <pre>{@code
 * static Tensor meanOfSquares(Tensor x) {
 *     return HalfTypes.wide(x, v -> v.square().mean()); // no square overflows at 256, as it would in float16
 * }
 * }</pre>
 */
public final class HalfTypes {

    private HalfTypes() {}

    /** Returns the tensor in float32 if it is of a half type, else the tensor itself. */
    public static Tensor widened(Tensor x) {
        return x.to(DTypes.wide(x.dtype()));
    }

    /** Returns gradients as vjps of our own get them, so that what these return is rounded once. */
    static Tensor[] widened(Tensor[] gradients) {
        boolean half = false;
        for (Tensor gradient : gradients) {
            half |= DTypes.isHalf(gradient.dtype());
        }
        return half ? Arrays.stream(gradients).map(HalfTypes::widened).toArray(Tensor[]::new) : gradients;
    }

    /** Returns f(x), of x's type; computed in float32 if that is a half type. */
    public static Tensor wide(Tensor x, UnaryOperator<Tensor> f) {
        return DTypes.isHalf(x.dtype()) ? f.apply(widened(x)).to(x.dtype()) : f.apply(x);
    }

    /** Returns f(a, b), of the type to which they promote; computed in float32 if that is a half type. */
    public static Tensor wide(Tensor a, Tensor b, BinaryOperator<Tensor> f) {
        return wide(inputs -> f.apply(inputs.get(0), inputs.get(1)), a, b);
    }

    /** Returns f of the inputs, of the type to which they promote; computed in float32 if that is a half type. */
    public static Tensor wide(Function<List<Tensor>, Tensor> f, Tensor... inputs) {
        DataType type = DTypes.promote(Arrays.stream(inputs).map(Memory::array).toArray(INDArray[]::new));
        return DTypes.isHalf(type)
                ? f.apply(Arrays.stream(inputs).map(HalfTypes::widened).toList())
                        .to(type)
                : f.apply(List.of(inputs));
    }
}
