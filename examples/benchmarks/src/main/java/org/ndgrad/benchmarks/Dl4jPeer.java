package org.ndgrad.benchmarks;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.ndgrad.benchmarks.Workload.Loss;
import org.ndgrad.benchmarks.Workload.Rule;

/** Deeplearning4j's multi-layer network. */
final class Dl4jPeer implements Peer {

    @Override
    public Runnable prepare(Workload workload) {
        var model = new MultiLayerNetwork(configuration(workload).build());
        model.init();
        INDArray x = inputs(workload);
        INDArray y = targets(workload);
        return () -> model.fit(x, y);
    }

    @Override
    public Stopwatch stopwatch() {
        return Stopwatch.BRIEF;
    }

    private static NeuralNetConfiguration.ListBuilder configuration(Workload workload) {
        var layers = new NeuralNetConfiguration.Builder()
                .seed(1)
                .dataType(DataType.FLOAT)
                .updater(updater(workload))
                .weightInit(WeightInit.XAVIER)
                .list();
        boolean relu = workload.activation() == Workload.Activation.RELU;
        for (int i = 0; i < workload.layers() - 1; i++) {
            var layer = new DenseLayer.Builder()
                    .nIn(workload.sizes().get(i))
                    .nOut(workload.sizes().get(i + 1))
                    .activation(relu ? Activation.RELU : Activation.TANH);
            // It drops inputs of a layer, and the number is the part that stays.
            layers.layer((i > 0 ? layer.dropOut(kept(workload)) : layer).build());
        }
        boolean classes = workload.loss() == Loss.CROSS_ENTROPY;
        return layers.layer(new OutputLayer.Builder(classes ? LossFunction.MCXENT : LossFunction.MSE)
                .nIn(workload.sizes().get(workload.layers() - 1))
                .nOut(workload.outputs())
                .activation(classes ? Activation.SOFTMAX : Activation.IDENTITY)
                .dropOut(kept(workload))
                .build());
    }

    /** Returns the part that stays; 0 means no dropout there. */
    private static double kept(Workload workload) {
        return workload.dropout() == 0 ? 0 : 1 - workload.dropout();
    }

    static IUpdater updater(Workload workload) {
        return workload.rule() == Rule.SGD ? new Sgd(workload.rate()) : new Adam(workload.rate());
    }

    static INDArray inputs(Workload workload) {
        return Nd4j.create(workload.exampleInputs(), new long[] {workload.batch(), workload.inputs()}, 'c');
    }

    static INDArray targets(Workload workload) {
        float[] values = workload.loss() == Loss.CROSS_ENTROPY ? workload.oneHotClasses() : workload.exampleTargets();
        return Nd4j.create(values, new long[] {workload.batch(), workload.outputs()}, 'c');
    }
}
