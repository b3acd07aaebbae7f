package org.ndgrad.autograd.numerics;

import static org.ndgrad.autograd.numerics.DoubleDouble.HALF_PI;
import static org.ndgrad.autograd.numerics.DoubleDouble.LN_2;
import static org.ndgrad.autograd.numerics.DoubleDouble.ONE;
import static org.ndgrad.autograd.numerics.DoubleDouble.PI;

/** Functions in about 30 digits, made of those of {@link DoubleDouble} without cancellation. */
final class Reference {

    /** Below, σ(x) is eˣ to the last digit. */
    private static final double FAR = -600;

    private Reference() {}

    private static DoubleDouble of(double x) {
        return DoubleDouble.of(x);
    }

    static DoubleDouble log2(double x) {
        return of(x).log().over(LN_2);
    }

    static DoubleDouble log10(double x) {
        return of(x).log().over(DoubleDouble.LN_10);
    }

    static DoubleDouble exp2(double x) {
        return Math.abs(x) > 1100 ? of(Math.pow(2, x)) : LN_2.times(x).exp();
    }

    static DoubleDouble tan(double x) {
        DoubleDouble[] of = of(x).sinAndCos();
        return of[0].over(of[1]);
    }

    static DoubleDouble tanSlope(double x) {
        return of(x).cos().squared().inverse();
    }

    static DoubleDouble asin(double x) {
        return Math.abs(x) == 1
                ? HALF_PI.signed(x)
                : of(x).over(of(x).cathetus()).atan();
    }

    static DoubleDouble acos(double x) {
        if (x < 0) {
            return PI.minus(acos(-x));
        }
        return ONE.minus(of(x)).over(of(x).plus(1)).root().atan().times(2);
    }

    static DoubleDouble asinSlope(double x) {
        return of(x).cathetus().inverse();
    }

    /** √(x² + 1), of large x: x itself. */
    private static DoubleDouble hypotenuse(double x) {
        return Math.abs(x) > 1e40 ? of(Math.abs(x)) : of(x).squared().plus(1).root();
    }

    static DoubleDouble atanSlope(double x) {
        DoubleDouble root = hypotenuse(x).inverse();
        return root.times(root);
    }

    static DoubleDouble asinh(double x) {
        DoubleDouble abs = of(Math.abs(x));
        if (Math.abs(x) > 1e40) {
            return abs.log().plus(LN_2).signed(x);
        }
        DoubleDouble square = abs.squared();
        return abs.plus(square.over(square.plus(1).root().plus(1))).log1p().signed(x);
    }

    static DoubleDouble asinhSlope(double x) {
        return hypotenuse(x).inverse();
    }

    static DoubleDouble acosh(double x) {
        if (!(x >= 1)) {
            return of(Double.NaN);
        }
        DoubleDouble less = of(x).plus(-1);
        return x > 1e40
                ? of(x).log().plus(LN_2)
                : less.plus(less.times(less.plus(2)).root()).log1p();
    }

    static DoubleDouble acoshSlope(double x) {
        return of(x).plus(-1).root().inverse().times(of(x).plus(1).root().inverse());
    }

    static DoubleDouble atanh(double x) {
        if (!(Math.abs(x) <= 1)) {
            return of(Double.NaN);
        }
        DoubleDouble abs = of(Math.abs(x));
        return abs.times(2).over(ONE.minus(abs)).log1p().scaled(-1).signed(x);
    }

    static DoubleDouble atanhSlope(double x) {
        return ONE.minus(of(x)).times(of(x).plus(1)).inverse();
    }

    static DoubleDouble sinh(double x) {
        double abs = Math.abs(x);
        DoubleDouble less = of(abs).expm1();
        return (abs > 40
                        ? of(abs).minus(LN_2).exp()
                        : less.plus(less.over(less.plus(1))).scaled(-1))
                .signed(x);
    }

    static DoubleDouble cosh(double x) {
        DoubleDouble exp = of(Math.abs(x)).exp();
        return Math.abs(x) > 40
                ? of(Math.abs(x)).minus(LN_2).exp()
                : exp.plus(exp.inverse()).scaled(-1);
    }

    static DoubleDouble tanh(DoubleDouble x) {
        DoubleDouble less = x.abs().times(-2).expm1();
        return less.negated().over(less.plus(2)).signed(x.hi());
    }

    static DoubleDouble tanhSlope(DoubleDouble x) {
        DoubleDouble exp = x.abs().times(-2).exp();
        return exp.times(4).over(exp.plus(1).squared());
    }

    static DoubleDouble tanhshrink(double x) {
        double abs = Math.abs(x);
        if (abs > 0.01) {
            return of(x).minus(tanh(of(x)));
        }
        DoubleDouble u = of(x).squared(); // the power series of x − tanh x
        DoubleDouble sum = DoubleDouble.ZERO;
        double[][] ratios = {{1, 3}, {-2, 15}, {17, 315}, {-62, 2835}, {1382, 155925}, {-21844, 6081075}};
        for (int i = ratios.length - 1; i >= 0; i--) {
            sum = sum.times(u).plus(of(ratios[i][0]).over(of(ratios[i][1])));
        }
        return sum.times(u).times(x);
    }

    static DoubleDouble sigmoid(DoubleDouble x) {
        DoubleDouble exp = x.abs().negated().exp();
        return (x.hi() < 0 ? exp : ONE).over(exp.plus(1));
    }

    static DoubleDouble sigmoidSlope(DoubleDouble x) {
        DoubleDouble exp = x.abs().negated().exp();
        return exp.over(exp.plus(1).squared());
    }

    static DoubleDouble softplus(double x) {
        return of(Math.max(x, 0)).plus(of(-Math.abs(x)).exp().log1p());
    }

    static DoubleDouble silu(double x) {
        return x < FAR ? timesExp(x) : sigmoid(of(x)).times(x);
    }

    /** x eˣ, of which eˣ may be subnormal. */
    private static DoubleDouble timesExp(double x) {
        DoubleDouble root = of(0.5 * x).exp();
        return x == Double.NEGATIVE_INFINITY ? of(0) : root.times(x).times(root);
    }

    static DoubleDouble siluSlope(double x) {
        DoubleDouble bend = Double.isInfinite(x) ? of(0) : sigmoidSlope(of(x)).times(x);
        return sigmoid(of(x)).plus(bend);
    }

    static DoubleDouble mish(double x) {
        return x < FAR ? timesExp(x) : tanh(softplus(x)).times(x);
    }

    static DoubleDouble mishSlope(double x) {
        DoubleDouble bend = Double.isInfinite(x)
                ? of(0)
                : sigmoid(of(x)).times(tanhSlope(softplus(x))).times(x);
        return tanh(softplus(x)).plus(bend);
    }

    /** 2 √(2/π) (x + 0.044715 x³). */
    private static DoubleDouble inner(double x) {
        DoubleDouble factor = PI.scaled(-1).inverse().root().times(2);
        return of(x).times(of(x).squared().times(0.044715).plus(1)).times(factor);
    }

    static DoubleDouble geluTanh(double x) {
        return x == Double.NEGATIVE_INFINITY ? of(0) : sigmoid(inner(x)).times(x);
    }

    static DoubleDouble geluTanhSlope(double x) {
        if (Math.abs(x) > 100) {
            return of(x > 0 ? 1 : 0);
        }
        DoubleDouble rise = of(x).squared()
                .times(3)
                .times(0.044715)
                .plus(1)
                .times(PI.scaled(-1).inverse().root().times(2));
        return sigmoid(inner(x)).plus(sigmoidSlope(inner(x)).times(rise).times(x));
    }

    static DoubleDouble elu(double x) {
        return x > 0 ? of(x) : of(x).expm1();
    }

    static DoubleDouble eluSlope(double x) {
        return x > 0 ? ONE : of(x).exp();
    }

    static DoubleDouble softsign(double x) {
        return Double.isInfinite(x)
                ? of(Math.signum(x))
                : of(x).over(of(Math.abs(x)).plus(1));
    }

    static DoubleDouble softsignSlope(double x) {
        DoubleDouble root = of(Math.abs(x)).plus(1).inverse();
        return root.times(root);
    }

    static DoubleDouble logit(double x) {
        if (!(x >= 0 && x <= 1)) {
            return of(Double.NaN);
        }
        DoubleDouble rest = ONE.minus(of(x));
        return x > 0.25 && x < 0.75
                ? of(x).minus(rest).over(rest).log1p()
                : of(x).over(rest).log();
    }

    static DoubleDouble logitSlope(double x) {
        return x >= 0 && x <= 1 ? of(x).times(ONE.minus(of(x))).inverse() : of(Double.NaN);
    }

    static DoubleDouble entr(double x) {
        return x < 0
                ? of(Double.NEGATIVE_INFINITY)
                : x == 0 ? of(0) : of(x).log().times(-x);
    }

    /** sin and cos of πx. */
    private static DoubleDouble[] ofPi(double x) {
        return PI.times(x - 2 * Math.rint(x / 2)).sinAndCos();
    }

    static DoubleDouble sinc(double x) {
        return x == 0 ? ONE : Double.isInfinite(x) || x == Math.rint(x) ? of(0) : ofPi(x)[0].over(PI.times(x));
    }

    static DoubleDouble sincSlope(double x) {
        if (Math.abs(x) > 0.01) {
            return Double.isInfinite(x) ? of(0) : ofPi(x)[1].minus(sinc(x)).over(of(x));
        }
        DoubleDouble u = PI.times(x).squared(); // the power series: −π² x / 3 (1 − u / 10 (1 − u / 28 (1 − …)))
        DoubleDouble sum = ONE;
        for (int n = 9; n >= 1; n--) {
            sum = ONE.minus(sum.times(u).over(of(2.0 * n * (2 * n + 3))));
        }
        return sum.times(PI.squared()).times(x).over(of(-3));
    }

    static DoubleDouble gauss(double x) {
        return Math.abs(x) > 30 ? of(0) : of(x).squared().negated().exp();
    }

    static DoubleDouble erfSlope(double x) {
        return gauss(x).times(2).over(PI.root());
    }

    static DoubleDouble rsqrt(double x) {
        return of(x).root().inverse();
    }

    static DoubleDouble rsqrtSlope(double x) {
        DoubleDouble root = rsqrt(x);
        return root.times(-0.5).times(root).times(root);
    }

    /** x^2.5, as C has it at −∞. */
    static DoubleDouble power(double x) {
        return x == Double.NEGATIVE_INFINITY ? of(-x) : of(x).squared().times(of(x).root());
    }

    static DoubleDouble powerSlope(double x) {
        return x == Double.NEGATIVE_INFINITY
                ? of(-x)
                : x > 0 && x < 1e-100
                        ? powerSlope(Math.scalb(x, 400)).scaled(-600) // x √x would be subnormal
                        : of(x).times(of(x).root()).times(2.5);
    }

    static DoubleDouble exp2Slope(double x) {
        return x > 1000 ? exp2(x - 1).times(LN_2.times(2)) : exp2(x).times(LN_2);
    }

    static DoubleDouble log10Slope(double x) {
        DoubleDouble ln = DoubleDouble.LN_10;
        return Math.abs(x) > 1 // and where subnormal, in a scale where products have all digits
                ? of(x).inverse().over(ln)
                : of(x).scaled(100).times(ln).inverse().scaled(100);
    }
}
