package org.ndgrad.autograd.kernels.elementwise;

import com.google.common.collect.ImmutableMap;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.math.Scalars;
import org.ndgrad.autograd.kernels.math.Unary;

/** Powers with one number as the exponent. */
public final class Powers {

    private static final Unary ONE =
            new Unary(x -> 1, (x, z, n) -> Arrays.fill(z, 0, n, 1), (x, z, n) -> Arrays.fill(z, 0, n, 1));
    private static final Unary CUBE = new Unary(x -> x * x * x, Powers::cube, Powers::cube);
    private static final Unary FOURTH = new Unary(x -> x * x * (x * x), Powers::fourth, Powers::fourth);
    private static final Unary INVERSE_SQUARE =
            new Unary(x -> 1 / x * (1 / x), Powers::inverseSquare, Powers::inverseSquare);

    private static final Unary ROOT = new Unary(Powers::root, Powers::root, Powers::root);
    private static final Unary INVERSE_ROOT = new Unary(x -> 1 / root(x), Powers::inverseRoot, Powers::inverseRoot);

    /** Exponents for which PyTorch multiplies or takes a root, too, and 4. */
    private static final ImmutableMap<Double, Unary> SIMPLE = ImmutableMap.<Double, Unary>builder()
            .put(-2.0, INVERSE_SQUARE)
            .put(-1.0, Unary.RECIPROCAL)
            .put(-0.5, INVERSE_ROOT)
            .put(0.0, ONE)
            .put(0.5, ROOT)
            .put(1.0, Unary.SAME)
            .put(2.0, Unary.SQUARE)
            .put(3.0, CUBE)
            .put(4.0, FOURTH)
            .build();

    private Powers() {}

    /** Returns xᵏ in the promoted type. Integral ones wrap around. */
    public static INDArray of(INDArray x, Number k) {
        DataType type = DTypes.promote(x.dataType(), k);
        return DTypes.isFloating(type)
                ? Pointwise.map(x, type, function(DTypes.round(type, k)))
                : Pointwise.numeric(x, k, Scalars::power, Scalars::power);
    }

    /** Whether xᵏ costs no more than a few products, a quotient or a root, or k is not finite. */
    public static boolean isSimple(double k) {
        return SIMPLE.containsKey(k) || !Double.isFinite(k);
    }

    /** Returns factor · xᵏ of x's type, which is floating, for a k that is not simple; also where xᵏ does not fit. */
    public static INDArray multiple(INDArray x, double factor, double k) {
        return Pointwise.floating(x, Unary.power(k, factor));
    }

    static DoubleUnaryOperator function(double k) {
        Unary simple = SIMPLE.get(k);
        return simple != null ? simple : Double.isFinite(k) ? Unary.power(k, 1) : x -> Scalars.power(x, k);
    }

    private static void cube(float[] x, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = x[i] * x[i] * x[i];
        }
    }

    private static void cube(double[] x, double[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = x[i] * x[i] * x[i];
        }
    }

    private static void fourth(float[] x, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = x[i] * x[i] * (x[i] * x[i]);
        }
    }

    private static void fourth(double[] x, double[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = x[i] * x[i] * (x[i] * x[i]);
        }
    }

    /** As C's pow says: 0 for −0, ∞ for −∞. */
    private static double root(double x) {
        return x == Double.NEGATIVE_INFINITY ? Double.POSITIVE_INFINITY : Math.sqrt(x) + 0.0;
    }

    private static void root(float[] x, float[] z, int n) {
        for (int i = 0; i < n; i++) { // without a branch: least is ∞ for ±∞, else −∞
            float beyond = Math.max(Math.abs(x[i]) - Float.MAX_VALUE, 0);
            float least = beyond - 1 / beyond;
            z[i] = (float) Math.sqrt(Math.max(x[i], least)) + 0f;
        }
    }

    private static void root(double[] x, double[] z, int n) {
        for (int i = 0; i < n; i++) {
            double beyond = Math.max(Math.abs(x[i]) - Double.MAX_VALUE, 0);
            double least = beyond - 1 / beyond;
            z[i] = Math.sqrt(Math.max(x[i], least)) + 0.0;
        }
    }

    private static void inverseRoot(float[] x, float[] z, int n) {
        root(x, z, n);
        for (int i = 0; i < n; i++) {
            z[i] = 1 / z[i];
        }
    }

    private static void inverseRoot(double[] x, double[] z, int n) {
        root(x, z, n);
        for (int i = 0; i < n; i++) {
            z[i] = 1 / z[i];
        }
    }

    private static void inverseSquare(float[] x, float[] z, int n) {
        for (int i = 0; i < n; i++) { // where the square of x does not fit, that of its inverse may
            float inverse = 1 / x[i];
            z[i] = inverse * inverse;
        }
    }

    private static void inverseSquare(double[] x, double[] z, int n) {
        for (int i = 0; i < n; i++) {
            double inverse = 1 / x[i];
            z[i] = inverse * inverse;
        }
    }
}
