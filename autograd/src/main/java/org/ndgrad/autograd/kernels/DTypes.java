package org.ndgrad.autograd.kernels;

import java.util.Locale;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * PyTorch's rules for the type of a result: a floating type outranks an integral one and that outranks boolean; within
 * a category the wider type wins; a 0-d array or a Java number only counts when its category is higher.
 */
public final class DTypes {

    /** The floating type of what is computed from whole numbers, whatever {@code Tensor.defaultDtype()} is. */
    public static final DataType DEFAULT = DataType.FLOAT;

    private DTypes() {}

    /** Returns the type in which values of both types are computed. */
    public static DataType promote(DataType a, DataType b) {
        if (a == b) {
            return a;
        }
        if (category(a) != category(b)) {
            return category(a) > category(b) ? a : b;
        }
        if (category(a) == 2) {
            boolean bothHalf = a.width() == 2 && b.width() == 2;
            return bothHalf ? DataType.FLOAT : a.width() > b.width() ? a : b;
        }
        boolean unsigned = a == DataType.UINT8 || b == DataType.UINT8;
        if (unsigned && a.width() == b.width()) {
            return DataType.INT16;
        }
        return a.width() > b.width() ? a : b;
    }

    /** Returns the type of an operation on two arrays; a 0-d array gives way to one with dimensions. */
    public static DataType promote(INDArray a, INDArray b) {
        return promote(a.dataType(), a.rank() == 0, b.dataType(), b.rank() == 0);
    }

    /** Returns the type of an operation on some arrays; 0-d ones give way to those with dimensions. */
    public static DataType promote(INDArray... arrays) {
        DataType type = arrays[0].dataType();
        boolean scalar = arrays[0].rank() == 0;
        for (INDArray array : arrays) {
            type = promote(type, scalar, array.dataType(), array.rank() == 0);
            scalar &= array.rank() == 0;
        }
        return type;
    }

    private static DataType promote(DataType a, boolean scalarA, DataType b, boolean scalarB) {
        if (scalarA == scalarB) {
            return promote(a, b);
        }
        DataType wide = scalarA ? b : a;
        DataType scalar = scalarA ? a : b;
        return category(scalar) > category(wide) ? promote(wide, scalar) : wide;
    }

    /** Returns the type of an operation on an array and a Java number. */
    public static DataType promote(DataType array, Number number) {
        if (isFloating(array)) {
            return array;
        }
        if (!isIntegral(number)) {
            return DEFAULT;
        }
        return array == DataType.BOOL ? DataType.INT64 : array;
    }

    /** Returns the type itself if it is floating, else the default floating type. */
    public static DataType floating(DataType type) {
        return isFloating(type) ? type : DEFAULT;
    }

    /** Whether the type is a floating one, the only kind that can have gradients. */
    public static boolean isFloating(DataType type) {
        return category(type) == 2;
    }

    /** Whether the number is a whole one by its Java type. */
    public static boolean isIntegral(Number number) {
        return number instanceof Integer || number instanceof Long || number instanceof Short || number instanceof Byte;
    }

    /** Returns the number as arithmetic with this type uses it: in float32 for all types but float64. */
    public static double round(DataType type, Number number) {
        return isFloating(type) && type != DataType.DOUBLE ? (double) number.floatValue() : number.doubleValue();
    }

    /** Returns the number as an array of this type would hold it. */
    public static double held(DataType type, Number number) {
        return switch (type) {
            case FLOAT -> number.floatValue();
            case HALF -> toHalf(number.doubleValue());
            case BFLOAT16 -> toBrain(number.doubleValue());
            default -> number.doubleValue();
        };
    }

    /** Returns the largest finite number that a floating type holds. */
    public static double largest(DataType type) {
        return switch (type) {
            case HALF -> 65504;
            case BFLOAT16 -> 0x1.fep127;
            case DOUBLE -> Double.MAX_VALUE;
            default -> Float.MAX_VALUE;
        };
    }

    /** Returns the largest number below another one that a floating type holds. */
    public static double below(DataType type, double bound) {
        if (type == DataType.DOUBLE) {
            return Math.nextDown(bound);
        }
        double held = held(type, bound);
        if (held < bound) {
            return held;
        }
        if (type == DataType.FLOAT) {
            return Math.nextDown((float) held);
        }
        int digits = type == DataType.FLOAT16 ? 10 : 7;
        int smallest = type == DataType.FLOAT16 ? -24 : -133;
        double step = Math.scalb(1.0, Math.max(Math.getExponent(held) - digits, smallest));
        return held(type, held - 0.6 * step); // behind the middle, also where steps below are half as large
    }

    /** Whether this is float16 or bfloat16, the types that are computed with in float32 or wider and rounded once. */
    public static boolean isHalf(DataType type) {
        return type == DataType.FLOAT16 || type == DataType.BFLOAT16;
    }

    /** Returns the type in which values of a type are computed where that takes several steps. */
    public static DataType wide(DataType type) {
        return isHalf(type) ? DataType.FLOAT : type;
    }

    /** Returns the nearest number that bfloat16 holds, the even one of two. */
    public static float toBrain(double value) {
        float odd = toOdd(value);
        int bits = Float.floatToRawIntBits(odd);
        int rounded = (bits + 0x7fff + (bits >>> 16 & 1)) & 0xffff0000;
        return Float.isNaN(odd) ? odd : Float.intBitsToFloat(rounded);
    }

    /** Returns the nearest number that float16 holds, the even one of two; infinite from 65520 on. */
    public static float toHalf(double value) {
        float odd = toOdd(value);
        if (Math.abs(odd) < 0x1p-14f) {
            return (float) (Math.rint(odd * 0x1p24) * 0x1p-24);
        }
        int bits = Float.floatToRawIntBits(odd);
        float rounded = Float.intBitsToFloat((bits + 0xfff + (bits >>> 13 & 1)) & 0xffffe000);
        boolean overflows = Math.abs(rounded) > 65504;
        return Float.isNaN(odd) ? odd : overflows ? Math.copySign(Float.POSITIVE_INFINITY, odd) : rounded;
    }

    /** Returns the value, or if float32 lacks it the odd one of its neighbors there: rounded again, it tells no lie. */
    private static float toOdd(double value) {
        float near = (float) value;
        boolean stays = near == value || (Float.floatToRawIntBits(near) & 1) == 1 || Float.isInfinite(near);
        return stays ? near : value > near ? Math.nextUp(near) : Math.nextDown(near);
    }

    /** Returns PyTorch's name of the type, such as {@code float32}. */
    public static String name(DataType type) {
        return switch (type) {
            case FLOAT -> "float32";
            case DOUBLE -> "float64";
            case HALF -> "float16";
            case LONG -> "int64";
            case INT -> "int32";
            case SHORT -> "int16";
            case BYTE -> "int8";
            case UBYTE -> "uint8";
            default -> type.name().toLowerCase(Locale.ROOT);
        };
    }

    /** Throws unless values of this type can be computed with. */
    public static void check(String op, DataType type) {
        category(op, type);
    }

    private static int category(DataType type) {
        return category("tensor", type);
    }

    private static int category(String op, DataType type) {
        return switch (type) {
            case DOUBLE, FLOAT, HALF, BFLOAT16 -> 2;
            case LONG, INT, SHORT, BYTE, UBYTE -> 1;
            case BOOL -> 0;
            default ->
                throw new IllegalArgumentException(op + ": expected an array of a floating, integral or boolean"
                        + " type; got " + type + ". Cast it with castTo first.");
        };
    }
}
