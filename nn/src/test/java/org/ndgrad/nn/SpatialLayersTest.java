package org.ndgrad.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.ConvOptions;
import org.ndgrad.autograd.ops.FractionalPoolOptions;
import org.ndgrad.autograd.ops.InterpolateOptions;
import org.ndgrad.autograd.ops.PoolOptions;
import org.ndgrad.autograd.ops.ValuesAndIndices;

/** What the cases of PyTorch's modules do not show of layers that pool, pad and resample: messages, texts, hooks. */
class SpatialLayersTest {

    private static final PoolOptions STEPS = PoolOptions.of(3).withStride(2, 1).withPadding(1);

    @Test
    void settingsArePrinted() {
        assertThat(new MaxPool2d(2)).hasToString("MaxPool2d(kernel=2)");
        assertThat(new AvgPool2d(STEPS.withCeilMode(true).withDivisor(3)))
                .hasToString("AvgPool2d(kernel=3, stride=(2, 1), padding=1, ceilMode=true, divisor=3)");
        assertThat(new LpPool1d(1.5, 2)).hasToString("LpPool1d(p=1.5, kernel=2)");
        assertThat(new MaxUnpool2d(2)).hasToString("MaxUnpool2d(kernel=2)");
        assertThat(new AdaptiveAvgPool2d(7)).hasToString("AdaptiveAvgPool2d(size=7)");
        assertThat(new AdaptiveMaxPool3d(-1, 2, 3)).hasToString("AdaptiveMaxPool3d(size=(-1, 2, 3))");
        assertThat(new FractionalMaxPool2d(FractionalPoolOptions.ofRatios(2, 0.5)))
                .hasToString("FractionalMaxPool2d(kernel=2, ratios=[0.5])");
        assertThat(new ReflectionPad2d(1, 2, 0, 0)).hasToString("ReflectionPad2d(padding=(1, 2, 0, 0))");
        assertThat(new ConstantPad1d(2, 0.5)).hasToString("ConstantPad1d(padding=2, value=0.5)");
        assertThat(new ZeroPad2d(1)).hasToString("ZeroPad2d(padding=1)");
        assertThat(new Upsample(2)).hasToString("Upsample(factors=[2.0], mode=NEAREST)");
        assertThat(new Upsample(InterpolateOptions.ofSizes(8).withMode(InterpolateOptions.Mode.LINEAR)))
                .hasToString("Upsample(sizes=8, mode=LINEAR)");
        assertThat(new Unfold(2)).hasToString("Unfold(kernel=2, stride=1, padding=0, dilation=1)");
        assertThat(new Fold(
                        new long[] {4, 5},
                        new long[] {2},
                        ConvOptions.defaults().withStride(2)))
                .hasToString("Fold(size=(4, 5), kernel=2, stride=2, padding=0, dilation=1)");
        assertThat(new PixelShuffle(2)).hasToString("PixelShuffle(factor=2)");
        assertThat(new ChannelShuffle(3)).hasToString("ChannelShuffle(groups=3)");
        assertThat(new CosineSimilarity()).hasToString("CosineSimilarity(dim=1, epsilon=1.0E-8)");
        assertThat(new PairwiseDistance()).hasToString("PairwiseDistance(p=2.0, epsilon=1.0E-6, keepDim=NO)");
    }

    @Test
    void inputsOfOtherDimsAreRefused() {
        Tensor matrix = Tensor.ones(3, 4);
        refused(
                () -> new MaxPool2d(2).forward(matrix),
                "MaxPool2d(kernel=2): expected an input of shape (N, C, H, W) or (C, H, W); got (3, 4). Reshape it, or"
                        + " take a layer of other dims.");
        refused(
                () -> new MaxPool2d(2).forwardWithIndices(matrix),
                "MaxPool2d(kernel=2): expected an input of shape (N, C, H, W) or (C, H, W); got (3, 4). Reshape it, or"
                        + " take a layer of other dims.");
        refused(
                () -> new AdaptiveAvgPool1d(2).forward(Tensor.ones(3)),
                "AdaptiveAvgPool1d(size=2): expected an input of shape (N, C, L) or (C, L); got (3). Reshape it, or"
                        + " take a layer of other dims.");
        refused(
                () -> new CircularPad3d(1).forward(matrix),
                "CircularPad3d(padding=1): expected an input of shape (N, C, D, H, W) or (C, D, H, W); got (3, 4)."
                        + " Reshape it, or take a layer of other dims.");
        refused(
                () -> new ZeroPad3d(1).forward(matrix),
                "ZeroPad3d(padding=1): expected an input of at least 3 dims; got shape (3, 4). Reshape it, or take a"
                        + " layer of fewer dims.");
    }

    @Test
    void wrongSettingsAreRefused() {
        refused(
                () -> new ZeroPad2d(1, 2, 3),
                "ZeroPad2d: expected 1 or 4 numbers as padding; got (1, 2, 3). Begin with the last dim, before and"
                        + " behind.");
        refused(
                () -> new AdaptiveAvgPool2d(1, 2, 3),
                "AdaptiveAvgPool2d: expected an output size, or 2, of at least 0, or -1 to keep the input's; got (1, 2,"
                        + " 3). Give one number for all dims.");
        refused(() -> new PixelShuffle(0), "PixelShuffle: expected a factor of at least 1; got 0. Use 2.");
        refused(() -> new ChannelShuffle(0), "ChannelShuffle: expected at least 1 group; got 0. Use 2.");
    }

    @Test
    void minusOneKeepsASize() {
        assertThat(new AdaptiveAvgPool2d(-1, 2).forward(Tensor.ones(3, 5, 6)).shape())
                .containsExactly(3, 5, 2);
        assertThat(new AdaptiveMaxPool1d(-1).forward(Tensor.ones(2, 3, 5)).shape())
                .containsExactly(2, 3, 5);
    }

    @Test
    void unpoolingPutsMaximaBackWhereTheyWere() {
        Tensor x = Tensor.randn(DataType.DOUBLE, new Rng(0), 2, 3, 5, 4);

        ValuesAndIndices largest = new MaxPool2d(2).forwardWithIndices(x);
        Tensor back = new MaxUnpool2d(2).forward(largest.values(), largest.indices(), 5, 4);

        assertThat(back.shape()).containsExactly(2, 3, 5, 4);
        assertThat(back.sum().item()).isEqualTo(largest.values().sum().item());
        assertThat(back.eq(x).sum().item()).isEqualTo((double) largest.values().numel());
    }

    @Test
    void hooksSeeWhatHasSeveralOutputsOrInputs() {
        List<Object> seen = new ArrayList<>();
        MaxPool1d pool = new MaxPool1d(2);
        PairwiseDistance distance = new PairwiseDistance();
        for (Block block : List.of(pool, distance)) {
            block.registerForwardHook((called, inputs, output) -> {
                seen.add(inputs.size());
                seen.add(output);
                return output;
            });
        }

        ValuesAndIndices largest = pool.forwardWithIndices(Tensor.ones(1, 4));
        Tensor distances = distance.forward(Tensor.ones(2, 3), Tensor.zeros(2, 3));

        assertThat(seen).containsExactly(1, largest, 2, distances);
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }
}
