package org.ndgrad.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.ndgrad.autograd.Footprint;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.Activations;
import org.ndgrad.autograd.ops.BatchNormOptions;
import org.ndgrad.autograd.ops.ConvOptions;
import org.ndgrad.autograd.ops.Joining;

/** Layers make no copy and no allocation that the operations which they stand for do not make. */
class FootprintTest {

    private static final int ATTEMPTS = 3;

    private static Tensor random(long... shape) {
        return Tensor.randn(new Rng(1), shape);
    }

    /** Checks that the layers record the same operations, and need at most as much as they do without layers. */
    private static void check(Block model, Supplier<Tensor> layers, Supplier<Tensor> operations) {
        Footprint ofLayers = largest(model, layers);
        Footprint plain = largest(model, operations);

        assertThat(ofLayers.operations()).isEqualTo(plain.operations());
        checkNoMore(ofLayers, plain);
    }

    private static void checkNoMore(Footprint ofLayers, Footprint plain) {
        assertThat(ofLayers.operations().size())
                .isLessThanOrEqualTo(plain.operations().size());
        assertThat(ofLayers.allocations()).isLessThanOrEqualTo(plain.allocations());
        assertThat(ofLayers.forwardBytes()).isLessThanOrEqualTo(plain.forwardBytes());
        assertThat(ofLayers.backwardBytes()).isLessThanOrEqualTo(plain.backwardBytes());
    }

    /** Returns the footprint of the attempt in which the garbage collector took least. */
    private static Footprint largest(Block model, Supplier<Tensor> forward) {
        Footprint largest = null;
        for (int i = 0; i < ATTEMPTS; i++) {
            model.zeroGrad();
            Footprint footprint = Footprint.of(forward);
            if (largest == null || footprint.backwardBytes() > largest.backwardBytes()) {
                largest = footprint;
            }
        }
        assertThat(largest.backwardBytes()).isPositive();
        return largest;
    }

    @Test
    void multilayerPerceptron() {
        Rng rng = new Rng(0);
        Sequential model = new Sequential(
                new Linear(100, 80),
                new Relu(),
                new Dropout(DropoutOptions.defaults().withP(0.3).withRng(rng)),
                new Linear(80, 60),
                new Tanh(),
                new Linear(60, 10));
        Parameters w = model.parameters();
        Tensor x = random(256, 100);
        Tensor classes = Tensor.randint(0, 10, 256);

        check(model, () -> Losses.crossEntropy(model.forward(x), classes), () -> {
            Tensor h = x.linear(w.get("0.weight"), w.get("0.bias")).relu();
            h = Activations.dropout(h, 0.3, rng);
            h = h.linear(w.get("3.weight"), w.get("3.bias")).tanh();
            return Losses.crossEntropy(h.linear(w.get("5.weight"), w.get("5.bias")), classes);
        });
    }

    @Test
    void convolutionalNetwork() {
        Sequential model = new Sequential(
                new Conv2d(1, 8, 3, ConvLayerOptions.defaults().withPadding(1)),
                new BatchNorm2d(8),
                new Relu(),
                new MaxPool2d(2),
                new Flatten(),
                new Linear(8 * 14 * 14, 10));
        Parameters w = model.parameters();
        Tensor batches = model.buffers().get("1.num_batches_tracked");
        BatchNormOptions norm = BatchNormOptions.defaults()
                .withTraining(true)
                .withWeight(w.get("1.weight"))
                .withBias(w.get("1.bias"))
                .withRunning(
                        model.buffers().get("1.running_mean"), model.buffers().get("1.running_var"));
        Tensor x = random(32, 1, 28, 28);
        Tensor classes = Tensor.randint(0, 10, 32);

        check(model, () -> Losses.crossEntropy(model.forward(x), classes), () -> {
            Tensor h = x.conv2d(
                    w.get("0.weight"), w.get("0.bias"), ConvOptions.defaults().withPadding(1));
            batches.add_(1);
            h = h.batchNorm(norm).relu().maxPool2d(2).flatten(1);
            return Losses.crossEntropy(h.linear(w.get("5.weight"), w.get("5.bias")), classes);
        });
    }

    @Test
    void variationalAutoencoder() {
        Sequential encoder = new Sequential(new Linear(64, 128), new Relu());
        Linear mean = new Linear(128, 8);
        Linear logVariance = new Linear(128, 8);
        Sequential decoder = new Sequential(new Linear(8, 128), new Relu(), new Linear(128, 64), new Sigmoid());
        LayerDict<Layer> model = new LayerDict<>();
        model.put("encoder", encoder)
                .put("mean", mean)
                .put("logVariance", logVariance)
                .put("decoder", decoder);
        Parameters w = model.parameters();
        Tensor x = Tensor.rand(new Rng(1), 128, 64);
        Tensor noise = random(128, 8);

        check(
                model,
                () -> {
                    Tensor h = encoder.forward(x);
                    Tensor m = mean.forward(h);
                    Tensor s = logVariance.forward(h);
                    Tensor z = m.add(s.mul(0.5).exp().mul(noise));
                    return Losses.binaryCrossEntropy(decoder.forward(z), x);
                },
                () -> {
                    Tensor h = x.linear(w.get("encoder.0.weight"), w.get("encoder.0.bias"))
                            .relu();
                    Tensor m = h.linear(w.get("mean.weight"), w.get("mean.bias"));
                    Tensor s = h.linear(w.get("logVariance.weight"), w.get("logVariance.bias"));
                    Tensor z = m.add(s.mul(0.5).exp().mul(noise));
                    Tensor d = z.linear(w.get("decoder.0.weight"), w.get("decoder.0.bias"))
                            .relu();
                    return Losses.binaryCrossEntropy(
                            d.linear(w.get("decoder.2.weight"), w.get("decoder.2.bias"))
                                    .sigmoid(),
                            x);
                });
    }

    /** The layer takes queries, keys and values apart in fewer operations than there are for others. */
    @Test
    void transformerEncoderLayer() {
        int size = 32;
        int heads = 4;
        int samples = 8;
        int length = 20;
        TransformerEncoderLayer model = new TransformerEncoderLayer(
                size,
                heads,
                TransformerOptions.defaults().withFeedForward(64).withDropout(0).withBatchFirst(true));
        Parameters w = model.parameters();
        Tensor x = random(samples, length, size);

        Supplier<Tensor> layers = () -> model.forward(x).square().mean();
        Supplier<Tensor> operations = () -> {
            List<Tensor> parts = x.linear(w.get("self_attn.in_proj_weight"), w.get("self_attn.in_proj_bias"))
                    .chunk(3, 2);
            double scale = 1 / Math.sqrt((double) size / heads);
            Tensor q = heads(parts.get(0).mul(scale), heads);
            Tensor k = heads(parts.get(1), heads).transpose(-2, -1);
            Tensor v = heads(parts.get(2), heads);
            Tensor found = q.matmul(k).softmax(-1).matmul(v).transpose(1, 2).reshape(samples, length, size);
            Tensor attended = found.linear(w.get("self_attn.out_proj.weight"), w.get("self_attn.out_proj.bias"));
            long[] last = {size};
            Tensor within = x.add(attended).layerNorm(last, w.get("norm1.weight"), w.get("norm1.bias"));
            Tensor mapped = within.linear(w.get("linear1.weight"), w.get("linear1.bias"))
                    .relu()
                    .linear(w.get("linear2.weight"), w.get("linear2.bias"));
            return within.add(mapped)
                    .layerNorm(last, w.get("norm2.weight"), w.get("norm2.bias"))
                    .square()
                    .mean();
        };

        checkNoMore(largest(model, layers), largest(model, operations));
    }

    private static Tensor heads(Tensor x, int heads) {
        return x.reshape(x.size(0), x.size(1), heads, x.size(2) / heads).transpose(1, 2);
    }

    /** The layer takes sequences apart in fewer operations than there are for others. */
    @Test
    void longShortTermMemory() {
        int hidden = 32;
        int samples = 16;
        Lstm model = new Lstm(24, hidden);
        Parameters w = model.parameters();
        Tensor x = random(12, samples, 24);

        Supplier<Tensor> layers = () -> {
            Lstm.Result result = model.forward(x);
            return result.output()
                    .square()
                    .mean()
                    .add(result.hidden().mul(result.cell()).mean());
        };
        Supplier<Tensor> operations = () -> {
            Tensor bias = w.get("bias_ih_l0").add(w.get("bias_hh_l0"));
            Tensor h = Tensor.zeros(samples, hidden);
            Tensor c = Tensor.zeros(samples, hidden);
            List<Tensor> outputs = new ArrayList<>();
            for (Tensor step : x.linear(w.get("weight_ih_l0"), bias).unbind(0)) {
                List<Tensor> gates = step.add(h.linear(w.get("weight_hh_l0"))).chunk(4, 1);
                Tensor input = gates.get(0).sigmoid().mul(gates.get(2).tanh());
                c = gates.get(1).sigmoid().mul(c).add(input);
                h = gates.get(3).sigmoid().mul(c.tanh());
                outputs.add(h);
            }
            Tensor output = Joining.stack(outputs, 0);
            return output.square().mean().add(h.unsqueeze(0).mul(c.unsqueeze(0)).mean());
        };

        checkNoMore(largest(model, layers), largest(model, operations));
    }
}
