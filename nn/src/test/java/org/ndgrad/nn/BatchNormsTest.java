package org.ndgrad.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.optim.AveragedParameters;

class BatchNormsTest {

    private static final List<Tensor> BATCHES = List.of(
            Tensor.of(DataType.DOUBLE, new double[][] {{1, 2}, {3, -1}, {0.5, 0.25}}),
            Tensor.of(DataType.DOUBLE, new double[][] {{-1, 2}, {2, 2}}),
            Tensor.of(DataType.DOUBLE, new double[][] {{0, 4}, {1, -3}, {2, 1}, {5, 0}}));

    private static Sequential model() {
        LinearOptions linear = LinearOptions.defaults().withDtype(DataType.DOUBLE);
        BatchNormLayerOptions norm = BatchNormLayerOptions.defaults().withDtype(DataType.DOUBLE);
        Sequential model = new Sequential(
                new Linear(2, 3, linear),
                new BatchNorm1d(3, norm.withMomentum(0.3)),
                new Relu(),
                new Linear(3, 2, linear),
                new BatchNorm1d(2, norm.withCumulativeAverage()),
                new Linear(2, 1, linear));
        int k = 0;
        for (Tensor parameter : model.parameters()) {
            Tensor numbers = Tensor.arange(parameter.numel()).to(DataType.DOUBLE);
            Init.replace(parameter, numbers.mul(k + 1).add(k).cos().reshape(parameter.shape()));
            k++;
        }
        return model;
    }

    private static void check(Tensor actual, double... expected) {
        assertThat(actual.toDoubleArray()).containsExactly(expected, within(1e-12));
    }

    /** The numbers are those that PyTorch 2.13's update_bn leaves. */
    @Test
    void runningValuesAreMeansOfAllBatchesForTheAverages() {
        Sequential model = model();
        AveragedParameters averages = AveragedParameters.equal(model.parameters());
        averages.update();
        model.forward(BATCHES.get(0));
        model.forward(BATCHES.get(2));
        model.parameters().forEach(Init::zeros_);
        model.eval();

        averages.copyToModel();
        BatchNorms.update(model, BATCHES, model::forward);

        check(model.buffers().get("1.running_mean"), 2.3989295476843866, -2.50734765035818, -0.31207996204345306);
        check(model.buffers().get("1.running_var"), 3.575155255453163, 3.259096482999113, 2.2151122817402817);
        check(model.buffers().get("4.running_mean"), -0.39395741587596056, 0.27342702540008873);
        check(model.buffers().get("4.running_var"), 0.10941099984856742, 0.03385982079198495);
        assertThat(model.buffers().get("1.num_batches_tracked").itemLong()).isEqualTo(3);
        assertThat(model.isTraining()).isFalse();
        check(model.forward(BATCHES.get(0)), -0.8504389938182009, -0.7559667300215547, -0.9085883062962057);
    }

    @Test
    void modesAndMomentaComeBack() {
        Sequential model = model();
        model.get(4).eval();
        BatchNorm1d first = (BatchNorm1d) model.get(1);
        Tensor mean = first.runningMean();

        assertThatThrownBy(() -> BatchNorms.update(model, BATCHES, batch -> {
                    assertThat(model.get(4).isTraining()).isTrue();
                    assertThat(model.forward(batch).requiresGrad()).isFalse();
                    throw new IllegalStateException("stop");
                }))
                .hasMessage("stop");

        assertThat(model.isTraining()).isTrue();
        assertThat(model.get(4).isTraining()).isFalse();
        Tensor before = mean.clone();
        Tensor x = model.get(0).forward(BATCHES.get(1)).detach();
        first.forward(x);
        check(mean, before.mul(0.7).add(x.mean(0).mul(0.3)).toDoubleArray());
    }

    @Test
    void modelsWithoutRunningValuesAreNotRun() {
        Sequential model = new Sequential(
                new Linear(2, 2),
                new BatchNorm1d(2, BatchNormLayerOptions.defaults().withTrackRunningStats(false)));

        BatchNorms.update(model, BATCHES, batch -> {
            throw new AssertionError();
        });
    }
}
