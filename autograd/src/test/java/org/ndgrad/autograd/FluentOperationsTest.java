package org.ndgrad.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableSet;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.ops.Activations;
import org.ndgrad.autograd.ops.Arithmetic;
import org.ndgrad.autograd.ops.Comparison;
import org.ndgrad.autograd.ops.Elementary;
import org.ndgrad.autograd.ops.Indexing;
import org.ndgrad.autograd.ops.LinearAlgebra;
import org.ndgrad.autograd.ops.OpCase;
import org.ndgrad.autograd.ops.Reductions;
import org.ndgrad.autograd.ops.Shaping;

/** What stands behind a dot is what stands in the families. */
class FluentOperationsTest {

    private static final Tensor X = OpCase.sample(OpCase.in(0.1, 2), 3, 4);
    private static final Tensor Y = OpCase.sample(OpCase.in(0.2, 1.7), 3, 4);
    private static final int[] ALL = {};

    /** A fluent call beside its family's method. */
    record Pair(String name, Tensor fluent, Tensor family) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Pair> elementwise() {
        return Stream.of(
                new Pair("add", X.add(Y), Arithmetic.add(X, Y)),
                new Pair("add number", X.add(2), Arithmetic.add(X, 2)),
                new Pair("sub", X.sub(Y), Arithmetic.sub(X, Y)),
                new Pair("sub number", X.sub(2), Arithmetic.sub(X, 2)),
                new Pair("rsub", X.rsub(2), Arithmetic.rsub(X, 2)),
                new Pair("mul", X.mul(Y), Arithmetic.mul(X, Y)),
                new Pair("mul number", X.mul(2), Arithmetic.mul(X, 2)),
                new Pair("div", X.div(Y), Arithmetic.div(X, Y)),
                new Pair("div number", X.div(2), Arithmetic.div(X, 2)),
                new Pair("rdiv", X.rdiv(2), Arithmetic.rdiv(X, 2)),
                new Pair("pow", X.pow(Y), Arithmetic.pow(X, Y)),
                new Pair("pow number", X.pow(3), Arithmetic.pow(X, 3)),
                new Pair("neg", X.neg(), Arithmetic.neg(X)),
                new Pair("abs", X.neg().abs(), Arithmetic.abs(X)),
                new Pair("square", X.square(), Arithmetic.square(X)),
                new Pair("clamp", X.clamp(0.5, 1), Arithmetic.clamp(X, 0.5, 1)),
                new Pair("maximum", X.maximum(Y), Arithmetic.maximum(X, Y)),
                new Pair("minimum", X.minimum(Y), Arithmetic.minimum(X, Y)),
                new Pair("sqrt", X.sqrt(), Elementary.sqrt(X)),
                new Pair("exp", X.exp(), Elementary.exp(X)),
                new Pair("log", X.log(), Elementary.log(X)),
                new Pair("sin", X.sin(), Elementary.sin(X)),
                new Pair("cos", X.cos(), Elementary.cos(X)),
                new Pair("tanh", X.tanh(), Elementary.tanh(X)),
                new Pair("sigmoid", X.sigmoid(), Activations.sigmoid(X)),
                new Pair("relu", X.sub(1).relu(), Activations.relu(X.sub(1))),
                new Pair("softmax", X.softmax(0), Activations.softmax(X, 0)),
                new Pair("logSoftmax", X.logSoftmax(1), Activations.logSoftmax(X, 1)),
                new Pair("eq", X.eq(Y), Comparison.eq(X, Y)),
                new Pair("eq number", X.eq(1), Comparison.eq(X, 1)),
                new Pair("ne", X.ne(Y), Comparison.ne(X, Y)),
                new Pair("ne number", X.ne(1), Comparison.ne(X, 1)),
                new Pair("lt", X.lt(Y), Comparison.lt(X, Y)),
                new Pair("lt number", X.lt(1), Comparison.lt(X, 1)),
                new Pair("le", X.le(Y), Comparison.le(X, Y)),
                new Pair("le number", X.le(1), Comparison.le(X, 1)),
                new Pair("gt", X.gt(Y), Comparison.gt(X, Y)),
                new Pair("gt number", X.gt(1), Comparison.gt(X, 1)),
                new Pair("ge", X.ge(Y), Comparison.ge(X, Y)),
                new Pair("ge number", X.ge(1), Comparison.ge(X, 1)));
    }

    static Stream<Pair> structure() {
        int[] first = {0};
        int[] last = {1};
        return Stream.of(
                new Pair("sum", X.sum(), Reductions.sum(X, ALL, false)),
                new Pair("sum over dims", X.sum(0, 1), Reductions.sum(X, ALL, false)),
                new Pair("sum over a dim", X.sum(0), Reductions.sum(X, first, false)),
                new Pair("sum keepDim", X.sum(1, true), Reductions.sum(X, last, true)),
                new Pair("mean", X.mean(), Reductions.mean(X, ALL, false)),
                new Pair("mean over a dim", X.mean(0), Reductions.mean(X, first, false)),
                new Pair("mean keepDim", X.mean(1, true), Reductions.mean(X, last, true)),
                new Pair("var", X.var(), Reductions.var(X, ALL, 1, false)),
                new Pair("var over a dim", X.var(0), Reductions.var(X, first, 1, false)),
                new Pair("std", X.std(), Reductions.std(X, ALL, 1, false)),
                new Pair("std over a dim", X.std(1), Reductions.std(X, last, 1, false)),
                new Pair("norm", X.norm(), Reductions.norm(X, 2, ALL, false)),
                new Pair("norm over a dim", X.norm(1), Reductions.norm(X, 2, last, false)),
                new Pair("max", X.max(), Reductions.amax(X, ALL, false)),
                new Pair("min", X.min(), Reductions.amin(X, ALL, false)),
                new Pair(
                        "max values",
                        X.max(1).values(),
                        Reductions.max(X, 1, false).values()),
                new Pair(
                        "max indices",
                        X.max(1).indices(),
                        Reductions.max(X, 1, false).indices()),
                new Pair(
                        "min values",
                        X.min(0).values(),
                        Reductions.min(X, 0, false).values()),
                new Pair("min indices", X.min(0).indices(), Reductions.argmin(X, 0, false)),
                new Pair("argmax", X.argmax(), Reductions.argmax(X.reshape(12), 0, false)),
                new Pair("argmax over a dim", X.argmax(1), Reductions.argmax(X, 1, false)),
                new Pair("argmin", X.argmin(0), Reductions.argmin(X, 0, false)),
                new Pair("any", X.gt(1.8).any(), Reductions.any(X.gt(1.8), ALL, false)),
                new Pair("all", X.gt(1.8).all(), Reductions.all(X.gt(1.8), ALL, false)),
                new Pair("logsumexp", X.logsumexp(), Reductions.logsumexp(X, ALL, false)),
                new Pair("logsumexp over a dim", X.logsumexp(0), Reductions.logsumexp(X, first, false)),
                new Pair("reshape", X.reshape(2, -1), Shaping.reshape(X, 2, 6)),
                new Pair("flatten", X.flatten(), Shaping.reshape(X, 12)),
                new Pair("flatten from a dim", X.unsqueeze(0).flatten(1), Shaping.reshape(X, 1, 12)),
                new Pair("permute", X.permute(1, 0), Shaping.permute(X, 1, 0)),
                new Pair("transpose", X.transpose(0, 1), Shaping.transpose(X, 0, 1)),
                new Pair("t", X.t(), Shaping.permute(X, 1, 0)),
                new Pair("squeeze", X.unsqueeze(1).squeeze(), X),
                new Pair("squeeze a dim", X.unsqueeze(1).squeeze(1), X),
                new Pair("unsqueeze", X.unsqueeze(-1), Shaping.reshape(X, 3, 4, 1)),
                new Pair("expand", X.expand(2, -1, -1), Shaping.expand(X, 2, 3, 4)),
                new Pair("slice", X.slice(1, 1, 3), Shaping.slice(X, 1, 1, 3, 1)),
                new Pair("slice with a step", X.slice(1, 0, 4, 2), Shaping.slice(X, 1, 0, 4, 2)),
                new Pair("select", X.select(0, -1), Shaping.select(X, 0, 2)),
                new Pair(
                        "gather",
                        X.gather(1, X.argmax(1).unsqueeze(1)),
                        Reductions.max(X, 1, true).values()),
                new Pair("indexSelect", X.indexSelect(0, Tensor.of(2, 0)), Indexing.indexSelect(X, 0, Tensor.of(2, 0))),
                new Pair("matmul", X.matmul(Y.t()), LinearAlgebra.matmul(X, Y.t())),
                new Pair("contiguous", X.t().contiguous(), Shaping.contiguous(X.t())),
                new Pair("to", X.to(DataType.FLOAT), Shaping.to(X, DataType.FLOAT)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"elementwise", "structure"})
    void aFluentCallIsThatOfItsFamily(Pair pair) {
        assertThat(pair.fluent().dtype()).isEqualTo(pair.family().dtype());
        Tensors.assertSame(pair.fluent(), pair.family(), 0);
    }

    @Test
    void everyFluentMethodIsCalledHere() {
        List<String> called = Stream.concat(elementwise(), structure())
                .map(pair -> pair.name().split(" ", 2)[0])
                .distinct()
                .toList();

        assertThat(fluent().map(Method::getName).distinct()).containsExactlyInAnyOrderElementsOf(called);
    }

    @Test
    void everyOverloadIsCalledHere() {
        Set<String> called = Calls.of(FluentOperationsTest.class).stream()
                .filter(method -> method.getDeclaringClass() == Tensor.class)
                .map(FluentOperationsTest::signature)
                .collect(ImmutableSet.toImmutableSet());

        assertThat(fluent().map(FluentOperationsTest::signature)).isNotEmpty().allMatch(called::contains);
    }

    private static Stream<Method> fluent() {
        return Arrays.stream(FluentOperations.class.getDeclaredMethods())
                .filter(method -> !method.isSynthetic() && !method.getName().equals("self"));
    }

    /** The compiler repeats the methods of a class that is not public in its public subclass. */
    private static String signature(Method method) {
        return method.getName() + Arrays.toString(method.getParameterTypes());
    }
}
