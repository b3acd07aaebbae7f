package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;

/**
 * Deals out the channels of each group in turn, so that the next grouped convolution sees some of each.
 *
 * <p>Source: Zhang et al., ShuffleNet: an extremely efficient convolutional neural network for mobile devices, 2018.
 *
 * <p>Input: (N, C, *). Output: the same shape.
 */
public final class ChannelShuffle extends BuiltIn implements KeepsNothing {

    private final long groups;

    /**
     * Creates the layer.
     *
     * @param groups at least 1, a divisor of C
     * @throws IllegalArgumentException if it is less
     */
    public ChannelShuffle(long groups) {
        checkArgument(groups >= 1, "ChannelShuffle: expected at least 1 group; got %s. Use 2.", groups);
        this.groups = groups;
    }

    @Override
    Tensor compute(Tensor x) {
        return Functions.channelShuffle(x, groups);
    }

    @Override
    protected String settings() {
        return "groups=" + groups;
    }
}
