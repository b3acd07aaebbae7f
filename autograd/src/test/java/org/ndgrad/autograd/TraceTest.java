package org.ndgrad.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.Uninterruptibles;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a trace notes, and what it does not. */
class TraceTest {

    private static List<String> names(List<Trace.Call> calls) {
        return calls.stream().map(Trace.Call::name).toList();
    }

    @Test
    void notesCallsInOrderWithTheirArguments() {
        Tensor x = Tensor.of(1.0, -2.0);
        Tensor weight = Tensor.of(3.0, 4.0);

        List<Trace.Call> calls = Trace.of(() -> Functions.softmax(x.mul(weight).add(1), -1), x);

        assertThat(names(calls)).containsExactly("mul", "add", "softmax");
        assertThat(calls.get(0).arguments()).containsExactly(x, weight);
        assertThat(calls.get(1).arguments().get(0)).isSameAs(calls.get(0).result());
        assertThat(calls.get(2).arguments()).containsExactly(calls.get(1).result(), -1);
    }

    @Test
    void notesWhatHasNoGradientAndWhatGivesSeveralTensors() {
        Tensor x = Tensor.of(1.0, -2.0).requiresGrad(true);

        List<Trace.Call> calls = Trace.of(() -> {
            x.detach().gt(0);
            x.get(Index.at(0));
            Functions.chunk(x, 2, 0);
            x.unsqueeze(0).max(1);
        });

        // an operation stands behind those of which it is made
        assertThat(names(calls)).containsSubsequence("detach", "gt", "select", "get", "chunk", "unsqueeze", "max");
        assertThat(calls.stream()
                        .filter(call -> List.of("chunk", "max").contains(call.name()))
                        .map(call -> Trace.tensors(call.result())))
                .allSatisfy(results -> assertThat(results).hasSize(2));
    }

    @Test
    void notesNothingAfterwardsOrOfOtherThreads() {
        Tensor x = Tensor.of(1.0);

        List<Trace.Call> calls = Trace.of(() -> {
            Thread other = new Thread(() -> x.exp());
            other.start();
            Uninterruptibles.joinUninterruptibly(other);
            x.log();
        });
        x.sin();

        assertThat(names(calls)).containsExactly("log");
        assertThat(Trace.isOn()).isFalse();
    }

    @Test
    void endsWhereTheComputationFails() {
        assertThatThrownBy(() -> Trace.of(() -> Tensor.of(1.0, 2.0).add(Tensor.of(1.0, 2.0, 3.0))));

        assertThat(Trace.isOn()).isFalse();
        assertThat(names(Trace.of(() -> Tensor.of(1.0).exp()))).containsExactly("exp");
    }

    @Test
    void refusesWhatItCannotTell() {
        Tensor x = Tensor.of(1.0, -2.0);

        assertThatThrownBy(() -> Trace.of(() -> x.mul(2).relu_(), x))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("changed in place by 'relu_'");
        assertThatThrownBy(() -> Trace.of(() -> Trace.of(() -> x.exp())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Trace one computation after the other");
        assertThat(Trace.isOn()).isFalse();
    }

    private record Pair(Tensor a, Optional<Tensor> b) {}

    @Test
    void findsTensorsInWhateverHoldsThem() {
        Tensor a = Tensor.of(1.0);
        Tensor b = Tensor.of(2.0);

        assertThat(Trace.tensors(new Pair(a, Optional.of(b)))).containsExactly(a, b);
        assertThat(Trace.tensors(List.of(Map.of("b", b), new Tensor[] {a}))).containsExactly(b, a);
        assertThat(Trace.tensors(3)).isEmpty();
        assertThat(Trace.tensors(null)).isEmpty();
    }
}
