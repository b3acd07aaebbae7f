package org.ndgrad.autograd.kernels;

import org.nd4j.linalg.api.buffer.DataType;

/**
 * Java numbers as tensors of a type hold them or compute with them. What a type does not reach to is refused, as in
 * PyTorch, and never wrapped; whole numbers do not become {@code double} on the way.
 */
public final class Constants {

    private Constants() {}

    /**
     * Returns the number as an array of the type is to hold it: without its fraction for an integral type, 1 for what
     * is not 0 of booleans.
     *
     * @return a Long unless the type is floating
     * @throws IllegalArgumentException if it is finite and larger than the largest number of a floating type, or beyond
     *     the range of an integral one, as NaN and infinity are
     */
    public static Number held(String op, DataType type, Number number) {
        if (DTypes.isFloating(type)) {
            double value = number.doubleValue();
            boolean fits = Double.isInfinite(value) || !(Math.abs(value) > DTypes.largest(type));
            if (!fits) {
                throw outOfRange(op, type, number, -DTypes.largest(type), DTypes.largest(type));
            }
            return number;
        }
        return DTypes.isIntegral(number) ? whole(op, type, number.longValue()) : whole(op, type, number.doubleValue());
    }

    /** As {@link #held}, for a type that is not floating. */
    public static long whole(String op, DataType type, double value) {
        if (type == DataType.BOOL) {
            return value != 0 ? 1 : 0;
        }
        if (!(value >= least(type) && value <= most(type) && value < 0x1p63)) {
            throw outOfRange(op, type, value, least(type), most(type));
        }
        return (long) value;
    }

    /** As {@link #held}, for a type that is not floating. */
    public static long whole(String op, DataType type, long value) {
        if (type == DataType.BOOL) {
            return value != 0 ? 1 : 0;
        }
        if (value < least(type) || value > most(type)) {
            throw outOfRange(op, type, value, least(type), most(type));
        }
        return value;
    }

    /** Returns a bound for elements of the type: a Long that it holds unless it is floating. */
    public static Number bound(String op, DataType type, Number number) {
        return DTypes.isFloating(type) ? number : held(op, type, number);
    }

    /**
     * Returns a factor for elements of the type: a Long unless it is floating, 0 or 1 for booleans.
     *
     * @throws IllegalArgumentException if the factor has a fraction and the type is not floating, or is beyond the
     *     range in which the type is computed with; that of uint8 has negative factors, too
     */
    public static Number factor(String op, DataType type, Number factor) {
        if (DTypes.isFloating(type)) {
            return held(op, DTypes.wide(type), factor);
        }
        double value = factor.doubleValue();
        if (!DTypes.isIntegral(factor) && !(factor.longValue() == value && value < 0x1p63)) {
            throw new IllegalArgumentException(op + ": expected a whole factor for tensors of type " + DTypes.name(type)
                    + "; got " + factor + ". Convert them to float first.");
        }
        long whole = factor.longValue();
        if (type == DataType.BOOL) {
            return whole != 0 ? 1L : 0L;
        }
        if (whole > most(type) || whole < (type == DataType.UINT8 ? -most(type) : least(type))) {
            throw outOfRange(op, type, factor, least(type), most(type));
        }
        return whole;
    }

    private static IllegalArgumentException outOfRange(
            String op, DataType type, Number number, Number least, Number most) {
        return new IllegalArgumentException(op + ": expected a number that " + DTypes.name(type) + " can hold, from "
                + least + " to " + most + "; got " + number + ". Use a wider type, or a number in this range.");
    }

    private static long least(DataType type) {
        return switch (type) {
            case BYTE -> Byte.MIN_VALUE;
            case UBYTE -> 0;
            case SHORT -> Short.MIN_VALUE;
            case INT -> Integer.MIN_VALUE;
            default -> Long.MIN_VALUE;
        };
    }

    private static long most(DataType type) {
        return switch (type) {
            case BYTE -> Byte.MAX_VALUE;
            case UBYTE -> 255;
            case SHORT -> Short.MAX_VALUE;
            case INT -> Integer.MAX_VALUE;
            default -> Long.MAX_VALUE;
        };
    }

    /** Whether float32 holds all of them without losing digits to the ends of its range. */
    public static boolean fitFloats(double... numbers) {
        boolean fit = true;
        for (double number : numbers) {
            double size = Math.abs(number);
            fit &= size == 0 || (size >= Float.MIN_NORMAL && size <= Float.MAX_VALUE);
        }
        return fit;
    }
}
