package org.ndgrad.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.google.common.collect.ImmutableMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.MemoryScope;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.optim.Sgd;

/** Layers that learn from the first input, or from what is loaded, how many inputs they have. */
class LazyLayersTest {

    private static Sequential model() {
        return new Sequential(new LazyConv2d(4, 3), new Relu(), new Flatten(), new LazyLinear(2));
    }

    @Test
    void theFirstInputTellsTheSizes() {
        Sequential model = model();

        assertThat(model.forward(Tensor.ones(5, 3, 6, 6)).shape()).containsExactly(5, 2);

        Map<String, Tensor> parameters = model.parameters();
        assertThat(parameters.keySet()).containsExactly("0.weight", "0.bias", "3.weight", "3.bias");
        assertThat(parameters.get("0.weight").shape()).containsExactly(4, 3, 3, 3);
        assertThat(parameters.get("3.weight").shape()).containsExactly(2, 64);
        assertThat(parameters.values()).allMatch(Tensor::requiresGrad);
        assertThatIllegalArgumentException().isThrownBy(() -> model.forward(Tensor.ones(5, 2, 6, 6)));
    }

    @Test
    void drawsWhatTheOtherLayerDraws() {
        LinearOptions options = LinearOptions.defaults();
        LazyLinear lazy = new LazyLinear(3, options.withRng(new Rng(4)));
        lazy.forward(Tensor.ones(2, 7));

        assertThat(lazy.weight().toDoubleArray())
                .containsExactly(
                        new Linear(7, 3, options.withRng(new Rng(4))).weight().toDoubleArray());
        ConvLayerOptions windows = ConvLayerOptions.defaults();
        LazyConvTranspose1d transposed = new LazyConvTranspose1d(4, 3, windows.withRng(new Rng(4)));
        transposed.forward(Tensor.ones(6, 5));
        assertThat(transposed.weight().toDoubleArray())
                .containsExactly(new ConvTranspose1d(6, 4, 3, windows.withRng(new Rng(4)))
                        .weight()
                        .toDoubleArray());
    }

    @Test
    void parametersCannotBeAskedForTooEarly() {
        Sequential model = model();

        assertThatIllegalStateException()
                .isThrownBy(() -> new Sgd(model.parameters(), 0.1))
                .withMessage(
                        "LazyConv2d(out=4) at '0': expected an input or a state dict before its parameters are asked"
                                + " for; got none, and their shapes follow from it. Call forward on an input, under noGrad, or load,"
                                + " first.");
        assertThatIllegalStateException().isThrownBy(model::stateDict);
        assertThatIllegalStateException().isThrownBy(model::parameterCount);
        assertThatIllegalStateException().isThrownBy(() -> model.with(ImmutableMap.of()));
        assertThatIllegalStateException().isThrownBy(new LazyLinear(3)::weight);
    }

    @Test
    void whatIsChosenBeforeTheFirstInputHolds() {
        Sequential model = model().to(DataType.DOUBLE);
        model.freeze();
        model.eval();
        model.zeroGrad();
        Sequential copy = model.copy();

        copy.forward(Tensor.ones(DataType.DOUBLE, 1, 3, 6, 6));

        assertThat(copy.parameters().values())
                .allMatch(parameter -> parameter.dtype() == DataType.DOUBLE && !parameter.requiresGrad());
        assertThatIllegalStateException().isThrownBy(model::parameters);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.forward(Tensor.ones(1, 3, 6, 6)))
                .withMessageContaining("LazyConv2d(in=?): expected an input of dtype float64, like the weight;");
    }

    @Test
    void aStateDictTellsTheSizes() {
        Sequential saved = model();
        saved.forward(Tensor.ones(1, 3, 6, 6));
        Sequential model = model();

        model.load(saved.stateDict());

        Tensor x = Tensor.ones(2, 3, 6, 6);
        assertThat(model.forward(x).toDoubleArray())
                .containsExactly(saved.forward(x).toDoubleArray());
        assertThat(model.parameters().values()).allMatch(Tensor::requiresGrad);
    }

    @Test
    void nothingChangesWhereAStateDictDoesNotFit() {
        Sequential saved = model();
        saved.forward(Tensor.ones(1, 3, 6, 6));
        Sequential model = new Sequential(new LazyConv2d(4, 3), new Relu(), new Flatten(), new LazyLinear(5));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.load(saved.stateDict()))
                .withMessageContaining("'3.weight' of shape (2, 64)");

        assertThat(model.forward(Tensor.ones(1, 1, 6, 6)).shape()).containsExactly(1, 5);
    }

    @Test
    void aScopeDoesNotEndWhatTheFirstInputMade() {
        LazyLinear layer = new LazyLinear(2000);
        try (MemoryScope scope = MemoryScope.open()) {
            layer.forward(Tensor.ones(3, 8).mul(2));
        }

        assertThat(layer.forward(Tensor.ones(3, 8)).shape()).containsExactly(3, 2000);
    }

    @Test
    void summaryMakesTheFirstPass() {
        Sequential model = model();

        assertThat(model.summary(1, 3, 6, 6).parameters()).isEqualTo(4 * 27 + 4 + 2 * 64 + 2);
        assertThat(model.parameterCount()).isEqualTo(4 * 27 + 4 + 2 * 64 + 2);
    }

    @Test
    void printsWhatIsKnown() {
        LazyLinear layer = new LazyLinear(3);

        assertThat(layer).hasToString("LazyLinear(in=?, out=3, bias=true)");
        layer.forward(Tensor.ones(2));
        assertThat(layer).hasToString("LazyLinear(in=2, out=3, bias=true)");
        assertThat(new LazyConv3d(3, 2)).hasToString("LazyConv3d(in=?, out=3, kernel=(2, 2, 2), bias=true)");
    }

    @Test
    void inputsThatCannotBeTheFirstAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LazyLinear(3).forward(Tensor.zeros()))
                .withMessageStartingWith("LazyLinear(in=?): expected an input of shape (*, ?); got ().");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new LazyConv1d(4, 3, ConvLayerOptions.defaults().withGroups(2)).forward(Tensor.ones(3, 8)))
                .withMessageStartingWith(
                        "LazyConv1d(in=?): expected an input of shape (N, C, L) or (C, L); got (3, 8).");
    }
}
