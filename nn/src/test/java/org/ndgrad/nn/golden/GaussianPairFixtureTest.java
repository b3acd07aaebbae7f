package org.ndgrad.nn.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ndgrad.nn.golden.Golden.assertClose;
import static org.ndgrad.nn.golden.Golden.leaf;
import static org.ndgrad.nn.golden.Golden.tensor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.optim.Sgd;

/** Document 004: two layers without bias separate two Gaussian clouds, one random sample a step. */
class GaussianPairFixtureTest {

    private static final JsonNode FIXTURE = Golden.read("seed_004_fixture.json");
    private static final double TOLERANCE = 1e-9;

    /** What to descend on, for one sample. */
    interface Objective {
        Tensor of(Tensor inner, Tensor outer, Tensor x, Tensor target);
    }

    @Test
    void documentsOwnSchemeGets894Right() {
        checkTraining(GaussianPairFixtureTest::documentsOwnObjective, FIXTURE.get("seed_scheme"), 894);
        assertThat(FIXTURE.at("/printed_in_seed/correct").intValue()).isEqualTo(894);
    }

    @Test
    void trueGradientGets912Right() {
        checkTraining(GaussianPairFixtureTest::halfSquaredError, FIXTURE.get("true_gradient"), 912);
    }

    private static void checkTraining(Objective objective, JsonNode expected, int correct) {
        Tensor x = tensor(FIXTURE.get("X"));
        Tensor y = tensor(FIXTURE.get("y"));
        Tensor[] targets = {tensor(FIXTURE.at("/targets/neg")), tensor(FIXTURE.at("/targets/pos"))};
        double[] labels = y.toDoubleArray();
        Tensor inner = leaf(FIXTURE.get("W_ih0"));
        Tensor outer = leaf(FIXTURE.get("W_ho0"));
        Sgd sgd = new Sgd(List.of(inner, outer), FIXTURE.get("lr").doubleValue());

        for (JsonNode sample : FIXTURE.get("sample_order")) {
            int i = sample.intValue();
            sgd.zeroGrad();
            objective.of(inner, outer, x.select(0, i), targets[(int) labels[i]]).backward();
            sgd.step();
        }

        Tensor outputs = x.matmul(inner.t()).sigmoid().matmul(outer.t()).sigmoid();
        Tensor predicted = outputs.select(1, 1).gt(outputs.select(1, 0)).to(DataType.DOUBLE);
        double right = predicted.eq(y).to(DataType.DOUBLE).sum().item();
        assertThat(right).isEqualTo(correct).isEqualTo(expected.get("correct").doubleValue());
        assertClose(inner, expected.get("W_ih"), TOLERANCE);
        assertClose(outer, expected.get("W_ho"), TOLERANCE);
        assertClose(outputs.select(0, 0), expected.get("out_first"), TOLERANCE);
        assertClose(outputs.select(0, -1), expected.get("out_last"), TOLERANCE);
    }

    /** E = ½ ‖t − f‖², of which the document says it takes the gradient. */
    private static Tensor halfSquaredError(Tensor inner, Tensor outer, Tensor x, Tensor target) {
        Tensor f = outer.matmul(inner.matmul(x).sigmoid()).sigmoid();
        return target.sub(f).square().sum().mul(0.5);
    }

    /**
     * What the document in fact descends on. It carries t − f back to the hidden layer without the factor f (1 − f),
     * and that is the gradient of −(t − f) · W h with t − f and W held constant.
     */
    static Tensor documentsOwnObjective(Tensor inner, Tensor outer, Tensor x, Tensor target) {
        Tensor h = inner.matmul(x).sigmoid();
        Tensor error = target.sub(outer.matmul(h.detach()).sigmoid());
        Tensor forOuter = error.square().sum().mul(0.5);
        Tensor forInner = error.detach().mul(outer.detach().matmul(h)).sum().neg();
        return forOuter.add(forInner);
    }
}
