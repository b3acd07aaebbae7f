package org.ndgrad.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.ndgrad.autograd.Tensor;

class LayerTest {

    /** A layer with one of everything. */
    private static final class Scaled extends Layer {
        private final Layer body;
        private final Tensor scale;

        Scaled(Layer body) {
            this.body = child("body", body);
            this.scale = parameter("scale", Tensor.ones(1));
            buffer("count", Tensor.zeros());
        }

        @Override
        public Tensor forward(Tensor x) {
            return body.forward(x).mul(scale);
        }
    }

    private static Sequential model() {
        return new Sequential(
                new Linear(2, 3), new Relu(), new Scaled(new Sequential(new Linear(3, 1), new Dropout(0.2))));
    }

    @Test
    void parametersAreNamedByPath() {
        assertThat(model().parameters().keySet())
                .containsExactly("0.weight", "0.bias", "2.scale", "2.body.0.weight", "2.body.0.bias");
        assertThat(model().buffers().keySet()).containsExactly("2.count");
        assertThat(model().children().keySet()).containsExactly("0", "1", "2");
        assertThat(model().parameterCount()).isEqualTo(6 + 3 + 1 + 3 + 1);
    }

    @Test
    void sharedParametersAreListedOnce() {
        Linear shared = new Linear(2, 2);
        Layer model = new Sequential(shared, new Tanh(), shared, Linear.of(shared.weight()));

        assertThat(model.parameters().keySet()).containsExactly("0.weight", "0.bias");
    }

    @Test
    void parametersRequireGradients() {
        assertThat(model().parameters().values()).allMatch(Tensor::requiresGrad);
    }

    @Test
    void trainAndEvalReachEveryLayerBelow() {
        Sequential model = model();
        Block dropout = model.get(2).children().get("body").children().get("1");

        assertThat(dropout.isTraining()).isTrue();
        assertThat(model.eval()).isSameAs(model);
        assertThat(dropout.isTraining()).isFalse();
        assertThat(model.train().isTraining()).isTrue();
        assertThat(dropout.isTraining()).isTrue();
    }

    @Test
    void zeroGradRemovesGradients() {
        Sequential model = model();
        model.forward(Tensor.ones(4, 2)).sum().backward();
        assertThat(model.parameters().values()).allMatch(Tensor::hasGrad);

        model.zeroGrad();

        assertThat(model.parameters().values()).noneMatch(Tensor::hasGrad);
    }

    @Test
    void frozenParametersGetNoGradient() {
        Sequential model = model();
        model.get(0).requiresGrad(false);

        model.forward(Tensor.ones(4, 2)).sum().backward();

        assertThat(model.parameters().get("0.weight").hasGrad()).isFalse();
        assertThat(model.parameters().get("2.scale").hasGrad()).isTrue();
        assertThat(model.trainableParameters().keySet()).containsExactly("2.scale", "2.body.0.weight", "2.body.0.bias");
    }

    @Test
    void printsItsTree() {
        assertThat(model()).hasToString("""
                        Sequential(
                          (0): Linear(in=2, out=3, bias=true)
                          (1): Relu()
                          (2): Scaled(
                            (body): Sequential(
                              (0): Linear(in=3, out=1, bias=true)
                              (1): Dropout(p=0.2)
                            )
                          )
                        )""");
    }

    @Test
    void sequentialKnowsItsLayers() {
        Sequential model = model();

        assertThat(model.size()).isEqualTo(3);
        assertThat(model.get(1)).isInstanceOf(Relu.class);
        assertThatThrownBy(() -> model.get(3)).isInstanceOf(IndexOutOfBoundsException.class);
        Tensor x = Tensor.ones(2, 2);
        assertThat(new Sequential().forward(x)).isSameAs(x);
    }

    @Test
    void namesMustBeNewAndWithoutDots() {
        assertThatThrownBy(() -> new Named("a", "a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Named: expected a new name; got 'a', which is registered already. Take another.");
        assertThatThrownBy(() -> new Named("a", "b.c"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Named: expected a name that is not empty and has no dot; got 'b.c'. Leave dots to"
                        + " paths.");
    }

    @Test
    void parametersMustBeFloatingLeavesAndBuffersConstant() {
        Tensor leaf = Tensor.ones(2).requiresGrad(true);

        assertThatThrownBy(() -> new Holder(leaf.mul(2), Tensor.ones(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Holder: expected a leaf tensor as parameter 'p'; got the result of an operation. "
                        + "Call detach() on it.");
        assertThatThrownBy(() -> new Holder(Tensor.of(1, 2), Tensor.ones(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Holder: expected a floating-point tensor as parameter 'p'; got ");
        assertThatThrownBy(() -> new Holder(Tensor.ones(1), leaf))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Holder: expected a buffer 'b' that does not require a gradient;");
    }

    private static final class Named extends Layer {
        Named(String parameter, String buffer) {
            parameter(parameter, Tensor.ones(1));
            buffer(buffer, Tensor.ones(1));
        }

        @Override
        public Tensor forward(Tensor x) {
            return x;
        }
    }

    private static final class Holder extends Layer {
        Holder(Tensor p, Tensor b) {
            parameter("p", p);
            buffer("b", b);
        }

        @Override
        public Tensor forward(Tensor x) {
            return x;
        }
    }
}
