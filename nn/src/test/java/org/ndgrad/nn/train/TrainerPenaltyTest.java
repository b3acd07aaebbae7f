package org.ndgrad.nn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Linear;
import org.ndgrad.nn.LinearOptions;
import org.ndgrad.nn.Losses;
import org.ndgrad.nn.Penalties;
import org.ndgrad.nn.Sequential;
import org.ndgrad.nn.Tanh;
import org.ndgrad.nn.data.Batch;
import org.ndgrad.nn.data.TensorDataset;
import org.ndgrad.nn.optim.Sgd;

class TrainerPenaltyTest {

    private static final TrainerOptions QUIET = TrainerOptions.defaults().withQuiet(true);

    private static TensorDataset data(int n, long seed) {
        Tensor x = Tensor.randn(new Rng(seed), n, 2);
        return new TensorDataset(x, x.select(1, 0).mul(x.select(1, 1)).unsqueeze(1));
    }

    private static Sequential network() {
        LinearOptions options = LinearOptions.defaults().withRng(new Rng(1));
        return new Sequential(new Linear(2, 8, options), new Tanh(), new Linear(8, 1, options));
    }

    private static Trainer<Batch> trainer(Sequential model, TrainerOptions options) {
        return Trainer.of(model, Losses::mseLoss, new Sgd(model.parameters(), 0.1), options);
    }

    @Test
    void penaltyIsAddedToTheLossOfTrainingDataOnly() {
        List<Batch> train = List.of(data(4, 3).all(), data(2, 4).all());
        Sequential byHand = network();
        Sgd sgd = new Sgd(byHand.parameters(), 0.1);
        Tensor first = Losses.mseLoss(
                byHand.forward(train.get(0).features()), train.get(0).targets());
        Tensor second = Losses.mseLoss(
                byHand.forward(train.get(1).features()), train.get(1).targets());
        Tensor penalty = Penalties.l2(byHand.parameters()).mul(0.01);
        Tensor loss = first.mul(4 / 6.0).add(second.mul(2 / 6.0)).add(penalty);
        loss.backward();
        sgd.step();

        Sequential model = network();
        TrainerOptions options = QUIET.withAccumulation(2)
                .withPenalty(each -> Penalties.l2(each.parameters()).mul(0.01));
        History history = trainer(model, options).fit(train, List.of(data(5, 5).all()), 1);

        model.parameters()
                .forEach((name, each) -> assertThat(each.toDoubleArray())
                        .as(name)
                        .containsExactly(byHand.parameters().get(name).toDoubleArray(), within(1e-7)));
        assertThat(history.last("loss")).isCloseTo(loss.item(), within(1e-6));
        Batch test = data(5, 5).all();
        assertThat(history.last("val_loss"))
                .isCloseTo(
                        Losses.mseLoss(model.forward(test.features()), test.targets())
                                .item(),
                        within(1e-6));
    }

    @Test
    void penaltiesOfManyNumbersOrNoneAreRefused() {
        List<Batch> train = List.of(data(4, 3).all());
        Sequential model = network();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer(
                                model,
                                QUIET.withPenalty(each ->
                                        each.parameters().iterator().next().square()))
                        .fit(train, 1))
                .withMessage(
                        "Trainer: expected a penalty of one number; got shape (8, 2). Call sum(), as Penalties do.");
        assertThatIllegalStateException()
                .isThrownBy(() -> trainer(model, QUIET.withPenalty(each -> Tensor.of(Double.POSITIVE_INFINITY)))
                        .fit(train, 1))
                .withMessage(
                        "Trainer: expected a finite penalty; got Infinity in epoch 1, batch 1, at learning rate 0.1,"
                                + " in the first batch, while the loss of the batch is finite. Lower its factor or the"
                                + " learning rate, and look for a root or a logarithm of 0 in it.");
    }
}
