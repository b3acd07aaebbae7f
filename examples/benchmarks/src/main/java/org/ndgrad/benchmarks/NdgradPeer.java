package org.ndgrad.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.benchmarks.Workload.Activation;
import org.ndgrad.benchmarks.Workload.Loss;
import org.ndgrad.benchmarks.Workload.Rule;
import org.ndgrad.nn.Dropout;
import org.ndgrad.nn.Layer;
import org.ndgrad.nn.Linear;
import org.ndgrad.nn.Losses;
import org.ndgrad.nn.Relu;
import org.ndgrad.nn.Sequential;
import org.ndgrad.nn.Tanh;
import org.ndgrad.nn.optim.Adam;
import org.ndgrad.nn.optim.Optimizer;
import org.ndgrad.nn.optim.Sgd;

/** This library, used as anyone would. */
final class NdgradPeer implements Peer {

    @Override
    public Runnable prepare(Workload workload) {
        Rng.manualSeed(1);
        Sequential model = model(workload);
        Optimizer optimizer = optimizer(workload, model);
        Tensor x = inputs(workload);
        Function<Tensor, Tensor> loss = loss(workload);
        return () -> {
            optimizer.zeroGrad();
            loss.apply(model.forward(x)).backward();
            optimizer.step();
        };
    }

    static Sequential model(Workload workload) {
        var layers = new ArrayList<Layer>();
        for (int i = 0; i < workload.layers(); i++) {
            layers.add(new Linear(workload.sizes().get(i), workload.sizes().get(i + 1)));
            if (i < workload.layers() - 1) {
                layers.add(workload.activation() == Activation.RELU ? new Relu() : new Tanh());
                if (workload.dropout() > 0) {
                    layers.add(new Dropout(workload.dropout()));
                }
            }
        }
        return new Sequential(layers);
    }

    static Optimizer optimizer(Workload workload, Layer model) {
        List<Tensor> parameters = List.copyOf(model.parameters().values());
        return workload.rule() == Rule.SGD
                ? new Sgd(parameters, workload.rate())
                : new Adam(parameters, workload.rate());
    }

    static Tensor inputs(Workload workload) {
        return Tensor.of(workload.exampleInputs()).reshape(workload.batch(), workload.inputs());
    }

    /** Returns the loss of the network's output. */
    static Function<Tensor, Tensor> loss(Workload workload) {
        if (workload.loss() == Loss.MSE) {
            Tensor y = Tensor.of(workload.exampleTargets()).reshape(workload.batch(), workload.outputs());
            return output -> Losses.mseLoss(output, y);
        }
        Tensor classes = Tensor.of(workload.exampleClasses());
        return output -> Losses.crossEntropy(output, classes);
    }
}
