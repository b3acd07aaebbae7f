package org.ndgrad.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Tensor;

/** What stands in fields belongs, whatever it stands in, and does so after copying and converting. */
@SuppressWarnings("UnusedVariable") // fields that are only found
class FieldsTest {

    private record Pair(Linear left, Tensor right) {}

    private abstract static class Base extends Layer {
        final Linear first = new Linear(2, 2);

        @Override
        public Tensor forward(Tensor x) {
            return first.forward(x);
        }
    }

    private static final class Everything extends Base {
        private final Linear own = new Linear(2, 2);
        private final List<Layer> list = new ArrayList<>(List.of(new Linear(2, 2), new Tanh()));
        private final Map<String, Layer> map = new LinkedHashMap<>(Map.of("a", new Linear(2, 2)));
        private final Layer[] array = {new Tanh(), new Linear(2, 2)};
        private final Pair pair = new Pair(new Linear(2, 2), Tensor.ones(2).requiresGrad(true));
        private final List<List<Tensor>> nested = List.of(List.of(Tensor.ones(1).requiresGrad(true)), List.of());
        private final Optional<Linear> optional = Optional.of(new Linear(2, 2));
        private final Tensor scale = Tensor.ones(2).requiresGrad(true);
        private final Tensor constant = Tensor.ones(2);
        private final transient Linear guest = new Linear(2, 2);
        private static final Linear SHARED_BY_ALL = new Linear(2, 2);
        private final UnaryOperator<Tensor> activation = Tensor::relu;
        private Tensor mean = buffer("mean", Tensor.zeros(2));

        @Override
        public Tensor forward(Tensor x) {
            mean = mean.mul(0.5).add(x.detach().mean(0).mul(0.5));
            Tensor y = activation.apply(own.forward(super.forward(x)));
            for (Layer layer : list) {
                y = layer.forward(y);
            }
            y = array[1].forward(array[0].forward(map.get("a").forward(y)));
            y = pair.left().forward(y).mul(pair.right()).mul(scale).mul(constant);
            return optional.orElseThrow().forward(y).mul(nested.get(0).get(0));
        }
    }

    private static final List<String> NAMES = List.of(
            "scale",
            "pair.right",
            "nested.0.0",
            "first.weight",
            "first.bias",
            "own.weight",
            "own.bias",
            "list.0.weight",
            "list.0.bias",
            "map.a.weight",
            "map.a.bias",
            "array.1.weight",
            "array.1.bias",
            "pair.left.weight",
            "pair.left.bias",
            "optional.weight",
            "optional.bias");

    private static final Tensor X = Tensor.of(new double[][] {{0.5, -1}, {0.25, 2}, {1, 1}});

    @Test
    void whatStandsInFieldsIsListedAndTrained() {
        Everything model = new Everything();

        model.forward(X).sum().backward();

        assertThat(model.parameters().keySet()).containsExactlyInAnyOrderElementsOf(NAMES);
        assertThat(model.parameters().values()).allMatch(Tensor::hasGrad);
        assertThat(model.buffers().keySet()).containsExactly("mean");
        assertThat(model.children().keySet())
                .containsExactly(
                        "first", "own", "list.0", "list.1", "map.a", "array.0", "array.1", "pair.left", "optional");
    }

    @Test
    void aBufferThatIsAssignedAnewIsSaved() {
        Everything model = new Everything();
        model.forward(X);
        model.forward(X);

        assertThat(model.stateDict().get("mean").toDoubleArray())
                .usingComparatorWithPrecision(1e-6)
                .containsExactly(0.75 * 1.75 / 3, 0.75 * 2 / 3);
        assertThat(model.buffers().get("mean")).isSameAs(model.mean);
    }

    @Test
    void modesReachLayersThatWereAddedLater() {
        Everything model = new Everything();
        Dropout later = new Dropout();
        model.list.add(later);

        model.eval();

        assertThat(later.isTraining()).isFalse();
    }

    @Test
    void frozenParametersStayParameters() {
        Everything model = new Everything();

        model.freeze();

        assertThat(model.parameters().keySet()).containsExactlyInAnyOrderElementsOf(NAMES);
        assertThat(model.trainableParameters().keySet()).isEmpty();
        assertThat(model.copy().parameters().keySet()).hasSize(NAMES.size());
        assertThat(model.unfreeze().trainableParameters().keySet()).hasSize(NAMES.size());
    }

    @Test
    void aCopyHasEverythingOfItsOwn() {
        Everything model = new Everything();
        Everything copy = (Everything) model.copy();
        double[] expected = model.forward(X).toDoubleArray();

        assertThat(copy.forward(X).toDoubleArray()).containsExactly(expected);
        assertThat(copy.parameters().keySet())
                .containsExactlyElementsOf(model.parameters().keySet());
        Autograd.noGrad(() -> copy.parameters().forEach(Tensor::zero_));
        assertThat(model.forward(X).toDoubleArray()).containsExactly(expected);
        assertThat(copy.forward(X).toDoubleArray()).containsOnly(0);
        assertThat(copy.list.get(0)).isNotSameAs(model.list.get(0));
        assertThat(copy.guest).isSameAs(model.guest);
    }

    @Test
    void allIsConverted() {
        Everything model = new Everything();

        model.to(DataType.DOUBLE);

        assertThat(model.stateDict().values()).allMatch(tensor -> tensor.dtype() == DataType.DOUBLE);
        assertThat(model.scale.dtype()).isEqualTo(DataType.DOUBLE);
        assertThat(model.forward(X.to(DataType.DOUBLE)).dtype()).isEqualTo(DataType.DOUBLE);
        assertThat(model.parameters().keySet()).containsExactlyInAnyOrderElementsOf(NAMES);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.to(DataType.INT64))
                .withMessageStartingWith("Everything: expected a floating type to convert to; got ");
    }

    @Test
    void otherParametersGetTheGradients() {
        Everything model = new Everything();
        Tensor weight = Tensor.ones(2, 2).requiresGrad(true);
        Tensor doubled = weight.mul(2);

        Layer other = model.with(Map.of("own.weight", doubled, "scale", Tensor.of(3.0, 4.0)));
        other.forward(X).sum().backward();

        assertThat(weight.hasGrad()).isTrue();
        assertThat(model.own.weight().hasGrad()).isFalse();
        assertThat(model.first.weight().hasGrad()).isTrue();
        assertThat(other.parameters().get("own.weight")).isSameAs(doubled);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.with(Map.of("own.wait", weight)))
                .withMessageStartingWith("Everything: expected names of parameters or buffers, [");
    }

    @Test
    void valuesAreLoadedAllOrNone() {
        Everything model = new Everything();
        Everything other = new Everything();
        other.load(model.stateDict());
        assertThat(other.forward(X).equal(model.forward(X))).isTrue();

        Map<String, Tensor> wrong = new LinkedHashMap<>(new Everything().stateDict());
        wrong.remove("own.bias");
        wrong.put("own.wait", Tensor.ones(1));
        wrong.put("scale", Tensor.ones(3));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> other.load(wrong))
                .withMessage(
                        "Everything: expected a state dict with the names and shapes of stateDict(); got nothing for"
                                + " [own.bias]; [own.wait], which it does not have; 'scale' of shape (3) instead of (2). Make the"
                                + " model as the saved one was made, or rename and leave out entries of the map, as"
                                + " LoadOptions do.");
        assertThat(other.forward(X).equal(model.forward(X))).isTrue();
    }

    private static final class Assigning extends Layer {
        private Tensor w = Tensor.ones(2).requiresGrad(true);

        @Override
        public Tensor forward(Tensor x) {
            return x.mul(w);
        }
    }

    @Test
    void aParameterThatIsNoLeafAnyMoreIsRefused() {
        Assigning model = new Assigning();
        assertThat(model.parameters().keySet()).hasSize(1);

        model.w = model.w.sub(0.1);

        assertThatIllegalStateException()
                .isThrownBy(model::parameters)
                .withMessage(
                        "Assigning: expected the field 'w' to keep the parameter 'w', a leaf that an optimizer knows;"
                                + " got another tensor assigned to it. Change the parameter in place, such as by"
                                + " Autograd.noGrad(() -> w.sub_(…)).");
    }

    private static final class Hiding extends Layer {
        private final UnaryOperator<Tensor> function;

        Hiding(Layer inner) {
            function = x -> inner.forward(x).relu();
        }

        @Override
        public Tensor forward(Tensor x) {
            return function.apply(x);
        }
    }

    @Test
    void aLayerInsideAFunctionIsRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new Hiding(new Linear(2, 2)).parameters())
                .withMessage("Hiding: expected layers and parameters in fields; got a Linear inside the function of the"
                        + " field 'function', which would be neither trained nor saved. Keep it in a field of its own,"
                        + " too.");
    }

    private static final class Net extends Layer {
        private final Linear fc = new Linear(2, 2);
        private final Hiding inner = new Hiding(this);

        @Override
        public Tensor forward(Tensor x) {
            return fc.forward(x);
        }
    }

    @Test
    void aFunctionMayUseWhatIsOwnedAbove() {
        assertThat(new Net().parameters().keySet()).containsExactly("fc.weight", "fc.bias");
        assertThatIllegalStateException()
                .isThrownBy(() -> new Net().copy())
                .withMessageStartingWith(
                        "Hiding: expected fields that a copy can have of its own; got a function in the");
    }

    @Test
    void whatAnAnonymousLayerUsesBelongsToIt() {
        Linear outside = new Linear(2, 3);
        Layer model = new Layer() {
            @Override
            public Tensor forward(Tensor x) {
                return outside.forward(x);
            }
        };

        assertThat(model.parameters().keySet()).containsExactly("outside.weight", "outside.bias");
        assertThat(model.copy().parameters().get("outside.weight")).isNotSameAs(outside.weight());
        assertThat(model).hasToString("Layer(\n  (outside): Linear(in=2, out=3, bias=true)\n)");
    }

    private static final class Ring extends Layer {
        private final List<Layer> layers = new ArrayList<>();

        @Override
        public Tensor forward(Tensor x) {
            return x;
        }
    }

    @Test
    void aRingOfLayersIsRefused() {
        Ring a = new Ring();
        Ring b = new Ring();
        a.layers.add(b);
        b.layers.add(a);

        assertThatIllegalArgumentException()
                .isThrownBy(a::parameters)
                .withMessage("Ring: expected layers that do not hold one another; got 'layers.0.layers.0' again below"
                        + " itself. Mark the field that points upward transient.");
    }

    private static final class Aliased extends Layer {
        private final Linear a = new Linear(2, 2);
        private final Linear b = a;
        private final List<Layer> all = List.of(a);

        @Override
        public Tensor forward(Tensor x) {
            return a.forward(x);
        }
    }

    @Test
    void sharedThingsAreListedAndSavedOnceAndLoadedUnderEachName() {
        Aliased model = new Aliased();
        Tensor ones = Tensor.ones(2, 2);

        assertThat(model.stateDict().keySet()).containsExactly("a.weight", "a.bias");
        model.load(Map.of("all.0.weight", ones, "b.bias", Tensor.ones(2)));

        assertThat(model.b.weight().equal(ones)).isTrue();
        assertThat(((Aliased) model.copy()).b).isNotSameAs(model.b);
        assertThatCode(() -> model.load(model.stateDict())).doesNotThrowAnyException();
    }

    @Test
    void aReplacedLayerTakesThePlace() {
        final class Head extends Layer {
            private Layer head = child("head", new Linear(2, 3));

            @Override
            public Tensor forward(Tensor x) {
                return head.forward(x);
            }
        }
        Head model = new Head();
        assertThat(model.parameters().get("head.weight").shape()).containsExactly(3, 2);

        model.head = new Linear(2, 5);

        assertThat(model.parameters().get("head.weight").shape()).containsExactly(5, 2);
    }
}
