package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.function.UnaryOperator;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Text;

/**
 * Bounds on parameters, to be enforced after each step of an optimizer. They change parameters in place, without
 * recording.
 *
 * <pre>{@code
 * optimizer.step();
 * Constraints.maxNorm_(model.parameters().matching(name -> name.endsWith("weight")), 3, 0);
 * }</pre>
 */
public final class Constraints {

    private Constraints() {}

    /**
     * Shrinks what is longer than a length to it, without turning it: with dimension 0 of a weight (out, in), the
     * incoming weights of each unit.
     *
     * <p>Source: Srivastava et al., Dropout: a simple way to prevent neural networks from overfitting, 2014.
     *
     * @param parameters of at least 2 dimensions each
     * @param length the largest Euclidean length, at least 0; 3 or 4 are usual
     * @param dim each index of this dimension stands for one vector of all that is there; −1 is the last
     * @throws IllegalArgumentException if a parameter is a vector or the length negative, before anything is changed
     */
    public static void maxNorm_(Iterable<Tensor> parameters, double length, int dim) {
        checkArgument(length >= 0, "maxNorm_: expected a length of at least 0; got %s. Use 3.", length);
        for (Tensor parameter : parameters) {
            checkArgument(
                    parameter.ndim() >= 2,
                    "maxNorm_: expected parameters of at least 2 dims; got shape %s. Choose weights with"
                            + " parameters().matching(name -> name.endsWith(\"weight\")).",
                    Text.shape(parameter));
        }
        change(parameters, parameter -> Functions.renorm(parameter, 2, dim, length));
    }

    /** Sets negative numbers to 0; NaN stays. */
    public static void nonNegative_(Iterable<Tensor> parameters) {
        change(parameters, parameter -> parameter.clampMin(0));
    }

    private static void change(Iterable<Tensor> parameters, UnaryOperator<Tensor> bounded) {
        Autograd.noGrad(() -> parameters.forEach(parameter -> parameter.copy_(bounded.apply(parameter))));
    }
}
