package org.ndgrad.plot;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One axis: its ends, and where its ticks are. Positions on it are in [0, 1], from the lower end to the upper.
 *
 * <p>An axis has any ends that doubles can have, up to the largest ones and down to neighbors: ticks are computed in
 * decimals, and the empty parts beside the data are added to positions, not to values.
 */
sealed interface Axis {

    /** A tick; one without a label is a faint grid line. */
    record Tick(double position, String label) {}

    /** Returns the position of a value; outside [0, 1] if the value is outside the axis. */
    double position(double value);

    /** Returns the value at a position. */
    double value(double position);

    /** Returns about {@code count} labeled ticks, at most two more. */
    List<Tick> ticks(int count);

    /** Returns a linear axis; {@code smallestStep} is 1 for counts and 0 where any step will do. */
    static Axis linear(double low, double high, double smallestStep) {
        return linear(low, high, 0, smallestStep);
    }

    /** Returns a linear axis with an empty part on both sides, {@code beside} times as long as [low, high]. */
    static Axis linear(double low, double high, double beside, double smallestStep) {
        if (low < high) {
            return new Linear(low, high, beside, smallestStep);
        }
        double half = low == 0 ? 0.5 : Math.max(Double.MIN_VALUE, Math.abs(low) / 10);
        return new Linear(finite(low - half), finite(high + half), beside, smallestStep);
    }

    /** Returns a logarithmic axis from {@code low} > 0 to {@code high}. */
    static Axis log(double low, double high) {
        return log(low, high, 0);
    }

    /** Returns a logarithmic axis with an empty part on both sides, {@code beside} times as long as [low, high]. */
    static Axis log(double low, double high, double beside) {
        return low < high
                ? new Log(low, high, beside)
                : new Log(Math.max(Double.MIN_VALUE, low / 2), finite(high * 2), beside);
    }

    /** Returns the value that is a part of the way from {@code low} to {@code high}, without overflow on the way. */
    static double between(double low, double high, double part) {
        return finite(Double.isFinite(high - low) ? low + part * (high - low) : (1 - part) * low + part * high);
    }

    /** Returns which part of the way from {@code low} to {@code high} the value is, without overflow on the way. */
    static double part(double low, double high, double value) {
        double largest = Math.max(Math.abs(value), Math.max(Math.abs(low), Math.abs(high)));
        double scale = largest > 0x1p1000 ? 0x1p-2 : 1;
        return (value * scale - low * scale) / (high * scale - low * scale);
    }

    /** Returns a linear axis that shows {@code factor} times as much, with the same middle. */
    static Axis stretched(Linear axis, double factor) {
        double extra = (factor - 1) / 2;
        return new Linear(axis.value(-extra), axis.value(1 + extra), 0, axis.smallestStep());
    }

    private static double finite(double value) {
        return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, value));
    }

    /** A linear axis with ticks at 1, 2 or 5 times a power of ten. */
    record Linear(double low, double high, double beside, double smallestStep) implements Axis {

        @Override
        public double position(double value) {
            return (part(low, high, value) + beside) / (1 + 2 * beside);
        }

        @Override
        public double value(double position) {
            return between(low, high, position * (1 + 2 * beside) - beside);
        }

        @Override
        public List<Tick> ticks(int count) {
            BigDecimal margin =
                    new BigDecimal(high).subtract(new BigDecimal(low)).multiply(BigDecimal.valueOf(beside));
            BigDecimal start = new BigDecimal(low).subtract(margin);
            BigDecimal end = new BigDecimal(high).add(margin);
            BigDecimal length = end.subtract(start);
            BigDecimal step = step(length.divide(BigDecimal.valueOf(Math.max(count, 1)), MathContext.DECIMAL64)
                    .max(BigDecimal.valueOf(smallestStep)));
            // an end such as 0.3 is no decimal: the double is a little less
            BigDecimal slack = step.scaleByPowerOfTen(-6);
            var values = new ArrayList<BigDecimal>();
            BigDecimal value =
                    start.subtract(slack).divide(step, 0, RoundingMode.CEILING).multiply(step);
            for (; value.compareTo(end.add(slack)) <= 0; value = value.add(step)) {
                values.add(value);
            }
            Function<BigDecimal, String> format = format(values, step.scale());
            return values.stream()
                    .map(tick -> new Tick(
                            tick.subtract(start)
                                    .divide(length, MathContext.DECIMAL64)
                                    .doubleValue(),
                            format.apply(tick)))
                    .toList();
        }

        /** Numbers of a common size have no exponent; of others, the shorter form is taken for all. */
        private Function<BigDecimal, String> format(List<BigDecimal> values, int decimals) {
            double largest = Math.max(Math.abs(low), Math.abs(high));
            boolean common = largest >= 1e-3 && largest < 1e6;
            return common || longest(values, v -> plain(v, decimals)) <= longest(values, Axis::scientific)
                    ? value -> plain(value, decimals)
                    : Axis::scientific;
        }

        private static int longest(List<BigDecimal> values, Function<BigDecimal, String> format) {
            return values.stream().map(format).mapToInt(String::length).max().orElse(0);
        }

        private static BigDecimal step(BigDecimal least) {
            int exponent = least.precision() - least.scale() - 1;
            BigDecimal enough = least.multiply(BigDecimal.valueOf(1 - 1e-9));
            for (int digit : new int[] {1, 2, 5}) {
                BigDecimal step = BigDecimal.valueOf(digit).scaleByPowerOfTen(exponent);
                if (step.compareTo(enough) >= 0) {
                    return step;
                }
            }
            return BigDecimal.ONE.scaleByPowerOfTen(exponent + 1);
        }

        private static String plain(BigDecimal value, int decimals) {
            String label = value.setScale(Math.max(0, decimals), RoundingMode.HALF_EVEN)
                    .toPlainString();
            return label.replace('-', '−');
        }
    }

    /** A logarithmic axis, with ticks at powers of ten and, if there are few of them, at 2 and 5 times those. */
    record Log(double low, double high, double beside) implements Axis {

        private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

        @Override
        public double position(double value) {
            double part = isNarrow()
                    ? bend(part(low, high, value))
                    : (Math.log10(value) - Math.log10(low)) / (Math.log10(high) - Math.log10(low));
            return (part + beside) / (1 + 2 * beside);
        }

        @Override
        public double value(double position) {
            double part = position * (1 + 2 * beside) - beside;
            if (isNarrow()) {
                double growth = (high - low) / low;
                return finite(low + low * Math.expm1(part * Math.log1p(growth)));
            }
            return finite(Math.pow(10, between(Math.log10(low), Math.log10(high), part)));
        }

        /** Logarithms of close ends would cancel; such an axis is a linear one, slightly bent. */
        private boolean isNarrow() {
            return high / low < 5;
        }

        private double bend(double part) {
            double growth = (high - low) / low;
            return Math.log1p(part * growth) / Math.log1p(growth);
        }

        @Override
        public List<Tick> ticks(int count) {
            var ticks = new ArrayList<Tick>();
            if (isNarrow()) {
                for (Tick tick : new Linear(low, high, beside, 0).ticks(count)) {
                    double part = tick.position() * (1 + 2 * beside) - beside;
                    add(ticks, (bend(part) + beside) / (1 + 2 * beside), tick.label());
                }
                return ticks;
            }
            double decades = (Math.log10(high) - Math.log10(low)) * (1 + 2 * beside);
            double from = Math.log10(low) - beside / (1 + 2 * beside) * decades;
            int every = (int) Math.ceil(decades / Math.max(count, 1));
            boolean plain = from >= -3.5 && from + decades < 5;
            for (int exponent = (int) Math.floor(from); exponent <= from + decades; exponent++) {
                for (int digit = 1; digit <= (every == 1 ? 9 : 1); digit++) {
                    BigDecimal value = BigDecimal.valueOf(digit).scaleByPowerOfTen(exponent);
                    boolean labeled = digit == 1
                            ? Math.floorMod(exponent, every) == 0
                            : decades < 2.2 && (digit == 2 || digit == 5);
                    if (labeled || every < 10) {
                        add(
                                ticks,
                                position(value.doubleValue()),
                                labeled ? plain ? value.toPlainString() : power(digit, exponent) : "");
                    }
                }
            }
            return ticks;
        }

        private static void add(List<Tick> ticks, double position, String label) {
            if (position >= -1e-9 && position <= 1 + 1e-9) {
                ticks.add(new Tick(position, label));
            }
        }

        private static String power(int digit, int exponent) {
            String sign = exponent < 0 ? "⁻" : "";
            String digits = String.valueOf(Math.abs(exponent))
                    .chars()
                    .mapToObj(c -> SUPERSCRIPTS.substring(c - '0', c - '0' + 1))
                    .collect(Collectors.joining());
            return (digit == 1 ? "10" : digit + "·10") + sign + digits;
        }
    }

    /** Named cells of equal width, a tick in the middle of each. */
    record Categories(List<String> names) implements Axis {

        @Override
        public double position(double value) {
            return (value + 0.5) / names.size();
        }

        @Override
        public double value(double position) {
            return position * names.size() - 0.5;
        }

        @Override
        public List<Tick> ticks(int count) {
            var ticks = new ArrayList<Tick>();
            for (int i = 0; i < names.size(); i++) {
                ticks.add(new Tick(position(i), names.get(i)));
            }
            return ticks;
        }
    }

    private static String scientific(BigDecimal value) {
        if (value.signum() == 0) {
            return "0";
        }
        BigDecimal digits = value.stripTrailingZeros();
        int exponent = digits.precision() - digits.scale() - 1;
        String label = digits.scaleByPowerOfTen(-exponent).toPlainString() + "e" + exponent;
        return label.replace('-', '−');
    }
}
