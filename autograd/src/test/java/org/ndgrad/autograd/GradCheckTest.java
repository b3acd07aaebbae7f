package org.ndgrad.autograd;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.ops.Elementary;

/** Tests the tester. */
class GradCheckTest {

    private static final Tensor X = Tensor.of(DataType.DOUBLE, 0.3, -0.7, 1.1);

    /** Returns y = sin x with some vjp. */
    private static Function<List<Tensor>, Tensor> sinWith(BinaryOperator<Tensor> vjp) {
        return inputs -> {
            Tensor x = inputs.get(0);
            return Op.of("sin", x.sin().data()).wrt(x, g -> vjp.apply(g, x), x).tensor();
        };
    }

    static Stream<Named<BinaryOperator<Tensor>>> wrongDerivatives() {
        return Stream.of(
                Named.of("sign", (g, x) -> g.mul(x.cos()).neg()),
                Named.of("factor", (g, x) -> g.mul(x.cos()).mul(1.01)),
                Named.of("another function", (g, x) -> g.mul(x.sin())),
                Named.of("without g", (g, x) -> x.cos()),
                Named.of("an additional term", (g, x) -> g.mul(x.cos()).add(1e-3)),
                Named.of(
                        "right in all elements but one",
                        (g, x) -> g.mul(x.cos().add(Tensor.of(DataType.DOUBLE, 0, 0, 1e-2)))),
                Named.of("nothing", (g, x) -> Tensor.zerosLike(x)),
                Named.of("not a number", (g, x) -> g.mul(Double.NaN)));
    }

    @ParameterizedTest
    @MethodSource("wrongDerivatives")
    void gradCheckRejectsAWrongDerivative(BinaryOperator<Tensor> vjp) {
        assertThatThrownBy(() -> GradCheck.gradcheck(sinWith(vjp), List.of(X)))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("gradcheck: expected the derivative with respect to element ");
    }

    @Test
    void gradCheckRejectsAMissingTerm() {
        Function<List<Tensor>, Tensor> product =
                inputs -> Op.of("cube", inputs.get(0).pow(3).data())
                        .wrt(inputs.get(0), g -> g.mul(inputs.get(0).square()), inputs.get(0))
                        .tensor();

        assertThatThrownBy(() -> GradCheck.gradcheck(product, List.of(X))).isInstanceOf(AssertionError.class);
    }

    static List<Named<Function<Tensor, Tensor>>> readings() {
        return List.of(
                Named.of("by an operation", x -> x),
                Named.of("by its values", x -> Tensor.of(x.toDoubleArray()).to(DataType.DOUBLE)));
    }

    @ParameterizedTest
    @MethodSource("readings")
    void gradCheckRejectsAVjpThatReadsWhatItDoesNotName(Function<Tensor, Tensor> reading) {
        Function<List<Tensor>, Tensor> unnamed = inputs -> Op.of(
                        "square", inputs.get(0).detach().square())
                .wrt(inputs.get(0), g -> g.mul(reading.apply(inputs.get(0))).mul(2))
                .tensor();

        assertThatThrownBy(() -> GradCheck.gradcheck(unnamed, List.of(X)))
                .isInstanceOf(AssertionError.class)
                .hasMessage(
                        "gradcheck: expected a vjp that names the tensors it reads; got another gradient, or none, after a"
                                + " change in place of input 0, which it reads and does not name. Name what the vjp reads"
                                + " behind it: wrt(x, vjp, x).");
    }

    @Test
    void anOperationMayBeATensorExpression() {
        GradCheck.gradcheck(inputs -> cube(inputs.get(0)), List.of(X));
        GradCheck.gradgradcheck(inputs -> cube(inputs.get(0)), List.of(X));
        Tensor x = Tensor.of(2.0, 3).requiresGrad(true);
        Tensor view = Op.of("same", x.detach()).wrt(x, g -> g).tensor();
        Tensor y = view.square();
        Autograd.noGrad(() -> x.add_(1));
        assertThatThrownBy(() -> y.sum().backward()).hasMessageContaining("changed in place");
    }

    private static Tensor cube(Tensor x) {
        return Op.of("cube", x.pow(3)).wrt(x, g -> g.mul(x.square()).mul(3), x).tensor();
    }

    @Test
    void gradCheckRejectsAMissingInput() {
        Function<List<Tensor>, Tensor> half =
                inputs -> inputs.get(0).mul(inputs.get(1).detach());

        assertThatThrownBy(() -> GradCheck.gradcheck(half, List.of(X, X.mul(2))))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("of input 1, shape (3)");
    }

    @Test
    void gradCheckRejectsAFunctionThatCutsTheGraph() {
        assertThatThrownBy(() -> GradCheck.gradcheck(x -> x.get(0).detach().sin(), List.of(X)))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void gradGradCheckRejectsAWrongSecondDerivativeBehindARightFirstOne() {
        Function<List<Tensor>, Tensor> f = sinWith(
                (g, x) -> g.mul(Op.of("cos", x.cos().data()).wrt(x, h -> h, x).tensor()));

        assertThatCode(() -> GradCheck.gradcheck(f, List.of(X))).doesNotThrowAnyException();
        assertThatThrownBy(() -> GradCheck.gradgradcheck(f, List.of(X)))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("gradgradcheck: expected the derivative with respect to element ");
    }

    @Test
    void gradGradCheckRejectsASecondDerivativeThatIsCutOff() {
        Function<List<Tensor>, Tensor> f = sinWith((g, x) -> g.mul(x.detach().cos()));

        assertThatThrownBy(() -> GradCheck.gradgradcheck(f, List.of(X))).isInstanceOf(AssertionError.class);
    }

    @Test
    void gradGradCheckRejectsAVjpThatIsCutOffFromTheIncomingGradient() {
        Function<List<Tensor>, Tensor> f = sinWith((g, x) -> g.detach().mul(x.cos()));

        assertThatThrownBy(() -> GradCheck.gradgradcheck(f, List.of(X))).isInstanceOf(AssertionError.class);
    }

    @Test
    void theMessageNamesInputElementAndBothValues() {
        assertThatThrownBy(() -> GradCheck.gradcheck(
                        sinWith((g, x) -> g.mul(x.cos().add(Tensor.of(DataType.DOUBLE, 0, 1, 0)))), List.of(X)))
                .hasMessageMatching("gradcheck: expected the derivative with respect to element 1 of input 0, shape"
                        + " \\(3\\), to be \\d\\.\\d+ by central differences; got \\d\\.\\d+\\. Correct the vjp\\.");
    }

    @Test
    void aRightDerivativePassesAndLeavesTheInputsAsTheyWere() {
        Tensor x = X.clone();

        GradCheck.gradcheck(in -> Elementary.tan(in.get(0)), List.of(x));
        GradCheck.gradgradcheck(in -> Elementary.tan(in.get(0)), List.of(x));

        Tensors.assertSame(x, X, 0);
        assertThatCode(() -> x.requiresGrad(false)).doesNotThrowAnyException();
    }

    @Test
    void float32IsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GradCheck.gradcheck(x -> x.get(0), List.of(Tensor.of(1.0))))
                .withMessage(
                        "gradcheck: expected float64 inputs, or integral ones to be left alone; got float32 of shape"
                                + " (). Convert it with to(DataType.DOUBLE).");
    }
}
