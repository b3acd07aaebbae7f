package org.ndgrad.onnx;

import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ndgrad.autograd.Tensor;

/** Products of matrices and vectors. */
final class Product {

    static final Map<String, Converter> CONVERTERS = converters();

    private Product() {}

    private static Map<String, Converter> converters() {
        ImmutableMap.Builder<String, Converter> all = ImmutableMap.builder();
        Stream.of("matmul", "mm", "bmm", "mv", "dot")
                .forEach(name -> all.put(name, c -> c.result("MatMul", List.of(typed(c, 0), typed(c, 1)))));
        Stream.of("addmm", "addmv", "baddbmm").forEach(name -> all.put(name, Product::added));
        all.put("linear", Product::linear);
        all.put("outer", c -> {
            String column = c.node("Unsqueeze", List.of(typed(c, 0), c.graph().longs(1)));
            c.result("Mul", List.of(column, typed(c, 1)));
        });
        all.put("einsum", c -> {
            List<String> operands = c.values(1).stream()
                    .map(each -> c.in(each, c.out().dtype()))
                    .toList();
            c.result("Einsum", operands, Attribute.of("equation", c.argument(0, String.class)));
        });
        return all.buildOrThrow();
    }

    private static String typed(Conversion c, int index) {
        return c.operand(index, c.out().dtype());
    }

    /** β x + α a b. */
    private static void added(Conversion c) {
        boolean isScaled = c.has(3, Number.class);
        String product = c.node("MatMul", List.of(typed(c, 1), typed(c, 2)));
        String x = typed(c, 0);
        if (isScaled && c.real(3) != 1) {
            x = c.node("Mul", List.of(x, typed(c, 3)));
        }
        if (isScaled && c.real(4) != 1) {
            product = c.node("Mul", List.of(product, typed(c, 4)));
        }
        c.result("Add", List.of(x, product));
    }

    private static void linear(Conversion c) {
        boolean hasBias = c.has(2, Tensor.class);
        String bias = hasBias ? c.x(2) : "";
        Value weight = c.value(1);
        if (c.value(0).ndim() == 2 && weight.ndim() == 2) {
            c.result("Gemm", Conversion.inputs(c.x(0), c.x(1), bias), Attribute.of("transB", 1));
            return;
        }
        String turned = weight.ndim() == 2
                ? c.node("Transpose", List.of(c.x(1)), Attribute.of("perm", new long[] {1, 0}))
                : c.x(1);
        String product = c.node("MatMul", List.of(c.x(0), turned));
        c.result(hasBias ? c.node("Add", List.of(product, bias)) : product);
    }
}
