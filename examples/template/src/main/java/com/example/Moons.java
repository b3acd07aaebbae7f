package com.example;

import java.nio.file.Path;
import java.util.Map;
import org.ndgrad.autograd.Rng;
import org.ndgrad.nn.Linear;
import org.ndgrad.nn.Losses;
import org.ndgrad.nn.Sequential;
import org.ndgrad.nn.Tanh;
import org.ndgrad.nn.data.Batch;
import org.ndgrad.nn.data.DataLoader;
import org.ndgrad.nn.data.Splits;
import org.ndgrad.nn.data.Synthetic;
import org.ndgrad.nn.io.Safetensors;
import org.ndgrad.nn.optim.Adam;
import org.ndgrad.nn.train.Accuracy;
import org.ndgrad.nn.train.Trainer;
import org.ndgrad.nn.train.TrainerOptions;

/** Learns to tell two interleaved half circles apart, and saves what was learned. */
public final class Moons {

    private Moons() {}

    /** Returns a network that gives a point of the plane a score for each of the two half circles. */
    static Sequential network() {
        return new Sequential(new Linear(2, 16), new Tanh(), new Linear(16, 2));
    }

    /** Trains the network on three quarters of 400 points, and returns loss and accuracy on the others. */
    static Map<String, Double> train(Sequential network, int epochs) {
        var parts = Splits.byFraction(Synthetic.moons(new Rng(1), 400, 0.1), new Rng(2), 0.75, 0.25);
        var train = new DataLoader<>(parts.get(0), 32, new Rng(3));
        var test = new DataLoader<>(parts.get(1), 100);
        Trainer<Batch> trainer = Trainer.of(
                network,
                Losses::crossEntropy,
                new Adam(network.parameters(), 0.02),
                TrainerOptions.defaults().withMetrics(Accuracy::new));
        trainer.fit(train, test, epochs);
        return trainer.evaluate(test);
    }

    public static void main(String[] args) {
        Rng.manualSeed(0);
        Sequential network = network();
        System.out.println("on points that it has not seen: " + train(network, 30));

        Path file = Path.of("moons.safetensors");
        Safetensors.saveFile(network.stateDict(), file);
        System.out.println("saved in " + file.toAbsolutePath());
    }
}
