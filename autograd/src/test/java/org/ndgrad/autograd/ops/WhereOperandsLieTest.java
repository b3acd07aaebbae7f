package org.ndgrad.autograd.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.JavaProcess;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.Tensors;

/**
 * Results have the same bits wherever operands lie: in Java arrays, in native memory, where {@link Tensor#data} brings
 * them, or in arrays of ND4J's.
 */
@Tag("chooses-memory")
class WhereOperandsLieTest {

    private static final List<UnaryOperator<Tensor>> PLACES =
            List.of(WhereOperandsLieTest::handedOut, WhereOperandsLieTest::nd4jView);

    private static Tensor handedOut(Tensor x) {
        Tensor copy = x.clone();
        copy.data();
        return copy;
    }

    /** Returns the values as a part of a larger array of ND4J's, off the borders of cache lines. */
    private static Tensor nd4jView(Tensor x) {
        Tensor flat = x.reshape(x.numel());
        Tensor larger = Joining.cat(List.of(Tensor.zeros(x.dtype(), 3), flat, Tensor.zeros(x.dtype(), 2)), 0);
        return Tensor.of(larger.data()).slice(0, 3, 3 + x.numel(), 1).reshape(x.shape());
    }

    /** Returns the samples of a row in a type, and the first with dims several times as large. */
    private static Stream<List<Tensor>> samples(OpCase op, DataType dtype) {
        return Stream.concat(op.samples().stream(), Stream.of(enlarged(op.inputs())))
                .map(sample -> converted(sample, dtype));
    }

    private static List<Tensor> converted(List<Tensor> sample, DataType dtype) {
        return sample.stream()
                .map(x -> x.dtype() == DataType.DOUBLE ? x.to(dtype) : x)
                .collect(ImmutableList.toImmutableList());
    }

    private static List<Tensor> enlarged(List<Tensor> sample) {
        return sample.stream()
                .map(x -> {
                    long[] times = new long[x.ndim()];
                    Arrays.fill(times, x.ndim() == 1 ? 11 : x.ndim() == 2 ? 5 : 2);
                    return Repeating.tile(x, times);
                })
                .collect(ImmutableList.toImmutableList());
    }

    /** Returns the bits of the value, and of the gradients, of copies made by a function; or how they are refused. */
    private static List<Object> results(OpCase op, List<Tensor> sample, UnaryOperator<Tensor> copy) {
        List<Tensor> inputs = sample.stream().map(copy).collect(ImmutableList.toImmutableList());
        List<Object> results = new ArrayList<>();
        try {
            results.add(Tensors.bits(op.function().apply(inputs)));
            if (op.order() > 0) {
                inputs.forEach(Tensors::leaf);
                Tensors.gradients(op.function(), inputs).stream()
                        .map(Tensors::bits)
                        .forEach(results::add);
            }
        } catch (IllegalArgumentException | IllegalStateException e) {
            results.add(e.getMessage()); // an enlarged sample may not fit
        }
        return results;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.ndgrad.autograd.ops.OpCases#all")
    void decidesNothing(OpCase op) {
        for (DataType dtype : List.of(DataType.FLOAT, DataType.DOUBLE)) {
            samples(op, dtype).forEach(sample -> {
                List<Object> expected = results(op, sample, Tensor::clone);
                for (UnaryOperator<Tensor> place : PLACES) {
                    assertSame(results(op, sample, place), expected);
                }
            });
        }
    }

    private static void assertSame(List<Object> actual, List<Object> expected) {
        if (!Arrays.deepEquals(actual.toArray(), expected.toArray())) { // which takes a fiftieth of the time
            assertThat(actual).usingRecursiveComparison().isEqualTo(expected);
        }
    }

    /** Prints a line per operation: its name, and a number made of all bits of its results. */
    static final class Program {
        public static void main(String[] args) {
            lines().forEach(System.out::println);
        }
    }

    private static Stream<String> lines() {
        return OpCases.all().map(op -> {
            StringBuilder bits = new StringBuilder();
            for (DataType dtype : List.of(DataType.FLOAT, DataType.DOUBLE)) {
                samples(op, dtype)
                        .flatMap(sample -> results(op, sample, Tensor::clone).stream())
                        .forEach(result -> bits.append(
                                result instanceof long[] values ? Arrays.toString(values) : result.toString()));
            }
            return op + ": " + Hashing.sha256().hashString(bits, StandardCharsets.UTF_8);
        });
    }

    /** Not only operands, but all that is made on the way as well. */
    @Test
    void decidesNothingForTheWholeProcess() throws IOException, InterruptedException {
        List<String> allNative = JavaProcess.run(
                Program.class,
                System.getProperty("java.class.path"),
                "-Dslf4j.internal.verbosity=ERROR",
                "-Dndgrad.memory.poison=true");

        assertThat(allNative).containsExactlyElementsOf(lines().toList());
    }
}
