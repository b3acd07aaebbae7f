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
import org.ndgrad.nn.Penalties;
import org.ndgrad.nn.data.Batch;
import org.ndgrad.nn.data.Fold;
import org.ndgrad.nn.data.Splits;
import org.ndgrad.nn.data.Standardizer;
import org.ndgrad.nn.data.TensorDataset;
import org.ndgrad.nn.optim.Adam;

/**
 * Tells by chemical analysis which of three growers a wine is from, by softmax regression. 178 wines are few to test
 * on, so each is tested once: five-fold cross-validation, with each grower's share in every fold. One measurement is in
 * thousands and another in tenths; without scaling, the large one would drown the others.
 *
 * <p>Data: Forina et al., PARVUS, 1988.
 */
public final class Wine {

    private static final int FOLDS = 5;
    private static final int STEPS = 150;
    private static final double PENALTY = 0.001;

    private Wine() {}

    /**
     * Trains five times, and prints the accuracies.
     *
     * @param args at most one: the seed of everything random (0 if left out)
     */
    public static void main(String[] args) {
        List<Double> accuracies = accuracies(Seed.of("wine", args));
        for (int fold = 0; fold < FOLDS; fold++) {
            System.out.printf(Locale.ROOT, "fold %d   accuracy %.4f%n", fold + 1, accuracies.get(fold));
        }
        System.out.printf(Locale.ROOT, "mean accuracy %.4f%n", mean(accuracies));
    }

    static double mean(List<Double> numbers) {
        return numbers.stream().mapToDouble(each -> each).average().orElseThrow();
    }

    /** Returns the accuracy on each fold of a model that learned from the other four. */
    static List<Double> accuracies(long seed) {
        Rng.manualSeed(seed);
        TensorDataset wines = RealData.WINE.load();
        List<Double> accuracies = new ArrayList<>();
        for (Fold<Batch> fold : Splits.stratifiedKFold(wines, wines.targets(), Rng.defaultRng(), FOLDS)) {
            accuracies.add(accuracy(fold.train().all(), fold.validation().all()));
        }
        return accuracies;
    }

    private static double accuracy(Batch train, Batch validation) {
        Standardizer scaler = Standardizer.fit(train.features()); // anew for each fold
        Tensor features = scaler.transform(train.features());
        Linear model = new Linear(13, 3);
        Adam adam = new Adam(model.parameters(), 0.05);
        for (int step = 0; step < STEPS; step++) {
            Tensor loss = Losses.crossEntropy(model.forward(features), train.targets());
            adam.zeroGrad();
            loss.add(Penalties.l2(List.of(model.weight())).mul(PENALTY)).backward();
            adam.step();
        }
        Tensor logits = Autograd.noGrad(() -> model.forward(scaler.transform(validation.features())));
        return Metrics.accuracy(logits, validation.targets());
    }
}
