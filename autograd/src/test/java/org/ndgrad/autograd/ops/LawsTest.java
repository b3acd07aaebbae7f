package org.ndgrad.autograd.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Backward;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.Tensors;
import org.ndgrad.autograd.kernels.Shapes;

/** What derivatives must fulfil whatever the operation. */
class LawsTest {

    static Stream<OpCase> operationsOnPairs() {
        return Stream.of(ArithmeticCases.rows(), ElementaryCases.rows())
                .flatMap(rows -> rows)
                .filter(op -> op.inputs().size() == 2);
    }

    private static List<Tensor> gradientsTowards(Tensor output, List<Tensor> leaves, Tensor direction) {
        return Autograd.grad(List.of(output), leaves, List.of(direction), Backward.RETAIN_GRAPH);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.ndgrad.autograd.ops.OpCases#differentiable")
    void gradientsAreLinearInWhatComesIn(OpCase op) {
        List<Tensor> leaves = Tensors.leaves(op.inputs());
        List<Tensor> differentiable =
                leaves.stream().filter(Tensor::requiresGrad).collect(ImmutableList.toImmutableList());
        Tensor output = op.function().apply(leaves);
        Tensor u = Tensors.direction(output);
        Tensor v = u.square().sub(1);

        List<Tensor> both = gradientsTowards(output, differentiable, u.mul(2).add(v.mul(-3)));
        List<Tensor> ofU = gradientsTowards(output, differentiable, u);
        List<Tensor> ofV = gradientsTowards(output, differentiable, v);

        for (int i = 0; i < both.size(); i++) {
            Tensors.assertSame(both.get(i), ofU.get(i).mul(2).add(ofV.get(i).mul(-3)), 1e-10);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("operationsOnPairs")
    void aBroadcastIsAnExpansion(OpCase op) {
        for (List<Tensor> sample : op.samples()) {
            long[] shape = Shapes.broadcast(
                    op.name(), sample.get(0).shape(), sample.get(1).shape());
            List<Tensor> leaves = Tensors.leaves(sample);

            Tensor broadcast = op.function().apply(leaves);
            Tensor expanded = op.function()
                    .apply(List.of(leaves.get(0).expand(shape), leaves.get(1).expand(shape)));

            assertThat(broadcast.shape()).isEqualTo(shape);
            Tensors.assertSame(broadcast, expanded, 0);
            Tensors.assertSame(Tensors.gradients(broadcast, leaves), Tensors.gradients(expanded, leaves), 1e-13);
        }
    }

    /** Every pair of shapes up to three dims with sizes 0, 1 and 2. */
    @Test
    void everyPairOfShapesBroadcastsOrIsRefusedAndGradientsComeBackInTheirShapes() {
        List<long[]> shapes = shapes();
        for (long[] a : shapes) {
            for (long[] b : shapes) {
                Tensor x = Tensor.full(DataType.DOUBLE, 3, a).requiresGrad(true);
                Tensor y = Tensor.full(DataType.DOUBLE, 5, b).requiresGrad(true);
                Tensor product;
                try {
                    product = x.mul(y);
                } catch (IllegalArgumentException refused) {
                    assertThat(refused).hasMessageStartingWith("mul: expected shapes that broadcast; got ");
                    continue;
                }
                product.sum().backward();

                assertThat(x.grad().shape()).isEqualTo(a);
                assertThat(y.grad().shape()).isEqualTo(b);
                double perElement = x.numel() == 0 ? 0 : 5.0 * product.numel() / x.numel();
                assertThat(x.grad().toDoubleArray()).containsOnly(filled(x.numel(), perElement));
            }
        }
    }

    private static double[] filled(long count, double value) {
        return Tensor.full(DataType.DOUBLE, value, count).toDoubleArray();
    }

    private static List<long[]> shapes() {
        ImmutableList.Builder<long[]> shapes = ImmutableList.builder();
        shapes.add(new long[0]);
        for (long i = 0; i <= 2; i++) {
            shapes.add(new long[] {i});
            for (long j = 0; j <= 2; j++) {
                shapes.add(new long[] {i, j});
                for (long k = 0; k <= 2; k++) {
                    shapes.add(new long[] {i, j, k});
                }
            }
        }
        return shapes.build();
    }

    @Test
    void aJacobianAndItsTransposeAgree() {
        Tensor x = OpCase.sample(OpCase.in(-1, 1), 4).requiresGrad(true);
        Tensor w = OpCase.sample(OpCase.in(-2, 2), 3).requiresGrad(true);
        Tensor v = OpCase.sample(OpCase.in(0, 1), 4);
        Tensor weights = OpCase.sample(OpCase.in(-1, 1), 3, 4);
        Tensor y = weights.matmul(x.sin()).exp();

        // Jᵀw is linear in w; its own transpose, applied to v, is Jv
        Tensor transposed = gradientsTowards(y, List.of(x), w).get(0);
        Tensor recorded = Autograd.grad(List.of(y), List.of(x), List.of(w), Backward.CREATE_GRAPH)
                .get(0);
        Tensor forward =
                Autograd.grad(List.of(recorded), List.of(w), List.of(v)).get(0);

        assertThat(forward.mul(w.detach()).sum().item())
                .isCloseTo(transposed.mul(v).sum().item(), within(1e-12));
    }
}
