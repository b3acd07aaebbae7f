package org.ndgrad.examples;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Block;
import org.ndgrad.nn.Flatten;
import org.ndgrad.nn.Linear;
import org.ndgrad.nn.Losses;
import org.ndgrad.nn.Reduction;
import org.ndgrad.nn.Relu;
import org.ndgrad.nn.Sequential;
import org.ndgrad.nn.Unflatten;
import org.ndgrad.nn.data.Batch;
import org.ndgrad.nn.data.DataLoader;
import org.ndgrad.nn.data.Shuffle;
import org.ndgrad.nn.data.Splits;
import org.ndgrad.nn.data.Subset;
import org.ndgrad.nn.optim.Adam;
import org.ndgrad.nn.optim.CosineAnnealingLr;
import org.ndgrad.nn.train.Progress;
import org.ndgrad.plot.Figure;
import org.ndgrad.plot.Pictures;
import org.ndgrad.plot.Plot;

/**
 * Learns to write digits: a variational autoencoder presses pictures of 8 × 8 pixels into two numbers, such that
 * pictures made of two random numbers look like those that it was shown.
 *
 * <p>The encoder gives for a picture x a normal distribution q(z | x) of the two numbers z, the decoder for z a
 * probability of ink for each pixel, p(x | z). Raised is the evidence lower bound (ELBO) of log p(x),
 * E[log p(x | z)] − KL(q(z | x) ‖ N(0, 1)), with one z drawn for each picture.
 *
 * <p>Expected: a test ELBO of −24.3 nats a picture after 60 epochs, which take about ten seconds on two cores, from
 * −27.3 after the first ones. Between digits the samples are blurred.
 *
 * <p>Source: Kingma and Welling, Auto-encoding variational Bayes, 2014. Data: those of {@link Digits}.
 */
public final class VariationalAutoencoder {

    private static final Path FOLDER = Path.of("out", "variational-autoencoder");
    private static final int EPOCHS = 60;
    private static final int BATCH_SIZE = 32;
    private static final double LEARNING_RATE = 0.003;
    private static final int LATENT = 2;

    /** How many samples are drawn in a row and in a column of a picture. */
    private static final int SIDE = 8;

    /** A normal distribution for each picture of a batch, both of shape (N, 2). */
    record Normal(Tensor mean, Tensor logVariance) {

        /** Draws from it: noise that does not depend on parameters is scaled and shifted, so that gradients flow. */
        Tensor sample() {
            Tensor noise = Tensor.randnLike(mean);
            return mean.add(logVariance.mul(0.5).exp().mul(noise));
        }

        /** Returns the Kullback-Leibler divergence from the standard normal distribution, summed over all. */
        Tensor divergence() {
            return mean.square()
                    .add(logVariance.exp())
                    .sub(logVariance)
                    .sub(1)
                    .sum()
                    .mul(0.5);
        }
    }

    /** What a pass makes of a batch: the distribution of the latent numbers, and the logits of the pixels. */
    record Pass(Normal latent, Tensor logits) {

        /** Returns the evidence lower bound, log p(x | z) − KL, as a mean over the pictures. */
        Tensor elbo(Tensor x) {
            Tensor likelihood = Losses.binaryCrossEntropyWithLogits(logits, x, Reduction.SUM)
                    .neg();
            return likelihood.sub(latent.divergence()).div(x.size(0));
        }
    }

    /** Encoder and decoder, whose layers belong to it since they stand in its fields. */
    static final class Vae extends Block {

        private final Sequential body = new Sequential(new Flatten(), new Linear(64, 128), new Relu());
        private final Linear mean = new Linear(128, LATENT);
        private final Linear logVariance = new Linear(128, LATENT);
        private final Sequential decoder = new Sequential(
                new Linear(LATENT, 128),
                new Relu(),
                new Linear(128, 128),
                new Relu(),
                new Linear(128, 64),
                new Unflatten(1, 1, 8, 8));

        Pass forward(Tensor x) {
            Normal latent = encode(x);
            return new Pass(latent, decoder.forward(latent.sample()));
        }

        Normal encode(Tensor x) {
            Tensor hidden = body.forward(x);
            return new Normal(mean.forward(hidden), logVariance.forward(hidden));
        }

        Tensor decode(Tensor z) {
            return decoder.forward(z).sigmoid();
        }
    }

    /** What came out of a run: the model, and the bound after each epoch, in nats for a picture. */
    record Result(Vae model, Batch test, List<Double> trainElbos, List<Double> testElbos) {}

    private VariationalAutoencoder() {}

    /**
     * Trains, prints the evidence lower bound (ELBO), and writes {@code samples.png} and {@code latent.png} to
     * {@code out/variational-autoencoder}.
     *
     * @param args at most one: the seed of everything random (0 if left out)
     */
    public static void main(String[] args) {
        Result result = train(Seed.of("variational-autoencoder", args), EPOCHS);
        draw(result, FOLDER);
        System.out.printf("pictures: %s/samples.png, latent.png%n", FOLDER);
        System.out.printf(Locale.ROOT, "test ELBO %.2f%n", result.testElbos().get(EPOCHS - 1));
    }

    /** Trains on four fifths of the pictures, with everything random drawn from the seed. */
    static Result train(long seed, int epochs) {
        Rng.manualSeed(seed);
        List<Subset<Batch>> parts = Splits.byFraction(Digits.data(), Rng.defaultRng(), 0.8, 0.2);
        Batch test = parts.get(1).all();
        DataLoader<Batch> batches = new DataLoader<>(parts.get(0), BATCH_SIZE, Shuffle.YES);

        Vae model = new Vae();
        Adam adam = new Adam(model.parameters(), LEARNING_RATE);
        CosineAnnealingLr schedule = new CosineAnnealingLr(adam, epochs);
        System.out.println(model);
        List<Double> trainElbos = new ArrayList<>();
        List<Double> testElbos = new ArrayList<>();
        try (Progress progress = Progress.of("epoch", epochs)) {
            for (int epoch = 0; epoch < epochs; epoch++) {
                double sum = 0;
                for (Batch batch : batches) {
                    adam.zeroGrad();
                    Tensor elbo = model.forward(batch.features()).elbo(batch.features());
                    elbo.neg().backward();
                    adam.step();
                    sum += elbo.item() * batch.size();
                }
                schedule.step();
                trainElbos.add(sum / parts.get(0).size());
                testElbos.add(Autograd.noGrad(() ->
                        model.forward(test.features()).elbo(test.features()).item()));
                progress.step(String.format(
                        Locale.ROOT, "ELBO %.2f, test ELBO %.2f", trainElbos.get(epoch), testElbos.get(epoch)));
            }
        }
        return new Result(model, test, trainElbos, testElbos);
    }

    static void draw(Result result, Path folder) {
        Plot space = Plot.titled("Where the encoder puts the test pictures")
                .xLabel("z1")
                .yLabel("z2")
                .size(800, 640);
        Tensor means = Autograd.noGrad(
                () -> result.model().encode(result.test().features()).mean());
        for (int digit = 0; digit < 10; digit++) {
            Tensor own = means.get(result.test().targets().eq(digit));
            space.scatter(
                    Integer.toString(digit),
                    own.select(1, 0).toDoubleArray(),
                    own.select(1, 1).toDoubleArray());
        }
        Figure.row(
                        Plot.titled("Evidence lower bound by epoch")
                                .xLabel("epoch")
                                .yLabel("nats per picture")
                                .size(800, 640)
                                .line("training", result.trainElbos())
                                .line("test", result.testElbos()),
                        space)
                .save(folder.resolve("latent.png"));
        Figure.row(
                        pictures("Drawn by chance", result.model(), Tensor.randn(SIDE * SIDE, LATENT)),
                        pictures("All over the plane of two numbers", result.model(), plane()))
                .save(folder.resolve("samples.png"));
    }

    /** Returns the points of a grid between which a standard normal distribution is equally likely to fall. */
    private static Tensor plane() {
        Tensor shares = Tensor.linspace(0.5 / SIDE, 1 - 0.5 / SIDE, SIDE);
        Tensor quantiles = shares.mul(2).sub(1).erfinv().mul(Math.sqrt(2));
        return Functions.cartesianProd(quantiles.neg(), quantiles).flip(1); // z1 to the right, z2 upward
    }

    private static Pictures pictures(String title, Vae model, Tensor z) {
        Pictures pictures = Pictures.titled(title).columns(SIDE);
        Tensor decoded = Autograd.noGrad(() -> model.decode(z));
        for (long i = 0; i < z.size(0); i++) {
            pictures.add(decoded.select(0, i).toDoubleArray(), 8);
        }
        return pictures;
    }
}
