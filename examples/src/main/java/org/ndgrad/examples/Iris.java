package org.ndgrad.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Linear;
import org.ndgrad.nn.Losses;
import org.ndgrad.nn.Metrics;
import org.ndgrad.nn.Relu;
import org.ndgrad.nn.Sequential;
import org.ndgrad.nn.data.Batch;
import org.ndgrad.nn.data.DataLoader;
import org.ndgrad.nn.data.Shuffle;
import org.ndgrad.nn.data.Splits;
import org.ndgrad.nn.data.Standardizer;
import org.ndgrad.nn.data.Subset;
import org.ndgrad.nn.data.TensorDataset;
import org.ndgrad.nn.optim.Adam;

/**
 * Tells three species of iris apart by four measurements: 150 flowers, 120 to learn from and 30 to test on, ten of each
 * species. Two of the species are alike, so that a flower or two of the 30 may be taken for the other.
 *
 * <p>Data: Fisher, The use of multiple measurements in taxonomic problems, 1936.
 */
public final class Iris {

    private static final int EPOCHS = 60;

    /** The loss after each epoch, and the share of the test part that is told correctly in the end. */
    record Result(List<Double> losses, double testAccuracy) {}

    private Iris() {}

    /**
     * Trains, and prints loss and accuracy.
     *
     * @param args at most one: the seed of everything random (0 if left out)
     */
    public static void main(String[] args) {
        Result result = train(Seed.of("iris", args));
        for (int epoch = 10; epoch <= EPOCHS; epoch += 10) {
            System.out.printf(
                    Locale.ROOT,
                    "epoch %d   loss %.4f%n",
                    epoch,
                    result.losses().get(epoch - 1));
        }
        System.out.printf(Locale.ROOT, "test accuracy %.4f%n", result.testAccuracy());
    }

    static Result train(long seed) {
        Rng.manualSeed(seed);
        TensorDataset flowers = RealData.IRIS.load();
        List<Subset<Batch>> parts = Splits.stratified(flowers, flowers.targets(), Rng.defaultRng(), 0.8, 0.2);
        Batch train = parts.get(0).all();
        Batch test = parts.get(1).all();
        Standardizer scaler = Standardizer.fit(train.features()); // on what is to be learned from only
        DataLoader<Batch> batches = new DataLoader<>(
                new TensorDataset(scaler.transform(train.features()), train.targets()), 16, Shuffle.YES);

        Sequential model = new Sequential(new Linear(4, 16), new Relu(), new Linear(16, 3));
        Adam adam = new Adam(model.parameters(), 0.01);
        List<Double> losses = new ArrayList<>();
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            double sum = 0;
            for (Batch batch : batches) {
                Tensor loss = Losses.crossEntropy(model.forward(batch.features()), batch.targets());
                adam.zeroGrad();
                loss.backward();
                adam.step();
                sum += loss.item() * batch.size();
            }
            losses.add(sum / train.size());
        }
        Tensor logits = Autograd.noGrad(() -> model.forward(scaler.transform(test.features())));
        return new Result(losses, Metrics.accuracy(logits, test.targets()));
    }
}
