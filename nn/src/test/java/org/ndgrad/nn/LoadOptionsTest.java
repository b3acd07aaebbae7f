package org.ndgrad.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;

/** What may differ between a model and what is loaded into it, and that it stays as it was if something else does. */
class LoadOptionsTest {

    private static final class Net extends Layer {
        private final Sequential backbone;
        private final Linear head;

        Net(long seed, long classes) {
            Rng rng = new Rng(seed);
            backbone = new Sequential(
                    new Linear(3, 4, LinearOptions.defaults().withRng(rng)),
                    new Tanh(),
                    new Linear(4, 4, LinearOptions.defaults().withRng(rng)));
            head = new Linear(4, classes, LinearOptions.defaults().withRng(rng));
        }

        @Override
        public Tensor forward(Tensor x) {
            return head.forward(backbone.forward(x));
        }
    }

    private static final LoadOptions PARTIAL = LoadOptions.defaults().withPartial(true);

    private final Net net = new Net(0, 2);
    private final Map<String, Tensor> before = copies(net.stateDict());

    private static Map<String, Tensor> copies(Map<String, Tensor> state) {
        Map<String, Tensor> copies = new LinkedHashMap<>();
        state.forEach((name, tensor) -> copies.put(name, tensor.detach().clone()));
        return copies;
    }

    private static Map<String, Tensor> encoder() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        new Net(1, 10).stateDict().forEach((name, tensor) -> state.put(name.replace("backbone", "encoder"), tensor));
        return state;
    }

    private void assertIsAsBefore() {
        net.stateDict()
                .forEach((name, tensor) ->
                        assertThat(tensor.equal(before.get(name))).as(name).isTrue());
    }

    private void assertIs(Map<String, Tensor> expected, String name, String in) {
        assertThat(net.stateDict().get(in).equal(expected.get(name))).as(in).isTrue();
    }

    @Test
    void allThatDoesNotFitIsListedAtOnce() {
        Map<String, Tensor> state = encoder();
        state.put("head.bias", Tensor.zeros(2).to(DataType.DOUBLE));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> net.load(state, LoadOptions.defaults().withSameDtypes(true)))
                .withMessage("Net: expected a state dict with the names and shapes of stateDict(); got nothing for"
                        + " [backbone.0.weight, backbone.0.bias, backbone.2.weight, backbone.2.bias];"
                        + " [encoder.0.weight, encoder.0.bias, encoder.2.weight, encoder.2.bias], which it"
                        + " does not have; 'head.weight' of shape (10, 4) instead of (2, 4); 'head.bias' of"
                        + " type float64 instead of float32. Make the model as the saved one was made, or"
                        + " rename and leave out entries of the map.");
        assertIsAsBefore();
    }

    /** A pretrained encoder, whose head is not wanted. */
    @Test
    void aPartGetsItsValuesUnderOtherNames() {
        Map<String, Tensor> state = encoder();
        state.remove("head.bias");
        state.remove("head.weight");
        state.put("decoder.weight", Tensor.ones(3));

        LoadResult left = net.load(state, PARTIAL.withRename("encoder.*", "backbone.*"));

        assertThat(left.missing()).containsExactly("head.weight", "head.bias");
        assertThat(left.unexpected()).containsExactly("decoder.weight");
        assertIs(state, "encoder.0.weight", "backbone.0.weight");
        assertIs(state, "encoder.2.bias", "backbone.2.bias");
        assertIs(before, "head.weight", "head.weight");
    }

    @Test
    void aStrictLoadMayRename() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        new Net(1, 2).stateDict().forEach((name, tensor) -> state.put("module." + name, tensor));

        LoadResult left = net.load(state, LoadOptions.defaults().withRename("module.*", "*"));

        assertThat(left.missing()).isEmpty();
        assertThat(left.unexpected()).isEmpty();
        assertIs(state, "module.head.bias", "head.bias");
    }

    @Test
    void theFirstPatternThatMatchesCounts() {
        Map<String, Tensor> state = ImmutableMap.of(
                "block1.layer0.w", Tensor.ones(4, 3),
                "block1.layer2.w", Tensor.full(2, 4, 4),
                "head", Tensor.full(3, 2));

        net.load(
                state,
                PARTIAL.withRename("head", "head.bias")
                        .withRename("block*.layer0.w", "backbone.0.weight*")
                        .withRename("*.layer*.w", "*.*.weight"));

        // "backbone.0.weight1" and "block1.2.weight" are names that the model does not have.
        assertIs(state, "head", "head.bias");
        assertIs(before, "backbone.0.weight", "backbone.0.weight");
        assertThat(net.load(
                                state,
                                PARTIAL.withRename("head", "head.bias")
                                        .withRename("block1.layer*.w", "backbone.*.weight"))
                        .unexpected())
                .isEmpty();
        assertIs(state, "block1.layer2.w", "backbone.2.weight");
    }

    @Test
    void signsOfRegularExpressionsAreOnlySigns() {
        Map<String, Tensor> state = Map.of("head+bias$1", Tensor.ones(2));

        net.load(state, PARTIAL.withRename("*+bias$1", "*.bias"));

        assertIs(state, "head+bias$1", "head.bias");
    }

    @Test
    void patternsThatAreMistakesAreRefused() {
        Map<String, Tensor> state = encoder();
        assertThatThrownBy(() -> PARTIAL.withRename("encoder.*", "backbone"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("as many * in the new name as in the old one; got 'encoder.*' and 'backbone'");
        assertThatThrownBy(() -> PARTIAL.withRename("a.*", "b.*").withRename("a.*", "c.*"))
                .hasMessageContaining("got 'a.*' twice");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> net.load(state, PARTIAL.withRename("encodr.*", "backbone.*")))
                .withMessageContaining("expected patterns that match names of the state dict; got [encodr.*]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> net.load(state, PARTIAL.withRename("encoder.0.*", "head.*")))
                .withMessageContaining("expected names that differ after renaming; got 'head.");
        assertIsAsBefore();
    }

    @Test
    void shapesMustFitAlsoInPart() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> net.load(encoder(), PARTIAL.withRename("encoder.*", "backbone.*")))
                .withMessageContaining(
                        "got 'head.weight' of shape (10, 4) instead of (2, 4); 'head.bias' of shape (10)");
        assertIsAsBefore();
    }

    @Test
    void aPartOfNothingIsAMistake() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> net.load(Map.of("w", Tensor.ones(1)), PARTIAL))
                .withMessageContaining("got none of them but [w]");
    }

    @Test
    void typesAreConvertedUnlessTheyMustBeEqual() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        new Net(1, 2).stateDict().forEach((name, tensor) -> state.put(name, tensor.to(DataType.DOUBLE)));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> net.load(state, LoadOptions.defaults().withSameDtypes(true)))
                .withMessageContaining("'head.bias' of type float64 instead of float32");
        assertIsAsBefore();

        net.load(state, LoadOptions.defaults());
        assertThat(net.head.weight().dtype()).isEqualTo(DataType.FLOAT);
        assertThat(net.head.weight().toDoubleArray())
                .isEqualTo(state.get("head.weight").toDoubleArray());
    }

    /** Also its generator, from which a bias is drawn only when the weight was loaded. */
    @Test
    void aLazyLayerTakesItsShapeFromAPart() {
        Rng rng = new Rng(5);
        Rng.State start = rng.state();
        LazyLinear lazy = new LazyLinear(2, LinearOptions.defaults().withRng(rng));
        Sequential model = new Sequential(lazy, new Linear(2, 1));
        Map<String, Tensor> wrong = ImmutableMap.of("0.weight", Tensor.ones(2, 3), "1.bias", Tensor.ones(7));

        assertThatIllegalArgumentException().isThrownBy(() -> model.load(wrong, PARTIAL));
        assertThat(rng.state()).isEqualTo(start);
        assertThat(lazy.toString()).isEqualTo(new LazyLinear(2).toString());

        LoadResult left = model.load(Map.of("0.weight", Tensor.ones(2, 3)), PARTIAL);
        assertThat(left.missing()).containsExactly("0.bias", "1.weight", "1.bias");
        assertThat(lazy.weight().toDoubleArray()).containsOnly(1);
        assertThat(lazy.bias().abs().max().item()).isPositive().isLessThan(1 / Math.sqrt(3));
    }
}
