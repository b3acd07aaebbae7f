package org.ndgrad.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.data.Synthetic;
import org.ndgrad.nn.data.TensorDataset;

class LinearTest {

    private static final Tensor WEIGHT = Tensor.of(new double[][] {{1, 2, 3}, {4, 5, 6}});

    private static LinearOptions doubles() {
        return LinearOptions.defaults().withDtype(DataType.DOUBLE).withRng(new Rng(0));
    }

    private static Linear seeded(long seed) {
        return new Linear(3, 2, LinearOptions.defaults().withRng(new Rng(seed)));
    }

    @Test
    void mapsTheLastDimension() {
        Linear layer = Linear.of(WEIGHT.clone(), Tensor.of(10.0, 20.0));

        assertThat(layer.forward(Tensor.of(1.0, 0.0, 1.0)).toDoubleArray()).containsExactly(14, 30);
        Tensor batch = layer.forward(Tensor.of(new double[][] {{1, 0, 0}, {0, 1, 0}}));
        assertThat(batch.shape()).containsExactly(2, 2);
        assertThat(batch.toDoubleArray()).containsExactly(11, 24, 12, 25);
    }

    @Test
    void takesInputsOfAnyRank() {
        Linear layer = new Linear(3, 2, doubles());
        Tensor x = Tensor.randn(DataType.DOUBLE, new Rng(1), 4, 5, 3);

        Tensor y = layer.forward(x);

        assertThat(y.shape()).containsExactly(4, 5, 2);
        Tensor row = layer.forward(x.select(0, 2).select(0, 3));
        assertThat(y.select(0, 2).select(0, 3).toDoubleArray()).containsExactly(row.toDoubleArray());
        y.sum().backward();
        assertThat(layer.weight().grad().shape()).containsExactly(2, 3);
        assertThat(layer.bias().grad().toDoubleArray()).containsExactly(20, 20);
    }

    @Test
    void isOfTheDefaultTypeAtTheTimeItIsMade() {
        try {
            Tensor.defaultDtype(DataType.DOUBLE);
            Linear layer = new Linear(2, 3);
            TensorDataset data = Synthetic.xor(new Rng(0), 5);

            assertThat(layer.weight().dtype()).isEqualTo(DataType.DOUBLE);
            assertThat(layer.forward(data.features()).dtype()).isEqualTo(DataType.DOUBLE);
        } finally {
            Tensor.defaultDtype(DataType.FLOAT);
        }
        assertThat(new Linear(2, 3).weight().dtype()).isEqualTo(DataType.FLOAT);
    }

    @Test
    void withoutBiasHasOnlyAWeight() {
        Linear layer = new Linear(3, 2, LinearOptions.defaults().withBias(false));

        assertThat(layer.parameters().keySet()).containsExactly("weight");
        assertThat(layer.hasBias()).isFalse();
        assertThatThrownBy(layer::bias)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Linear(in=3, out=2, bias=false).bias: expected a layer that has it; got one without. Ask"
                        + " hasBias() first, or make the layer with withBias(true).");
        assertThat(layer.forward(Tensor.zeros(4, 3)).toDoubleArray()).containsOnly(0);
        assertThat(layer).hasToString("Linear(in=3, out=2, bias=false)");
    }

    @Test
    void typeGeneratorAndNoBiasCanBeChosenAtOnce() {
        Linear layer = new Linear(3, 2, doubles().withBias(false));

        assertThat(layer.hasBias()).isFalse();
        assertThat(layer.weight().dtype()).isEqualTo(DataType.DOUBLE);
        assertThat(layer.weight().toDoubleArray())
                .containsExactly(new Linear(3, 2, doubles()).weight().toDoubleArray());
    }

    @Test
    void startsLikePyTorch() {
        Linear layer = new Linear(4, 300, doubles());
        double[] weight = layer.weight().toDoubleArray();

        assertThat(layer.weight().shape()).containsExactly(300, 4);
        assertThat(layer.bias().shape()).containsExactly(300);
        assertThat(DoubleStream.of(weight)).allMatch(value -> value >= -0.5 && value < 0.5);
        assertThat(DoubleStream.of(layer.bias().toDoubleArray())).allMatch(value -> value >= -0.5 && value < 0.5);
        assertThat(layer.weight().std().item()).isBetween(0.27, 0.31); // 1/√12 = 0.289
    }

    @Test
    void sameSeedGivesSameParameters() {
        double[] first = seeded(7).weight().toDoubleArray();

        assertThat(seeded(7).weight().toDoubleArray()).containsExactly(first);
        assertThat(seeded(8).weight().toDoubleArray()).isNotEqualTo(first);
        Rng.manualSeed(3);
        double[] byDefault = new Linear(3, 2).weight().toDoubleArray();
        Rng.manualSeed(3);
        assertThat(new Linear(3, 2).weight().toDoubleArray()).containsExactly(byDefault);
    }

    @Test
    void noInputFeaturesGiveTheBias() {
        Linear layer = new Linear(0, 3);

        Tensor y = layer.forward(Tensor.zeros(2, 0));

        assertThat(y.shape()).containsExactly(2, 3);
        assertThat(y.toDoubleArray()).containsOnly(0);
    }

    @Test
    void emptyBatchGivesZeroGradients() {
        Linear layer = new Linear(3, 2);

        Tensor y = layer.forward(Tensor.zeros(0, 3));
        y.sum().backward();

        assertThat(y.shape()).containsExactly(0, 2);
        assertThat(layer.weight().grad().shape()).containsExactly(2, 3);
        assertThat(layer.weight().grad().toDoubleArray()).containsOnly(0);
    }

    @Test
    void wrongInputNamesTheLayerAndTheShape() {
        Linear layer = new Linear(3, 2);

        assertThatThrownBy(() -> layer.forward(Tensor.zeros(2, 4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Linear(in=3): expected an input of shape (*, 3); got (2, 4), whose last dim is 4. "
                        + "Make 'in' the number of features, or reshape the input.");
        assertThatThrownBy(() -> layer.forward(Tensor.zeros()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Linear(in=3): expected an input of shape (*, 3); got ().");
        assertThatThrownBy(() -> layer.forward(Tensor.zeros(DataType.DOUBLE, 2, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Linear(in=3): expected an input of dtype float32, like the weight; got float64. "
                        + "Convert the input with to(DataType.FLOAT).");
        assertThatThrownBy(() -> layer.forward(Tensor.zeros(DataType.BFLOAT16, 2, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("like the weight; got bfloat16.");
    }

    @Test
    void anImageThatIsNotFlatNamesFlatten() {
        Linear layer = new Linear(784, 10);

        assertThatThrownBy(() -> layer.forward(Tensor.zeros(32, 1, 28, 28)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Linear(in=784): expected an input of shape (*, 784); got (32, 1, 28, 28), whose last dim is"
                                + " 28. Put a Flatten before it, new Flatten(), which joins the dims into one of that"
                                + " size.");
        assertThatThrownBy(() -> layer.forward(Tensor.zeros(28, 28)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith(
                        "Put a Flatten before it, new Flatten(0), which joins the dims into one of that size.");
        assertThatThrownBy(() -> layer.forward(Tensor.zeros(32, 3, 28, 28)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith(
                        "Make 'in' the number of features, or, if the input is an image, put a Flatten before "
                                + "it, which makes (N, 2352).");
    }

    @Test
    void wrongSettingsAreRefused() {
        assertThatThrownBy(() -> new Linear(-1, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Linear: expected sizes of at least 0; got in=-1, out=2. Give the numbers of features.");
        assertThatThrownBy(() -> Linear.of(Tensor.ones(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Linear: expected a weight of shape (out, in); got (3). Reshape it.");
        assertThatThrownBy(() -> Linear.of(WEIGHT.clone(), Tensor.ones(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Linear: expected a bias of shape (2) and dtype float32 to go with the weight; got (3),"
                        + " float32. Reshape or convert it.");
    }
}
