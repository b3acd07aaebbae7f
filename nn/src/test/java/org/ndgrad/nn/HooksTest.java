package org.ndgrad.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ndgrad.autograd.Tensor;

class HooksTest {

    private static final class Twice extends Layer {
        private final Linear inner = new Linear(2, 2);

        @Override
        public Tensor forward(Tensor x) {
            return inner.forward(inner.forward(x));
        }
    }

    @Test
    void hooksSeeAndReplaceWhatPasses() {
        Relu relu = new Relu();
        List<String> seen = new ArrayList<>();
        Tensor x = Tensor.of(-1.0, 2.0);

        HookHandle before = relu.registerForwardPreHook(
                (layer, inputs) -> List.of(inputs.get(0).neg()));
        HookHandle after = relu.registerForwardHook((layer, inputs, output) -> {
            seen.add(layer + " " + inputs.get(0) + " " + output);
            return ((Tensor) output).mul(10);
        });

        assertThat(relu.forward(x).toDoubleArray()).containsExactly(10, 0);
        before.remove();
        assertThat(relu.forward(x).toDoubleArray()).containsExactly(0, 20);
        after.close();
        assertThat(relu.forward(x).toDoubleArray()).containsExactly(0, 2);
        assertThat(seen).hasSize(2);
    }

    @Test
    void hooksOfOnesOwnLayersAreCalledInARow() {
        Twice twice = new Twice();
        Sequential model = new Sequential(new Tanh(), twice, new Relu());
        List<Block> called = new ArrayList<>();
        model.namedLayers()
                .values()
                .forEach(block -> block.registerForwardHook((each, inputs, output) -> {
                    called.add(each);
                    return output;
                }));

        model.forward(Tensor.ones(1, 2));

        assertThat(called).containsExactly(model.get(0), twice.inner, twice.inner, twice, model.get(2), model);
    }

    @Test
    void whatAHookKeepsStays() {
        Sequential model = new Sequential(new Linear(64, 64), new Tanh(), new Tanh(), new Linear(64, 1));
        List<Tensor> kept = new ArrayList<>();
        model.get(1).registerForwardHook((layer, inputs, output) -> {
            kept.add((Tensor) output);
            return output;
        });
        Tensor x = Tensor.randn(512, 64);
        Tensor expected = model.get(0).forward(x).tanh();

        for (int i = 0; i < 5; i++) {
            model.forward(x).sum().backward();
        }

        assertThat(kept).allMatch(each -> each.equal(expected));
    }

    @Test
    void aHookThatReturnsSomethingElseIsRefused() {
        Relu relu = new Relu();
        relu.registerForwardHook((layer, inputs, output) -> "text");

        assertThatIllegalStateException()
                .isThrownBy(() -> relu.forward(Tensor.ones(1)))
                .withMessage(
                        "Relu: expected a hook that returns a Tensor; got a String. Return the output it gets to change"
                                + " nothing.");
    }

    @Test
    void theLayerThatRefusesIsNamed() {
        Sequential model = new Sequential(new Relu(), new Sequential(new Tanh(), new Linear(3, 2)), new Flatten(7));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.forward(Tensor.ones(1, 2)))
                .withMessageStartingWith(
                        "layer 1.1 (Linear): Linear(in=3): expected an input of shape (*, 3); got (1, 2)");
        assertThatThrownBy(() -> model.forward(Tensor.ones(1, 3)))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageStartingWith("layer 2 (Flatten): Flatten(startDim=7): expected");
    }

    @Test
    void theSummaryIsATable() {
        Sequential model = new Sequential(new Linear(2, 8), new Sequential(new Tanh(), new Linear(8, 1)));
        model.get(1).freeze();

        assertThat(model.summary(4, 2)).hasToString("""
                layer            output  parameters
                -----------------------------------
                Sequential       (4, 1)          33
                  0: Linear      (4, 8)          24
                  1: Sequential  (4, 1)           9
                    0: Tanh      (4, 8)           0
                    1: Linear    (4, 1)           9
                -----------------------------------
                parameters: 33, trainable: 24""");
        assertThat(model.isTraining()).isTrue();
        assertThat(model.get(0).hasHooks()).isFalse();
    }
}
