package org.ndgrad.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.data.Batch;
import org.ndgrad.nn.data.Csv;
import org.ndgrad.nn.data.CsvOptions;
import org.ndgrad.nn.data.DataLoader;
import org.ndgrad.nn.data.DataLoaderOptions;
import org.ndgrad.nn.data.Dataset;
import org.ndgrad.nn.data.MinMaxScaler;
import org.ndgrad.nn.data.TensorDataset;
import org.ndgrad.nn.optim.Adam;
import org.ndgrad.nn.optim.Optimizer;
import org.ndgrad.nn.optim.Sgd;
import org.ndgrad.nn.optim.SgdOptions;
import org.ndgrad.nn.train.Accuracy;
import org.ndgrad.nn.train.Callback;
import org.ndgrad.nn.train.Metric;
import org.ndgrad.nn.train.Progress;

/** What may stand in the last line of a notebook's cell says what it is. */
class PrintsTest {

    private static final Iterable<Tensor> PARAMETERS =
            new Linear(3, 2).parameters().values();

    /** An optimizer of a user, who has written no {@code toString}. */
    private static final class Still extends Optimizer {

        private Still() {
            super(PARAMETERS, 0.5);
        }

        @Override
        protected void update(Tensor parameter, Tensor grad) {}
    }

    @Test
    void optimizersShowTheirSettings() {
        Adam adam = new Adam(PARAMETERS, 1e-3);
        adam.learningRate(1e-4);

        assertThat(adam)
                .hasToString("Adam(learningRate=1.0E-4, parameters=2, elements=8, AdamOptions[beta1=0.9, beta2=0.999,"
                        + " epsilon=1.0E-8, weightDecay=0.0,"
                        + " decoupledWeightDecay=false, amsgrad=false, maximize=false])");
        assertThat(new Sgd(PARAMETERS, 0.1, SgdOptions.defaults().withMomentum(0.9)))
                .hasToString("Sgd(learningRate=0.1, parameters=2, elements=8, SgdOptions[momentum=0.9, dampening=0.0,"
                        + " weightDecay=0.0, nesterov=false, maximize=false])");
        assertThat(new Still()).hasToString("Still(learningRate=0.5, parameters=2, elements=8)");
    }

    @Test
    void dataShowTheirSizes() {
        Dataset<Batch> data = new TensorDataset(Tensor.zeros(10, 3), Tensor.arange(10));
        Rng rng = new Rng(7);

        assertThat(data).hasToString("TensorDataset(features=(10, 3) float32, targets=(10) int64)");
        assertThat(new DataLoader<>(data, 4, rng))
                .hasToString("DataLoader(TensorDataset(features=(10, 3) float32, targets=(10) int64), batchSize=4,"
                        + " batches=3, DataLoaderOptions[rng=Optional[Rng(seed=7, position=0)],"
                        + " sampler=Optional.empty, dropLast=false, workers=0])");
        assertThat(MinMaxScaler.fit(Tensor.rand(5, 3))).hasToString("MinMaxScaler(features=(3))");
        assertThat(Csv.read(
                        new StringReader("1,2\n3,4\n5,6\n"),
                        "data.csv",
                        CsvOptions.defaults().withHeaderLines(0)))
                .hasToString("CsvTable(data.csv: 3 rows, 2 columns)");
    }

    @Test
    void metricsShowTheirValue() {
        Metric accuracy = new Accuracy();

        assertThat(accuracy).hasToString("Accuracy(no value yet)");
        accuracy.update(Tensor.of(0, 1, 1, 1), Tensor.of(0, 1, 1, 0));

        assertThat(accuracy).hasToString("Accuracy(0.75)");
    }

    @Test
    void whatTrainingUsesShowsWhereItStands() {
        Progress progress = Progress.of("epoch", 20);
        progress.step("");

        assertThat(progress).hasToString("Progress(epoch 1/20)");
        assertThat(Callback.everyEpoch(trainer -> {})).hasToString("Callback.everyEpoch");
        assertThat(Callback.everyStep(trainer -> {})).hasToString("Callback.everyStep");
    }

    @Test
    void nothingPrintsAsAClassAndANumber() {
        List<Object> all = List.of(
                LinearOptions.defaults(),
                SgdOptions.defaults(),
                CsvOptions.defaults(),
                DataLoaderOptions.defaults(),
                BceOptions.defaults(),
                CrossEntropyOptions.defaults(),
                new Sequential(new Linear(2, 3), new Dropout(0.5)),
                Rng.defaultRng());

        assertThat(all).allSatisfy(each -> assertThat(each.toString()).doesNotContain("@"));
    }
}
