package org.ndgrad.examples;

import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableMap;
import com.google.common.io.Resources;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.BatchNorm2d;
import org.ndgrad.nn.Conv2d;
import org.ndgrad.nn.ConvLayerOptions;
import org.ndgrad.nn.Layer;
import org.ndgrad.nn.Linear;
import org.ndgrad.nn.Losses;
import org.ndgrad.nn.MaxPool2d;
import org.ndgrad.nn.Metrics;
import org.ndgrad.nn.Relu;
import org.ndgrad.nn.Sequential;
import org.ndgrad.nn.data.Batch;
import org.ndgrad.nn.data.DataLoader;
import org.ndgrad.nn.data.Shuffle;
import org.ndgrad.nn.data.Splits;
import org.ndgrad.nn.data.Subset;
import org.ndgrad.nn.io.Safetensors;
import org.ndgrad.nn.io.Torch;
import org.ndgrad.nn.optim.Adam;
import org.ndgrad.nn.train.Progress;

/**
 * Takes over a network that PyTorch has saved, and teaches it another task: the file's network tells four classes
 * apart; here its body stays, gets a new head, and reads handwritten digits.
 *
 * <p>First only the head learns: the body is frozen, and stays in evaluation mode, for batch normalization would
 * otherwise go on averaging. Then all of it learns, at a smaller rate. What comes out is saved so that PyTorch opens
 * it.
 *
 * <p>Expected with seed 0: a test accuracy of 0.07 with the new head as drawn, 0.56 with a trained head, 0.93 with all
 * trained, within ten seconds. The body was trained on noise, so that a head alone cannot do more.
 *
 * <p>In PyTorch, the network is
 *
 * <pre>
 * class Cnn(nn.Module):
 *     def __init__(self, classes):
 *         super().__init__()
 *         self.features = nn.Sequential(
 *             nn.Conv2d(1, 6, 3, padding=1), nn.BatchNorm2d(6), nn.ReLU(), nn.MaxPool2d(2),
 *             nn.Conv2d(6, 8, 3), nn.BatchNorm2d(8), nn.ReLU())
 *         self.head = nn.Linear(8, classes)
 *     def forward(self, x):
 *         return self.head(self.features(x).mean((2, 3)))
 *
 * torch.save(Cnn(4).state_dict(), "cnn.pt")                        # a file to start from
 * model = Cnn(10); model.load_state_dict(load_file("digits.safetensors"))   # the result
 * </pre>
 */
public final class FromPytorch {

    private static final Path FOLDER = Path.of("out", "from-pytorch");
    private static final int USER_MISTAKE = 2;
    private static final int CLASSES = 4;
    private static final int DIGITS = 10;
    private static final int BATCH_SIZE = 32;
    private static final int EPOCHS = 20;

    /** The network of the file. */
    static final class Cnn extends Layer {
        private final Sequential features = new Sequential(
                new Conv2d(1, 6, 3, ConvLayerOptions.defaults().withPadding(1)),
                new BatchNorm2d(6),
                new Relu(),
                new MaxPool2d(2),
                new Conv2d(6, 8, 3),
                new BatchNorm2d(8),
                new Relu());

        private Linear head;

        Cnn(int classes) {
            head = new Linear(8, classes);
        }

        @Override
        public Tensor forward(Tensor x) {
            return head.forward(features.forward(x).mean(2, 3));
        }

        /** Puts another head in the place of the one that there is. */
        void replaceHead(Linear other) {
            head = other;
        }
    }

    /** What came out: the network, what its body was in the file, and how much of the test pictures was right when. */
    record Result(Cnn model, ImmutableMap<String, Tensor> loaded, double before, double head, double all) {}

    private FromPytorch() {}

    /**
     * Loads, trains, prints accuracies, and writes {@code digits.safetensors} to {@code out/from-pytorch}.
     *
     * @param args at most two: the file of PyTorch, {@code .pt} or {@code .safetensors}, and the one to write
     */
    public static void main(String[] args) {
        if (args.length > 2) {
            System.err.println("from-pytorch: expected a file to read and one to write; got more. Try: from-pytorch");
            System.exit(USER_MISTAKE);
        }
        Path from = args.length > 0 ? Path.of(args[0]) : resource();
        Path to = args.length > 1 ? Path.of(args[1]) : FOLDER.resolve("digits.safetensors");
        Result result = run(from, EPOCHS);
        try {
            Files.createDirectories(to.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Safetensors.saveFile(result.model().stateDict(), to);
        System.out.printf(
                Locale.ROOT,
                "test accuracy: %.4f with a new head, %.4f with a trained head, %.4f with all trained%n",
                result.before(),
                result.head(),
                result.all());
        Batch all = Digits.data().all();
        System.out.printf("written: %s; right on %d of %d pictures%n", to, right(result.model(), all), all.size());
    }

    /** Returns a file that {@code torch.save} has written. */
    static Path resource() {
        try {
            Path file = Files.createTempFile("cnn", ".pt");
            file.toFile().deleteOnExit();
            try (OutputStream stream = Files.newOutputStream(file)) {
                Resources.copy(Resources.getResource(FromPytorch.class, "cnn.pt"), stream);
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Result run(Path file, int epochs) {
        Rng.manualSeed(0);
        Cnn model = new Cnn(CLASSES);
        ImmutableMap<String, Tensor> loaded =
                file.toString().endsWith(".safetensors") ? Safetensors.loadFile(file) : Torch.loadStateDict(file);
        model.load(loaded);
        System.out.printf("loaded %d tensors: %s%n", loaded.size(), String.join(", ", loaded.keySet()));

        List<Subset<Batch>> parts = Splits.byFraction(Digits.data(), Rng.defaultRng(), 0.8, 0.2);
        Batch test = parts.get(1).all();
        DataLoader<Batch> train = new DataLoader<>(parts.get(0), BATCH_SIZE, Shuffle.YES);
        model.replaceHead(new Linear(8, DIGITS));
        double before = accuracy(model, test);

        model.features.freeze();
        train(model, train, new Adam(model.head.parameters(), 0.03), epochs, "head", true);
        checkBody(model, loaded);
        double head = accuracy(model, test);

        model.unfreeze();
        train(model, train, new Adam(model.parameters(), 0.01), epochs, "all", false);
        return new Result(model, loaded, before, head, accuracy(model, test));
    }

    private static void train(
            Cnn model, DataLoader<Batch> data, Adam adam, int epochs, String task, boolean isBodyFrozen) {
        try (Progress progress = Progress.of(task, epochs)) {
            for (int epoch = 0; epoch < epochs; epoch++) {
                model.train();
                if (isBodyFrozen) {
                    model.features.eval();
                }
                double sum = 0;
                for (Batch batch : data) {
                    adam.zeroGrad();
                    Tensor loss = Losses.crossEntropy(model.forward(batch.features()), batch.targets());
                    loss.backward();
                    adam.step();
                    sum += loss.item();
                }
                progress.step(String.format(Locale.ROOT, "loss %.4f", sum / data.batches()));
            }
        }
    }

    /** Throws unless the body is bit for bit that of the file. */
    private static void checkBody(Cnn model, ImmutableMap<String, Tensor> loaded) {
        model.features.stateDict().forEach((name, tensor) -> {
            if (!tensor.equal(checkNotNull(loaded.get("features." + name)))) {
                throw new IllegalStateException("from-pytorch: expected a frozen body; got another " + name
                        + ". Leave it in evaluation mode while it is frozen.");
            }
        });
        System.out.println("the body is that of the file, bit for bit");
    }

    private static long right(Cnn model, Batch data) {
        return Math.round(accuracy(model, data) * data.size());
    }

    private static double accuracy(Cnn model, Batch data) {
        model.eval();
        Tensor logits = Autograd.noGrad(() -> model.forward(data.features()));
        return Metrics.accuracy(logits, data.targets());
    }
}
