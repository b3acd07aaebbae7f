package org.ndgrad.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Backward;
import org.ndgrad.autograd.MemoryReport;
import org.ndgrad.autograd.Tensor;

class SequentialTest {

    private static final int BATCH = 512;
    private static final int WIDTH = 128;
    private static final long BYTES = 4L * BATCH * WIDTH;

    /** Keeps all that comes along. */
    private static final class Watcher extends Layer {
        private final List<Tensor> seen = new ArrayList<>();

        @Override
        public Tensor forward(Tensor x) {
            seen.add(x);
            return x;
        }
    }

    private static Sequential network() {
        return new Sequential(
                new Linear(WIDTH, WIDTH),
                new Relu(),
                new Dropout(0.3),
                new Linear(WIDTH, WIDTH),
                new Tanh(),
                new Flatten(),
                new Identity(),
                new Linear(WIDTH, WIDTH),
                new Sigmoid(),
                new Linear(WIDTH, 1));
    }

    @Test
    void whatLayersPassOnComesBackAtOnce() {
        Sequential network = network();
        Tensor x = Tensor.randn(BATCH, WIDTH);
        network.forward(x).sum().backward();
        long before = MemoryReport.now().inUse();
        for (int i = 0; i < 10; i++) {
            network.zeroGrad();
            network.forward(x).sum().backward();
            Autograd.noGrad(() -> {
                network.forward(x);
            });
        }

        assertThat(MemoryReport.now().inUse() - before).isLessThan((20 + 3) * BYTES); // a mask each time
    }

    @Test
    void gradientsAreThoseOfLayersCalledByHand() {
        Sequential network = network();
        network.eval();
        Tensor x = Tensor.randn(BATCH, WIDTH).requiresGrad(true);
        Tensor y = x;
        for (int i = 0; i < network.size(); i++) {
            y = network.get(i).forward(y);
        }
        Tensor expected = Autograd.grad(y.square().sum(), x, Backward.CREATE_GRAPH);
        Tensor second = Autograd.grad(expected.square().sum(), x);

        Tensor loss = network.forward(x).square().sum();
        Tensor actual = Autograd.grad(loss, x, Backward.CREATE_GRAPH);
        Tensor actualSecond = Autograd.grad(actual.square().sum(), x, Backward.RETAIN_GRAPH);
        loss.backward(Backward.RETAIN_GRAPH);
        loss.backward();

        assertThat(actual.sub(expected).abs().max().item()).isZero();
        assertThat(actualSecond.sub(second).abs().max().item()).isZero();
        assertThat(x.grad().sub(expected.mul(2)).abs().max().item()).isZero();
    }

    @Test
    void aLayerOfOnesOwnMayKeepWhatItSees() {
        Watcher first = new Watcher();
        Watcher second = new Watcher();
        Sequential network = new Sequential(
                new Linear(WIDTH, WIDTH), new Tanh(), first, new Tanh(), new Sequential(second), new Linear(WIDTH, 1));

        network.forward(Tensor.randn(BATCH, WIDTH)).sum().backward();

        assertThat(second.seen.get(0).sub(first.seen.get(0).tanh()).abs().max().item())
                .isZero();
    }
}
