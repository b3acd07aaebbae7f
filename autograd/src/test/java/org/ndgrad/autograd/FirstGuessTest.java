package org.ndgrad.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ndgrad.autograd.Functions.*;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * What people who know PyTorch type most, as they guessed it without having seen this library: calls that were right
 * keep compiling and working.
 */
class FirstGuessTest {

    static Stream<Named<Supplier<Object>>> guesses() {
        Tensor x = Tensor.randn(3, 4);
        Tensor y = Tensor.rand(3, 4);
        Tensor i = Tensor.of(0, 2, 1);
        Tensor m = x.gt(0);
        return Stream.of(
                name("x.view(2, -1)", () -> x.view(2, -1)),
                name("x.reshape(2, -1)", () -> x.reshape(2, -1)),
                name("x.size(0)", () -> x.size(0)),
                name("x.shape()", () -> x.shape()),
                name("x.to(DataType.DOUBLE)", () -> x.to(DataType.DOUBLE)),
                name("x.sum()", () -> x.sum()),
                name("x.mean()", () -> x.mean()),
                name("x.sum(1)", () -> x.sum(1)),
                name("x.mean(1)", () -> x.mean(1)),
                name("x.mean(1, KeepDim.YES)", () -> x.mean(1, KeepDim.YES)),
                name("x.sum(-1, KeepDim.YES)", () -> x.sum(-1, KeepDim.YES)),
                name("cat(x, y)", () -> cat(x, y)),
                name("cat(List.of(x, y), 1)", () -> cat(List.of(x, y), 1)),
                name("stack(x, y)", () -> stack(x, y)),
                name("stack(List.of(x, y), 1)", () -> stack(List.of(x, y), 1)),
                name("Tensor.zeros(3, 4)", () -> Tensor.zeros(3, 4)),
                name("Tensor.ones(3, 4)", () -> Tensor.ones(3, 4)),
                name("Tensor.zerosLike(x)", () -> Tensor.zerosLike(x)),
                name("Tensor.onesLike(x)", () -> Tensor.onesLike(x)),
                name("Tensor.randn(3, 4)", () -> Tensor.randn(3, 4)),
                name("Tensor.rand(3, 4)", () -> Tensor.rand(3, 4)),
                name("Tensor.arange(10)", () -> Tensor.arange(10)),
                name("Tensor.eye(3)", () -> Tensor.eye(3)),
                name("Tensor.linspace(0, 1, 5)", () -> Tensor.linspace(0, 1, 5)),
                name("Tensor.randint(0, 10, new long[]{3, 4})", () -> Tensor.randint(0, 10, new long[] {3, 4})),
                name("Tensor.randperm(10)", () -> Tensor.randperm(10)),
                name("Tensor.of(1.0, 2.0)", () -> Tensor.of(1.0, 2.0)),
                name("x.unsqueeze(0)", () -> x.unsqueeze(0)),
                name("x.squeeze()", () -> x.squeeze()),
                name("x.squeeze(0)", () -> x.squeeze(0)),
                name("x.transpose(0, 1)", () -> x.transpose(0, 1)),
                name("x.permute(1, 0)", () -> x.permute(1, 0)),
                name("x.t()", () -> x.t()),
                name("x.contiguous()", () -> x.contiguous()),
                name("x.detach()", () -> x.detach()),
                name("x.clone()", () -> x.clone()),
                name("x.requiresGrad()", () -> x.requiresGrad()),
                name("x.dim()", () -> x.dim()),
                name("x.numel()", () -> x.numel()),
                name("x.dtype()", () -> x.dtype()),
                name("x.matmul(y.t())", () -> x.matmul(y.t())),
                name("mm(x, y.t())", () -> mm(x, y.t())),
                name("bmm(x.unsqueeze(0), y.t().unsqueeze(0))", () -> bmm(x.unsqueeze(0), y.t().unsqueeze(0))),
                name("einsum(\"ij,kj->ik\", x, y)", () -> einsum("ij,kj->ik", x, y)),
                name("x.add(y)", () -> x.add(y)),
                name("x.sub(1)", () -> x.sub(1)),
                name("x.mul(2)", () -> x.mul(2)),
                name("x.div(y)", () -> x.div(y)),
                name("x.pow(2)", () -> x.pow(2)),
                name("x.exp()", () -> x.exp()),
                name("x.log()", () -> x.log()),
                name("x.sqrt()", () -> x.sqrt()),
                name("x.abs()", () -> x.abs()),
                name("x.clamp(0, 1)", () -> x.clamp(0, 1)),
                name("x.max()", () -> x.max()),
                name("x.max(1).values()", () -> x.max(1).values()),
                name("x.min(1).indices()", () -> x.min(1).indices()),
                name("x.argmax(1)", () -> x.argmax(1)),
                name("x.argmax(-1, KeepDim.YES)", () -> x.argmax(-1, KeepDim.YES)),
                name("x.topk(2).indices()", () -> x.topk(2).indices()),
                name("x.sort().values()", () -> x.sort().values()),
                name("x.argsort(1)", () -> x.argsort(1)),
                name("x.softmax(-1)", () -> x.softmax(-1)),
                name("x.logSoftmax(1)", () -> x.logSoftmax(1)),
                name("relu(x)", () -> relu(x)),
                name("sigmoid(x)", () -> sigmoid(x)),
                name("x.tanh()", () -> x.tanh()),
                name("gelu(x)", () -> gelu(x)),
                name("x.norm()", () -> x.norm()),
                name("normalize(x, 2, 1)", () -> normalize(x, 2, 1)),
                name("x.std(1)", () -> x.std(1)),
                name("x.var(1)", () -> x.var(1)),
                name("x.cumsum(1)", () -> x.cumsum(1)),
                name("x.gather(1, i.unsqueeze(1))", () -> x.gather(1, i.unsqueeze(1))),
                name("x.indexSelect(0, i)", () -> x.indexSelect(0, i)),
                name("x.get(0)", () -> x.get(0)),
                name("x.get(i)", () -> x.get(i)),
                name("x.get(m)", () -> x.get(m)),
                name("x.maskedFill(m, 0.0)", () -> x.maskedFill(m, 0.0)),
                name("where(m, x, y)", () -> where(m, x, y)),
                name("x.eq(y).sum()", () -> x.eq(y).sum()),
                name("x.gt(0).all()", () -> x.gt(0).all()),
                name("x.expand(3, 4)", () -> x.expand(3, 4)),
                name("x.repeat(2, 1)", () -> x.repeat(2, 1)),
                name("x.chunk(2, 1)", () -> x.chunk(2, 1)),
                name("x.split(2, 1)", () -> x.split(2, 1)),
                name("x.flatten(1)", () -> x.flatten(1)),
                name("oneHot(i, 5)", () -> oneHot(i, 5)),
                name("x.tril()", () -> x.tril()),
                name("dropout(x, 0.5)", () -> dropout(x, 0.5)),
                name("linear(x, y)", () -> linear(x, y)),
                name("layerNorm(x, 4)", () -> layerNorm(x, 4)),
                name(
                        "conv2d(x.view(1, 1, 3, 4), Tensor.ones(1, 1, 2, 2))",
                        () -> conv2d(x.view(1, 1, 3, 4), Tensor.ones(1, 1, 2, 2))),
                name("maxPool2d(x.view(1, 1, 3, 4), 2)", () -> maxPool2d(x.view(1, 1, 3, 4), 2)),
                name("cat(1, x, y)", () -> cat(1, x, y)),
                name("stack(1, x, y)", () -> stack(1, x, y)),
                name("Tensor.full(new long[]{3, 4}, 1.5)", () -> Tensor.full(new long[] {3, 4}, 1.5)),
                name("x.T()", () -> x.T()),
                name("x.clone().requiresGrad_()", () -> x.clone().requiresGrad_()),
                name("x.clone().add_(1)", () -> x.clone().add_(1)),
                name("x.clone().mul_(0.9)", () -> x.clone().mul_(0.9)),
                name("x.clone().zero_()", () -> x.clone().zero_()),
                name("x.clone().fill_(0)", () -> x.clone().fill_(0)),
                name("x.clone().copy_(y)", () -> x.clone().copy_(y)),
                name("x.clone().clamp_(0, 1)", () -> x.clone().clamp_(0, 1)),
                name("x.clone().relu_()", () -> x.clone().relu_()),
                name("x.clone().maskedFill_(m, 9.0)", () -> x.clone().maskedFill_(m, 9.0)),
                name(
                        "x.clone().indexFill_(1, Tensor.of(0), -1.0)",
                        () -> x.clone().indexFill_(1, Tensor.of(0), -1.0)),
                name(
                        "x.clone().scatter_(1, i.unsqueeze(1), 1.0)",
                        () -> x.clone().scatter_(1, i.unsqueeze(1), 1.0)),
                name("Tensor.empty(3).uniform_(0, 1)", () -> Tensor.empty(3).uniform_(0, 1)),
                name("x.tolist()", () -> x.tolist()),
                name("x.toLong()", () -> x.toLong()),
                name("x.toInt()", () -> x.toInt()),
                name("x.toDouble()", () -> x.toDouble()),
                name("x.toFloat()", () -> x.toFloat()),
                name("x.toBool()", () -> x.toBool()),
                name("x.half()", () -> x.half()),
                name("x.argmax().itemInt()", () -> x.argmax().itemInt()),
                name("x.get(1, 1).itemFloat()", () -> x.get(1, 1).itemFloat()),
                name("x.elementSize()", () -> x.elementSize()),
                name("x.newZeros(2, 2)", () -> x.newZeros(2, 2)),
                name("x.expandAs(Tensor.ones(2, 3, 4))", () -> x.expandAs(Tensor.ones(2, 3, 4))),
                name("x.viewAs(Tensor.ones(4, 3))", () -> x.viewAs(Tensor.ones(4, 3))),
                name("broadcastTo(x, 2, 3, 4)", () -> broadcastTo(x, 2, 3, 4)),
                name("roll(x, 1, 1)", () -> roll(x, 1, 1)),
                name("x.roll(1, 0)", () -> x.roll(1, 0)),
                name("pad(x, 1, 1)", () -> pad(x, 1, 1)),
                name("unique(i)", () -> unique(i)),
                name("bincount(i)", () -> bincount(i)),
                name("histc(x, 4, 0, 6)", () -> histc(x, 4, 0, 6)),
                name("isin(i, Tensor.of(2))", () -> isin(i, Tensor.of(2))),
                name("msort(x)", () -> msort(x)),
                name(
                        "searchsorted(Tensor.of(1.0, 3.0, 5.0), Tensor.of(3.0, 6.0))",
                        () -> searchsorted(Tensor.of(1.0, 3.0, 5.0), Tensor.of(3.0, 6.0))),
                name("inverse(Tensor.eye(3))", () -> inverse(Tensor.eye(3))),
                name("vectorNorm(x, 3.5)", () -> vectorNorm(x, 3.5)),
                name("matrixNorm(x)", () -> matrixNorm(x)),
                name("oneHot(i)", () -> oneHot(i)),
                name("x.sort(-1, Order.DESCENDING)", () -> x.sort(-1, Order.DESCENDING)),
                name("x.topk(2, 1, Order.ASCENDING)", () -> x.topk(2, 1, Order.ASCENDING)),
                name("x.div(y, Quotient.FLOOR)", () -> x.div(y, Quotient.FLOOR)),
                name("x.div(2, Quotient.FLOOR)", () -> x.div(2, Quotient.FLOOR)),
                name("Tensor.of(List.of(1.0, 2.5))", () -> Tensor.of(List.of(1.0, 2.5))),
                name("Tensor.of(List.of(List.of(1, 2)))", () -> Tensor.of(List.of(List.of(1, 2)))),
                name(
                        "Tensor.zeros(3).scatterReduce(0, i, Tensor.ones(3), Reduce.SUM)",
                        () -> Tensor.zeros(3).scatterReduce(0, i, Tensor.ones(3), Reduce.SUM)),
                name("allclose(x, x)", () -> allclose(x, x)),
                name("equal(x, x)", () -> equal(x, x)),
                name("where(m, x, 0.0)", () -> where(m, x, 0.0)),
                name("where(m, 1.0, 0.0)", () -> where(m, 1.0, 0.0)),
                name(
                        "layerNorm(x, new long[]{4}, Tensor.ones(4), Tensor.zeros(4), 1e-5)",
                        () -> layerNorm(x, new long[] {4}, Tensor.ones(4), Tensor.zeros(4), 1e-5)),
                name(
                        "batchNorm(x, Tensor.zeros(4), Tensor.ones(4))",
                        () -> batchNorm(x, Tensor.zeros(4), Tensor.ones(4))),
                name(
                        "conv2d(x.view(1, 1, 3, 4), Tensor.ones(1, 1, 2, 2), Tensor.zeros(1), 1, 1)",
                        () -> conv2d(x.view(1, 1, 3, 4), Tensor.ones(1, 1, 2, 2), Tensor.zeros(1), 1, 1)));
    }

    private static Named<Supplier<Object>> name(String code, Supplier<Object> call) {
        return Named.of(code, call);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("guesses")
    void aGuessIsRight(Supplier<Object> call) {
        assertThat(call.get()).isNotNull();
    }
}
