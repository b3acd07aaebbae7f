package org.ndgrad.nn.train;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.ndgrad.nn.train.TrainerTest.data;
import static org.ndgrad.nn.train.TrainerTest.network;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.ndgrad.nn.Losses;
import org.ndgrad.nn.Sequential;
import org.ndgrad.nn.data.Batch;
import org.ndgrad.nn.data.DataLoader;
import org.ndgrad.nn.data.IterableDataset;
import org.ndgrad.nn.data.TensorDataset;
import org.ndgrad.nn.optim.Sgd;

/** What a trainer shows while it runs. */
class TrainerProgressTest {

    @Test
    void progressHasLossesAndMetricsOfTheMoment() {
        var bytes = new ByteArrayOutputStream();
        Sequential model = network();
        DataLoader<Batch> train = new DataLoader<>(data(8, 1), 2);
        Trainer.of(
                        model,
                        Losses::mseLoss,
                        new Sgd(model.parameters(), 0.01),
                        TrainerOptions.defaults().withOut(new PrintStream(bytes, true, UTF_8)))
                .fit(train, train, 2);

        List<String> lines = bytes.toString(UTF_8).lines().toList();
        assertThat(lines).hasSize(8);
        assertThat(lines.get(0)).matches("batch 1/8  epoch 1/2, loss \\d\\.\\d{4}  \\(.*/s, 0:\\d\\d left\\)");
        assertThat(lines.get(3)).matches("batch 4/8  epoch 1/2, loss \\d\\.\\d{4}, val_loss \\d\\.\\d{4}  .*");
        assertThat(lines.get(4)).matches("batch 5/8  epoch 2/2, loss \\d\\.\\d{4}, last val_loss \\d\\.\\d{4}  .*");
        assertThat(lines.get(7)).matches("batch 8/8  epoch 2/2, loss .*, val_loss .* in 0:\\d\\d\\)");
    }

    @Test
    void streamsAreTrainedOn() {
        var bytes = new ByteArrayOutputStream();
        Sequential model = network();
        TensorDataset data = data(8, 1);
        IterableDataset<Batch> stream =
                () -> LongStream.range(0, data.size()).mapToObj(data::get).iterator();
        Trainer<Batch> trainer = Trainer.of(
                model,
                Losses::mseLoss,
                new Sgd(model.parameters(), 0.01),
                TrainerOptions.defaults().withOut(new PrintStream(bytes, true, UTF_8)));

        trainer.fit(new DataLoader<>(stream, 2), 2);

        assertThat(trainer.step()).isEqualTo(8);
        assertThat(bytes.toString(UTF_8)).startsWith("batch 4/8  epoch 1/2").contains("batch 8/8");
    }

    @Test
    void progressOfDataOfUnknownLengthIsKnownAfterAnEpoch() {
        var bytes = new ByteArrayOutputStream();
        Sequential model = network();
        DataLoader<Batch> train = new DataLoader<>(data(8, 1), 2);
        AtomicBoolean asked = new AtomicBoolean();
        Iterable<Batch> unknown = () -> {
            asked.set(true);
            return train.iterator();
        };
        Trainer.of(
                        model,
                        Losses::mseLoss,
                        new Sgd(model.parameters(), 0.01),
                        TrainerOptions.defaults().withOut(new PrintStream(bytes, true, UTF_8)))
                .fit(unknown, 2);

        assertThat(asked).isTrue();
        assertThat(bytes.toString(UTF_8)).startsWith("batch 4/8  epoch 1/2").contains("batch 8/8");
    }
}
