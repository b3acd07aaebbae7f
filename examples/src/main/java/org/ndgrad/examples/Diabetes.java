package org.ndgrad.examples;

import com.google.common.primitives.Doubles;
import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Linear;
import org.ndgrad.nn.LinearOptions;
import org.ndgrad.nn.Losses;
import org.ndgrad.nn.Penalties;
import org.ndgrad.nn.data.Batch;
import org.ndgrad.nn.data.Splits;
import org.ndgrad.nn.data.Standardizer;
import org.ndgrad.nn.data.Subset;
import org.ndgrad.nn.optim.Sgd;
import org.ndgrad.nn.optim.SgdOptions;

/**
 * Predicts by ten measurements how far the diabetes of a patient will have progressed in a year: ridge regression, once
 * by gradient descent and once by its formula. Both minimize mean (Xw + b − y)² + λ |w|², and have the same answer.
 *
 * <p>The measurements are standardized on the part to learn from, so that their means are 0 there; then b is the mean
 * of y, and w = (XᵀX / n + λ)⁻¹ Xᵀ(y − b) / n.
 *
 * <p>Data: Efron, Hastie, Johnstone and Tibshirani, Least angle regression, 2004.
 */
public final class Diabetes {

    private static final String[] MEASUREMENTS = {
        "age", "sex", "body mass index", "blood pressure", "s1", "s2", "s3", "s4", "s5", "s6"
    };
    private static final double PENALTY = 0.02;
    private static final int STEPS = 1000;

    /**
     * Both answers: the weights (10) and last the bias.
     *
     * @param r2 the share of the variance of the test part that the trained model explains
     */
    record Result(List<Double> trained, List<Double> formula, double r2) {}

    private Diabetes() {}

    /**
     * Trains, and prints the weights beside those of the formula.
     *
     * @param args at most one: the seed that parts the data (0 if left out)
     */
    public static void main(String[] args) {
        Result result = train(Seed.of("diabetes", args));
        System.out.printf("%-18s%16s%16s%n", "", "trained", "formula");
        for (int i = 0; i <= MEASUREMENTS.length; i++) {
            System.out.printf(
                    Locale.ROOT,
                    "%-18s%16.9f%16.9f%n",
                    i < MEASUREMENTS.length ? MEASUREMENTS[i] : "bias",
                    result.trained().get(i),
                    result.formula().get(i));
        }
        System.out.printf(Locale.ROOT, "test R² %.4f%n", result.r2());
    }

    static Result train(long seed) {
        Rng.manualSeed(seed);
        List<Subset<Batch>> parts = Splits.byFraction(RealData.DIABETES.load(), Rng.defaultRng(), 0.8, 0.2);
        Batch train = parts.get(0).all();
        Batch test = parts.get(1).all();
        Standardizer scaler = Standardizer.fit(train.features());
        Tensor x = scaler.transform(train.features());
        Tensor y = train.targets();

        Linear model = new Linear(10, 1, LinearOptions.defaults().withDtype(DataType.DOUBLE));
        Sgd sgd = new Sgd(model.parameters(), 0.1, SgdOptions.defaults().withMomentum(0.9));
        for (int step = 0; step < STEPS; step++) {
            Tensor loss = Losses.mseLoss(model.forward(x), y)
                    .add(Penalties.l2(List.of(model.weight())).mul(PENALTY));
            sgd.zeroGrad();
            loss.backward();
            sgd.step();
        }
        return Autograd.noGrad(() -> {
            Tensor trained = model.weight().flatten();
            Tensor bias = model.forward(Tensor.zeros(DataType.DOUBLE, 1, 10));
            Tensor predicted = model.forward(scaler.transform(test.features()));
            Tensor rest = test.targets().sub(predicted).square().sum();
            Tensor all = test.targets().sub(test.targets().mean()).square().sum();
            return new Result(
                    both(trained, bias), ridge(x, y), 1 - rest.div(all).item());
        });
    }

    private static List<Double> ridge(Tensor x, Tensor y) {
        double n = x.size(0);
        Tensor bias = y.mean();
        Tensor covariance =
                x.t().matmul(x).div(n).add(Tensor.eye(DataType.DOUBLE, 10).mul(PENALTY));
        Tensor weights = covariance.solve(x.t().matmul(y.sub(bias)).div(n));
        return both(weights, bias);
    }

    private static List<Double> both(Tensor weights, Tensor bias) {
        return Doubles.asList(Doubles.concat(weights.toDoubleArray(), bias.toDoubleArray()));
    }
}
