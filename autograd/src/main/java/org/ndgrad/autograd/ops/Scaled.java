package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.kernels.memory.Memory.array;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.KeepDim;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.Constants;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.elementwise.Pointwise;
import org.ndgrad.autograd.kernels.math.Binary;
import org.ndgrad.autograd.kernels.math.Ternary;

/** Sums with a product, and products of three factors: right wherever they fit, though those of two may not. */
final class Scaled {

    private static final double SMALL = 0x1p-64;

    /** So many times by two, products of float32 numbers may leave its range or lose digits. */
    private static final double FAR = 80;

    /** So many times by two, 1 becomes or ceases to be a number with all digits; that of float32 below. */
    private static final double FARTHEST = 1022;

    private static final double FARTHEST_FLOAT = 126;

    private Scaled() {}

    /** y = a + alpha · b; ∂L/∂a = g, ∂L/∂b = alpha · g. */
    static Tensor add(String op, Tensor a, Tensor b, Number alpha) {
        DataType type = DTypes.promote(array(a), array(b));
        return sum(op, a, b, Constants.factor(op, type, alpha), type);
    }

    /** y = a − alpha · b; ∂L/∂a = g, ∂L/∂b = −alpha · g. */
    static Tensor sub(Tensor a, Tensor b, Number alpha) {
        DataType type = DTypes.promote(array(a), array(b));
        Number factor = Constants.factor("sub", type, alpha);
        Number minus = DTypes.isIntegral(factor) ? (Number) (-factor.longValue()) : (Number) (-factor.doubleValue());
        return sum("sub", a, b, minus, type);
    }

    private static Tensor sum(String op, Tensor a, Tensor b, Number factor, DataType type) {
        Binary sum = Binary.addScaled(DTypes.round(type, factor), factor.longValue());
        return Op.pure(op, Pointwise.numeric(op, array(a), array(b), sum))
                .wrt(a, g -> g)
                .wrt(b, g -> g.mul(factor))
                .tensor();
    }

    /** y = a b c; ∂L/∂a = g b c, and so on. */
    static Tensor product(Tensor a, Tensor b, Tensor c) {
        return Op.pure("mul", Pointwise.floating("mul", array(a), array(b), array(c), Ternary.PRODUCT))
                .wrt(a, g -> product(g, b, c), b, c)
                .wrt(b, g -> product(g, a, c), a, c)
                .wrt(c, g -> product(g, a, b), a, b)
                .tensor();
    }

    /** y = a b / c; ∂L/∂a = g b / c, ∂L/∂b = g a / c, ∂L/∂c = −g y / c. */
    static Tensor ratio(Tensor a, Tensor b, Tensor c) {
        return Op.pure("div", Pointwise.floating("div", array(a), array(b), array(c), Ternary.RATIO))
                .wrt(a, g -> ratio(g, b, c), b, c)
                .wrt(b, g -> ratio(g, a, c), a, c)
                .wrt(c, (g, y) -> ratio(g, y, c).neg(), c)
                .tensor();
    }

    /** y = factor · a b / c²; ∂L/∂a = g · factor · b / c², and so on, ∂L/∂c = −2 g y / c. */
    static Tensor bySquare(Tensor a, Tensor b, Tensor c, double factor) {
        return Op.pure("div", Pointwise.floating("div", array(a), array(b), array(c), Ternary.bySquare(factor)))
                .wrt(a, g -> bySquare(g, b, c, factor), b, c)
                .wrt(b, g -> bySquare(g, a, c, factor), a, c)
                .wrt(c, (g, y) -> ratio(g, y, c).mul(-2), c)
                .tensor();
    }

    /** y = g · (a − b). */
    static Tensor byDifference(Tensor g, Tensor a, Tensor b) {
        return fitting((ends, s) -> g.mul(ends.get(0).sub(ends.get(1))), a, b);
    }

    /** y = −g · number / x². */
    static Tensor bySquare(Tensor g, Tensor x, Number number) {
        return bySquare(g, Tensor.of(x.dtype(), 1), x, -DTypes.round(x.dtype(), number));
    }

    /** y = x + value · a b; ∂L/∂x = g, ∂L/∂a = g · value · b, ∂L/∂b = g · value · a. */
    static Tensor addcmul(Tensor x, Tensor a, Tensor b, Number value) {
        double factor = factor("addcmul", type(x, a, b), value);
        return Op.pure(
                        "addcmul",
                        Pointwise.floating("addcmul", array(x), array(a), array(b), Ternary.addProduct(factor)))
                .wrt(x, g -> g)
                .wrt(a, g -> product(g, b, Tensor.of(g.dtype(), value)), b)
                .wrt(b, g -> product(g, a, Tensor.of(g.dtype(), value)), a)
                .tensor();
    }

    /** y = x + value · a / b; ∂L/∂x = g, ∂L/∂a = g · value / b, ∂L/∂b = −g · value · a / b². */
    static Tensor addcdiv(Tensor x, Tensor a, Tensor b, Number value) {
        double factor = factor("addcdiv", type(x, a, b), value);
        return Op.pure("addcdiv", Pointwise.floating("addcdiv", array(x), array(a), array(b), Ternary.addRatio(factor)))
                .wrt(x, g -> g)
                .wrt(a, g -> ratio(g, Tensor.of(g.dtype(), value), b), b)
                .wrt(b, g -> bySquare(g, a, b, -factor), a, b)
                .tensor();
    }

    /** Whether no product of some of them leaves the range of doubles, but for NaN. */
    static boolean productsFit(Tensor x) {
        Tensor sizes = Bounds.nanToNum(x.detach().abs(), 1, Double.POSITIVE_INFINITY, 0);
        double most = Math.max(
                Math.log(Reductions.amax(sizes, new int[0], KeepDim.NO).item()),
                -Math.log(Reductions.amin(sizes, new int[0], KeepDim.NO).item()));
        return x.size(0) * most <= 700;
    }

    /** Returns whole numbers as int64 if differences of them fit that, else as float64. */
    static Tensor wholeNumbers(Tensor x) {
        Tensor whole = x.to(DataType.INT64);
        boolean fit = whole.numel() == 0 || whole.max().item() - whole.min().item() < 0x1p63;
        return fit ? whole : x.to(DataType.DOUBLE);
    }

    /** Orders along dim 0 so that the largest comes to be multiplied by the smallest, and so on. */
    static Tensor largeBesideSmall(Tensor x) {
        long count = x.size(0);
        long half = count / 2;
        Tensor sorted = Indexing.takeAlongDim(x, Sorting.argsort(x.detach().abs(), 0), 0);
        Tensor large = Shaping.flip(sorted.slice(0, count - half, count), 0);
        return Joining.cat(List.of(sorted.slice(0, 0, half), large, sorted.slice(0, half, count - half)), 0);
    }

    /** A function of tensors that is s times as much if all of them are, and so are the numbers in it. */
    interface Homogeneous {
        Tensor of(List<Tensor> inputs, double s);
    }

    /**
     * Returns f of the inputs, not of half types: right wherever it fits, though what is on the way may not. What is
     * infinite or NaN is computed once more, of float32 in float64, of float64 with a factor, under which the smallest
     * numbers vanish: what is finite without it stays.
     */
    static Tensor fitting(Homogeneous f, Tensor... inputs) {
        return fitting(f, SMALL, inputs);
    }

    /** As above, for what fits if differences of two numbers do. */
    static Tensor fittingInHalves(Homogeneous f, Tensor... inputs) {
        return fitting(f, 0.5, inputs);
    }

    private static Tensor fitting(Homogeneous f, double factor, Tensor... inputs) {
        Tensor plain = f.of(List.of(inputs), 1);
        boolean fits = !DTypes.isFloating(plain.dtype())
                || Double.isFinite(
                        Reductions.sum(plain.detach(), new int[0], KeepDim.NO).item());
        if (fits) {
            return plain;
        }
        Tensor others = rescaled(f, plain.dtype(), factor, inputs);
        return plain.dtype() == DataType.DOUBLE ? keepFinite(plain, others) : others;
    }

    /**
     * Returns the plain results where they are finite, elsewhere the others. All gradients go through the others: where
     * something of the plain way is infinite, its gradients would be NaN.
     */
    static Tensor keepFinite(Tensor plain, Tensor others) {
        Tensor known = plain.detach();
        return Op.pure("keep", array(Comparison.where(Comparison.isfinite(known), known, others.detach())))
                .wrt(others, g -> g)
                .tensor();
    }

    /** Returns f, of float32 computed in float64, of float64 with a factor. */
    static Tensor rescaled(Homogeneous f, DataType type, double factor, Tensor... inputs) {
        boolean wide = type == DataType.DOUBLE;
        List<Tensor> others = Arrays.stream(inputs)
                .map(x -> wide ? x.mul(factor) : x.to(DataType.DOUBLE))
                .toList();
        return wide ? f.of(others, factor).mul(1 / factor) : f.of(others, 1).to(type);
    }

    /** Returns factors under which lengths are neither infinite nor of few digits; 1 for those that need none. */
    static Tensor factors(Tensor lengths) {
        Tensor known = lengths.detach();
        Tensor one = Tensor.of(known.dtype(), 1);
        Tensor large = known.gt(known.dtype() == DataType.DOUBLE ? 0x1p980 : 0x1p88);
        Tensor tiny =
                Comparison.logicalAnd(known.lt(known.dtype() == DataType.DOUBLE ? 0x1p-960 : 0x1p-80), known.gt(0));
        boolean plain = Comparison.logicalOr(large, tiny).any().item() == 0;
        return plain
                ? one
                : Comparison.where(
                        large,
                        Tensor.of(known.dtype(), SMALL),
                        Comparison.where(tiny, Tensor.of(known.dtype(), 1 / SMALL), one));
    }

    /**
     * Returns the exponents of the powers of two by which to divide numbers so that the largest over some dims is like
     * 1; the dims stay, with size 1, and are not empty.
     */
    static Tensor exponents(Tensor x, int... dims) {
        Tensor largest = Reductions.amax(x.detach().abs(), dims, KeepDim.YES);
        return Rounding.floor(Elementary.log2(largest)).clamp(-FARTHEST, FARTHEST);
    }

    /** A function of matrices, in differentiable operations. */
    interface OfMatrices {
        Tensor of(List<Tensor> inputs);
    }

    /**
     * Returns f of matrices in the last two dims, in float64 if they are of float32 and their sizes so far from 1 that
     * products of them might not fit.
     */
    static Tensor ofMatrices(OfMatrices f, Tensor... inputs) {
        DataType type = inputs[0].dtype();
        if (type == DataType.DOUBLE || !areFar(inputs)) {
            return f.of(List.of(inputs));
        }
        List<Tensor> wide =
                Arrays.stream(inputs).map(x -> x.to(DataType.DOUBLE)).toList();
        return f.of(wide).to(type);
    }

    private static boolean areFar(Tensor... inputs) {
        Tensor sum = Tensor.of(DataType.DOUBLE, 0);
        for (Tensor x : inputs) {
            if (x.numel() > 0) {
                Tensor exponents = exponents(x, -2, -1).to(DataType.DOUBLE).abs();
                sum = sum.add(Comparison.maskedFill(exponents, exponents.eq(FARTHEST), 0)); // that of zeros
            }
        }
        return sum.numel() > 0 && sum.max().item() > FAR;
    }

    /** Returns float64 numbers divided by those powers if an exponent is beyond ±limit, else as they are. */
    static Tensor within(double limit, Tensor x, int... dims) {
        if (x.numel() == 0) {
            return x;
        }
        Tensor exponents = exponents(x, dims);
        return exponents.abs().max().item() < limit ? x : x.mul(Elementary.exp2(exponents.neg()));
    }

    /**
     * Returns the powers of two by which to divide numbers so that the largest over some dims is like 1, if an exponent
     * is beyond ±limit, else 1.
     */
    static Tensor units(double limit, Tensor x, int... dims) {
        if (x.numel() == 0) {
            return Tensor.of(x.dtype(), 1).squeeze();
        }
        double most = x.dtype() == DataType.DOUBLE ? FARTHEST : FARTHEST_FLOAT;
        Tensor exponents = exponents(x, dims).clamp(-most, most);
        return exponents.abs().max().item() < limit ? Tensor.of(x.dtype(), 1).squeeze() : Elementary.exp2(exponents);
    }

    /** Returns x / units, x itself if they are 1. */
    static Tensor over(Tensor x, Tensor units) {
        return isOne(units) ? x : x.div(units);
    }

    /** Whether {@link #factors} are none. */
    static boolean isOne(Tensor factors) {
        return factors.ndim() == 0 && factors.item() == 1;
    }

    private static double factor(String op, DataType type, Number value) {
        return DTypes.round(type, Constants.factor(op, type, value));
    }

    private static DataType type(Tensor x, Tensor a, Tensor b) {
        return DTypes.floating(DTypes.promote(array(x), array(a), array(b)));
    }
}
