package org.ndgrad.benchmarks;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.weightinit.impl.XavierInitScheme;
import org.ndgrad.benchmarks.Workload.Activation;
import org.ndgrad.benchmarks.Workload.Loss;

/** ND4J's own automatic differentiation, which builds a graph first. */
final class SameDiffPeer implements Peer {

    @Override
    public Runnable prepare(Workload workload) {
        SameDiff graph = SameDiff.create();
        SDVariable h = graph.placeHolder("x", DataType.FLOAT, -1, workload.inputs());
        SDVariable y = graph.placeHolder("y", DataType.FLOAT, -1, workload.outputs());
        for (int i = 0; i < workload.layers(); i++) {
            h = layer(graph, workload, i, h);
        }
        if (workload.loss() == Loss.CROSS_ENTROPY) {
            graph.loss.softmaxCrossEntropy("loss", y, h, null);
        } else {
            graph.loss.meanSquaredError("loss", y, h, null);
        }
        graph.setLossVariables("loss");
        graph.setTrainingConfig(new TrainingConfig.Builder()
                .updater(Dl4jPeer.updater(workload))
                .dataSetFeatureMapping("x")
                .dataSetLabelMapping("y")
                .build());
        var batch = new DataSet(Dl4jPeer.inputs(workload), Dl4jPeer.targets(workload));
        return () -> graph.fit(batch);
    }

    @Override
    public Stopwatch stopwatch() {
        return Stopwatch.BRIEF;
    }

    private static SDVariable layer(SameDiff graph, Workload workload, int i, SDVariable h) {
        int in = workload.sizes().get(i);
        int out = workload.sizes().get(i + 1);
        SDVariable weight = graph.var("w" + i, new XavierInitScheme('c', in, out), DataType.FLOAT, in, out);
        SDVariable bias = graph.var("b" + i, DataType.FLOAT, out);
        // graph.nn.linear cannot differentiate a batch of one.
        SDVariable z = h.mmul(weight).add(bias);
        if (i == workload.layers() - 1) {
            return z;
        }
        SDVariable a = workload.activation() == Activation.RELU ? graph.nn.relu(z, 0) : graph.nn.tanh(z);
        return workload.dropout() == 0 ? a : dropout(graph, a, workload.dropout(), workload.batch(), out);
    }

    /** SameDiff's own dropout has no derivative. */
    private static SDVariable dropout(SameDiff graph, SDVariable a, double p, int batch, int width) {
        SDVariable mask = graph.random.bernoulli(1 - p, DataType.FLOAT, batch, width);
        return a.mul(mask).mul(1 / (1 - p));
    }
}
