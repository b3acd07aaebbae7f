package org.ndgrad.autograd.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.elementwise.Copy;
import org.ndgrad.autograd.kernels.elementwise.Fill;
import org.ndgrad.autograd.kernels.elementwise.Pointwise;
import org.ndgrad.autograd.kernels.indexing.Gather;
import org.ndgrad.autograd.kernels.indexing.Views;
import org.ndgrad.autograd.kernels.linalg.Products;
import org.ndgrad.autograd.kernels.math.Relation;
import org.ndgrad.autograd.kernels.memory.Memory;
import org.ndgrad.autograd.kernels.reduction.Reduce;
import org.ndgrad.autograd.kernels.reduction.Softmax;

/** Kernels must read any strides: four hundred random views against copies made by ND4J. */
class ViewsTest {

    private static final Map<String, UnaryOperator<INDArray>> KERNELS =
            ImmutableMap.<String, UnaryOperator<INDArray>>builder()
                    .put("exp", x -> Pointwise.floating(x, Math::exp))
                    .put("neg", x -> Pointwise.numeric(x, v -> -v, v -> -v))
                    .put("add", x -> Pointwise.numeric("add", x, last(x), Double::sum, Long::sum))
                    .put("gt", x -> Pointwise.compare("gt", x, last(x), Relation.GREATER))
                    .put("where", x -> Pointwise.where("where", Pointwise.compare(x, 5, Relation.GREATER), x, last(x)))
                    .put("sum", x -> Reduce.sum(x, all(x), false))
                    .put("sum of dim 0", x -> Reduce.sum(x, new int[] {0}, true))
                    .put("prod of the last dim", x -> Reduce.prod(x, new int[] {x.rank() - 1}, false))
                    .put("max", x -> Reduce.max("max", x, new int[] {x.rank() - 1}, false))
                    .put("argmin", x -> Reduce.argmin("argmin", x, 0, false))
                    .put("softmax", x -> Softmax.softmax(x, x.rank() - 1))
                    .put("logsumexp", x -> Softmax.logsumexp(x, 0, false))
                    .put("gather", x -> Gather.gather("gather", x, 0, Reduce.argmax("argmax", x, 0, true)))
                    .put("flip", x -> Views.flip(x, all(x)))
                    .put("cat", x -> Views.cat(List.of(x, x), 0, x.dataType()))
                    .put("reshape", x -> Views.reshape(x, new long[] {x.length()}))
                    .put(
                            "squeeze",
                            x -> Views.reshape(
                                    x,
                                    Arrays.stream(x.shape()).filter(n -> n != 1).toArray()))
                    .put("cast", x -> Copy.cast(x, DataType.INT64))
                    .put("copy", Copy::copy)
                    .put("matmul", x -> Products.matmul(Views.reshape(x, new long[] {1, x.length()}), column(x)))
                    .build();

    private final Random random = new Random(20);

    private static INDArray last(INDArray x) {
        return Views.slice(x, 0, x.size(0) - 1, 1, 1);
    }

    private static INDArray column(INDArray x) {
        return Views.reshape(x, new long[] {x.length(), 1});
    }

    private static int[] all(INDArray x) {
        return IntStream.range(0, x.rank()).toArray();
    }

    /** Returns a view made by ND4J or by us: sliced, strided, permuted, in column order or expanded. */
    private INDArray view(DataType type) {
        int rank = 1 + random.nextInt(4);
        long[] shape = new long[rank];
        Arrays.setAll(shape, d -> 1 + random.nextInt(5));
        int count = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        double[] values = new double[count];
        Arrays.setAll(values, i -> random.nextInt(19) - 9);
        INDArray x = Copy.of(type, values, shape);
        for (int step = 0; step < 3; step++) {
            switch (random.nextInt(5)) {
                case 0 -> x = Memory.escape(x).permute(order(x.rank()));
                case 1 -> x = Memory.escape(x).dup('f');
                case 2 -> {
                    int dim = random.nextInt(x.rank());
                    x = x.rank() < 3
                            ? x
                            : Memory.escape(x)
                                    .dup(random.nextBoolean() ? 'c' : 'f')
                                    .slice(random.nextInt((int) x.size(dim)), dim);
                }
                case 3 -> {
                    int dim = random.nextInt(x.rank());
                    x = Views.slice(x, dim, x.size(dim) / 2, 1 + (x.size(dim) - 1) / 4, 2);
                }
                default -> {
                    long[] larger = x.shape().clone();
                    for (int d = 0; d < larger.length; d++) {
                        larger[d] = larger[d] == 1 && random.nextBoolean() ? 3 : larger[d];
                    }
                    x = Views.expand("expand", x, larger);
                }
            }
        }
        return x;
    }

    private int[] order(int rank) {
        List<Integer> dims = IntStream.range(0, rank).boxed().collect(Collectors.toList());
        Collections.shuffle(dims, random);
        return dims.stream().mapToInt(d -> d).toArray();
    }

    private static double[] read(INDArray x) {
        double[] values = new double[(int) x.length()];
        long[] index = new long[x.rank()];
        for (int i = 0; i < values.length; i++) {
            values[i] = Memory.escape(x).getDouble(index);
            for (int d = index.length - 1; d >= 0 && ++index[d] == x.size(d); d--) {
                index[d] = 0;
            }
        }
        return values;
    }

    @Test
    void fourHundredRandomViewsAgreeWithTheirCopies() {
        for (int i = 0; i < 400; i++) {
            INDArray view = view(i % 4 == 3 ? DataType.INT64 : i % 4 == 2 ? DataType.FLOAT : DataType.DOUBLE);
            INDArray copy = Copy.of(view.dataType(), read(view), view.shape());

            assertThat(Copy.toDoubles(view)).isEqualTo(read(view));
            KERNELS.forEach((name, kernel) -> {
                INDArray result = kernel.apply(view);
                INDArray expected = kernel.apply(copy);
                assertThat(result.shape()).as(name).isEqualTo(expected.shape());
                assertThat(result.dataType()).as(name).isEqualTo(expected.dataType());
                assertThat(Copy.toDoubles(result))
                        .as(
                                "%s of shape %s strides %s",
                                name, Shapes.format(view.shape()), Shapes.format(view.stride()))
                        .isEqualTo(Copy.toDoubles(expected));
            });
        }
    }

    @Test
    void valuesAreAssignedToRandomViewsAndNowhereElse() {
        for (int i = 0; i < 100; i++) {
            INDArray base = Fill.filled(DataType.DOUBLE, 1, 5, 6, 4);
            int dim = random.nextInt(3);
            INDArray view = Views.permute(Views.slice(base, dim, 1, 2, 2), order(3));

            Fill.fill(view, 7);

            assertThat(Copy.toDoubles(view)).containsOnly(7);
            assertThat(Copy.toDoubles(Reduce.sum(base, all(base), false)))
                    .containsExactly((double) (base.length() + 6 * view.length()));
        }
    }
}
