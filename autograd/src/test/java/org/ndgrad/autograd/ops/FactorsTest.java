package org.ndgrad.autograd.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Quotient;
import org.ndgrad.autograd.Tensor;

/** Numbers beside tensors: factors beyond the range of the type are refused, as in PyTorch, and so by the operation. */
class FactorsTest {

    private static Tensor of(DataType type, long value) {
        return Tensor.of(new long[] {value}).to(type);
    }

    /** Operations with a factor, on vectors of one element, by name. */
    private static Map<String, Function<Number, Tensor>> scaled(DataType type) {
        Tensor x = of(type, 5);
        Tensor y = of(type, 3);
        Tensor row = y.reshape(1, 1);
        Tensor batch = y.reshape(1, 1, 1);
        Tensor place = Tensor.of(new long[] {0});
        Map<String, Function<Number, Tensor>> all = new TreeMap<>();
        all.put("add", factor -> x.add(y, factor));
        all.put("sub", factor -> x.sub(y, factor));
        all.put("add_", factor -> x.clone().add_(y, factor));
        all.put("addcmul", factor -> Arithmetic.addcmul(x, y, of(type, 1), factor));
        all.put("indexAdd", factor -> Scattering.indexAdd(x, 0, place, y, factor));
        all.put("addmm", factor -> AddedProducts.addmm(x.reshape(1, 1), row, row, factor, 1));
        all.put("addmv", factor -> AddedProducts.addmv(x, row, y, 1, factor));
        all.put("addr", factor -> AddedProducts.addr(x.reshape(1, 1), y, y, factor, 1));
        all.put("baddbmm", factor -> AddedProducts.baddbmm(batch, batch, batch, 1, factor));
        all.put("addbmm", factor -> AddedProducts.addbmm(row, batch, batch, factor, 1));
        return all;
    }

    static Stream<Arguments> beyond() {
        return Stream.of(
                Arguments.of(DataType.INT8, new Number[] {128, -129, 300, 1e10, Long.MAX_VALUE}),
                Arguments.of(DataType.UINT8, new Number[] {256, -256, 300, Long.MIN_VALUE}),
                Arguments.of(DataType.INT16, new Number[] {1 << 15, -(1 << 15) - 1}),
                Arguments.of(DataType.INT32, new Number[] {1L << 31, -(1L << 31) - 1}),
                Arguments.of(DataType.FLOAT, new Number[] {1e40, -1e300}),
                Arguments.of(DataType.BFLOAT16, new Number[] {1e40}),
                Arguments.of(DataType.FLOAT16, new Number[] {1e40}));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("beyond")
    void factorsBeyondTheRangeAreRefused(DataType type, Number[] factors) {
        scaled(type).forEach((name, operation) -> {
            for (Number factor : factors) {
                assertThatIllegalArgumentException()
                        .as("%s of %s by %s", name, type, factor)
                        .isThrownBy(() -> operation.apply(factor))
                        .withMessageStartingWith(name + ": expected a number that ")
                        .withMessageContaining("got " + factor + ".");
            }
        });
    }

    @Test
    void factorsWithinItAreTaken() {
        Tensor x = of(DataType.INT8, 5);
        Tensor y = of(DataType.INT8, 3);
        Tensor small = of(DataType.UINT8, 5);
        Tensor other = of(DataType.UINT8, 3);

        assertThat(x.add(y, -128).toLongArray()).containsExactly((byte) (5 - 3 * 128));
        assertThat(x.sub(y, -128).toLongArray()).containsExactly((byte) (5 + 3 * 128));
        assertThat(small.add(other, -1).toLongArray()).containsExactly(2);
        assertThat(small.sub(other, 1).toLongArray()).containsExactly(2);
        assertThat(small.add(other, -255).toLongArray()).containsExactly(8);
        assertThat(of(DataType.INT64, 5)
                        .add(of(DataType.INT64, 3), Long.MIN_VALUE)
                        .toLongArray())
                .containsExactly(Long.MIN_VALUE + 5);
        assertThat(small.add(of(DataType.INT16, 3), 300).toLongArray()).containsExactly(905);
        assertThat(Tensor.of(1.0).add(Tensor.of(1.0), Double.POSITIVE_INFINITY).item())
                .isInfinite();
        for (Number alpha : new Number[] {-1, 2, 300, 1}) {
            Tensor a = Tensor.of(true, true, false);
            Tensor b = Tensor.of(true, false, false);
            assertThat(a.add(b, alpha).toLongArray()).as("%s", alpha).containsExactly(1, 1, 0);
            assertThat(b.clone().add_(a, alpha).toLongArray()).containsExactly(1, 1, 0);
        }
    }

    /** A number beside whole ones need not be one of their type where the result is floating. */
    @Test
    void numbersBesideWholeOnesOfFloatingResults() {
        Tensor x = of(DataType.UINT8, 2);
        Tensor flag = Tensor.of(new boolean[] {true});

        assertThat(Special.xlogy(x, 300).item()).isEqualTo((float) (2 * Math.log(300)));
        assertThat(Special.xlogy(300, x).item()).isEqualTo((float) (300 * Math.log(2)));
        assertThat(Special.xlogy(flag, 300).dtype()).isEqualTo(DataType.FLOAT);
        assertThat(Special.xlogy(x, 2.5).item()).isEqualTo((float) (2 * Math.log(2.5)));
        assertThat(Arithmetic.copysign(x, -1).item()).isEqualTo(-2);
        assertThat(Arithmetic.copysign(x, -1).dtype()).isEqualTo(DataType.FLOAT);
        assertThat(Arithmetic.copysign(x, -0.0).item()).isEqualTo(-2);
        assertThat(Arithmetic.copysign(flag, -300).item()).isEqualTo(-1);
        assertThat(Arithmetic.copysign(Tensor.of(DataType.FLOAT16, 3), -1e300).dtype())
                .isEqualTo(DataType.FLOAT16);
    }

    @Test
    void operationsRefuseNumbersInTheirOwnNames() {
        Tensor x = of(DataType.UINT8, 200);
        Map<String, Function<Number, Tensor>> all = new TreeMap<>();
        all.put("floorDivide", number -> Arithmetic.floorDivide(x, number));
        all.put("truncDivide", number -> Arithmetic.div(x, number, Quotient.TRUNC));
        all.put("remainder", number -> Arithmetic.remainder(x, number));
        all.put("fmod", number -> Arithmetic.fmod(x, number));
        all.put("pow", number -> Arithmetic.pow(number, x));
        all.put("bitwiseAnd", number -> Bitwise.bitwiseAnd(x, number.longValue()));
        all.put("bitwiseOr", number -> Bitwise.bitwiseOr(x, number.longValue()));
        all.put("bitwiseXor", number -> Bitwise.bitwiseXor(x, number.longValue()));
        all.put("where", number -> Comparison.where(x.gt(0), x, number));
        all.forEach((name, operation) -> assertThatIllegalArgumentException()
                .isThrownBy(() -> operation.apply(300))
                .withMessage(
                        name + ": expected a number that uint8 can hold, from 0 to 255; got 300. Use a wider type, or"
                                + " a number in this range."));
        assertThat(Bitwise.bitwiseLeftShift(x, 300).item()).isZero();
        assertThat(Bitwise.bitwiseRightShift(x, -1).item()).isZero();
        assertThat(Bitwise.bitwiseLeftShift(x, 1).item()).isEqualTo(144);
        assertThat(Bitwise.bitwiseRightShift(of(DataType.INT8, -5), 1000).item())
                .isEqualTo(-1);
    }
}
