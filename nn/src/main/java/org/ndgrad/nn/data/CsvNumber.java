package org.ndgrad.nn.data;

import com.google.common.base.CharMatcher;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * Numbers as they stand in files: decimal, with a point, with or without an exponent, white space around; and
 * {@code nan}, {@code inf} and {@code infinity} in any case. Not what only Java takes for a number: hexadecimal, a type
 * suffix such as the d of 1d.
 */
final class CsvNumber {

    private static final Pattern DECIMAL = Pattern.compile("[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");
    private static final Pattern NAN = Pattern.compile("[+-]?nan", Pattern.CASE_INSENSITIVE);
    private static final Pattern INFINITY = Pattern.compile("[+-]?inf(?:inity)?", Pattern.CASE_INSENSITIVE);

    /** Other characters that look like nothing are part of a field, and make it no number. */
    private static final CharMatcher SPACE = CharMatcher.anyOf(" \t\n\u000B\f\r");

    private static final CharMatcher EXPONENT_MARK = CharMatcher.anyOf("eE");

    private static final int SHOWN = 40;

    private CsvNumber() {}

    /** Returns the number that a field holds, if it holds one; infinite if it is a decimal that float64 can't hold. */
    static OptionalDouble parse(String field) {
        String text = SPACE.trimFrom(field);
        if (DECIMAL.matcher(text).matches()) {
            return OptionalDouble.of(Double.parseDouble(text));
        }
        if (NAN.matcher(text).matches()) {
            return OptionalDouble.of(Double.NaN);
        }
        if (INFINITY.matcher(text).matches()) {
            return OptionalDouble.of(text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
        }
        return OptionalDouble.empty();
    }

    /** Whether a field with an infinite number holds a decimal. */
    static boolean overflows(String field, double number) {
        return Double.isInfinite(number) && field.chars().anyMatch(Character::isDigit);
    }

    /** Whether a field with a whole number holds a decimal with a fraction, of which that is what float64 keeps. */
    static boolean losesFraction(String field, double number) {
        return number == Math.rint(number) && hasFraction(SPACE.trimFrom(field));
    }

    private static boolean hasFraction(String decimal) {
        int mark = EXPONENT_MARK.indexIn(decimal);
        String mantissa = mark < 0 ? decimal : decimal.substring(0, mark);
        int point = mantissa.indexOf('.');
        double exponent = mark < 0 ? 0 : Double.parseDouble(decimal.substring(mark + 1));
        double whole = (point < 0 ? mantissa.length() : point) + exponent; // so many characters, and a sign
        for (int i = mantissa.length() - 1; i >= 0 && i - (i > point && point >= 0 ? 1 : 0) >= whole; i--) {
            if (mantissa.charAt(i) >= '1' && mantissa.charAt(i) <= '9') {
                return true;
            }
        }
        return false;
    }

    /** Returns a field without white space around. */
    static String trimmed(String field) {
        return SPACE.trimFrom(field);
    }

    static boolean isBlank(String field) {
        return SPACE.matchesAllOf(field);
    }

    /** Returns a field as messages show it: not too long, and with what is invisible in it. */
    static String shown(String field) {
        StringBuilder text = new StringBuilder();
        field.chars().limit(SHOWN).forEach(c -> {
            text.append(isInvisible(c) ? String.format("\\u%04X", c) : Character.toString(c));
        });
        return field.length() <= SHOWN
                ? "'" + text + "'"
                : "'" + text + "' and " + (field.length() - SHOWN) + " more characters";
    }

    private static boolean isInvisible(int c) {
        boolean space = Character.isSpaceChar(c) && c != ' ';
        return space || Character.isISOControl(c) || Character.getType(c) == Character.FORMAT;
    }
}
