package org.ndgrad.autograd.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Index;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.DTypes;

/** Numbers that a tensor is to hold are refused where its type does not reach to them, as in PyTorch, not wrapped. */
class ConstantsTest {

    /** An operation that puts a number into a tensor of a type. */
    private interface Storing {
        Tensor apply(DataType type, Number number);
    }

    /** The name stands in messages. */
    private record Row(String op, String variant, Storing function) {
        @Override
        public String toString() {
            return op + variant;
        }
    }

    private static final Tensor PLACE = Tensor.of(new long[] {0});

    private static Tensor zero(DataType type) {
        return Tensor.zeros(type, 1);
    }

    static Stream<Row> storing() {
        return Stream.of(
                new Row("full", "", (type, n) -> Tensor.full(type, n, 1)),
                new Row("linspace", " start", (type, n) -> Tensor.linspace(type, n, n, 1)),
                new Row(
                        "linspace",
                        " end",
                        (type, n) -> Tensor.linspace(type, 0, n, 2).slice(0, 1, 2)),
                new Row("maskedFill", "", (type, n) -> Comparison.maskedFill(zero(type), Tensor.of(true), n)),
                new Row("indexFill", "", (type, n) -> Scattering.indexFill(zero(type), 0, PLACE, n)),
                new Row("scatter", "", (type, n) -> Scattering.scatter(zero(type), 0, PLACE, n)),
                new Row(
                        "pad",
                        "",
                        (type, n) ->
                                Padding.pad(zero(type), new long[] {0, 1}, n).slice(0, 1, 2)),
                new Row("threshold", "", (type, n) -> Activations.threshold(zero(type), 0, n)),
                new Row("set", "", (type, n) -> zero(type).set(n, Index.at(0))),
                new Row("fill_", "", (type, n) -> zero(type).fill_(n)));
    }

    /** What whole types refuse, too; floating ones are data here, and take what is too large as infinite. */
    static Stream<Row> converting() {
        return Stream.of(
                new Row("Tensor.of", " scalar", (type, n) -> Tensor.of(type, n).reshape(1)),
                new Row("Tensor.of", " doubles", (type, n) -> Tensor.of(type, new double[] {n.doubleValue()})),
                new Row("Tensor.of", " nested", (type, n) -> Tensor.of(type, new double[][] {{n.doubleValue()}})),
                new Row("Tensor.of", " nested longs", ConstantsTest::ofLongs));
    }

    private static Tensor ofLongs(DataType type, Number n) {
        return DTypes.isIntegral(n)
                ? Tensor.of(type, new long[][] {{n.longValue()}}).reshape(1)
                : Tensor.of(type, n).reshape(1);
    }

    static Stream<Row> bounding() {
        return Stream.of(
                new Row("clamp", " low", (type, n) -> zero(type).clamp(n, 3)),
                new Row("clamp", " high", (type, n) -> zero(type).clamp(3, n)),
                new Row("clampMin", "", (type, n) -> Bounds.clampMin(zero(type), n)),
                new Row("clampMax", "", (type, n) -> Bounds.clampMax(zero(type), n)));
    }

    static Stream<Arguments> outOfRange() {
        List<Arguments> types = List.of(
                Arguments.of(DataType.INT8, -128, 127),
                Arguments.of(DataType.UINT8, 0, 255),
                Arguments.of(DataType.INT16, -32768, 32767),
                Arguments.of(DataType.INT32, Integer.MIN_VALUE, Integer.MAX_VALUE));
        return types.stream().map(Arguments::get).flatMap(row -> {
            long least = ((Number) row[1]).longValue();
            long most = ((Number) row[2]).longValue();
            return Stream.of(most + 1, least - 1, most + 1.0, least - 1.0, 3e20, -1e30)
                    .map(n -> Arguments.of(row[0], n));
        });
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("outOfRange")
    void numbersOutOfRangeAreRefused(DataType type, Number number) {
        Stream<Row> bounds = DTypes.isIntegral(number) ? bounding() : Stream.of(); // others make x a floating tensor
        Stream.of(storing(), converting(), bounds)
                .flatMap(rows -> rows)
                .forEach(row -> assertThatIllegalArgumentException()
                        .as("%s", row)
                        .isThrownBy(() -> row.function.apply(type, number))
                        .withMessageStartingWith(
                                row.op + ": expected a number that " + DTypes.name(type) + " can hold, from ")
                        .withMessageContaining("; got ")
                        .withMessageEndingWith(". Use a wider type, or a number in this range."));
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0x1p63, -0x1.0000000000001p63})
    void whatNoWholeNumberIsIsRefused(double number) {
        Stream.of(storing(), converting())
                .flatMap(rows -> rows)
                .forEach(row -> assertThatIllegalArgumentException()
                        .as("%s", row)
                        .isThrownBy(() -> row.function.apply(DataType.INT64, number))
                        .withMessageStartingWith(
                                row.op + ": expected a number that int64 can hold, from -9223372036854775808 to"
                                        + " 9223372036854775807; got " + number));
    }

    static Stream<Arguments> limits() {
        return Stream.of(
                Arguments.of(DataType.INT8, -128L),
                Arguments.of(DataType.INT8, 127L),
                Arguments.of(DataType.UINT8, 255L),
                Arguments.of(DataType.INT16, -32768L),
                Arguments.of(DataType.INT32, 2147483647L),
                Arguments.of(DataType.INT64, Long.MIN_VALUE),
                Arguments.of(DataType.INT64, Long.MAX_VALUE - 1));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("limits")
    void theLastNumbersOfARangeAreTaken(DataType type, long number) {
        boolean exact = (long) (double) number == number;
        Stream.concat(storing(), exact ? converting() : Stream.of()).forEach(row -> {
            Tensor held = row.function.apply(type, number);

            assertThat(held.dtype()).isEqualTo(type);
            assertThat(held.toLongArray()).as("%s", row).containsExactly(number);
        });
    }

    /** As in PyTorch. */
    @Test
    void fractionsAreCutOff() {
        Stream.concat(storing(), converting()).forEach(row -> {
            assertThat(row.function.apply(DataType.INT16, 2.9).toLongArray())
                    .as("%s", row)
                    .containsExactly(2);
            assertThat(row.function.apply(DataType.INT64, -2.9).toLongArray())
                    .as("%s", row)
                    .containsExactly(-2);
        });
    }

    @Test
    void whatIsNotZeroIsTrue() {
        Stream.concat(storing(), converting())
                .filter(row -> !row.op.equals("linspace"))
                .forEach(row -> {
                    assertThat(row.function.apply(DataType.BOOL, 300).toLongArray())
                            .as("%s", row)
                            .containsExactly(1);
                    assertThat(row.function.apply(DataType.BOOL, 0.5).toLongArray())
                            .as("%s", row)
                            .containsExactly(1);
                });
    }

    static Stream<Arguments> tooLarge() {
        return Stream.of(
                Arguments.of(DataType.FLOAT, 1e39),
                Arguments.of(DataType.FLOAT, -Double.MAX_VALUE),
                Arguments.of(DataType.FLOAT16, 65520.0),
                Arguments.of(DataType.FLOAT16, -1e9),
                Arguments.of(DataType.BFLOAT16, 1e39));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("tooLarge")
    void floatingTypesRefuseFiniteConstantsThatTheyWouldMakeInfinite(DataType type, double number) {
        storing()
                .forEach(row -> assertThatIllegalArgumentException()
                        .as("%s", row)
                        .isThrownBy(() -> row.function.apply(type, number))
                        .withMessageStartingWith(
                                row.op + ": expected a number that " + DTypes.name(type) + " can hold"));
        assertThat(Comparison.isinf(Tensor.of(type, number)).toLongArray()).containsExactly(1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void floatingTypesTakeInfinitiesAndNaN(double number) {
        for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE, DataType.FLOAT16, DataType.BFLOAT16)) {
            storing()
                    .filter(row -> !row.op.equals("linspace"))
                    .forEach(row -> assertThat(row.function.apply(type, number).toDoubleArray())
                            .as("%s", row)
                            .containsExactly(number));
        }
    }

    @Test
    void fractionsAreNotAddedToWholeNumbersInPlace() {
        Tensor x = Tensor.of(1, 2);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> x.add_(Tensor.of(1, 2), 0.5))
                .withMessage("add_: expected a whole factor for tensors of type int64; got 0.5. Convert them to float"
                        + " first.");
        List.<Runnable>of(
                        () -> x.add_(0.5),
                        () -> x.sub_(0.5),
                        () -> x.mul_(0.5),
                        () -> x.div_(2),
                        () -> x.add_(Tensor.of(0.5)),
                        () -> x.add_(x, Double.NaN),
                        () -> x.add_(x, 1e19),
                        () -> Scattering.indexAdd(x, 0, PLACE, PLACE, 0.5),
                        () -> Arithmetic.add(x, x, 0.5),
                        () -> Arithmetic.sub(x, x, 0.5),
                        () -> Arithmetic.addcmul(x, x, x, 0.5))
                .forEach(change -> assertThatIllegalArgumentException().isThrownBy(change::run));
        assertThat(x.toLongArray()).containsExactly(1, 2);
    }

    @Test
    void aWholeFactorMayBeADouble() {
        Tensor x = Tensor.of(1, 2);

        assertThat(x.clone().add_(x, 2.0).toLongArray()).containsExactly(3, 6);
        assertThat(Scattering.indexAdd(x, 0, PLACE, PLACE, 2.0).toLongArray()).containsExactly(1, 2);
        assertThat(Tensor.of(1.0, 2.0).add_(x, 0.5).toDoubleArray()).containsExactly(1.5, 3);
    }
}
