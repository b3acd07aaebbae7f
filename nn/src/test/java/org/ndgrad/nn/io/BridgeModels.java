package org.ndgrad.nn.io;

import com.google.common.collect.ImmutableMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.BatchNorm2d;
import org.ndgrad.nn.Conv2d;
import org.ndgrad.nn.ConvLayerOptions;
import org.ndgrad.nn.Embedding;
import org.ndgrad.nn.Gelu;
import org.ndgrad.nn.Layer;
import org.ndgrad.nn.LayerNorm;
import org.ndgrad.nn.Linear;
import org.ndgrad.nn.Lstm;
import org.ndgrad.nn.MaxPool2d;
import org.ndgrad.nn.Parameters;
import org.ndgrad.nn.Relu;
import org.ndgrad.nn.RnnOptions;
import org.ndgrad.nn.Sequential;
import org.ndgrad.nn.Tanh;
import org.ndgrad.nn.TransformerEncoder;
import org.ndgrad.nn.TransformerOptions;
import org.ndgrad.nn.optim.Adam;
import org.ndgrad.nn.optim.AdamW;
import org.ndgrad.nn.optim.Optimizer;
import org.ndgrad.nn.optim.RmsProp;
import org.ndgrad.nn.optim.RmsPropOptions;
import org.ndgrad.nn.optim.Sgd;
import org.ndgrad.nn.optim.SgdOptions;

/** The models and optimizers whose files PyTorch has saved. */
final class BridgeModels {

    static final ImmutableMap<String, Supplier<Layer>> MODELS = ImmutableMap.of(
            "mlp",
            () -> new Sequential(
                    new Linear(5, 9), new Tanh(), new Linear(9, 6), new LayerNorm(6), new Gelu(), new Linear(6, 3)),
            "cnn",
            Cnn::new,
            "tagger",
            Tagger::new,
            "encoder",
            Encoder::new);

    static final ImmutableMap<String, Function<Parameters, Optimizer>> OPTIMIZERS = ImmutableMap.of(
            "sgd",
            all -> new Sgd(
                    all,
                    0.05,
                    SgdOptions.defaults().withMomentum(0.9).withNesterov(true).withWeightDecay(0.01)),
            "adam",
            all -> new Adam(all, 0.01),
            "adamw",
            all -> new AdamW(all, 0.01),
            "rmsprop",
            all -> new RmsProp(all, 0.01, RmsPropOptions.defaults().withMomentum(0.5)));

    private BridgeModels() {}

    private static final class Cnn extends Layer {
        private final Sequential features = new Sequential(
                new Conv2d(1, 6, 3, ConvLayerOptions.defaults().withPadding(1)),
                new BatchNorm2d(6),
                new Relu(),
                new MaxPool2d(2),
                new Conv2d(6, 8, 3),
                new BatchNorm2d(8),
                new Relu());
        private final Linear head = new Linear(8, 4);

        @Override
        public Tensor forward(Tensor x) {
            return head.forward(features.forward(x).mean(2, 3));
        }
    }

    private static final class Tagger extends Layer {
        private final Embedding embedding = new Embedding(11, 5);
        private final Lstm lstm = new Lstm(
                5,
                7,
                RnnOptions.defaults().withLayers(2).withBidirectional(true).withBatchFirst(true));
        private final Linear out = new Linear(14, 3);

        @Override
        public Tensor forward(Tensor x) {
            return out.forward(lstm.forward(embedding.forward(x)).output().select(1, -1));
        }
    }

    private static final class Encoder extends Layer {
        private final TransformerEncoder layers = new TransformerEncoder(
                8,
                2,
                TransformerOptions.defaults()
                        .withFeedForward(16)
                        .withDropout(0)
                        .withBatchFirst(true)
                        .withEncoderLayers(2));
        private final Linear out = new Linear(8, 3);

        @Override
        public Tensor forward(Tensor x) {
            return out.forward(layers.forward(x).mean(1));
        }
    }

    /** Makes a model that computes in a type. */
    static Layer model(String name, DataType dtype) {
        Layer model = MODELS.get(name).get();
        model.to(dtype);
        return model;
    }
}
