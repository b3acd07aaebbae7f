package org.ndgrad.nn.io;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.BatchNorm2d;
import org.ndgrad.nn.Block;
import org.ndgrad.nn.Conv2d;
import org.ndgrad.nn.Dropout;
import org.ndgrad.nn.DropoutOptions;
import org.ndgrad.nn.Embedding;
import org.ndgrad.nn.Flatten;
import org.ndgrad.nn.Layer;
import org.ndgrad.nn.LayerNorm;
import org.ndgrad.nn.Linear;
import org.ndgrad.nn.Losses;
import org.ndgrad.nn.Lstm;
import org.ndgrad.nn.MaxPool2d;
import org.ndgrad.nn.Relu;
import org.ndgrad.nn.RnnOptions;
import org.ndgrad.nn.Sequential;
import org.ndgrad.nn.Tanh;
import org.ndgrad.nn.TransformerEncoderLayer;
import org.ndgrad.nn.data.Batch;
import org.ndgrad.nn.data.DataLoader;
import org.ndgrad.nn.data.DataLoaderOptions;
import org.ndgrad.nn.data.TensorDataset;
import org.ndgrad.nn.optim.Adam;
import org.ndgrad.nn.optim.AdamW;
import org.ndgrad.nn.optim.AveragedParameters;
import org.ndgrad.nn.optim.CosineAnnealingLr;
import org.ndgrad.nn.optim.LrScheduler;
import org.ndgrad.nn.optim.OneCycleLr;
import org.ndgrad.nn.optim.Optimizer;
import org.ndgrad.nn.optim.ReduceLrOnPlateau;
import org.ndgrad.nn.optim.RmsProp;
import org.ndgrad.nn.optim.Sgd;
import org.ndgrad.nn.optim.SgdOptions;
import org.ndgrad.nn.optim.StepLr;

/** Five kinds of training runs, which can be stopped and gone on with in another process. */
final class Runs {

    static final List<String> KINDS = List.of("mlp", "cnn", "lstm", "transformer", "embedding");
    static final int STEPS = 500;

    /** Of 64 samples, so that half the steps end inside an epoch. */
    private static final int BATCH = 6;

    private final Block model;
    private final UnaryOperator<Tensor> forward;
    private final Optimizer optimizer;
    private final LrScheduler schedule;
    private final AveragedParameters averages;
    private final DataLoader<Batch> data;
    private Iterator<Batch> epoch = Collections.emptyIterator();

    private Runs(Layer model, Optimizer optimizer, LrScheduler schedule, Tensor inputs) {
        this(model, model::forward, optimizer, schedule, inputs);
    }

    private Runs(Block model, UnaryOperator<Tensor> forward, Optimizer optimizer, LrScheduler schedule, Tensor inputs) {
        this.model = model;
        this.forward = forward;
        this.optimizer = optimizer;
        this.schedule = schedule;
        Tensor targets = Tensor.randint(new Rng(2), 0, 3, inputs.size(0));
        data = new DataLoader<>(
                new TensorDataset(inputs, targets),
                BATCH,
                DataLoaderOptions.defaults().withShuffle(new Rng(5)).withWorkers(1));
        averages = AveragedParameters.exponential(model.parameters(), 0.9);
    }

    static Runs of(String kind) {
        Rng.manualSeed(17);
        Rng data = new Rng(1);
        return switch (kind) {
            case "mlp" -> mlp(Tensor.randn(data, 64, 6));
            case "cnn" -> cnn(Tensor.randn(data, 64, 1, 8, 8));
            case "lstm" -> lstm(Tensor.randn(data, 64, 5, 4));
            case "transformer" -> transformer(Tensor.randn(data, 64, 4, 8));
            default -> embedding(Tensor.randint(data, 0, 10, 64, 3));
        };
    }

    private static Runs mlp(Tensor inputs) {
        DropoutOptions own = DropoutOptions.defaults().withRng(new Rng(3));
        Layer model = new Sequential(new Linear(6, 16), new Tanh(), new Dropout(own), new Linear(16, 3));
        Optimizer optimizer = new Adam(model.parameters(), 0.01);
        return new Runs(model, optimizer, new StepLr(optimizer, 100), inputs);
    }

    private static Runs cnn(Tensor inputs) {
        Layer model = new Sequential(
                new Conv2d(1, 4, 3),
                new BatchNorm2d(4),
                new Relu(),
                new MaxPool2d(2),
                new Flatten(),
                new Dropout(0.3),
                new Linear(36, 3));
        Optimizer optimizer = new Sgd(
                model.parameters(),
                0.02,
                SgdOptions.defaults().withMomentum(0.9).withNesterov(true));
        return new Runs(model, optimizer, new CosineAnnealingLr(optimizer, STEPS), inputs);
    }

    private static Runs lstm(Tensor inputs) {
        LastState model = new LastState();
        Optimizer optimizer = new RmsProp(model.parameters(), 0.003);
        return new Runs(model, model::forward, optimizer, new ReduceLrOnPlateau(optimizer), inputs);
    }

    /** Scores the last output of two layers with dropout between them. */
    private static final class LastState extends Block {
        private final Lstm lstm = new Lstm(
                4, 6, RnnOptions.defaults().withLayers(2).withDropout(0.2).withBatchFirst(true));
        private final Linear head = new Linear(6, 3);

        Tensor forward(Tensor x) {
            return head.forward(lstm.forward(x).output().select(1, -1));
        }
    }

    private static Runs transformer(Tensor inputs) {
        Layer model = new Sequential(new TransformerEncoderLayer(8, 2), new Flatten(), new Linear(32, 3));
        Optimizer optimizer = new AdamW(model.parameters(), 0.002);
        return new Runs(model, optimizer, new OneCycleLr(optimizer, 0.01, STEPS), inputs);
    }

    private static Runs embedding(Tensor inputs) {
        Layer model = new Sequential(
                new Embedding(10, 4), new Flatten(), new LayerNorm(12), new Dropout(0.1), new Linear(12, 3));
        Optimizer optimizer = new Adam(model.parameters(), 0.01);
        return new Runs(model, optimizer, new StepLr(optimizer, 200), inputs);
    }

    Checkpoint checkpoint() {
        return new Checkpoint()
                .with("model", model)
                .with("optimizer", optimizer)
                .with("schedule", schedule)
                .with("averages", averages)
                .with("data", data);
    }

    Runs train(int steps) {
        for (int i = 0; i < steps; i++) {
            if (!epoch.hasNext()) {
                epoch = data.iterator();
            }
            Batch batch = epoch.next();
            optimizer.zeroGrad();
            Tensor loss = Losses.crossEntropy(forward.apply(batch.features()), batch.targets());
            loss.backward();
            optimizer.step();
            averages.update();
            if (schedule instanceof ReduceLrOnPlateau plateau) {
                plateau.step(loss.item());
            } else {
                schedule.step();
            }
        }
        return this;
    }

    /** Returns what the run has come to, bit for bit. */
    String digest() {
        ImmutableList.Builder<Object> all = ImmutableList.builder();
        model.stateDict().values().forEach(tensor -> all.add(Arrays.hashCode(tensor.toDoubleArray())));
        averages.averages().values().forEach(tensor -> all.add(Arrays.hashCode(tensor.toDoubleArray())));
        all.add(
                optimizer.learningRate(),
                data.epoch(),
                data.stateDict().get("batch"),
                data.stateDict().get("rng"));
        all.add(Rng.defaultRng());
        return all.build().toString();
    }

    /** Goes on with the runs of all kinds from the files in a folder, and prints what they come to. */
    public static void main(String[] args) {
        for (String kind : KINDS) {
            Runs run = of(kind);
            Map<String, Object> values = run.checkpoint().load(Path.of(args[0], kind));
            Autograd.enableGrad(() -> run.train(STEPS - Math.toIntExact((long) values.get("steps"))));
            System.out.println(run.digest());
        }
    }
}
