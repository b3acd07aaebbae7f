package org.ndgrad.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import com.google.common.primitives.Longs;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.Activations;
import org.ndgrad.autograd.ops.Padding;
import org.ndgrad.autograd.ops.PoolOptions;
import org.ndgrad.nn.AdaptiveAvgPool1d;
import org.ndgrad.nn.AdaptiveAvgPool2d;
import org.ndgrad.nn.AdaptiveAvgPool3d;
import org.ndgrad.nn.AdaptiveMaxPool1d;
import org.ndgrad.nn.AdaptiveMaxPool2d;
import org.ndgrad.nn.AlphaDropout;
import org.ndgrad.nn.AvgPool1d;
import org.ndgrad.nn.AvgPool2d;
import org.ndgrad.nn.AvgPool3d;
import org.ndgrad.nn.BatchNorm1d;
import org.ndgrad.nn.BatchNorm2d;
import org.ndgrad.nn.BatchNorm3d;
import org.ndgrad.nn.Block;
import org.ndgrad.nn.Celu;
import org.ndgrad.nn.CircularPad1d;
import org.ndgrad.nn.ConstantPad1d;
import org.ndgrad.nn.Conv1d;
import org.ndgrad.nn.Conv2d;
import org.ndgrad.nn.Conv3d;
import org.ndgrad.nn.ConvLayerOptions;
import org.ndgrad.nn.ConvTranspose1d;
import org.ndgrad.nn.ConvTranspose2d;
import org.ndgrad.nn.ConvTranspose3d;
import org.ndgrad.nn.Dropout;
import org.ndgrad.nn.Dropout1d;
import org.ndgrad.nn.Dropout2d;
import org.ndgrad.nn.Elu;
import org.ndgrad.nn.Embedding;
import org.ndgrad.nn.Flatten;
import org.ndgrad.nn.Gelu;
import org.ndgrad.nn.Glu;
import org.ndgrad.nn.GroupNorm;
import org.ndgrad.nn.Gru;
import org.ndgrad.nn.GruCell;
import org.ndgrad.nn.Hardshrink;
import org.ndgrad.nn.Hardsigmoid;
import org.ndgrad.nn.Hardswish;
import org.ndgrad.nn.Hardtanh;
import org.ndgrad.nn.Identity;
import org.ndgrad.nn.InstanceNorm1d;
import org.ndgrad.nn.InstanceNorm2d;
import org.ndgrad.nn.InstanceNormOptions;
import org.ndgrad.nn.Layer;
import org.ndgrad.nn.LayerNorm;
import org.ndgrad.nn.LeakyRelu;
import org.ndgrad.nn.Linear;
import org.ndgrad.nn.LinearOptions;
import org.ndgrad.nn.LocalResponseNorm;
import org.ndgrad.nn.LogSigmoid;
import org.ndgrad.nn.LogSoftmax;
import org.ndgrad.nn.Lstm;
import org.ndgrad.nn.LstmCell;
import org.ndgrad.nn.MaskOptions;
import org.ndgrad.nn.MaxPool1d;
import org.ndgrad.nn.MaxPool2d;
import org.ndgrad.nn.MaxPool3d;
import org.ndgrad.nn.Mish;
import org.ndgrad.nn.MultiheadAttention;
import org.ndgrad.nn.MultiheadAttentionOptions;
import org.ndgrad.nn.Nonlinearity;
import org.ndgrad.nn.NormLayerOptions;
import org.ndgrad.nn.PRelu;
import org.ndgrad.nn.PixelShuffle;
import org.ndgrad.nn.RRelu;
import org.ndgrad.nn.ReflectionPad1d;
import org.ndgrad.nn.ReflectionPad2d;
import org.ndgrad.nn.Relu;
import org.ndgrad.nn.Relu6;
import org.ndgrad.nn.ReplicationPad1d;
import org.ndgrad.nn.RmsNorm;
import org.ndgrad.nn.Rnn;
import org.ndgrad.nn.RnnCell;
import org.ndgrad.nn.RnnOptions;
import org.ndgrad.nn.Selu;
import org.ndgrad.nn.Sigmoid;
import org.ndgrad.nn.Silu;
import org.ndgrad.nn.Softmax;
import org.ndgrad.nn.Softmax2d;
import org.ndgrad.nn.Softmin;
import org.ndgrad.nn.Softplus;
import org.ndgrad.nn.Softshrink;
import org.ndgrad.nn.Softsign;
import org.ndgrad.nn.Tanh;
import org.ndgrad.nn.Tanhshrink;
import org.ndgrad.nn.Threshold;
import org.ndgrad.nn.Transformer;
import org.ndgrad.nn.TransformerOptions;
import org.ndgrad.nn.Unflatten;
import org.ndgrad.nn.ZeroPad2d;

/** Each kind of layer gives in onnxruntime what it gives here, for a larger batch than that of the example. */
class LayersTest {

    private static final double TOLERANCE = 1e-5;

    private static final long[] ROWS = {6};
    private static final long[] SIGNAL = {4, 10};
    private static final long[] IMAGE = {4, 8, 8};
    private static final long[] VOLUME = {2, 6, 6, 6};

    static Stream<Arguments> activations() {
        return Stream.<Layer>of(
                        new Relu(),
                        new Relu6(),
                        new LeakyRelu(0.1),
                        new PRelu(),
                        new RRelu(),
                        new Elu(0.7),
                        new Celu(0.7),
                        new Selu(),
                        new Gelu(),
                        new Gelu(Activations.Gelu.TANH),
                        new Silu(),
                        new Mish(),
                        new Sigmoid(),
                        new LogSigmoid(),
                        new Tanh(),
                        new Hardtanh(-0.5, 0.7),
                        new Hardsigmoid(),
                        new Hardswish(),
                        new Hardshrink(),
                        new Softshrink(),
                        new Tanhshrink(),
                        new Softplus(2, 1),
                        new Softsign(),
                        new Threshold(0.1, 0.3),
                        new Glu(),
                        new Softmax(-1),
                        new LogSoftmax(-1),
                        new Softmin(-1),
                        new Dropout(0.5),
                        new AlphaDropout(0.5),
                        new Identity())
                .map(layer -> of(layer, ROWS));
    }

    static Stream<Arguments> ofSignals() {
        return Stream.of(
                of(new Conv1d(4, 6, 3, ConvLayerOptions.defaults().withStride(2)), SIGNAL),
                of(new Conv1d(4, 6, 4, ConvLayerOptions.defaults().withSamePadding()), SIGNAL),
                of(new ConvTranspose1d(4, 3, 3, ConvLayerOptions.defaults().withStride(2)), SIGNAL),
                of(new MaxPool1d(3), SIGNAL),
                of(new AvgPool1d(PoolOptions.of(3).withStride(2).withPadding(1)), SIGNAL),
                of(new AdaptiveAvgPool1d(5), SIGNAL),
                of(new AdaptiveMaxPool1d(1), SIGNAL),
                of(new BatchNorm1d(4), SIGNAL),
                of(new BatchNorm1d(6), ROWS),
                of(new InstanceNorm1d(4), SIGNAL),
                of(new ConstantPad1d(new long[] {1, 2}, 0.5), SIGNAL),
                of(new ReflectionPad1d(2), SIGNAL),
                of(new ReplicationPad1d(2), SIGNAL),
                of(new CircularPad1d(2), SIGNAL),
                of(new Dropout1d(0.5), SIGNAL),
                of(new Linear(10, 3), SIGNAL),
                of(new Linear(10, 3, LinearOptions.defaults().withBias(false)), SIGNAL),
                of(new Unflatten(2, 2, 5), SIGNAL));
    }

    static Stream<Arguments> ofImages() {
        return Stream.of(
                of(new Conv2d(4, 6, 3), IMAGE),
                of(
                        new Conv2d(
                                4,
                                6,
                                3,
                                ConvLayerOptions.defaults()
                                        .withGroups(2)
                                        .withDilation(2)
                                        .withPadding(2)
                                        .withBias(false)),
                        IMAGE),
                of(
                        new Conv2d(
                                4,
                                6,
                                3,
                                ConvLayerOptions.defaults().withPadding(1).withPaddingMode(Padding.Mode.REFLECT)),
                        IMAGE),
                of(
                        new ConvTranspose2d(
                                4,
                                6,
                                3,
                                ConvLayerOptions.defaults()
                                        .withStride(2)
                                        .withPadding(1)
                                        .withOutputPadding(1)
                                        .withGroups(2)),
                        IMAGE),
                of(new MaxPool2d(PoolOptions.of(3).withStride(2).withPadding(1).withDilation(2)), IMAGE),
                of(new MaxPool2d(PoolOptions.of(3).withStride(2).withCeilMode(true)), IMAGE),
                of(new AvgPool2d(2), IMAGE),
                of(
                        new AvgPool2d(
                                PoolOptions.of(3).withPadding(1).withCounting(PoolOptions.Counting.WITHOUT_PADDING)),
                        IMAGE),
                of(new AdaptiveAvgPool2d(1, 1), IMAGE),
                of(new AdaptiveAvgPool2d(4, 2), IMAGE),
                of(new AdaptiveMaxPool2d(2, 2), IMAGE),
                of(new BatchNorm2d(4), IMAGE),
                of(new InstanceNorm2d(4, InstanceNormOptions.defaults().withAffine(true)), IMAGE),
                of(new InstanceNorm2d(4, InstanceNormOptions.defaults().withTrackRunningStats(true)), IMAGE),
                of(new GroupNorm(2, 4), IMAGE),
                of(new LayerNorm(8, 8), IMAGE),
                of(new LayerNorm(8, NormLayerOptions.defaults().withAffine(false)), IMAGE),
                of(new RmsNorm(8), IMAGE),
                of(new LocalResponseNorm(3), IMAGE),
                of(new PRelu(4), IMAGE),
                of(new ZeroPad2d(1, 0, 2, 1), IMAGE),
                of(new ReflectionPad2d(1), IMAGE),
                of(new PixelShuffle(2), IMAGE),
                of(new Softmax2d(), IMAGE),
                of(new Dropout2d(0.5), IMAGE),
                of(new Flatten(), IMAGE),
                of(new Flatten(2), IMAGE));
    }

    static Stream<Arguments> ofVolumes() {
        return Stream.of(
                of(new Conv3d(2, 3, 3), VOLUME),
                of(new ConvTranspose3d(2, 3, 2), VOLUME),
                of(new MaxPool3d(2), VOLUME),
                of(new AvgPool3d(2), VOLUME),
                of(new AdaptiveAvgPool3d(3, 2, 1), VOLUME),
                of(new BatchNorm3d(2), VOLUME));
    }

    private static Arguments of(Layer layer, long[] shape) {
        return Arguments.of(Named.of(layer.toString(), layer), shape);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"activations", "ofSignals", "ofImages", "ofVolumes"})
    void runsElsewhere(Layer layer, long[] shape, @TempDir Path folder) throws OrtException {
        Rng.manualSeed(7);
        Autograd.noGrad(() -> layer.call(batch(8, shape))); // running values, if there are any
        check(layer, in -> List.of(layer.call(in.get(0))), folder, batch(2, shape), batch(5, shape));
    }

    private static Tensor batch(long size, long... shape) {
        return Tensor.randn(Longs.concat(new long[] {size}, shape));
    }

    private static void check(
            Block model, Function<List<Tensor>, List<Tensor>> forward, Path folder, Tensor example, Tensor input)
            throws OrtException {
        check(model, forward, folder, OnnxOptions.defaults(), List.of(example), List.of(input));
    }

    private static void check(
            Block model,
            Function<List<Tensor>, List<Tensor>> forward,
            Path folder,
            OnnxOptions options,
            List<Tensor> examples,
            List<Tensor> inputs)
            throws OrtException {
        Path file = folder.resolve("model.onnx");
        Onnx.export(model, forward, examples, file, options);
        assertThat(OnnxRuntime.difference(model, forward, file, inputs)).isLessThanOrEqualTo(TOLERANCE);
    }

    private static final long[] SEQUENCE = {5, 4};

    static Stream<RnnOptions> recurrent() {
        RnnOptions plain = RnnOptions.defaults().withBatchFirst(true);
        return Stream.of(
                plain,
                plain.withLayers(2).withBidirectional(true),
                plain.withBias(false),
                plain.withBidirectional(true));
    }

    @ParameterizedTest
    @MethodSource("recurrent")
    void recurrentLayersWithTheirStates(RnnOptions options, @TempDir Path folder) throws OrtException {
        Tensor example = batch(2, SEQUENCE);
        Tensor input = batch(3, SEQUENCE);
        Lstm lstm = new Lstm(4, 3, options);
        check(
                lstm,
                in -> {
                    Lstm.Result result = lstm.forward(in.get(0));
                    return List.of(result.output(), result.hidden(), result.cell());
                },
                folder,
                example,
                input);
        Gru gru = new Gru(4, 3, options);
        check(gru, in -> both(gru.forward(in.get(0))), folder, example, input);
        Rnn rnn = new Rnn(4, 3, options.withNonlinearity(Nonlinearity.RELU));
        check(
                rnn,
                in -> List.of(
                        rnn.forward(in.get(0)).output(), rnn.forward(in.get(0)).hidden()),
                folder,
                example,
                input);
    }

    private static List<Tensor> both(Gru.Result result) {
        return List.of(result.output(), result.hidden());
    }

    @Test
    void recurrentLayersFromAState(@TempDir Path folder) throws OrtException {
        Gru gru = new Gru(4, 3);
        check(
                gru,
                in -> both(gru.forward(in.get(0), in.get(1))),
                folder,
                OnnxOptions.defaults().withBatchDim(1).withInputNames("x", "h").withOutputNames("y", "last"),
                List.of(Tensor.randn(5, 2, 4), Tensor.randn(1, 2, 3)),
                List.of(Tensor.randn(5, 6, 4), Tensor.randn(1, 6, 3)));
    }

    @Test
    void recurrentCells(@TempDir Path folder) throws OrtException {
        LstmCell lstm = new LstmCell(6, 3);
        check(lstm, in -> List.of(lstm.forward(in.get(0)).hidden()), folder, batch(2, ROWS), batch(4, ROWS));
        GruCell gru = new GruCell(6, 3);
        check(gru, in -> List.of(gru.forward(in.get(0))), folder, batch(2, ROWS), batch(4, ROWS));
        RnnCell rnn = new RnnCell(6, 3);
        check(rnn, in -> List.of(rnn.forward(in.get(0))), folder, batch(2, ROWS), batch(4, ROWS));
    }

    @Test
    void embeddings(@TempDir Path folder) throws OrtException {
        Embedding table = new Embedding(9, 4);
        check(
                table,
                in -> List.of(table.forward(in.get(0))),
                folder,
                Tensor.randint(0, 9, 2, 3),
                Tensor.randint(0, 9, 6, 3));
    }

    @Test
    void attentionWithMasksThatAreInputs(@TempDir Path folder) throws OrtException {
        MultiheadAttention attention = new MultiheadAttention(
                4, 2, MultiheadAttentionOptions.defaults().withBatchFirst(true));
        Function<List<Tensor>, List<Tensor>> forward = in -> {
            MaskOptions masks = MaskOptions.defaults().withKeyPaddingMask(in.get(1));
            MultiheadAttention.Result result = attention.forward(in.get(0), in.get(0), in.get(0), masks);
            return List.of(result.output(), result.weights().orElseThrow());
        };
        check(
                attention,
                forward,
                folder,
                OnnxOptions.defaults(),
                List.of(batch(2, SEQUENCE), Tensor.randn(2, 5).gt(0.5)),
                List.of(batch(3, SEQUENCE), Tensor.randn(3, 5).gt(0.5)));
    }

    @Test
    void transformersOfTwoInputs(@TempDir Path folder) throws OrtException {
        Transformer model = new Transformer(
                4,
                2,
                TransformerOptions.defaults()
                        .withBatchFirst(true)
                        .withFeedForward(8)
                        .withEncoderLayers(1)
                        .withDecoderLayers(1));
        check(
                model,
                in -> List.of(model.forward(in.get(0), in.get(1))),
                folder,
                OnnxOptions.defaults(),
                List.of(batch(2, SEQUENCE), batch(2, 3, 4)),
                List.of(batch(4, SEQUENCE), batch(4, 3, 4)));
    }
}
