package org.ndgrad.autograd.internal;

import static com.google.common.base.Preconditions.checkArgument;
import static org.ndgrad.autograd.kernels.memory.Memory.array;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.HalfTypes;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.elementwise.Pointwise;
import org.ndgrad.autograd.kernels.fused.CrossEntropy;
import org.ndgrad.autograd.kernels.fused.HuberErrors;
import org.ndgrad.autograd.kernels.fused.SquaredError;
import org.ndgrad.autograd.kernels.math.Binary;
import org.ndgrad.autograd.kernels.math.SmoothActivations;
import org.ndgrad.autograd.kernels.memory.Elements;
import org.ndgrad.autograd.ops.Comparison;
import org.ndgrad.autograd.ops.Elementary;

/**
 * Losses that are one operation forward and one backward. Composed of others they would be right as well, but a small
 * network would spend its time on them.
 */
public final class FusedLosses {

    private static final double LOG_FLOOR = -100;
    private static final double DENOMINATOR_FLOOR = 1e-12;

    private FusedLosses() {}

    /**
     * y = mean (x − t)²; ∂L/∂x = 2 g (x − t) / n, ∂L/∂t = −2 g (x − t) / n.
     *
     * @param x any shape; it is not broadcast
     * @param t of the shape of x
     * @return shape (); NaN of nothing
     * @throws IllegalArgumentException if the shapes differ, or the types are integral
     */
    public static Tensor mseLoss(Tensor x, Tensor t) {
        DataType type = common("mseLoss", x, t);
        return DTypes.isFloating(type)
                ? squares("mseLoss", x.to(type), t.to(type), (double) x.numel())
                : x.sub(t).square().mean();
    }

    /**
     * y = Σ (x − t)²; ∂L/∂x = 2 g (x − t), ∂L/∂t = −2 g (x − t).
     *
     * @param x any shape; it is not broadcast
     * @param t of the shape of x
     * @return shape ()
     * @throws IllegalArgumentException if the shapes differ
     */
    public static Tensor sse(Tensor x, Tensor t) {
        DataType type = common("sse", x, t);
        return DTypes.isFloating(type)
                ? squares("sse", x.to(type), t.to(type), 1)
                : x.sub(t).square().sum();
    }

    /**
     * y = (x − t)² of each element; ∂L/∂x = 2 g (x − t), ∂L/∂t = −2 g (x − t), which may fit where y does not.
     *
     * @param x any shape; it is not broadcast
     * @param t of the shape of x
     * @return of that shape
     * @throws IllegalArgumentException if the shapes differ
     */
    public static Tensor squaredErrors(Tensor x, Tensor t) {
        DataType type = common("squaredErrors", x, t);
        return DTypes.isFloating(type)
                ? squaredErrorsOf(x.to(type), t.to(type))
                : x.sub(t).square();
    }

    private static Tensor squaredErrorsOf(Tensor x, Tensor t) {
        return Op.pure(
                        "squaredErrors",
                        Pointwise.floating("squaredErrors", array(x), array(t), (p, q) -> (p - q) * (p - q)))
                .wrt(x, g -> squaredErrorsBackward(g, x, t), x, t)
                .wrt(t, g -> squaredErrorsBackward(g, t, x), x, t)
                .tensor();
    }

    /** y = 2 g (x − t); ∂L/∂g = 2 h (x − t), ∂L/∂x = 2 g h, ∂L/∂t = −2 g h. */
    private static Tensor squaredErrorsBackward(Tensor g, Tensor x, Tensor t) {
        return Op.pure(
                        "squaredErrorsBackward",
                        Pointwise.floating("squaredErrorsBackward", array(g), array(x), array(t), SquaredError.SLOPE))
                .wrt(g, h -> squaredErrorsBackward(h, x, t), x, t)
                .wrt(x, h -> h.mul(g).mul(2), g)
                .wrt(t, h -> h.mul(g).mul(-2), g)
                .tensor();
    }

    /**
     * y = u (d − ½ s u) of each element with d = x − t and u = d / s clamped to [−m, m]; ∂L/∂x = g u, ∂L/∂t = −g u.
     *
     * @param x any shape; it is not broadcast
     * @param t of the shape of x
     * @param unit s &gt; 0
     * @param most m &gt; 0
     * @return of that shape
     * @throws IllegalArgumentException if the shapes differ
     */
    public static Tensor huberErrors(Tensor x, Tensor t, double unit, double most) {
        DataType common = common("huberErrors", x, t);
        DataType type = DTypes.floating(common);
        HuberErrors errors = new HuberErrors(unit, most);
        if (DTypes.isFloating(common)) {
            return huberErrors(x.to(type), t.to(type), errors);
        }
        Tensor d = x.to(DataType.INT64).sub(t.to(DataType.INT64)).to(type);
        return huberErrors(d, Tensor.zerosLike(d), errors);
    }

    private static Tensor huberErrors(Tensor x, Tensor t, HuberErrors errors) {
        return Op.pure("huberErrors", Pointwise.floating("huberErrors", array(x), array(t), errors.values()))
                .wrt(x, g -> huberErrorsBackward(g, x, t, errors), x, t)
                .wrt(t, g -> huberErrorsBackward(g, x, t, errors).neg(), x, t)
                .tensor();
    }

    /** y = g u; ∂L/∂g = h u, ∂L/∂x = h g / s where |d| &lt; m s, else 0, ∂L/∂t = −∂L/∂x. */
    private static Tensor huberErrorsBackward(Tensor g, Tensor x, Tensor t, HuberErrors errors) {
        String op = "huberErrorsBackward";
        return Op.pure(op, Pointwise.floating(op, array(g), array(x), array(t), errors.slopes()))
                .wrt(g, h -> huberErrorsBackward(h, x, t, errors), x, t)
                .wrt(x, h -> insideSquare(h.mul(g), x, t, errors), g, x, t)
                .wrt(t, h -> insideSquare(h.mul(g), x, t, errors).neg(), g, x, t)
                .tensor();
    }

    private static Tensor insideSquare(Tensor g, Tensor x, Tensor t, HuberErrors errors) {
        Tensor share = x.sub(t).div(errors.unit()).abs();
        return Comparison.where(share.lt(errors.most()), g.div(errors.unit()), Tensor.of(g.dtype(), 0));
    }

    /** Returns the type to which both promote; their shapes must be the same. */
    private static DataType common(String op, Tensor x, Tensor t) {
        Checks.sameShape(op, "targets", t, "predictions", x);
        return x.dtype() == t.dtype() ? x.dtype() : DTypes.promote(array(x), array(t));
    }

    private static Tensor squares(String op, Tensor x, Tensor t, double divisor) {
        String backward = op + "Backward";
        INDArray sum = SquaredError.sum(array(x), array(t), divisor);
        boolean fits = Double.isFinite(Elements.first(sum));
        return Op.pure(op, sum)
                .wrt(x, g -> squaresBackward(backward, g, x, t, divisor, fits), x, t)
                .wrt(t, g -> squaresBackward(backward, g, x, t, -divisor, fits), x, t)
                .tensor();
    }

    /** y = 2 g (x − t) / divisor for a g of one element; ∂L/∂g = Σ 2 h (x − t) / divisor, ∂L/∂x = 2 g h / divisor. */
    private static Tensor squaresBackward(String op, Tensor g, Tensor x, Tensor t, double divisor, boolean fits) {
        return Op.pure(op, SquaredError.gradient(array(g), array(x), array(t), divisor, fits))
                .wrt(g, h -> h.mul(x.sub(t)).sum().mul(2).div(divisor), x, t)
                .wrt(x, h -> h.mul(g).mul(2).div(divisor), g)
                .wrt(t, h -> h.mul(g).mul(-2).div(divisor), g)
                .tensor();
    }

    /**
     * y = mean (ln Σ eˣ − xₜ); ∂L/∂x = g (softmax x − 1ₜ) / n, where 1ₜ is 1 for class t and 0 for the others.
     *
     * @param logits x, shape (N, C), of a floating type
     * @param labels class indices t, shape (N), of an integral type
     * @param ignored an index whose samples do not count, such as −100
     * @return shape (); NaN if no sample counts
     * @throws IndexOutOfBoundsException if an index is not in [0, C) and not the one to be ignored
     */
    public static Tensor crossEntropy(Tensor logits, Tensor labels, long ignored) {
        checkArgument(
                logits.ndim() == 2
                        && labels.ndim() == 1
                        && logits.size(0) == labels.size(0)
                        && DTypes.isFloating(logits.dtype())
                        && !DTypes.isFloating(labels.dtype()),
                "crossEntropy: expected floating logits of shape (N, C) and class indices of shape (N); got %s, %s and %s,"
                        + " %s. Reshape or convert them.",
                Shapes.format(array(logits).shape()),
                DTypes.name(logits.dtype()),
                Shapes.format(array(labels).shape()),
                DTypes.name(labels.dtype()));
        INDArray[] values = CrossEntropy.mean(array(logits), array(labels), ignored);
        Tensor parts = Op.pure("logsumexp", values[1]).tensor();
        return Op.pure("crossEntropy", values[0])
                .wrt(logits, g -> crossEntropyBackward(g, logits, labels, parts, ignored), logits, labels, parts)
                .tensor();
    }

    /** y = g (softmax x − 1ₜ) / n for a g of one element. */
    private static Tensor crossEntropyBackward(Tensor g, Tensor x, Tensor labels, Tensor parts, long ignored) {
        return Op.pure(
                        "crossEntropyBackward",
                        CrossEntropy.gradient(array(g), array(x), array(labels), array(parts), ignored))
                .wrt(
                        g,
                        h -> h.mul(crossEntropyBackward(Tensor.onesLike(g), x, labels, parts, ignored))
                                .sum(),
                        g,
                        x,
                        labels,
                        parts)
                .wrt(x, h -> softmaxBackward(shares(h, labels, ignored).mul(g), x.softmax(1)), g, x, labels)
                .tensor();
    }

    /** s (g − Σ g s) for each row, which carries g back through the softmax s. */
    private static Tensor softmaxBackward(Tensor g, Tensor s) {
        return s.mul(g.sub(g.mul(s).sum(1).unsqueeze(1)));
    }

    /** Divides the rows that count by their number, if any do, and sets others to 0. */
    private static Tensor shares(Tensor h, Tensor labels, long ignored) {
        Tensor kept = labels.ne(ignored).to(h.dtype());
        return h.mul(kept.div(kept.sum().clamp(1, Double.POSITIVE_INFINITY)).unsqueeze(1));
    }

    /**
     * y = u t (ln t − x) for each element, 0 where t = 0; ∂L/∂x = −g u t, ∂L/∂t = g u (ln t + 1 − x), as in PyTorch NaN
     * where t = 0. The logarithm is rounded to the type before x is taken from it, so that the divergence of
     * probabilities from their own logarithms is 0.
     *
     * @param x logarithms, any shape
     * @param t of the same shape
     * @param unit u &gt; 0
     */
    public static Tensor klDiv(Tensor x, Tensor t, double unit) {
        DataType type = DTypes.floating(common("klDiv", x, t));
        return HalfTypes.wide(x.to(type), t.to(type), (p, q) -> klDivOf(p, q, unit));
    }

    private static Tensor klDivOf(Tensor x, Tensor t, double unit) {
        Tensor apart = t.detach().log().sub(x.detach());
        return Op.pure(
                        "klDiv",
                        Pointwise.floating("klDiv", array(apart), array(t), (d, q) -> q == 0 ? 0 : q * unit * d))
                .wrt(x, g -> g.mul(t).mul(-unit), t)
                .wrt(t, g -> g.mul(unit).mul(t.log().add(t.div(t)).sub(x)), x, t)
                .tensor();
    }

    /**
     * y = −t ln p − (1 − t) ln(1 − p) for each element, both logarithms at least −100; ∂L/∂p = g (p − t) / max(p
     * (1 − p), 1e-12), ∂L/∂t = g (ln(1 − p) − ln p).
     *
     * @param probabilities p, in [0, 1]
     * @param targets t, of the same shape
     */
    public static Tensor binaryCrossEntropy(Tensor probabilities, Tensor targets) {
        return HalfTypes.wide(probabilities, targets, FusedLosses::wideBce);
    }

    private static Tensor wideBce(Tensor p, Tensor t) {
        return Op.pure(
                        "binaryCrossEntropy",
                        Pointwise.floating("binaryCrossEntropy", array(p), array(t), FusedLosses::bce))
                .wrt(p, g -> bceBackward(g, p, t), p, t)
                .wrt(t, g -> g.mul(floored(Elementary.log1p(p.neg())).sub(floored(p.log()))), p)
                .tensor();
    }

    /** y = g (p − t) / m with m = max(p (1 − p), 1e-12); ∂L/∂p = h g ((p − t)² + t (1 − t)) / m², ∂L/∂t = −h g / m. */
    private static Tensor bceBackward(Tensor g, Tensor p, Tensor t) {
        Tensor value = g.detach().mul(p.detach().sub(t.detach())).div(variance(p.detach()));
        return Op.of("binaryCrossEntropyBackward", value)
                .wrt(g, h -> bceBackward(h, p, t), p, t)
                .wrt(
                        p,
                        h -> h.mul(g)
                                .mul(p.sub(t).square().add(t.mul(t.rsub(1))))
                                .div(variance(p))
                                .div(variance(p)),
                        g,
                        p,
                        t)
                .wrt(t, h -> h.mul(g).div(variance(p)).neg(), g, p)
                .tensor();
    }

    private static Tensor variance(Tensor p) {
        return p.mul(p.rsub(1)).clamp(DENOMINATOR_FLOOR, Double.POSITIVE_INFINITY);
    }

    private static double bce(double p, double t) {
        return -(t * Math.max(Math.log(p), LOG_FLOOR) + (1 - t) * Math.max(Math.log1p(-p), LOG_FLOOR));
    }

    private static Tensor floored(Tensor logarithm) {
        return logarithm.clamp(LOG_FLOOR, Double.POSITIVE_INFINITY);
    }

    /**
     * y = max(x, 0) − x t + ln(1 + e^−|x|) for each element, 0 where x = ∞ is the target; ∂L/∂x = g (σ(x) − t), ∂L/∂t =
     * −g x.
     *
     * @param logits x
     * @param targets t, of the same shape
     */
    public static Tensor binaryCrossEntropyWithLogits(Tensor logits, Tensor targets) {
        return HalfTypes.wide(logits, targets, FusedLosses::wideBceWithLogits);
    }

    private static Tensor wideBceWithLogits(Tensor x, Tensor t) {
        return Op.pure(
                        "binaryCrossEntropyWithLogits",
                        Pointwise.floating(
                                "binaryCrossEntropyWithLogits", array(x), array(t), SmoothActivations.LOGISTIC_LOSS))
                .wrt(x, g -> g.mul(logisticSlope(x, t)), x, t)
                .wrt(t, g -> g.mul(x.neg()), x)
                .tensor();
    }

    /** y = σ(x) − t; ∂L/∂x = g σ(x) σ(−x), ∂L/∂t = −g. */
    private static Tensor logisticSlope(Tensor x, Tensor t) {
        return Op.pure(
                        "binaryCrossEntropyWithLogitsBackward",
                        Pointwise.floating(
                                "binaryCrossEntropyWithLogits", array(x), array(t), SmoothActivations.LOGISTIC_SLOPE))
                .wrt(x, g -> g.mul(x.sigmoid()).mul(x.neg().sigmoid()), x)
                .wrt(t, g -> g.neg())
                .tensor();
    }

    /**
     * y = max(x, ε), the variances that the likelihood of normal distributions reckons with; ∂L/∂x = g, as if none had
     * been raised.
     *
     * @param variances x, any shape
     * @param epsilon ε, the smallest variance
     */
    public static Tensor gaussianNllVariance(Tensor variances, double epsilon) {
        return Op.pure("gaussianNllVariance", Pointwise.numeric(array(variances), epsilon, Binary.MAX))
                .wrt(variances, g -> g)
                .tensor();
    }
}
