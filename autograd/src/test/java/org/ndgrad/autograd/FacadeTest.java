package org.ndgrad.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.reflect.ClassPath;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.ops.Activations;
import org.ndgrad.autograd.ops.Arithmetic;
import org.ndgrad.autograd.ops.Bounds;
import org.ndgrad.autograd.ops.Comparison;
import org.ndgrad.autograd.ops.Elementary;
import org.ndgrad.autograd.ops.Indexing;
import org.ndgrad.autograd.ops.Joining;
import org.ndgrad.autograd.ops.LinearAlgebra;
import org.ndgrad.autograd.ops.Norms;
import org.ndgrad.autograd.ops.OpCase;
import org.ndgrad.autograd.ops.Reductions;
import org.ndgrad.autograd.ops.Shaping;
import org.ndgrad.autograd.ops.Sorting;
import org.ndgrad.autograd.ops.Statistics;

/** What stands behind a dot, and what is a function, is what stands in the families, with defaults where some are. */
class FacadeTest {

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
                new Pair("sum", X.sum(), Reductions.sum(X, ALL, KeepDim.NO)),
                new Pair("sum over dims", X.sum(0, 1), Reductions.sum(X, ALL, KeepDim.NO)),
                new Pair("sum over a dim", X.sum(0), Reductions.sum(X, first, KeepDim.NO)),
                new Pair("sum keepDim", X.sum(1, KeepDim.YES), Reductions.sum(X, last, KeepDim.YES)),
                new Pair("mean", X.mean(), Reductions.mean(X, ALL, KeepDim.NO)),
                new Pair("mean over a dim", X.mean(0), Reductions.mean(X, first, KeepDim.NO)),
                new Pair("mean keepDim", X.mean(1, KeepDim.YES), Reductions.mean(X, last, KeepDim.YES)),
                new Pair("var", X.var(), Reductions.var(X, ALL, 1, KeepDim.NO)),
                new Pair("var over a dim", X.var(0), Reductions.var(X, first, 1, KeepDim.NO)),
                new Pair("std", X.std(), Reductions.std(X, ALL, 1, KeepDim.NO)),
                new Pair("std over a dim", X.std(1), Reductions.std(X, last, 1, KeepDim.NO)),
                new Pair("norm", X.norm(), Reductions.norm(X, 2, ALL, KeepDim.NO)),
                new Pair("norm over a dim", X.norm(2, 1), Reductions.norm(X, 2, last, KeepDim.NO)),
                new Pair("max", X.max(), Reductions.amax(X, ALL, KeepDim.NO)),
                new Pair("min", X.min(), Reductions.amin(X, ALL, KeepDim.NO)),
                new Pair(
                        "max values",
                        X.max(1).values(),
                        Reductions.max(X, 1, KeepDim.NO).values()),
                new Pair(
                        "max indices",
                        X.max(1).indices(),
                        Reductions.max(X, 1, KeepDim.NO).indices()),
                new Pair(
                        "min values",
                        X.min(0).values(),
                        Reductions.min(X, 0, KeepDim.NO).values()),
                new Pair("min indices", X.min(0).indices(), Reductions.argmin(X, 0, KeepDim.NO)),
                new Pair("argmax", X.argmax(), Reductions.argmax(X.reshape(12), 0, KeepDim.NO)),
                new Pair("argmax over a dim", X.argmax(1), Reductions.argmax(X, 1, KeepDim.NO)),
                new Pair("argmin", X.argmin(0), Reductions.argmin(X, 0, KeepDim.NO)),
                new Pair("any", X.gt(1.8).any(), Reductions.any(X.gt(1.8), ALL, KeepDim.NO)),
                new Pair("all", X.gt(1.8).all(), Reductions.all(X.gt(1.8), ALL, KeepDim.NO)),
                new Pair("logsumexp", X.logsumexp(), Reductions.logsumexp(X, ALL, KeepDim.NO)),
                new Pair("logsumexp over a dim", X.logsumexp(0), Reductions.logsumexp(X, first, KeepDim.NO)),
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
                        Reductions.max(X, 1, KeepDim.YES).values()),
                new Pair("indexSelect", X.indexSelect(0, Tensor.of(2, 0)), Indexing.indexSelect(X, 0, Tensor.of(2, 0))),
                new Pair("matmul", X.matmul(Y.t()), LinearAlgebra.matmul(X, Y.t())),
                new Pair("contiguous", X.t().contiguous(), Shaping.contiguous(X.t())),
                new Pair("to", X.to(DataType.FLOAT), Shaping.to(X, DataType.FLOAT)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"elementwise", "structure", "defaults"})
    void aFluentCallIsThatOfItsFamily(Pair pair) {
        assertThat(pair.fluent().dtype()).isEqualTo(pair.family().dtype());
        Tensors.assertSame(pair.fluent(), pair.family(), 0);
    }

    static Stream<Pair> defaults() {
        int[] none = {};
        int[] both = {0, 1};
        int[] last = {1};
        return Stream.of(
                new Pair("all dims kept", X.sum(KeepDim.YES), Reductions.sum(X, none, KeepDim.YES)),
                new Pair("one dim kept", X.amax(1, KeepDim.YES), Reductions.amax(X, last, KeepDim.YES)),
                new Pair("one dim dropped", X.amax(1, KeepDim.NO), Reductions.amax(X, last, KeepDim.NO)),
                new Pair("many dims kept", X.amax(both, KeepDim.YES), Reductions.amax(X, both, KeepDim.YES)),
                new Pair("correction", X.var(last, 0), Reductions.var(X, last, 0, KeepDim.NO)),
                new Pair("correction and kept", X.std(last, 0, KeepDim.YES), Reductions.std(X, last, 0, KeepDim.YES)),
                new Pair("kept, correction left out", X.std(1, KeepDim.YES), Reductions.std(X, last, 1, KeepDim.YES)),
                new Pair("norm of 1", X.norm(1), Reductions.norm(X, 1, none, KeepDim.NO)),
                new Pair("norm over dims", X.norm(1, 1), Reductions.norm(X, 1, last, KeepDim.NO)),
                new Pair("norm kept", X.norm(3, 1, KeepDim.YES), Reductions.norm(X, 3, last, KeepDim.YES)),
                new Pair("in the middle", Functions.quantile(X, 0.3, 1), Statistics.quantile(X, 0.3, last, KeepDim.NO)),
                new Pair("normalize", X.normalize(), Norms.normalize(X, 2, last, 1e-12)),
                new Pair("topk", X.topk(2).values(), Sorting.topk(X, 2, -1).values()),
                new Pair("clamp", X.clamp(1), Bounds.clampMin(X, 1)),
                new Pair("cat of some", Functions.cat(X, Y), Joining.cat(List.of(X, Y), 0)),
                new Pair("cat of a list", Functions.cat(List.of(X, Y), 1), Joining.cat(List.of(X, Y), 1)),
                new Pair("a function", Functions.logsumexp(X, 1), Reductions.logsumexp(X, last, KeepDim.NO)),
                new Pair("a factory", Functions.zeros(2, 3), Tensor.zeros(2, 3)),
                new Pair("where", X.where(X.gt(1), Y), Comparison.where(X.gt(1), X, Y)),
                new Pair("where, or a number", X.where(X.gt(1), 0), Comparison.where(X.gt(1), X, Tensor.zerosLike(X))));
    }

    @Test
    void everyOperationIsAFunction() throws IOException {
        assertThat(operations())
                .hasSizeGreaterThan(400)
                .allSatisfy(operation -> assertThat(Functions.class.getMethod(operation.getName(), asked(operation, 0)))
                        .isNotNull());
    }

    @Test
    void everyOperationOnATensorIsAMethod() throws IOException {
        assertThat(operations()
                        .filter(operation -> operation.getParameterCount() > 0)
                        .filter(operation -> operation.getParameterTypes()[0] == Tensor.class)
                        .filter(operation -> !(operation.getName().equals("repeatInterleave")
                                && operation.getParameterCount() == 1)) // of how many times, not of what
                        .filter(operation -> !operation.getName().equals("where")))
                .hasSizeGreaterThan(300)
                .allSatisfy(operation -> assertThat(Tensor.class.getMethod(operation.getName(), asked(operation, 1)))
                        .isNotNull());
    }

    private static Stream<Method> operations() throws IOException {
        return ClassPath.from(Tensor.class.getClassLoader())
                .getTopLevelClasses(Reductions.class.getPackageName())
                .stream()
                .map(ClassPath.ClassInfo::load)
                .filter(type -> Modifier.isPublic(type.getModifiers()) && !type.isEnum() && !type.isRecord())
                .flatMap(family -> Arrays.stream(family.getDeclaredMethods()))
                .filter(method -> Modifier.isPublic(method.getModifiers()) && Modifier.isStatic(method.getModifiers()))
                .filter(method -> method.getReturnType() != void.class)
                .filter(method -> !isTest(method.getDeclaringClass()));
    }

    private static boolean isTest(Class<?> type) {
        return type.getProtectionDomain()
                .getCodeSource()
                .equals(FacadeTest.class.getProtectionDomain().getCodeSource());
    }

    /** Returns the types of the parameters from a position on, as a person gives them. */
    private static Class<?>[] asked(Method operation, int from) {
        return Arrays.stream(operation.getParameterTypes()).skip(from).toArray(Class<?>[]::new);
    }
}
