package org.ndgrad.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.reflect.ClassPath;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.io.Checkpoint;
import org.ndgrad.nn.optim.Optimizer;
import org.ndgrad.nn.optim.Sgd;
import org.ndgrad.nn.train.Callback;
import org.ndgrad.nn.train.Monitor;
import org.ndgrad.nn.train.Trainer;

/** Null for a choice is refused where it is given: it does not mean the other one, nor is it missed later. */
class NullChoicesTest {

    /** Some of them suit an operation. */
    private static final ImmutableList<Tensor> TENSORS = ImmutableList.of(
            Tensor.rand(4, 4),
            Tensor.rand(4),
            Tensor.of(0L, 1L, 2L, 3L),
            Tensor.rand(1, 1, 4, 4),
            Tensor.rand(1, 4, 4));

    static Stream<Arguments> operations() {
        return Arrays.stream(Functions.class.getMethods())
                .filter(method -> Modifier.isStatic(method.getModifiers()))
                .flatMap(NullChoicesTest::choices);
    }

    static Stream<Arguments> objects() throws IOException {
        return ClassPath.from(NullChoicesTest.class.getClassLoader()).getTopLevelClassesRecursive("org.ndgrad").stream()
                .filter(type -> !type.getPackageName().matches(".*[.](kernels|internal|numerics|conformance).*"))
                .map(ClassPath.ClassInfo::load)
                .flatMap(type -> Stream.concat(Stream.of(type), Arrays.stream(type.getDeclaredClasses())))
                .filter(type -> Modifier.isPublic(type.getModifiers()) && !Modifier.isAbstract(type.getModifiers()))
                .flatMap(type -> Arrays.stream(type.getConstructors()))
                .flatMap(NullChoicesTest::choices);
    }

    private static Stream<Arguments> choices(Executable executable) {
        Class<?>[] types = executable.getParameterTypes();
        return IntStream.range(0, types.length)
                .filter(i -> (types[i].isEnum() && types[i] != DataType.class)
                        || types[i].getSimpleName().endsWith("Options"))
                .mapToObj(i -> Arguments.of(executable, i));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void operationsRefuseThem(Method operation, int choice) {
        assertThat(TENSORS)
                .as("%s, argument %s", operation, choice)
                .extracting(
                        tensor -> thrown(arguments -> operation.invoke(null, arguments), operation, choice, tensor, 0))
                .doesNotContainNull();
    }

    @ParameterizedTest
    @MethodSource("objects")
    void objectsRefuseThem(Constructor<?> constructor, int choice) {
        assertThat(thrown(constructor::newInstance, constructor, choice, TENSORS.get(0), 2))
                .as("%s, argument %s", constructor, choice)
                .isNotNull();
    }

    static Stream<ThrowingCallable> calls() {
        Linear model = new Linear(2, 2);
        Sgd sgd = new Sgd(model.parameters(), 0.1);
        return Stream.of(
                () -> Trainer.of((Layer) null, Losses::mseLoss, sgd),
                () -> Trainer.of(model, (BinaryOperator<Tensor>) null, sgd),
                () -> Trainer.of(model, Losses::mseLoss, null),
                () -> Callback.everyStep(null),
                () -> Callback.everyEpoch(null),
                () -> Monitor.min(null),
                () -> new Checkpoint().with("model", (Block) null),
                () -> new Checkpoint().with("optimizer", (Optimizer) null),
                () -> new Checkpoint().with("generator", (Rng) null),
                () -> Linear.of(Tensor.ones(2, 2), null),
                () -> new Threshold(null, 0),
                () -> new Threshold(0, null),
                () -> new ConstantPad2d(1, null),
                () -> new TripletMarginWithDistanceLoss(null));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void whatCannotBeLeftOutIsAskedFor(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(NullPointerException.class)
                .hasMessageContainingAll(": expected ", "; got null. ");
    }

    private interface Call {
        Object apply(@Nullable Object[] arguments) throws ReflectiveOperationException;
    }

    /**
     * Returns what a call throws that is given null for a choice, or null.
     *
     * @param whole what it gets for a dim or a size
     */
    private static @Nullable Throwable thrown(Call call, Executable executable, int choice, Tensor tensor, int whole) {
        @Nullable
        Object[] arguments = Arrays.stream(executable.getParameterTypes())
                .map(type -> argument(type, tensor, whole))
                .toArray();
        arguments[choice] = null;
        try {
            call.apply(arguments);
            return null;
        } catch (InvocationTargetException e) {
            return e.getCause();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private static @Nullable Object argument(Class<?> type, Tensor tensor, int whole) {
        if (type == double.class) {
            return 0.5;
        } else if (type == int.class) {
            return whole;
        } else if (type == long.class) {
            return 2L;
        } else if (type == boolean.class) {
            return true;
        } else if (type == Number.class) {
            return 1;
        } else if (type == Tensor.class) {
            return tensor;
        } else if (type == String.class) {
            return "a";
        } else if (type == int[].class) {
            return new int[] {0};
        } else if (type == long[].class) {
            return new long[] {4};
        } else if (type == Tensor[].class) {
            return new Tensor[] {tensor, tensor};
        } else if (type == RandomGenerator.class || type == Rng.class) {
            return new Rng(1);
        } else if (type == DataType.class) {
            return DataType.FLOAT;
        } else if (type == Path.class) {
            return Path.of("a");
        } else if (type == Monitor.class) {
            return Monitor.min("a");
        } else if (type == BinaryOperator.class) {
            return (BinaryOperator<Tensor>) Tensor::sub;
        } else if (type.isAssignableFrom(List.class)) {
            return ImmutableList.of(Tensor.rand(2).requiresGrad(true));
        }
        return type.isEnum() ? type.getEnumConstants()[0] : null;
    }
}
