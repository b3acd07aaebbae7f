package org.ndgrad.plot;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** One axis: its ends, and where its ticks are. Positions on it are in [0, 1], from the lower end to the upper. */
sealed interface Axis {

    /** A tick; one without a label is a faint grid line. */
    record Tick(double position, String label) {}

    /** Returns the position of a value; outside [0, 1] if the value is outside the axis. */
    double position(double value);

    /** Returns the value at a position. */
    double value(double position);

    /** Returns about {@code count} labeled ticks. */
    List<Tick> ticks(int count);

    /** Returns a linear axis; {@code smallestStep} is 1 for counts and 0 where any step will do. */
    static Axis linear(double low, double high, double smallestStep) {
        double span = high - low;
        double least = 1e-9 * Math.max(Math.abs(low), Math.abs(high));
        if (span > least) {
            return new Linear(low, high, smallestStep);
        }
        double half = low == 0 ? 0.5 : Math.abs(low) / 10;
        return new Linear(low - half, high + half, smallestStep);
    }

    /** Returns a logarithmic axis from {@code low} > 0 to {@code high}. */
    static Axis log(double low, double high) {
        boolean wide = high > low * (1 + 1e-9);
        return new Log(Math.max(1e-307, wide ? low : low / 2), Math.min(1e307, wide ? high : high * 2));
    }

    /** A linear axis with ticks at 1, 2 or 5 times a power of ten. */
    record Linear(double low, double high, double smallestStep) implements Axis {

        @Override
        public double position(double value) {
            return (value - low) / (high - low);
        }

        @Override
        public double value(double position) {
            return low + position * (high - low);
        }

        @Override
        public List<Tick> ticks(int count) {
            BigDecimal step = step(Math.max((high - low) / Math.max(count, 1), smallestStep));
            long first = (long) Math.ceil(low / step.doubleValue() - 1e-6);
            long last = (long) Math.floor(high / step.doubleValue() + 1e-6);
            double largest = Math.max(Math.abs(low), Math.abs(high));
            var ticks = new ArrayList<Tick>();
            for (long i = first; i <= last; i++) {
                BigDecimal value = step.multiply(BigDecimal.valueOf(i));
                String label = largest >= 1e6 || largest < 1e-3 ? scientific(value) : plain(value, step.scale());
                ticks.add(new Tick(position(value.doubleValue()), label));
            }
            return ticks;
        }

        private static BigDecimal step(double least) {
            int exponent = (int) Math.floor(Math.log10(least));
            for (int digit : new int[] {1, 2, 5, 10}) {
                BigDecimal step = BigDecimal.valueOf(digit).scaleByPowerOfTen(exponent);
                if (step.doubleValue() >= least * (1 - 1e-9)) {
                    return step.stripTrailingZeros();
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
    record Log(double low, double high) implements Axis {

        @Override
        public double position(double value) {
            return (Math.log10(value) - Math.log10(low)) / (Math.log10(high) - Math.log10(low));
        }

        @Override
        public double value(double position) {
            return Math.pow(10, Math.log10(low) + position * (Math.log10(high) - Math.log10(low)));
        }

        @Override
        public List<Tick> ticks(int count) {
            double decades = Math.log10(high) - Math.log10(low);
            if (decades < 0.7) {
                return new Linear(low, high, 0)
                        .ticks(count).stream()
                                .map(tick -> new Tick(position(low + tick.position() * (high - low)), tick.label()))
                                .toList();
            }
            int every = (int) Math.ceil(decades / Math.max(count, 1));
            var ticks = new ArrayList<Tick>();
            for (int exponent = (int) Math.floor(Math.log10(low)); exponent <= Math.log10(high); exponent++) {
                for (int digit = 1; digit <= (every == 1 ? 9 : 1); digit++) {
                    BigDecimal value = BigDecimal.valueOf(digit).scaleByPowerOfTen(exponent);
                    boolean labeled = digit == 1
                            ? Math.floorMod(exponent, every) == 0
                            : decades < 2.2 && (digit == 2 || digit == 5);
                    double position = position(value.doubleValue());
                    if (position >= -1e-9 && position <= 1 + 1e-9) {
                        ticks.add(new Tick(position, labeled ? label(value, exponent) : ""));
                    }
                }
            }
            return ticks;
        }

        private static String label(BigDecimal value, int exponent) {
            return exponent >= -3 && exponent < 5 ? value.toPlainString() : scientific(value);
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
