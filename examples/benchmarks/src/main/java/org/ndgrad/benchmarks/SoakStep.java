package org.ndgrad.benchmarks;

import java.util.ArrayList;
import java.util.function.Function;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Layer;
import org.ndgrad.nn.Sequential;

/** The ways to train that a soak repeats. */
enum SoakStep {
    /** A whole step. */
    TRAINING {
        @Override
        Runnable prepare(Workload workload) {
            return new NdgradPeer().prepare(workload);
        }
    },
    /** A derivative throws in the middle of the backward pass. */
    THROWING {
        @Override
        Runnable prepare(Workload workload) {
            Sequential model = NdgradPeer.model(workload);
            var layers = new ArrayList<Layer>();
            for (int i = 0; i < model.size(); i++) {
                layers.add(model.get(i));
            }
            layers.add(layers.size() / 2, new Failing());
            var failing = new Sequential(layers);
            Tensor x = NdgradPeer.inputs(workload);
            Function<Tensor, Tensor> loss = NdgradPeer.loss(workload);
            return () -> {
                try {
                    loss.apply(failing.forward(x)).backward();
                } catch (Failure e) {
                    return;
                }
                throw new IllegalStateException("soak: expected the backward pass to throw; it went through.");
            };
        }
    },
    /** The loss is computed and dropped. */
    FORWARD_ONLY {
        @Override
        Runnable prepare(Workload workload) {
            Sequential model = NdgradPeer.model(workload);
            Tensor x = NdgradPeer.inputs(workload);
            Function<Tensor, Tensor> loss = NdgradPeer.loss(workload);
            return () -> loss.apply(model.forward(x)).item();
        }
    };

    /** Returns what runs one step, with a model of its own. */
    abstract Runnable prepare(Workload workload);

    /** Returns the way of this name on the command line. */
    static SoakStep named(String name) {
        return switch (name) {
            case "", "threads" -> TRAINING;
            case "throwing" -> THROWING;
            case "forwardOnly" -> FORWARD_ONLY;
            default ->
                throw new IllegalArgumentException(
                        "soak: expected throwing, forwardOnly, threads or nothing; got %s.".formatted(name));
        };
    }

    /** What {@link Failing} throws. */
    private static final class Failure extends RuntimeException {

        Failure() {
            super("as it should", null, false, false);
        }
    }

    /** Gives its input on, but throws instead of a gradient. */
    private static final class Failing extends Layer {

        @Override
        public Tensor forward(Tensor x) {
            return Op.of("fail", x.detach().clone().data())
                    .wrt(x, g -> {
                        throw new Failure();
                    })
                    .tensor();
        }
    }
}
