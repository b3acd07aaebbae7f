package org.ndgrad.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;

/** What tests do with tensors: other layouts of the same values, gradients as values, comparisons. */
public final class Tensors {

    private Tensors() {}

    /** Returns the values in memory whose dims lie in reverse order. */
    public static Tensor transposed(Tensor x) {
        int[] reversed = IntStream.range(0, x.ndim()).map(d -> x.ndim() - 1 - d).toArray();
        return x.permute(reversed).clone().permute(reversed);
    }

    /** Returns the values as every second element of larger memory, away from its beginning. */
    public static Tensor sliced(Tensor x) {
        long[] larger = Arrays.stream(x.shape()).map(size -> 2 * size + 1).toArray();
        Tensor view = x.ndim() == 0 ? Tensor.full(x.dtype(), 1, 3).select(0, 2) : Tensor.full(x.dtype(), 1, larger);
        for (int d = 0; d < x.ndim(); d++) {
            view = view.slice(d, 1, larger[d], 2);
        }
        return view.numel() == 0 ? x.clone() : view.copy_(x);
    }

    /** Returns copies of which the float64 ones require gradients, or all floating ones. */
    public static List<Tensor> leaves(List<Tensor> inputs) {
        return inputs.stream().map(x -> leaf(x.clone())).collect(ImmutableList.toImmutableList());
    }

    /** Returns the tensor, requiring a gradient if it can. */
    public static Tensor leaf(Tensor x) {
        boolean floating = x.dtype() == DataType.DOUBLE || x.dtype() == DataType.FLOAT;
        return floating ? x.requiresGrad(true) : x;
    }

    /** Returns numbers to weigh the elements of an output with, no two alike. */
    public static Tensor direction(Tensor output) {
        double[] values = new double[Math.toIntExact(output.numel())];
        Arrays.setAll(values, i -> 0.75 + 0.5 * Math.sin(i * 1.7));
        return Tensor.of(output.dtype(), values).reshape(output.shape());
    }

    /** Returns the gradients of a function in the direction of its output, zeros where there are none. */
    public static List<Tensor> gradients(Function<List<Tensor>, Tensor> function, List<Tensor> leaves) {
        return gradients(function.apply(leaves), leaves);
    }

    public static List<Tensor> gradients(Tensor output, List<Tensor> leaves, Backward... options) {
        List<Tensor> wanted = leaves.stream().filter(Tensor::requiresGrad).collect(ImmutableList.toImmutableList());
        List<Optional<Tensor>> found =
                Autograd.gradIfUsed(List.of(output), wanted, List.of(direction(output)), options);
        ImmutableList.Builder<Tensor> result = ImmutableList.builder();
        for (int i = 0; i < wanted.size(); i++) {
            result.add(found.get(i).orElse(Tensor.zerosLike(wanted.get(i))));
        }
        return result.build();
    }

    public static void assertSame(List<Tensor> actual, List<Tensor> expected, double relative) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.size(); i++) {
            assertSame(actual.get(i), expected.get(i), relative);
        }
    }

    /** Compares shapes and values; the tolerance is relative to the element, and a tenth of it to the largest one. */
    public static void assertSame(Tensor actual, Tensor expected, double relative) {
        assertThat(actual.shape()).isEqualTo(expected.shape());
        double[] is = actual.toDoubleArray();
        double[] should = expected.toDoubleArray();
        double largest = Arrays.stream(should)
                .map(Math::abs)
                .filter(Double::isFinite)
                .max()
                .orElse(0);
        for (int i = 0; i < is.length; i++) {
            boolean same = Double.compare(is[i], should[i]) == 0
                    || Math.abs(is[i] - should[i]) <= relative * Math.abs(should[i]) + 0.1 * relative * largest;
            if (!same) {
                fail(
                        "first difference at element %s: expected %s; got %s%nin %s%nand %s",
                        i, should[i], is[i], expected, actual);
            }
        }
    }

    /** Returns the bits of all elements, to see whether anything changed. */
    public static long[] bits(Tensor x) {
        return Arrays.stream(x.toDoubleArray())
                .mapToLong(Double::doubleToRawLongBits)
                .toArray();
    }
}
