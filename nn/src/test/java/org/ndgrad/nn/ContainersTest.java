package org.ndgrad.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.optim.Sgd;

class ContainersTest {

    @Test
    void aListGrowsAndNamesByPosition() {
        LayerList<Linear> list = new LayerList<>(new Linear(2, 3));
        list.add(new Linear(3, 1));
        Tensor x = Tensor.ones(1, 2);
        for (Linear layer : list) {
            x = layer.forward(x);
        }

        assertThat(x.shape()).containsExactly(1, 1);
        assertThat(list.size()).isEqualTo(2);
        assertThat(list.parameters().keySet()).containsExactly("0.weight", "0.bias", "1.weight", "1.bias");
        assertThat(list.get(1).weight().shape()).containsExactly(1, 3);
        assertThat(((LayerList<?>) list.copy()).get(0)).isNotSameAs(list.get(0));
        assertThatThrownBy(() -> list.get(2)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void listsAreMadeOfWhatIsThere() {
        Linear first = new Linear(2, 3);
        Tensor w = Tensor.ones(2);

        assertThat(new LayerList<>(first, new Relu())).hasSize(2);
        assertThat(new LayerList<>(List.of(first, new Relu())).get(0)).isSameAs(first);
        assertThat(new LayerList<Linear>()).isEmpty();
        assertThat(new ParameterList(w, Tensor.zeros(3))).hasSize(2);
        assertThat(new ParameterList(List.of(w)).get(0)).isSameAs(w);
        assertThat(new ParameterList()).isEmpty();
    }

    @Test
    void parametersOfSeveralLayersGoToOneOptimizer() {
        Linear first = new Linear(2, 2);
        Linear second = new Linear(2, 1, LinearOptions.defaults().withBias(false));
        Parameters all = Parameters.of(first, second, first);

        assertThat(all.keySet()).containsExactly("0.weight", "0.bias", "1.weight");
        assertThat(all.get("1.weight")).isSameAs(second.weight());
        Sgd sgd = new Sgd(all, 0.5);
        second.forward(first.forward(Tensor.ones(1, 2))).sum().backward();
        double[] before = second.weight().toDoubleArray();
        sgd.step();
        assertThat(second.weight().toDoubleArray()).isNotEqualTo(before);
        assertThat(Parameters.of().keySet()).isEmpty();
    }

    @Test
    void aDictionaryKeepsNamesInOrder() {
        LayerDict<Layer> dict = new LayerDict<>(ImmutableMap.of("relu", new Relu(), "map", new Linear(2, 2)));

        assertThat(dict.names()).containsExactly("relu", "map");
        assertThat(dict.get("relu")).isInstanceOf(Relu.class);
        assertThat(dict).hasSize(2);
        assertThat(dict.size()).isEqualTo(2);
        assertThat(dict.parameters().keySet()).containsExactly("map.weight", "map.bias");
        assertThatThrownBy(() -> dict.get("tanh"))
                .hasMessage("LayerDict: expected one of the names [relu, map]; got 'tanh'. Put it in.");
    }

    @Test
    void aListOfParametersOwnsThem() {
        ParameterList list = new ParameterList(Tensor.ones(2));
        list.add(Tensor.zeros(3));

        assertThat(list.parameters().keySet()).containsExactly("0", "1");
        assertThat(list.get(1).requiresGrad()).isTrue();
        assertThat(list).hasSize(2);
        assertThat(((ParameterList) list.copy()).get(0).toDoubleArray()).containsExactly(1, 1);
        assertThatThrownBy(() -> list.get(2)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aDictionaryOfParametersOwnsThem() {
        ParameterDict dict = new ParameterDict(ImmutableMap.of("b", Tensor.ones(2)));
        dict.put("a", Tensor.zeros(3));

        assertThat(dict.parameters().keySet()).containsExactly("b", "a");
        assertThat(dict.names()).containsExactly("b", "a");
        assertThat(dict.get("a").requiresGrad()).isTrue();
        assertThat(dict).hasSize(2).first().isSameAs(dict.get("b"));
        assertThat(dict.size()).isEqualTo(2);
        assertThat(((ParameterDict) dict.copy()).get("b").toDoubleArray()).containsExactly(1, 1);
        assertThatThrownBy(() -> dict.put("a", Tensor.ones(1))).hasMessageContaining("expected a new name; got 'a'");
        assertThatThrownBy(() -> dict.get("c"))
                .hasMessage("ParameterDict: expected one of the names [b, a]; got 'c'. Put it in.");
    }
}
