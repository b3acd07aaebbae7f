package org.ndgrad.autograd.ops;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.KeepDim;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.Tensors;

/** Values and gradients are PyTorch's, also at infinities, NaN, zeros, ties and edges; see make_op_values.py. */
class PytorchValuesTest {

    private static final int[] ALL = {};
    private static final double RELATIVE = 1e-12;
    private static final double ABSOLUTE = 1e-14;

    private static final Map<String, Function<List<Tensor>, Tensor>> OPS = operations();

    private static Map<String, Function<List<Tensor>, Tensor>> operations() {
        ImmutableMap.Builder<String, Function<List<Tensor>, Tensor>> ops = ImmutableMap.builder();
        unary().forEach((name, f) -> ops.put(name, x -> f.apply(x.get(0))));
        reductions().forEach((name, f) -> ops.put(name, x -> f.apply(x.get(0))));
        binary().forEach((name, f) -> ops.put(name, x -> f.apply(x.get(0), x.get(1))));
        ops.put("lerp", x -> Arithmetic.lerp(x.get(0), x.get(1), x.get(2)));
        return ops.buildOrThrow();
    }

    private static Map<String, UnaryOperator<Tensor>> unary() {
        return ImmutableMap.<String, UnaryOperator<Tensor>>builder()
                .put("abs", Arithmetic::abs)
                .put("sign", Arithmetic::sign)
                .put("neg", Arithmetic::neg)
                .put("square", Arithmetic::square)
                .put("reciprocal", Arithmetic::reciprocal)
                .put("exp", Elementary::exp)
                .put("exp2", Elementary::exp2)
                .put("expm1", Elementary::expm1)
                .put("log", Elementary::log)
                .put("log2", Elementary::log2)
                .put("log10", Elementary::log10)
                .put("log1p", Elementary::log1p)
                .put("sqrt", Elementary::sqrt)
                .put("rsqrt", Elementary::rsqrt)
                .put("sin", Elementary::sin)
                .put("cos", Elementary::cos)
                .put("tan", Elementary::tan)
                .put("asin", Elementary::asin)
                .put("acos", Elementary::acos)
                .put("atan", Elementary::atan)
                .put("sinh", Elementary::sinh)
                .put("cosh", Elementary::cosh)
                .put("tanh", Elementary::tanh)
                .put("asinh", Elementary::asinh)
                .put("acosh", Elementary::acosh)
                .put("atanh", Elementary::atanh)
                .put("erf", Special::erf)
                .put("erfc", Special::erfc)
                .put("floor", Rounding::floor)
                .put("ceil", Rounding::ceil)
                .put("round", Rounding::round)
                .put("trunc", Rounding::trunc)
                .put("frac", Rounding::frac)
                .put("relu", Activations::relu)
                .put("relu6", Activations::relu6)
                .put("selu", Activations::selu)
                .put("sigmoid", Activations::sigmoid)
                .put("logsigmoid", Activations::logsigmoid)
                .put("softplus", Activations::softplus)
                .put("softsign", Activations::softsign)
                .put("gelu", Activations::gelu)
                .put("silu", Activations::silu)
                .put("geluTanh", x -> Activations.gelu(x, Activations.Gelu.TANH))
                .put("leakyRelu", x -> Activations.leakyRelu(x, 0.1))
                .put("elu", x -> Activations.elu(x, 2))
                .put("hardtanh", x -> Activations.hardtanh(x, -1, 1))
                .put("clamp", x -> x.clamp(-1, 1))
                .put("softplusBeta2Threshold3", x -> Activations.softplus(x, 2, 3))
                .put("add1", x -> x.add(1))
                .put("sub1", x -> x.sub(1))
                .put("rsub1", x -> x.rsub(1))
                .put("mul2", x -> x.mul(2))
                .put("div3", x -> x.div(3))
                .put("rdiv2", x -> x.rdiv(2))
                .put("pow0", x -> x.pow(0))
                .put("pow1", x -> x.pow(1))
                .put("pow2", x -> x.pow(2))
                .put("pow3", x -> x.pow(3))
                .put("powHalf", x -> x.pow(0.5))
                .put("powMinus1", x -> x.pow(-1))
                .put("powMinus2", x -> x.pow(-2.0))
                .put("twoToThe", x -> Arithmetic.pow(2, x))
                .put("zeroToThe", x -> Arithmetic.pow(0.0, x))
                .put("isnan", Comparison::isnan)
                .put("isinf", Comparison::isinf)
                .put("isfinite", Comparison::isfinite)
                .put("logicalNot", Comparison::logicalNot)
                .put("whereSqrt", x -> Comparison.where(x.gt(0), x.sqrt(), Tensor.zerosLike(x)))
                .put("indexSelect002", x -> x.indexSelect(0, Tensor.of(0, 0, 2)))
                .put("sqrtOfSumOfSquares", x -> x.mul(x).sum().sqrt())
                .buildOrThrow();
    }

    private static Map<String, BinaryOperator<Tensor>> binary() {
        return ImmutableMap.<String, BinaryOperator<Tensor>>builder()
                .put("add", Arithmetic::add)
                .put("sub", Arithmetic::sub)
                .put("mul", Arithmetic::mul)
                .put("div", Arithmetic::div)
                .put("pow", Arithmetic::pow)
                .put("maximum", Arithmetic::maximum)
                .put("minimum", Arithmetic::minimum)
                .put("atan2", Elementary::atan2)
                .put("xlogy", Special::xlogy)
                .put("logaddexp", Special::logaddexp)
                .put("remainder", Arithmetic::remainder)
                .put("floorDivide", Arithmetic::floorDivide)
                .put("eq", Comparison::eq)
                .put("ne", Comparison::ne)
                .put("lt", Comparison::lt)
                .put("le", Comparison::le)
                .put("gt", Comparison::gt)
                .put("ge", Comparison::ge)
                .put("logicalAnd", Comparison::logicalAnd)
                .put("logicalOr", Comparison::logicalOr)
                .put("logicalXor", Comparison::logicalXor)
                .put("matmul", LinearAlgebra::matmul)
                .buildOrThrow();
    }

    private static Map<String, UnaryOperator<Tensor>> reductions() {
        return ImmutableMap.<String, UnaryOperator<Tensor>>builder()
                .put("sum", x -> x.sum())
                .put("mean", x -> x.mean())
                .put("prod", x -> Reductions.prod(x, ALL, KeepDim.NO))
                .put("amax", x -> Reductions.amax(x, ALL, KeepDim.NO))
                .put("amin", x -> Reductions.amin(x, ALL, KeepDim.NO))
                .put("maxDim", x -> x.max(-1).values())
                .put("minDim", x -> x.min(-1).values())
                .put("logsumexp", x -> x.logsumexp(-1))
                .put("var", x -> x.var())
                .put("std", x -> x.std())
                .put("varPopulation", x -> Reductions.var(x, ALL, 0, KeepDim.NO))
                .put("stdPopulation", x -> Reductions.std(x, ALL, 0, KeepDim.NO))
                .put("norm0", x -> Reductions.norm(x, 0, ALL, KeepDim.NO))
                .put("norm1", x -> Reductions.norm(x, 1, ALL, KeepDim.NO))
                .put("norm2", x -> x.norm())
                .put("norm3", x -> Reductions.norm(x, 3, ALL, KeepDim.NO))
                .put("normInf", x -> Reductions.norm(x, Double.POSITIVE_INFINITY, ALL, KeepDim.NO))
                .put("normMinusInf", x -> Reductions.norm(x, Double.NEGATIVE_INFINITY, ALL, KeepDim.NO))
                .put("softmax", x -> x.softmax(-1))
                .put("logSoftmax", x -> x.logSoftmax(-1))
                .put("argmax", x -> x.argmax(-1))
                .put("argmin", x -> x.argmin(-1))
                .put("any", Tensor::any)
                .put("all", Tensor::all)
                .buildOrThrow();
    }

    /** A row of the golden file. */
    record Golden(String op, JsonNode row) {
        List<Tensor> inputs() {
            return list("inputs").stream().map(x -> x.requiresGrad(true)).collect(toImmutableList());
        }

        Tensor value() {
            return tensor(row.get("value"));
        }

        List<Tensor> list(String field) {
            return ImmutableList.copyOf(row.get(field)).stream()
                    .map(PytorchValuesTest::tensor)
                    .collect(toImmutableList());
        }

        @Override
        public String toString() {
            String inputs = row.get("inputs").toString();
            return op + (inputs.length() < 200 ? " of " + inputs : " at special points");
        }
    }

    private static Tensor tensor(JsonNode node) {
        double[] values = new double[node.get("values").size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = number(node.get("values").get(i));
        }
        long[] shape = new long[node.get("shape").size()];
        for (int d = 0; d < shape.length; d++) {
            shape[d] = node.get("shape").get(d).asLong();
        }
        return Tensor.of(DataType.DOUBLE, values).reshape(shape);
    }

    private static double number(JsonNode node) {
        return switch (node.asText()) {
            case "nan" -> Double.NaN;
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            case "true" -> 1;
            case "false" -> 0;
            default -> node.asDouble();
        };
    }

    static Stream<Golden> golden() throws IOException {
        try (InputStream file = PytorchValuesTest.class.getResourceAsStream("/golden/op_values.json")) {
            JsonNode rows = new ObjectMapper().readTree(file);
            return ImmutableList.copyOf(rows).stream()
                    .map(row -> new Golden(row.get("op").asText(), row));
        }
    }

    static Stream<Golden> differentiable() throws IOException {
        return golden().filter(golden -> golden.row().has("grads"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("golden")
    void valuesAreThoseOfPytorch(Golden golden) {
        Tensor value = OPS.get(golden.op()).apply(golden.inputs());

        assertClose("value", golden, value, golden.value());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("differentiable")
    void gradientsAreThoseOfPytorch(Golden golden) {
        List<Tensor> inputs = golden.inputs();
        List<Tensor> gradients = Tensors.gradients(OPS.get(golden.op()), inputs);

        List<Tensor> expected = golden.list("grads");
        for (int i = 0; i < expected.size(); i++) {
            assertClose("gradient " + i, golden, gradients.get(i), expected.get(i));
        }
    }

    @Test
    void everyOperationIsInTheFile() throws IOException {
        Set<String> named = golden().map(Golden::op).collect(ImmutableSet.toImmutableSet());

        assertThat(named).containsExactlyInAnyOrderElementsOf(OPS.keySet());
    }

    @Test
    void unlikePytorchNanPassesIntoTheGradientOfTheLargestNorm() {
        Tensor x = Tensor.of(DataType.DOUBLE, 1, Double.NaN).requiresGrad(true);

        Reductions.norm(x, Double.POSITIVE_INFINITY, ALL, KeepDim.NO).backward();

        assertThat(x.grad().toDoubleArray()).containsOnly(Double.NaN);
    }

    @Test
    void unlikePytorchTheRootOfMinusInfinityIsWhatIeee754Says() {
        Tensor x = Tensor.of(DataType.DOUBLE, Double.NEGATIVE_INFINITY);

        assertThat(x.pow(0.5).item()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(x.sqrt().item()).isNaN();
    }

    @Test
    void unlikePytorchTheGradientOfAProductDividesByNothing() {
        Tensor x = Tensor.of(DataType.DOUBLE, Double.POSITIVE_INFINITY, 2).requiresGrad(true);

        Reductions.prod(x, ALL, KeepDim.NO).backward();

        assertThat(x.grad().toDoubleArray()).containsExactly(2, Double.POSITIVE_INFINITY);
    }

    private static void assertClose(String what, Golden golden, Tensor actual, Tensor expected) {
        assertThat(actual.shape()).isEqualTo(expected.shape());
        double[] is = actual.toDoubleArray();
        double[] should = expected.toDoubleArray();
        StringBuilder differences = new StringBuilder();
        for (int i = 0; i < is.length; i++) {
            boolean same = Double.isNaN(should[i])
                    ? Double.isNaN(is[i])
                    : is[i] == should[i] || Math.abs(is[i] - should[i]) <= RELATIVE * Math.abs(should[i]) + ABSOLUTE;
            if (!same) {
                differences.append("%n  %s of %s at %s: PyTorch %s, ours %s"
                        .formatted(what, golden.op(), at(golden, i), should[i], is[i]));
            }
        }
        assertThat(differences).isEmpty();
    }

    private static String at(Golden golden, int element) {
        StringBuilder point = new StringBuilder();
        for (JsonNode input : golden.row().get("inputs")) {
            JsonNode values = input.get("values");
            point.append(values.size() > 6 ? values.get(element) : values).append(' ');
        }
        return point.toString().strip();
    }
}
