package org.ndgrad.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.base.CaseFormat;
import com.google.common.collect.ImmutableSet;
import com.google.common.io.Resources;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.ops.OpCase;

/** Operations with an underscore give what those without one do, over the tensor's own values. */
class InPlaceFormsTest {

    /** PyTorch's that change a shape, not values, or are of rare use, among them those that draw in training only. */
    private static final Set<String> WITHOUT = ImmutableSet.of(
            "addbmm",
            "addmv",
            "addr",
            "alphaDropout",
            "asStrided",
            "baddbmm",
            "detach",
            "dropout",
            "featureAlphaDropout",
            "floatPower",
            "rrelu",
            "set",
            "squeeze",
            "t",
            "transpose",
            "unsqueeze");

    static Stream<Method> forms() {
        return Arrays.stream(TensorOperations.class.getDeclaredMethods())
                .filter(method -> method.getName().endsWith("_"));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void theResultStandsInTheTensor(Method form) throws ReflectiveOperationException {
        Tensor x = operand(form);
        int before = x.storage().version();
        Method plain = TensorOperations.class.getMethod(
                form.getName().substring(0, form.getName().length() - 1), form.getParameterTypes());
        double[] expected =
                ((Tensor) plain.invoke(x, arguments(form))).to(x.dtype()).toDoubleArray();

        Object returned = form.invoke(x, arguments(form));

        assertThat(returned).isSameAs(x);
        assertThat(x.toDoubleArray()).isEqualTo(expected);
        assertThat(x.storage().version()).isGreaterThan(before);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void aRecordedTensorIsRefused(Method form) throws ReflectiveOperationException {
        if (!operand(form).isFloatingPoint()) {
            return;
        }
        Tensor x = operand(form).requiresGrad_();
        try {
            form.invoke(x, arguments(form));
        } catch (InvocationTargetException refused) {
            assertThat(refused)
                    .cause()
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith(form.getName() + ": expected tensors that are not being recorded");
            return;
        }
        throw new AssertionError(form.getName());
    }

    private static Tensor operand(Method form) {
        return form.getName().startsWith("bitwise")
                ? Tensor.arange(1, 10).reshape(3, 3)
                : OpCase.sample(OpCase.in(0.1, 0.9), 3, 3);
    }

    private static Object[] arguments(Method form) {
        String name = form.getName();
        Class<?>[] types = form.getParameterTypes();
        Object[] arguments = new Object[types.length];
        boolean needsIndex = name.startsWith("scatter") || name.startsWith("index");
        for (int i = 0; i < types.length; i++) {
            boolean isFirst = !Arrays.asList(types).subList(0, i).contains(Tensor.class);
            if (types[i] == Tensor.class && isFirst && needsIndex && types[0] == int.class) {
                arguments[i] = name.startsWith("scatter")
                        ? Tensor.of(new long[][] {{0, 1, 2}, {1, 2, 0}})
                        : Tensor.of(2, 0, 1);
            } else if (types[i] == Tensor.class && isFirst && name.startsWith("masked")) {
                arguments[i] = operand(form).gt(0.5);
            } else if (types[i] == Tensor.class) {
                Tensor other = OpCase.sample(OpCase.in(0.2, 0.8), 3, 3);
                arguments[i] = name.contains("ill_") || name.startsWith("indexPut")
                        ? other.get(0, 0)
                        : name.startsWith("bitwise") ? operand(form).remainder(3) : other;
            } else {
                arguments[i] = constant(types[i]);
            }
        }
        return arguments;
    }

    private static Object constant(Class<?> type) {
        if (type == int.class) {
            return 0;
        }
        if (type == long.class) {
            return 1L;
        }
        if (type == Index[].class) {
            return new Index[] {Index.at(1)};
        }
        return type.isEnum() ? type.getEnumConstants()[0] : 0.5;
    }

    @Test
    void whatPytorchHasIsThere() throws IOException {
        Set<String> ours = ImmutableSet.copyOf(
                Arrays.stream(Tensor.class.getMethods()).map(Method::getName).toList());
        assertThat(
                        Resources.readLines(Resources.getResource("golden/pytorch-names.txt"), StandardCharsets.UTF_8)
                                .stream()
                                .filter(name -> name.endsWith("_"))
                                .map(name -> name.substring(0, name.length() - 1))
                                .map(name -> name.contains("_")
                                        ? CaseFormat.LOWER_UNDERSCORE.to(CaseFormat.LOWER_CAMEL, name)
                                        : name)
                                .filter(ours::contains)
                                .filter(name -> !ours.contains(name + "_")))
                .containsExactlyInAnyOrderElementsOf(WITHOUT);
    }

    @Test
    void aResultOfAnotherShapeOrTypeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tensor.of(1.0, 2.0).pow_(Tensor.ones(2, 2)))
                .withMessageStartingWith("pow_: expected an operand that broadcasts to the shape (2)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tensor.of(1, 2).sqrt_())
                .withMessageStartingWith("sqrt_: expected a result that fits the changed tensor of type int64");
    }

    @Test
    void drawsDoNotReadTheTensor() {
        Tensor x = Tensor.full(DataType.DOUBLE, 7, 200);

        assertThat(x.bernoulli_(new Rng(1), 0.25)).isSameAs(x);
        assertThat(x.unique().toDoubleArray()).containsExactly(0, 1);
        assertThat(x.mean().item()).isBetween(0.15, 0.35);
    }
}
