package org.ndgrad.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;

import org.junit.jupiter.api.Test;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.data.Batch;
import org.ndgrad.nn.data.DataLoader;
import org.ndgrad.nn.data.Standardizer;
import org.ndgrad.nn.data.Synthetic;
import org.ndgrad.nn.data.TensorDataset;
import org.ndgrad.nn.golden.Golden;
import org.ndgrad.nn.optim.Adam;
import org.ndgrad.nn.optim.Optimizer;
import org.ndgrad.nn.optim.Sgd;
import org.ndgrad.nn.optim.SgdOptions;

/** Training with a known answer. */
class TrainingTest {

    @Test
    void linearRegressionReachesTheClosedForm() {
        Tensor x = Tensor.randn(DOUBLE, new Rng(0), 50, 1);
        Tensor y = x.mul(3).sub(1).add(Tensor.randn(DOUBLE, new Rng(1), 50, 1).mul(0.1));
        Linear model =
                new Linear(1, 1, LinearOptions.defaults().withDtype(DOUBLE).withRng(new Rng(2)));
        Sgd sgd = new Sgd(model.parameters(), 0.3);

        for (int step = 0; step < 300; step++) {
            sgd.zeroGrad();
            Losses.mseLoss(model.forward(x), y).backward();
            sgd.step();
        }

        Tensor centered = x.sub(x.mean());
        double slope = centered.mul(y).sum().item() / centered.square().sum().item();
        double intercept = y.mean().item() - slope * x.mean().item();
        Golden.assertClose(model.weight().toDoubleArray(), new double[] {slope}, 1e-10);
        Golden.assertClose(model.bias().toDoubleArray(), new double[] {intercept}, 1e-10);
    }

    @Test
    void weightDecayReachesTheRidgeSolution() {
        Tensor x = Tensor.randn(DOUBLE, new Rng(0), 50, 1);
        Tensor y = x.mul(3);
        Linear model = Linear.of(Tensor.zeros(DOUBLE, 1, 1));
        SgdOptions decay = SgdOptions.defaults().withWeightDecay(0.5);
        Optimizer sgd = new Sgd(model.parameters(), 0.3, decay);
        Linear penalized = Linear.of(Tensor.zeros(DOUBLE, 1, 1));
        Optimizer plain = new Sgd(penalized.parameters(), 0.3);

        for (int step = 0; step < 200; step++) {
            sgd.zeroGrad();
            Losses.mseLoss(model.forward(x), y).backward();
            sgd.step();
            plain.zeroGrad();
            Tensor penalty = Penalties.l2(penalized.parameters()).mul(0.25);
            Losses.mseLoss(penalized.forward(x), y).add(penalty).backward();
            plain.step();
        }

        double squares = x.square().mean().item();
        double[] ridge = {2 * 3 * squares / (2 * squares + 0.5)};
        Golden.assertClose(model.weight().toDoubleArray(), ridge, 1e-10);
        Golden.assertClose(penalized.weight().toDoubleArray(), ridge, 1e-10);
    }

    @Test
    void xorIsLearned() {
        Tensor x = Tensor.of(new double[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}});
        Tensor y = Tensor.of(new double[][] {{0}, {1}, {1}, {0}});
        Sequential model = mlp(2, 8, 1, 0);
        Adam adam = new Adam(model.parameters(), 0.05);

        double loss = Double.NaN;
        for (int step = 0; step < 1000; step++) {
            adam.zeroGrad();
            Tensor error = Losses.binaryCrossEntropyWithLogits(model.forward(x), y);
            error.backward();
            adam.step();
            loss = error.item();
        }

        assertThat(loss).isLessThan(1e-3);
        assertThat(Metrics.binaryAccuracy(model.forward(x), y, 0)).isEqualTo(1);
    }

    @Test
    void blobsAreClassified() {
        TensorDataset blobs =
                Synthetic.blobs(new Rng(0), 60, 0.5, new double[] {0, 0}, new double[] {4, 0}, new double[] {0, 4});
        Sequential model = mlp(2, 8, 3, 1);

        TensorDataset scaled =
                new TensorDataset(Standardizer.fit(blobs.features()).transform(blobs.features()), blobs.targets());

        train(model, scaled, 5, 20);

        model.eval();
        assertThat(Metrics.accuracy(model.forward(scaled.features()), scaled.targets()))
                .isGreaterThan(0.98);
    }

    @Test
    void sameSeedsGiveTheSameBits() {
        TensorDataset moons = Synthetic.moons(new Rng(0), 50, 0.1);

        double[] first = trainedWeights(moons, 3);

        assertThat(trainedWeights(moons, 3)).containsExactly(first);
        assertThat(trainedWeights(moons, 4)).isNotEqualTo(first);
    }

    private static double[] trainedWeights(TensorDataset data, long seed) {
        Sequential model = mlp(2, 8, 2, seed);
        train(model, data, seed, 3);
        return model.parameters().get("0.weight").toDoubleArray();
    }

    private static Sequential mlp(long in, long hidden, long out, long seed) {
        Rng random = new Rng(seed);
        LinearOptions options = LinearOptions.defaults().withRng(random);
        return new Sequential(
                new Linear(in, hidden, options),
                new Tanh(),
                new Dropout(DropoutOptions.defaults().withP(out > 1 ? 0.1 : 0).withRng(random)),
                new Linear(hidden, out, options));
    }

    private static void train(Layer model, TensorDataset data, long seed, int epochs) {
        DataLoader<Batch> loader = new DataLoader<>(data, 16, new Rng(seed));
        Adam adam = new Adam(model.parameters(), 0.02);
        for (int epoch = 0; epoch < epochs; epoch++) {
            for (Batch batch : loader) {
                adam.zeroGrad();
                Losses.crossEntropy(model.forward(batch.features()), batch.targets())
                        .backward();
                adam.step();
            }
        }
    }
}
