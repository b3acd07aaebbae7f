package org.ndgrad.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.ConvOptions;
import org.ndgrad.autograd.ops.Convolutions;
import org.ndgrad.autograd.ops.Padding;

class ConvolutionLayersTest {

    private static ConvLayerOptions seeded() {
        return ConvLayerOptions.defaults().withDtype(DataType.DOUBLE).withRng(new Rng(0));
    }

    /** Checks bound, mean and variance of a uniform distribution. */
    private static void assertUniform(Tensor values, double bound) {
        double[] all = values.toDoubleArray();
        double variance = bound * bound / 3;
        double spread = Math.sqrt(variance / all.length);
        assertThat(Arrays.stream(all)).allMatch(value -> value >= -bound && value < bound);
        assertThat(Arrays.stream(all).max().orElseThrow()).isGreaterThan(0.9 * bound);
        assertThat(Arrays.stream(all).average().orElseThrow()).isCloseTo(0, within(4 * spread));
        assertThat(values.var().item()).isCloseTo(variance, within(0.1 * variance));
    }

    @Test
    void parametersStartAsInPytorch() {
        Conv2d plain = new Conv2d(8, 300, new long[] {3, 5}, seeded().withGroups(4));
        assertThat(plain.weight().shape()).containsExactly(300, 2, 3, 5);
        assertUniform(plain.weight(), 1 / Math.sqrt(2 * 15));
        assertUniform(plain.bias(), 1 / Math.sqrt(2 * 15));

        ConvTranspose1d transposed = new ConvTranspose1d(300, 8, 5, seeded().withGroups(2));
        assertThat(transposed.weight().shape()).containsExactly(300, 4, 5);
        assertUniform(transposed.weight(), 1 / Math.sqrt(4 * 5));
        assertThat(transposed.bias().shape()).containsExactly(8);

        assertThat(new Conv3d(2, 3, 2, seeded().withBias(false)).parameters().keySet())
                .containsExactly("weight");
        assertThat(new Conv1d(2, 3, 2).weight().dtype()).isEqualTo(Tensor.defaultDtype());
        assertThat(new Conv1d(2, 3, 2, seeded()).weight().toDoubleArray())
                .containsExactly(new Conv1d(2, 3, 2, seeded()).weight().toDoubleArray());
    }

    @Test
    void computesTheOperation() {
        Tensor x = Tensor.randn(DataType.DOUBLE, new Rng(1), 2, 4, 6, 5);
        ConvLayerOptions options = seeded().withStride(2).withPadding(1).withGroups(2);
        Conv2d layer = new Conv2d(4, 6, 3, options);

        Tensor expected = Convolutions.conv2d(
                x,
                layer.weight(),
                layer.bias(),
                ConvOptions.defaults().withStride(2).withPadding(1).withGroups(2));
        assertThat(layer.forward(x).toDoubleArray()).containsExactly(expected.toDoubleArray());
        assertThat(layer.forward(x.select(0, 1)).toDoubleArray())
                .containsExactly(expected.select(0, 1).toDoubleArray(), within(1e-12));
        assertThat(new Conv2d(4, 6, 3, seeded().withWindows(options.windows()))
                        .forward(x)
                        .toDoubleArray())
                .containsExactly(expected.toDoubleArray());
    }

    @Test
    void samePaddingKeepsTheSizeInEveryMode() {
        Tensor x = Tensor.randn(DataType.DOUBLE, new Rng(1), 1, 2, 9);
        for (Padding.Mode mode : Padding.Mode.values()) {
            Conv1d layer = new Conv1d(
                    2, 3, 4, seeded().withSamePadding().withDilation(2).withPaddingMode(mode));
            assertThat(layer.forward(x).shape()).as(mode.name()).containsExactly(1, 3, 9);
        }
    }

    @Test
    void outputSizeChoosesAmongSeveral() {
        ConvTranspose2d layer = new ConvTranspose2d(2, 3, 3, seeded().withStride(2));
        Tensor x = Tensor.randn(DataType.DOUBLE, new Rng(1), 1, 2, 4, 4);
        List<Block> called = new ArrayList<>();
        layer.registerForwardHook((each, inputs, output) -> {
            called.add(each);
            return output;
        });

        assertThat(layer.forward(x).shape()).containsExactly(1, 3, 9, 9);
        assertThat(layer.forward(x, new long[] {9, 10}).shape()).containsExactly(1, 3, 9, 10);
        assertThat(layer.forward(x, new long[] {1, 3, 10, 9}).shape()).containsExactly(1, 3, 10, 9);
        assertThat(layer.forward(x.select(0, 0), new long[] {10, 10}).shape()).containsExactly(3, 10, 10);
        assertThat(called).hasSize(4);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> layer.forward(x, new long[] {11, 9}))
                .withMessage(
                        "ConvTranspose2d(in=2): expected an output size from (9, 9) to (10, 10) for an input of shape"
                                + " (1, 2, 4, 4); got (11, 9). Choose one between.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> layer.forward(x, new long[] {9}))
                .withMessage(
                        "ConvTranspose2d(in=2): expected an output size of 2 or 4 numbers; got (9). Give the spatial"
                                + " sizes.");
    }

    @Test
    void wrongInputsNameTheLayer() {
        Conv2d layer = new Conv2d(3, 4, 3);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> layer.forward(Tensor.zeros(2, 5, 8, 8)))
                .withMessage(
                        "Conv2d(in=3): expected an input of shape (N, 3, H, W) or (3, H, W); got (2, 5, 8, 8). Make"
                                + " 'in' the number of channels, or add, drop or permute dims.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> layer.forward(Tensor.zeros(2, 8, 8, 3)))
                .withMessageEndingWith("Put the channels before the spatial dims, with movedim(-1, -3).");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Conv2d(1, 4, 3).forward(Tensor.zeros(5, 8, 8)))
                .withMessageEndingWith("Add the dim of the one channel, with unsqueeze(-3).");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> layer.forward(Tensor.zeros(DataType.DOUBLE, 3, 8, 8)))
                .withMessage("Conv2d(in=3): expected an input of dtype float32, like the weight; got float64. "
                        + "Convert the input with to(DataType.FLOAT).");
    }

    @Test
    void wrongSettingsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Conv2d(3, 4, 3, seeded().withGroups(2)))
                .withMessage(
                        "Conv2d: expected numbers of channels that the groups divide, 2, with an output of at least"
                                + " one; got in=3, out=4. Change the groups or the channels.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Conv2d(-1, 4, 3))
                .withMessage("Conv2d: expected sizes of at least 0; got in=-1, out=4. Give the numbers of features.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Conv1d(3, 4, 0))
                .withMessage("Conv1d: expected a kernel of at least one element; got (0). Use sizes of at least 1.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Conv3d(3, 4, new long[] {1, 2}))
                .withMessage(
                        "Conv3d: expected one kernel size or 3 of them; got (1, 2). Give one number for each spatial"
                                + " dim.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Conv2d(3, 4, 3, seeded().withSamePadding().withStride(2)))
                .withMessage(
                        "Conv2d: expected a stride of 1 with same padding; got (2). Give the padding as a number.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Conv2d(3, 4, 3, seeded().withOutputPadding(1)))
                .withMessage("Conv2d: expected no output padding; got (1). Only transposed convolutions have it.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConvTranspose2d(3, 4, 3, seeded().withPaddingMode(Padding.Mode.REFLECT)))
                .withMessage("ConvTranspose2d: expected the padding mode ZEROS; got REFLECT. Pad the input with"
                        + " Padding.pad.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConvTranspose2d(3, 4, 3, seeded().withSamePadding()))
                .withMessage("ConvTranspose2d: expected a padding in numbers; got same padding. Give an output size to"
                        + " forward.");
    }

    @Test
    void printsWhatIsNotUsual() {
        assertThat(new Conv2d(3, 4, 3)).hasToString("Conv2d(in=3, out=4, kernel=(3, 3), bias=true)");
        assertThat(new Conv2d(
                        4,
                        4,
                        new long[] {3, 5},
                        seeded().withStride(1, 2)
                                .withPadding(1)
                                .withDilation(2)
                                .withGroups(2)
                                .withPaddingMode(Padding.Mode.CIRCULAR)
                                .withBias(false)))
                .hasToString(
                        "Conv2d(in=4, out=4, kernel=(3, 5), stride=(1, 2), padding=(1, 1), dilation=(2, 2), groups=2,"
                                + " paddingMode=CIRCULAR, bias=false)");
        assertThat(new Conv1d(3, 4, 3, seeded().withSamePadding()))
                .hasToString("Conv1d(in=3, out=4, kernel=(3), padding=same, bias=true)");
        assertThat(new ConvTranspose1d(3, 4, 3, seeded().withStride(2).withOutputPadding(1)))
                .hasToString("ConvTranspose1d(in=3, out=4, kernel=(3), stride=(2), outputPadding=(1), bias=true)");
    }
}
