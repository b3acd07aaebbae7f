package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import org.ndgrad.autograd.Tensor;

/**
 * Layers one of whose parameters is computed from others, {@code torch.nn.utils.parametrizations} in PyTorch. The layer
 * that is returned takes the place of the given one, which is not to be used any more.
 *
 * <pre>{@code
 * Layer layer = Parametrizations.weightNorm(new Linear(3, 2));
 * layer.stateDict().keySet(); // bias, parametrizations.weight.original0, parametrizations.weight.original1
 * }</pre>
 */
public final class Parametrizations {

    /** What PyTorch parametrizes if no name is given. */
    private static final String WEIGHT = "weight";

    private Parametrizations() {}

    /** Returns the layer with a {@code weight} of learned length and direction, for each index of dim 0. */
    public static Layer weightNorm(Layer layer) {
        return weightNorm(layer, WEIGHT);
    }

    /** Returns the layer with a parameter of learned length and direction, for each index of dim 0. */
    public static Layer weightNorm(Layer layer, String parameter) {
        return weightNorm(layer, parameter, 0);
    }

    /**
     * Returns the layer with w = g v / ‖v‖ in place of a parameter: the length g is learned beside the direction v. At
     * first w is what it was.
     *
     * <p>Source: Salimans and Kingma, Weight normalization, 2016.
     *
     * @param parameter the name of a parameter of the layer's own
     * @param dim each index of which has a length of its own
     * @throws IllegalArgumentException if there is no such parameter or dim
     */
    public static Layer weightNorm(Layer layer, String parameter, int dim) {
        return new Parametrized(layer, parameter, weightNormOf(layer, parameter, dim));
    }

    /** Returns the layer with a {@code weight} of spectral norm 1, with PyTorch's defaults. */
    public static Layer spectralNorm(Layer layer) {
        return spectralNorm(layer, WEIGHT);
    }

    /** Returns the layer with a parameter of spectral norm 1, with PyTorch's defaults: one step, rows along dim 0. */
    public static Layer spectralNorm(Layer layer, String parameter) {
        return spectralNorm(layer, parameter, SpectralNormOptions.defaults());
    }

    /**
     * Returns the layer with w / σ(w) in place of a parameter w, where σ is the largest singular value of w as a
     * matrix. It is found by power iteration, which goes on at each forward pass in training; a vector is divided by
     * its length.
     *
     * <p>Source: Miyato et al., Spectral normalization for generative adversarial networks, 2018.
     *
     * @param parameter the name of a parameter of the layer's own
     * @throws IllegalArgumentException if there is no such parameter or dim
     */
    public static Layer spectralNorm(Layer layer, String parameter, SpectralNormOptions options) {
        return new Parametrized(layer, parameter, spectralNormOf(layer, parameter, options));
    }

    /** Returns what is not one tensor to one tensor with a parameter as {@link #weightNorm(Layer, String)} has it. */
    public static <B extends Block> ParametrizedBlock<B> weightNorm(B block, String parameter) {
        return weightNorm(block, parameter, 0);
    }

    /**
     * Returns a block such as an {@link Lstm} with a parameter as {@link #weightNorm(Layer, String, int)} has it.
     *
     * @param parameter the name of a parameter of the block's own
     * @param dim each index of which has a length of its own
     * @throws IllegalArgumentException if there is no such parameter or dim
     */
    public static <B extends Block> ParametrizedBlock<B> weightNorm(B block, String parameter, int dim) {
        return new ParametrizedBlock<>(block, parameter, weightNormOf(block, parameter, dim));
    }

    private static WeightNorm weightNormOf(Block block, String parameter, int dim) {
        Tensor weight = find("weightNorm", block, parameter);
        checkDim("weightNorm", weight, dim);
        return new WeightNorm(weight, dim);
    }

    /** Returns what is not one tensor to one tensor with a parameter as {@link #spectralNorm(Layer, String)} has it. */
    public static <B extends Block> ParametrizedBlock<B> spectralNorm(B block, String parameter) {
        return spectralNorm(block, parameter, SpectralNormOptions.defaults());
    }

    /**
     * Returns a block with a parameter as {@link #spectralNorm(Layer, String, SpectralNormOptions)} has it.
     *
     * @param parameter the name of a parameter of the block's own
     * @throws IllegalArgumentException if there is no such parameter or dim
     */
    public static <B extends Block> ParametrizedBlock<B> spectralNorm(
            B block, String parameter, SpectralNormOptions options) {
        return new ParametrizedBlock<>(block, parameter, spectralNormOf(block, parameter, options));
    }

    private static SpectralNorm spectralNormOf(Block block, String parameter, SpectralNormOptions options) {
        Tensor weight = find("spectralNorm", block, parameter);
        checkDim("spectralNorm", weight, options.dim());
        return new SpectralNorm(weight, options);
    }

    private static Tensor find(String who, Block layer, String name) {
        checkArgument(
                !(layer instanceof Parametrized) && !(layer instanceof ParametrizedBlock),
                "%s: expected a layer without parametrizations; got one with. Parametrize one parameter of a layer.",
                who);
        Tensor parameter = layer.owned().look().parameters.get(name);
        checkArgument(
                parameter != null,
                "%s: expected one of the parameters %s of the %s itself; got '%s'. Parametrize the layer that has it.",
                who,
                layer.owned().look().parameters.keySet(),
                Block.name(layer),
                name);
        return parameter;
    }

    private static void checkDim(String who, Tensor weight, int dim) {
        checkArgument(
                weight.ndim() > 0 && dim >= -weight.ndim() && dim < weight.ndim(),
                "%s: expected a dim of a parameter with %s; got %s. Choose one of them.",
                who,
                weight.ndim(),
                dim);
    }
}
