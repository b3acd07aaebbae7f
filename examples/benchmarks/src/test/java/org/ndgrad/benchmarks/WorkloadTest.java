package org.ndgrad.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.benchmarks.Workload.Activation;
import org.ndgrad.benchmarks.Workload.Loss;
import org.ndgrad.benchmarks.Workload.Rule;
import org.ndgrad.nn.Linear;
import org.ndgrad.nn.Sequential;
import org.ndgrad.nn.optim.Optimizer;

class WorkloadTest {

    private static final Workload TINY =
            new Workload("tiny", List.of(3, 4, 4, 2), 5, Activation.RELU, 0.2, Loss.CROSS_ENTROPY, Rule.ADAM, 0.01);

    @Test
    void namesChooseWorkloads() {
        assertThat(Workload.named(List.of("W5", "W2")))
                .extracting(Workload::name)
                .containsExactly("W5", "W2");
        assertThat(Workload.named(List.of())).isEqualTo(Workload.ALL);
        assertThatThrownBy(() -> Workload.named("W9"))
                .hasMessage("steps: expected some of W2, W3, W4, W4t, W5; got W9.");
    }

    @Test
    void oneHotRowsAreTheClasses() {
        int[] classes = TINY.exampleClasses();
        float[] rows = TINY.oneHotClasses();
        for (int i = 0; i < classes.length; i++) {
            assertThat(rows[2 * i + classes[i]]).isEqualTo(1);
            assertThat(rows[2 * i + 1 - classes[i]]).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"W2", "W3", "W4t"})
    void stepByHandIsTheStepOfTheLibrary(String name) {
        Workload workload = Workload.named(name);
        var byHand = new HandWrittenNetwork(workload);
        Sequential model = copy(byHand, NdgradPeer.model(workload));
        Optimizer optimizer = NdgradPeer.optimizer(workload, model);
        Tensor x = NdgradPeer.inputs(workload);
        Function<Tensor, Tensor> criterion = NdgradPeer.loss(workload);
        for (int i = 0; i < 5; i++) {
            optimizer.zeroGrad();
            Tensor loss = criterion.apply(model.forward(x));
            loss.backward();
            optimizer.step();

            assertThat(byHand.step()).isCloseTo(loss.item(), within(1e-4 * loss.item()));
        }
    }

    @Test
    void dropoutByHandKeepsTheMean() {
        Workload workload = Workload.named("W4");
        var byHand = new HandWrittenNetwork(workload);
        double first = byHand.step();
        double last = first;
        for (int i = 0; i < 30; i++) {
            last = byHand.step();
        }
        // Ten classes at random cost ln 10; a network that learns by heart gets below.
        assertThat(first).isCloseTo(Math.log(10), within(0.1));
        assertThat(last).isLessThan(1.5).isPositive();
    }

    @Test
    void peersTrainAllKindsOfWorkloads() {
        for (Peer peer : List.of(new NdgradPeer(), new HandWrittenPeer(), new Dl4jPeer(), new SameDiffPeer())) {
            peer.prepare(TINY).run();
            peer.prepare(Workload.named("W2")).run();
        }
    }

    /** Gives the model the parameters of the network by hand. */
    private static Sequential copy(HandWrittenNetwork from, Sequential model) {
        int next = 0;
        for (int i = 0; i < model.size(); i++) {
            if (model.get(i) instanceof Linear linear) {
                HandWrittenLayer layer = from.layers().get(next);
                next++;
                Autograd.noGrad(() -> {
                    assign(linear.weight(), layer.weight());
                    assign(linear.bias(), layer.bias());
                });
            }
        }
        return model;
    }

    private static void assign(Tensor parameter, FloatBuffer buffer) {
        float[] values = new float[buffer.capacity()];
        buffer.get(0, values);
        parameter.copy_(Tensor.of(values).reshape(parameter.shape()));
    }
}
