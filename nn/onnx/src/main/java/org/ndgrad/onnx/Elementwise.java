package org.ndgrad.onnx;

import static java.util.Map.entry;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Quotient;

/** Arithmetic, functions of each number, comparisons, choices. */
final class Elementwise {

    /** Operations of one operand that ONNX has itself. */
    private static final ImmutableMap<String, String> UNARY = ImmutableMap.ofEntries(
            entry("neg", "Neg"),
            entry("abs", "Abs"),
            entry("sign", "Sign"),
            entry("floor", "Floor"),
            entry("ceil", "Ceil"),
            entry("reciprocal", "Reciprocal"),
            entry("sqrt", "Sqrt"),
            entry("exp", "Exp"),
            entry("log", "Log"),
            entry("sin", "Sin"),
            entry("cos", "Cos"),
            entry("tan", "Tan"),
            entry("asin", "Asin"),
            entry("acos", "Acos"),
            entry("atan", "Atan"),
            entry("sinh", "Sinh"),
            entry("cosh", "Cosh"),
            entry("tanh", "Tanh"),
            entry("asinh", "Asinh"),
            entry("acosh", "Acosh"),
            entry("atanh", "Atanh"),
            entry("erf", "Erf"),
            entry("relu", "Relu"),
            entry("sigmoid", "Sigmoid"),
            entry("softsign", "Softsign"),
            entry("mish", "Mish"),
            entry("hardswish", "HardSwish"),
            entry("isnan", "IsNaN"),
            entry("isinf", "IsInf"));

    /** Those of two operands in the type of the result. */
    private static final ImmutableMap<String, String> BINARY =
            ImmutableMap.of("mul", "Mul", "maximum", "Max", "minimum", "Min", "clampMin", "Max", "clampMax", "Min");

    private static final ImmutableMap<String, String> COMPARISONS =
            ImmutableMap.of("eq", "Equal", "lt", "Less", "le", "LessOrEqual", "gt", "Greater", "ge", "GreaterOrEqual");

    private static final ImmutableMap<String, String> LOGIC =
            ImmutableMap.of("logicalAnd", "And", "logicalOr", "Or", "logicalXor", "Xor");

    static final Map<String, Converter> CONVERTERS = converters();

    private Elementwise() {}

    private static Map<String, Converter> converters() {
        ImmutableMap.Builder<String, Converter> all = ImmutableMap.builder();
        UNARY.forEach((name, op) -> all.put(name, c -> c.result(op, List.of(operand(c)))));
        BINARY.forEach((name, op) -> all.put(name, c -> c.result(op, both(c))));
        COMPARISONS.forEach((name, op) -> all.put(name, c -> c.result(compared(c, op))));
        LOGIC.forEach((name, op) -> all.put(
                name, c -> c.result(op, List.of(c.in(c.value(0), DataType.BOOL), c.in(c.value(1), DataType.BOOL)))));
        all.put("logicalNot", c -> c.result("Not", List.of(c.in(c.value(0), DataType.BOOL))));
        all.put("ne", c -> c.result("Not", List.of(compared(c, "Equal"))));
        all.put("isfinite", Elementwise::isFinite);
        all.put("add", c -> sum(c, "Add"));
        all.put("sub", c -> sum(c, "Sub"));
        all.put("rsub", c -> c.result("Sub", both(c).reverse()));
        all.put("div", Elementwise::div);
        all.put("rdiv", c -> c.result("Div", both(c).reverse()));
        all.put("floorDivide", c -> c.result(floored(c)));
        all.put("remainder", Elementwise::remainder);
        all.put("fmod", c -> c.result("Mod", both(c), Attribute.of("fmod", 1)));
        all.put("pow", c -> c.result("Pow", both(c)));
        all.put("square", c -> c.result("Mul", List.of(operand(c), operand(c))));
        all.put("rsqrt", c -> c.result("Reciprocal", List.of(c.node("Sqrt", List.of(operand(c))))));
        all.put("exp2", c -> c.result("Pow", List.of(number(c, 2), operand(c))));
        all.put("expm1", c -> c.result("Sub", List.of(c.node("Exp", List.of(operand(c))), number(c, 1))));
        all.put("log1p", c -> c.result("Log", List.of(c.node("Add", List.of(operand(c), number(c, 1))))));
        all.put("log2", c -> logarithm(c, 2));
        all.put("log10", c -> logarithm(c, 10));
        all.put("round", Elementwise::round);
        all.put("trunc", c -> c.result(truncated(c, operand(c))));
        all.put("frac", c -> c.result("Sub", List.of(operand(c), truncated(c, operand(c)))));
        all.put("positive", c -> c.result(c.x(0)));
        all.put("clamp", Elementwise::clamp);
        all.put("lerp", Elementwise::lerp);
        all.put("addcmul", c -> scaled(c, "Mul"));
        all.put("addcdiv", c -> scaled(c, "Div"));
        all.put("where", c -> c.result("Where", List.of(c.in(c.value(0), DataType.BOOL), typed(c, 1), typed(c, 2))));
        all.put(
                "maskedFill",
                c -> c.result("Where", List.of(c.in(c.value(1), DataType.BOOL), typed(c, 2), typed(c, 0))));
        return all.buildOrThrow();
    }

    /** Returns the first operand in the type of the result; of questions, in its own. */
    private static String operand(Conversion c) {
        return c.out().dtype() == DataType.BOOL ? c.x(0) : typed(c, 0);
    }

    private static String typed(Conversion c, int index) {
        return c.operand(index, c.out().dtype());
    }

    private static ImmutableList<String> both(Conversion c) {
        return ImmutableList.of(typed(c, 0), typed(c, 1));
    }

    static String number(Conversion c, double number) {
        return c.graph().scalar(c.out().dtype(), number);
    }

    private static void sum(Conversion c, String op) {
        String other = typed(c, 1);
        boolean isScaled = c.has(2, Number.class) && c.real(2) != 1;
        c.result(op, List.of(typed(c, 0), isScaled ? c.node("Mul", List.of(other, typed(c, 2))) : other));
    }

    private static void div(Conversion c) {
        if (!c.has(2, Quotient.class)) {
            c.result("Div", both(c));
        } else if (c.argument(2, Quotient.class) == Quotient.FLOOR) {
            c.result(floored(c));
        } else {
            String quotient = c.node("Div", both(c)); // of whole numbers, it is one
            c.result(c.out().dtype().isFPType() ? truncated(c, quotient) : quotient);
        }
    }

    private static String floored(Conversion c) {
        if (!c.out().dtype().isFPType()) {
            throw c.refusal("of whole numbers, which ONNX divides towards 0");
        }
        return c.node("Floor", List.of(c.node("Div", both(c))));
    }

    /** Mod of ONNX takes the divisor's sign for whole numbers only. */
    private static void remainder(Conversion c) {
        if (c.out().dtype().isFPType()) {
            String multiple = c.node("Mul", List.of(floored(c), typed(c, 1)));
            c.result("Sub", List.of(typed(c, 0), multiple));
        } else {
            c.result("Mod", both(c));
        }
    }

    private static String truncated(Conversion c, String x) {
        String size = c.node("Floor", List.of(c.node("Abs", List.of(x))));
        return c.node("Mul", List.of(c.node("Sign", List.of(x)), size));
    }

    private static void logarithm(Conversion c, double base) {
        c.result("Mul", List.of(c.node("Log", List.of(operand(c))), number(c, 1 / Math.log(base))));
    }

    private static void round(Conversion c) {
        if (c.has(1, Number.class) && c.integer(1) != 0) {
            throw c.refusal("to decimals");
        }
        c.result("Round", List.of(operand(c)));
    }

    private static void clamp(Conversion c) {
        String raised = c.node("Max", both(c));
        c.result(c.has(2, Object.class) ? c.node("Min", List.of(raised, typed(c, 2))) : raised);
    }

    private static void lerp(Conversion c) {
        String way = c.node("Sub", List.of(typed(c, 1), typed(c, 0)));
        c.result("Add", List.of(typed(c, 0), c.node("Mul", List.of(way, typed(c, 2)))));
    }

    private static void scaled(Conversion c, String op) {
        String term = c.node(op, List.of(typed(c, 1), typed(c, 2)));
        boolean isScaled = c.has(3, Number.class) && c.real(3) != 1;
        c.result("Add", List.of(typed(c, 0), isScaled ? c.node("Mul", List.of(term, typed(c, 3))) : term));
    }

    private static String compared(Conversion c, String op) {
        DataType first = c.value(0).dtype();
        boolean isNumber = c.has(1, Number.class);
        DataType dtype = isNumber
                ? Types.beside(first, c.real(1))
                : Types.wider(first, c.value(1).dtype());
        if (dtype == DataType.BOOL) {
            dtype = DataType.INT32; // Less has no booleans
        }
        return c.node(op, List.of(c.operand(0, dtype), c.operand(1, dtype)));
    }

    private static void isFinite(Conversion c) {
        String no = c.node("Or", List.of(c.node("IsNaN", List.of(c.x(0))), c.node("IsInf", List.of(c.x(0)))));
        c.result("Not", List.of(no));
    }
}
