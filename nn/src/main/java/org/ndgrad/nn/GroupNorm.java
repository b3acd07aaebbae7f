package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Checks;

/**
 * Group normalization: y = (x − mean) / √(variance + ε) · weight + bias, mean and variance over each sample's channels
 * of a group.
 *
 * <p>Input: (N, C, *). Output: the same shape. Parameters: {@code weight} (C), ones at first, and {@code bias} (C),
 * zeros. Source: Wu and He, Group normalization, 2018.
 */
public final class GroupNorm extends Norm {

    private final int groups;
    private final long channels;
    private final NormLayerOptions options;

    /**
     * Creates the layer with PyTorch's defaults.
     *
     * @param groups a divisor of the channels
     * @param channels C
     * @throws IllegalArgumentException if they do not go together
     */
    public GroupNorm(long groups, long channels) {
        this(groups, channels, NormLayerOptions.defaults());
    }

    /**
     * Creates the layer.
     *
     * @param groups a divisor of the channels
     * @param channels C
     * @throws IllegalArgumentException if they do not go together
     */
    public GroupNorm(long groups, long channels, NormLayerOptions options) {
        super(options.affine(), options.bias(), options.dtype(), checkChannels(groups, channels));
        this.groups = (int) groups;
        this.channels = channels;
        this.options = options;
    }

    private static long checkChannels(long groups, long channels) {
        checkArgument(
                groups > 0 && channels > 0 && channels % groups == 0,
                "GroupNorm: expected groups that divide the channels; got groups=%s, channels=%s. Choose a divisor.",
                groups,
                channels);
        Checks.count("GroupNorm", "groups", groups);
        return channels;
    }

    @Override
    Tensor compute(Tensor x) {
        if (x.ndim() < 2 || x.size(1) != channels) {
            throw wrong(
                    "(N, " + channels + ", *)", x, "Make 'channels' the number of channels, or add or permute dims.");
        }
        checkDtype(x, null);
        return Functions.groupNorm(x, groups, affine().withEpsilon(options.epsilon()));
    }

    @Override
    String who() {
        return "GroupNorm(channels=" + channels + ")";
    }

    @Override
    protected String settings() {
        return "groups=" + groups + ", channels=" + channels + ", epsilon=" + options.epsilon() + ", affine="
                + options.affine() + (options.affine() ? ", bias=" + options.bias() : "");
    }
}
