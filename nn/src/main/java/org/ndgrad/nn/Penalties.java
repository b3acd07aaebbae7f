package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.Streams;
import java.util.function.UnaryOperator;
import org.ndgrad.autograd.HalfTypes;
import org.ndgrad.autograd.Tensor;

/**
 * Penalties on the size of parameters, to be added to a loss. They take all parameters of a model, or some:
 * {@code model.parameters().matching(name -> name.endsWith("weight"))}.
 *
 * <pre>{@code
 * Tensor loss = Losses.mseLoss(model.forward(x), y).add(Penalties.l2(model.parameters()).mul(1e-4));
 * }</pre>
 */
public final class Penalties {

    private Penalties() {}

    /**
     * Sum of absolute values, Σ |θ|, which drives parameters to exactly 0 (lasso).
     *
     * @param parameters any shapes, at least one tensor
     * @return shape ()
     * @throws IllegalArgumentException if there are no parameters
     */
    public static Tensor l1(Iterable<Tensor> parameters) {
        return sum("l1", parameters, Tensor::abs);
    }

    /**
     * Sum of squares, Σ θ², without a factor ½ and without a root (ridge). With factor λ/2 its gradient is that of
     * weight decay λ in {@code Sgd}.
     *
     * @param parameters any shapes, at least one tensor
     * @return shape ()
     * @throws IllegalArgumentException if there are no parameters
     */
    public static Tensor l2(Iterable<Tensor> parameters) {
        return sum("l2", parameters, Tensor::square);
    }

    /**
     * Elastic net, l1Weight · Σ |θ| + l2Weight · Σ θ².
     *
     * @param parameters any shapes, at least one tensor
     * @param l1Weight at least 0
     * @param l2Weight at least 0
     * @return shape ()
     * @throws IllegalArgumentException if there are no parameters
     */
    public static Tensor elasticNet(Iterable<Tensor> parameters, double l1Weight, double l2Weight) {
        return l1(parameters).mul(l1Weight).add(l2(parameters).mul(l2Weight));
    }

    /**
     * Group lasso, Σ √n ‖θ_g‖₂ over groups g of n elements, which drives whole groups to 0: with dimension 0 of a
     * weight (out, in), units; with dimension 1, inputs. At a group of zeros the gradient is 0.
     *
     * <p>Source: Yuan and Lin, Model selection and estimation in regression with grouped variables, 2006.
     *
     * @param parameters of at least 1 dimension, at least one tensor
     * @param dim each index of this dimension stands for one group of all that is there; −1 is the last
     * @return shape ()
     * @throws IllegalArgumentException if there are no parameters
     */
    public static Tensor groupLasso(Iterable<Tensor> parameters, int dim) {
        return sum("groupLasso", parameters, parameter -> {
            long groups = parameter.size(dim);
            long elements = groups == 0 ? 0 : parameter.numel() / groups;
            return parameter
                    .movedim(dim, 0)
                    .reshape(groups, elements)
                    .norm(2, 1)
                    .mul(Math.sqrt((double) elements));
        });
    }

    private static Tensor sum(String who, Iterable<Tensor> parameters, UnaryOperator<Tensor> size) {
        Tensor[] all = Streams.stream(parameters).toArray(Tensor[]::new);
        checkArgument(all.length > 0, "%s: expected at least one parameter; got none. Does the model have any?", who);
        return HalfTypes.wide(
                wide -> wide.stream()
                        .map(parameter -> size.apply(parameter).sum())
                        .reduce(Tensor::add)
                        .orElseThrow(),
                all);
    }
}
