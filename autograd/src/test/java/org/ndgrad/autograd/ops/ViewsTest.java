package org.ndgrad.autograd.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;

/** Which operations share memory with their input, and what follows from it. */
class ViewsTest {

    private static Tensor matrix() {
        return Tensor.arange(12).to(DataType.DOUBLE).reshape(3, 4);
    }

    static Stream<Named<UnaryOperator<Tensor>>> views() {
        return Stream.of(
                Named.of("view", x -> Shaping.view(x, 2, 6)),
                Named.of("view of a view", x -> Shaping.view(x.t(), 2, 2, 3)),
                Named.of("reshape of a view", x -> x.slice(1, 0, 2).reshape(3, 1, 2)),
                Named.of("unflatten", x -> Shaping.unflatten(x, 1, 2, 2)),
                Named.of("mT", Shaping::mT),
                Named.of("movedim", x -> Shaping.movedim(x, 0, 1)),
                Named.of("narrow", x -> Shaping.narrow(x, 0, 0, 2)),
                Named.of("atleast3d", Shaping::atleast3d),
                Named.of("diagonal", Diagonals::diagonal),
                Named.of("unfold", x -> Windows.unfold(x, 0, 2, 1)),
                Named.of("asStrided", x -> Windows.asStrided(x, new long[] {3}, new long[] {4})),
                Named.of("tensorSplit", x -> Joining.tensorSplit(x, 2, 0).get(0)),
                Named.of(
                        "meshgrid",
                        x -> Grids.meshgrid(List.of(x.select(0, 0)), Grids.Indexing.IJ)
                                .get(0)));
    }

    @ParameterizedTest
    @MethodSource("views")
    void aViewShowsWhatIsChangedInItsBaseAndTheOtherWayAround(UnaryOperator<Tensor> view) {
        Tensor x = matrix();
        Tensor y = view.apply(x);

        x.add_(100);
        assertThat(y.min().item()).isGreaterThanOrEqualTo(100);

        y.select(0, 0).fill_(-1);
        assertThat(x.min().item()).isEqualTo(-1);
    }

    @ParameterizedTest
    @MethodSource("views")
    void aChangeInAViewIsNoticedByWhatTheBaseWasSavedFor(UnaryOperator<Tensor> view) {
        Tensor w = Tensor.ones(DataType.DOUBLE, 3, 4).requiresGrad(true);
        Tensor x = matrix();
        Tensor y = w.mul(x).sum();

        view.apply(x).select(0, 0).fill_(5);

        assertThatThrownBy(() -> y.backward()).isInstanceOf(IllegalStateException.class);
    }

    static Stream<Named<UnaryOperator<Tensor>>> copies() {
        return Stream.of(
                Named.of("ravel of a view", x -> Shaping.ravel(x.t())),
                Named.of("repeat once", x -> Repeating.repeat(x, 1, 1)),
                Named.of("tile", x -> Repeating.tile(x)),
                Named.of("repeatInterleave", x -> Repeating.repeatInterleave(x, 1, 0)),
                Named.of("roll by nothing", x -> Rearranging.roll(x, 0)),
                Named.of("rot90 by nothing", x -> Rearranging.rot90(x, 0, 0, 1)),
                Named.of("pixelShuffle", x -> Rearranging.pixelShuffle(x.unsqueeze(0), 1)),
                Named.of("diag", x -> Diagonals.diag(x, 0)),
                Named.of("tril", x -> Diagonals.tril(x, 9)),
                Named.of("no pads", x -> Padding.pad(x, new long[] {0, 0}, 0)),
                Named.of("no pads in a circle", x -> Padding.pad(x, new long[] {0, 0}, Padding.Mode.CIRCULAR)));
    }

    @ParameterizedTest
    @MethodSource("copies")
    void aCopyKeepsItsValues(UnaryOperator<Tensor> copy) {
        Tensor x = matrix();
        Tensor y = copy.apply(x);

        x.add_(100);

        assertThat(y.max().item()).isLessThan(100);
    }

    @Test
    void stridesCountElementsOfTheMemoryAlsoForAView() {
        Tensor x = matrix().slice(0, 1, 3); // begins at element 4

        assertThat(Windows.asStrided(x, new long[] {2}, new long[] {1}).toDoubleArray())
                .containsExactly(4, 5);
        assertThat(Windows.asStrided(x, new long[] {2, 2}, new long[] {5, 3}, 0).toDoubleArray())
                .containsExactly(0, 3, 5, 8);
    }

    @Test
    void whatAWindowShowsBesidesItsInputGetsNoGradient() {
        Tensor x = matrix().slice(0, 1, 2).detach().requiresGrad(true); // elements 4 to 7

        Windows.asStrided(x, new long[] {4, 2}, new long[] {1, 0}, 2).sum().backward();

        assertThat(x.grad().toDoubleArray()).containsExactly(2, 2, 0, 0);
    }

    @Test
    void overlappingWindowsAddTheirGradients() {
        Tensor x = Tensor.of(1.0, 2.0, 3.0, 4.0).requiresGrad(true);

        Windows.unfold(x, 0, 3, 1).sum().backward();

        assertThat(x.grad().toDoubleArray()).containsExactly(1, 2, 2, 1);
    }

    @Test
    void anExpandedInputSharesTheGradientOfItsMemory() {
        Tensor x = Tensor.of(1.0, 2.0).unsqueeze(0).expand(4, 2).requiresGrad(true);

        Windows.asStrided(x, new long[] {2}, new long[] {1}).sum().backward();

        assertThat(x.grad().toDoubleArray()).containsOnly(0.25);
    }
}
