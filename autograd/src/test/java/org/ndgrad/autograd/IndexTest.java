package org.ndgrad.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ndgrad.autograd.Index.ELLIPSIS;
import static org.ndgrad.autograd.Index.NEW_AXIS;
import static org.ndgrad.autograd.Index.all;
import static org.ndgrad.autograd.Index.at;
import static org.ndgrad.autograd.Index.range;
import static org.ndgrad.autograd.Index.to;

import com.google.common.primitives.ImmutableLongArray;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/** What brackets do in Python: get and set. The shapes are those that PyTorch gives. */
class IndexTest {

    private static final Tensor X = Tensor.arange(120).reshape(2, 3, 4, 5);
    private static final Tensor PAIR = Tensor.of(0, 1);
    private static final Tensor MASK = Tensor.of(true, false, true);

    /** Brackets, as Python writes them, with the shape and the first and last element of the result. */
    record Brackets(String python, Tensor result, long first, long last, ImmutableLongArray shape) {
        @Override
        public String toString() {
            return python;
        }
    }

    private static Brackets brackets(String python, Tensor result, long first, long last, long... shape) {
        return new Brackets(python, result, first, last, ImmutableLongArray.copyOf(shape));
    }

    static Stream<Brackets> views() {
        return Stream.of(
                brackets("x[1]", X.get(at(1)), 60, 119, 3, 4, 5),
                brackets("x[1, -1, 0, 2]", X.get(1, -1, 0, 2), 102, 102),
                brackets("x[:, 1:]", X.get(all(), Index.from(1)), 20, 119, 2, 2, 4, 5),
                brackets("x[..., :-1]", X.get(ELLIPSIS, to(-1)), 0, 118, 2, 3, 4, 4),
                brackets("x[..., 0, 1:9:2]", X.get(ELLIPSIS, at(0), range(1, 9, 2)), 1, 103, 2, 3, 2),
                brackets("x[-9:1, None]", X.get(range(-9, 1), NEW_AXIS), 0, 59, 1, 1, 3, 4, 5),
                brackets("x[0, ..., None, 0]", X.get(at(0), ELLIPSIS, NEW_AXIS, at(0)), 0, 55, 3, 4, 1),
                brackets("x[tensor(1)]", X.get(Tensor.of(1)), 60, 119, 3, 4, 5),
                brackets("x[:, 1]", X.get(all(), 1), 20, 99, 2, 4, 5),
                brackets("x[:, 1, 2, 3]", X.get(all(), 1, 2, 3), 33, 93, 2),
                brackets("x[1, :, 2]", X.get(1, all(), 2), 70, 114, 3, 5),
                brackets("x[1, 1:]", X.get(1, Index.from(1)), 80, 119, 2, 4, 5),
                brackets("x[:, 1, 2:]", X.get(all(), 1, Index.from(2)), 30, 99, 2, 2, 5),
                brackets("x[:, :, 3]", X.get(all(), all(), 3), 15, 119, 2, 3, 5),
                brackets("x[0, 1, 2:]", X.get(0, 1, Index.from(2)), 30, 39, 2, 5),
                brackets("x[0, 1]", X.get(0, 1), 20, 39, 4, 5),
                brackets("x[...]", X.get(ELLIPSIS), 0, 119, 2, 3, 4, 5));
    }

    static Stream<Brackets> copies() {
        return Stream.of(
                brackets("x[[0, 1]]", X.get(PAIR), 0, 119, 2, 3, 4, 5),
                brackets("x[:, [0, 1], [0, 1]]", X.get(all(), PAIR, PAIR), 0, 89, 2, 2, 5),
                brackets("x[:, [0, 1], :, [0, 1]]", X.get(all(), PAIR, all(), PAIR), 0, 96, 2, 2, 4),
                brackets("x[:, [0, 1], 0, [0, 1]]", X.get(all(), PAIR, at(0), PAIR), 0, 81, 2, 2),
                brackets("x[:, [0, 1], None, [0, 1]]", X.get(all(), PAIR, NEW_AXIS, PAIR), 0, 89, 2, 2, 1, 5),
                brackets("x[0, :, [0, 1]]", X.get(at(0), all(), PAIR), 0, 49, 3, 2, 5),
                brackets("x[[[0], [1]], [0, 1]]", X.get(PAIR.unsqueeze(1), PAIR), 0, 99, 2, 2, 4, 5),
                brackets("x[:, mask]", X.get(all(), MASK), 0, 119, 2, 2, 4, 5),
                brackets("x[x > 7]", X.get(X.gt(7)), 8, 119, 112),
                brackets("x[:, mask, [0, 1]]", X.get(all(), MASK, PAIR), 0, 109, 2, 2, 5),
                brackets(
                        "x[[-1], ..., [-1]]",
                        X.get(Tensor.of(DataType.INT32, -1).reshape(1), ELLIPSIS, Tensor.of(-1)),
                        64,
                        119,
                        1,
                        3,
                        4),
                brackets("x[tensor(True)]", X.get(Tensor.of(true)), 0, 119, 1, 2, 3, 4, 5));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"views", "copies"})
    void theyChooseWhatTheyChooseInPython(Brackets brackets) {
        long[] values = brackets.result().toLongArray();

        assertThat(brackets.result().shape()).isEqualTo(brackets.shape().toArray());
        assertThat(values[0]).isEqualTo(brackets.first());
        assertThat(values[values.length - 1]).isEqualTo(brackets.last());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("views")
    void withoutTensorsTheyAreViews(Brackets brackets) {
        assertThat(brackets.result().storage()).isSameAs(X.storage());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("copies")
    void withTensorsTheyAreCopies(Brackets brackets) {
        assertThat(brackets.result().storage()).isNotSameAs(X.storage());
    }

    @Test
    void nothingMayBeChosen() {
        assertThat(X.get(range(1, 1)).shape()).containsExactly(0, 3, 4, 5);
        assertThat(X.get(range(9, 3)).shape()).containsExactly(0, 3, 4, 5);
        assertThat(X.get(Tensor.zeros(DataType.INT64, 0)).shape()).containsExactly(0, 3, 4, 5);
        assertThat(X.get(Tensor.of(false)).shape()).containsExactly(0, 2, 3, 4, 5);
        assertThat(X.get(X.lt(0)).shape()).containsExactly(0);
    }

    @Test
    void aPositionNamedTwiceGathersBothGradients() {
        Tensor x = Tensor.of(1.0, 2.0, 3.0).requiresGrad(true);

        x.get(Tensor.of(0, 0, -1)).sum().backward();

        assertThat(x.grad().toDoubleArray()).containsExactly(2, 0, 1);
    }

    @Test
    void setWritesWhereGetReads() {
        Tensor x = Tensor.zeros(3, 4);

        assertThat(x.set(1, at(0))).isSameAs(x);
        x.set(Tensor.of(2, 3), all(), range(1, 3));
        x.set(4, Tensor.of(1, -1), Tensor.of(0, 3));
        x.set(Tensor.of(7.0, 8.0), x.eq(4));
        x.set(Tensor.of(5.0, 6.0), Tensor.of(1, 1), at(3));
        x.get(2, 0).fill_(9);

        assertThat(x.toDoubleArray()).containsExactly(1, 2, 3, 1, 7, 2, 3, 6, 9, 2, 3, 8);
    }

    @Test
    void setWritesThroughViews() {
        Tensor x = Tensor.zeros(3, 4);

        x.t().set(Tensor.of(1.0, 2.0), Tensor.of(0, 3), Tensor.of(2, 0));
        x.get(all(), at(1)).set(3, Tensor.of(true, false, true));
        x.t().set(Tensor.of(4.0, 5.0, 6.0), Tensor.of(2), ELLIPSIS);

        assertThat(x.toDoubleArray()).containsExactly(0, 3, 4, 2, 0, 0, 5, 0, 1, 3, 6, 0);
    }

    @Test
    void setReadsItsValuesBeforeItWrites() {
        Tensor x = Tensor.of(1, 2, 3);

        x.set(x, Tensor.of(1, 2, 0));

        assertThat(x.toLongArray()).containsExactly(3, 1, 2);
    }

    @Test
    void setConvertsToTheTypeOfTheTarget() {
        assertThat(Tensor.of(1, 2).set(7.5, at(0)).toLongArray()).containsExactly(7, 2);
        assertThat(Tensor.of(1, 2).set(Tensor.of(7.5), Tensor.of(1, 1)).toLongArray())
                .containsExactly(1, 7);
    }

    @Test
    void setIsNoticedByTheGraph() {
        Tensor x = Tensor.of(1.0, 2.0).requiresGrad(true);
        Tensor factor = Tensor.of(3.0, 4.0);
        Tensor y = x.mul(factor).sum();

        factor.set(0, Tensor.of(1, 1));

        assertThatThrownBy(() -> y.backward())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("mul");
    }

    @Test
    void setIsRefusedWhereItWouldBeRecorded() {
        Tensor x = Tensor.of(1.0, 2.0).requiresGrad(true);

        assertThatThrownBy(() -> x.set(0, at(0)))
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("set: expected tensors that are not being recorded; got shape (2) (a leaf that requires a"
                        + " gradient). Wrap the change in Autograd.noGrad(() -> …), or use the operation that returns a"
                        + " new tensor, on a clone().");
        assertThatThrownBy(() -> Tensor.zeros(2).set(x, all())).isExactlyInstanceOf(IllegalStateException.class);
        Autograd.noGrad(() -> x.set(5, Tensor.of(1, 1)));
        assertThat(x.toDoubleArray()).containsExactly(1, 5);
    }
}
