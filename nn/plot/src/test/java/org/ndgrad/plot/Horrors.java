package org.ndgrad.plot;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Random plots of data, names and sizes that plots have failed on, here or elsewhere. */
final class Horrors {

    private static final int[][] SIZES = {
        {900, 600}, {900, 600}, {900, 600}, {200, 150}, {320, 240}, {640, 200}, {200, 900}, {1600, 1200}, {3000, 400}
    };

    private static final List<String> NAMES = List.of(
            "a",
            "training loss",
            "squamous cell carcinoma",
            "talk.politics.mideast",
            "x".repeat(21),
            "a very long name that says much ".repeat(200),
            "one\nname in\r\nthree lines",
            "tab\tand \u0000 nul",
            "party 🎉 face 😀 family 👨‍👩‍👧",
            "half a pair \uD83D",
            "<b>bold</b> & <i>slanted</i>",
            "$\\alpha_i^2$",
            "%s %d {} {0}",
            "שם בעברית",
            "اسم بالعربية",
            "turned \u202Eround",
            "日本語の名前です",
            "e\u0301\u0302\u0303\u0304\u0305 marks");

    /** What a plot is made of. */
    enum Kind {
        LINE,
        LINES,
        CURVE,
        SCATTER,
        CLASSES,
        HISTOGRAM,
        FUNCTION,
        NAMES,
        MARKS,
        REGIONS,
        PROBABILITIES,
        CONFUSION,
        PREDICTIONS,
        MIXED,
        BANDS,
        DENSITIES,
        BARS,
        HEAT_MAP,
        CONTOURS
    }

    /** Where numbers come from. */
    private enum Data {
        RAMP,
        NOISE,
        WALK,
        DECAY,
        EQUAL,
        NAN,
        SOME_NAN,
        EVERY_OTHER_NAN,
        SOME_INFINITE,
        HUGE,
        LARGEST,
        TINY,
        SUBNORMAL,
        UNIX_SECONDS,
        UNIX_MILLIS,
        UNIX_NANOS,
        OFFSET,
        NEIGHBORS,
        NEGATIVE_ZERO,
        SPIKE,
        WHOLE,
        ANY_BITS
    }

    private final Random random;
    private final Kind kind;
    private final boolean positive;
    private String description;

    Horrors(long seed) {
        random = new Random(seed);
        kind = pick(Kind.values());
        positive = random.nextInt(6) == 0
                && kind != Kind.HISTOGRAM
                && kind != Kind.REGIONS
                && kind != Kind.NAMES
                && kind != Kind.BARS;
        description = seed + " " + kind.name().toLowerCase(Locale.ROOT) + (positive ? " log" : "");
    }

    /** Returns what is drawn, for a caption. */
    String description() {
        return description;
    }

    /**
     * Returns the plot.
     *
     * @throws IllegalArgumentException or IllegalStateException if the data are refused
     */
    Plot plot() {
        int[] size = pick(SIZES);
        description += " " + size[0] + "×" + size[1];
        if (kind == Kind.CONFUSION) {
            int classes = random.nextInt(10) == 0 ? 200 : 1 + random.nextInt(12);
            int[][] counts = new int[classes][classes];
            for (int[] row : counts) {
                Arrays.setAll(row, i -> random.nextInt(8) == 0 ? random.nextInt() >>> 1 : random.nextInt(50));
            }
            return sized(ClassifierPlots.confusionMatrix(counts, names(classes)), size);
        }
        if (kind == Kind.PREDICTIONS) {
            double[] probabilities = random.doubles(count()).toArray();
            int[] targets = random.ints(probabilities.length, 0, 3).toArray();
            return sized(ClassifierPlots.predictions(probabilities, targets, names(3)), size);
        }
        Plot plot = sized(Plot.titled(random.nextBoolean() ? name() : ""), size);
        if (random.nextBoolean()) {
            plot.xLabel(name()).yLabel(name());
        }
        fill(plot);
        if (positive) {
            (random.nextBoolean() ? plot.logX() : plot).logY();
        }
        if (random.nextInt(6) == 0) {
            description += " range";
            double low = random.nextGaussian() * Math.pow(10, random.nextInt(20) - 10);
            plot.yRange(
                    positive ? Math.abs(low) : low,
                    Math.abs(low) + random.nextDouble() * Math.pow(10, random.nextInt(20) - 10));
        }
        return plot;
    }

    private void fill(Plot plot) {
        switch (kind) {
            case LINE -> plot.line(name(), data(count()));
            case LINES -> lines(plot);
            case CURVE -> {
                int n = count();
                plot.line(name(), data(n), data(n));
            }
            case SCATTER -> scatter(plot);
            case CLASSES -> {
                double[] x = data(count());
                double[] y = data(x.length);
                double[][] points = IntStream.range(0, x.length)
                        .mapToObj(i -> new double[] {x[i], y[i]})
                        .toArray(double[][]::new);
                plot.scatter(
                        points, random.ints(x.length, 0, 1 + random.nextInt(12)).toArray());
            }
            case HISTOGRAM -> histograms(plot);
            case FUNCTION -> {
                double scale = Math.pow(10, random.nextInt(600) - 300);
                plot.function(name(), positive ? scale / 100 : -scale, scale, x -> (1.1 + Math.sin(5 * x / scale)) / x);
            }
            case NAMES -> {
                String[] names = names(random.nextInt(5) == 0 ? 500 : 1 + random.nextInt(12));
                plot.xNames(names).scatter(name(), ramp(names.length), data(names.length));
            }
            case MARKS -> {
                lines(plot);
                for (double x : data(1 + random.nextInt(5))) {
                    plot.verticalLine(name(), x);
                }
            }
            case REGIONS -> {
                int classes = 2 + random.nextInt(20);
                plot.decisionRegions(Field.of((x, y) -> Math.floorMod((int) (3 * x + 2 * y), classes)));
                plot.xRange(-9, 9).yRange(-9, 9);
                scatter(plot);
            }
            case PROBABILITIES -> {
                plot.probabilityField(Field.of((x, y) -> 0.5 + 0.5 * Math.sin(x) * Math.cos(y)));
                scatter(plot);
            }
            case BANDS -> {
                int n = Math.min(count(), 100_000);
                plot.band(name(), new double[][] {data(n), data(n), data(n)}).band(name(), new double[][] {data(n)});
            }
            case DENSITIES -> plot.density(name(), data(count())).histogram(name(), data(count()));
            case BARS -> {
                int n = Math.min(count(), 1000);
                double[] errors = Arrays.stream(data(n)).map(Math::abs).toArray();
                plot.bars(name(), data(n), errors).bars(name(), data(n));
            }
            case HEAT_MAP -> {
                int columns = 1 + random.nextInt(40);
                plot.heatMap(
                        Stream.generate(() -> data(columns))
                                .limit(1 + random.nextInt(40))
                                .toArray(double[][]::new),
                        "%.3g");
            }
            case CONTOURS ->
                plot.contours(
                        ramp(20),
                        ramp(3),
                        Stream.generate(() -> data(20)).limit(3).toArray(double[][]::new));
            default -> {
                lines(plot);
                scatter(plot);
            }
        }
    }

    private void lines(Plot plot) {
        int series = random.nextInt(4) == 0 ? 100 : 1 + random.nextInt(15);
        int n = Math.min(count(), 1_000_000 / series);
        for (int i = 0; i < series; i++) {
            plot.line(name(), data(n));
        }
    }

    private void scatter(Plot plot) {
        int n = count();
        plot.scatter(name(), data(n), data(n));
    }

    private void histograms(Plot plot) {
        double[] values = data(count());
        double low = Arrays.stream(values).min().orElse(0);
        double high = Arrays.stream(values).max().orElse(1);
        int bins = 1 + random.nextInt(60);
        for (int i = 0; i <= random.nextInt(4); i++) {
            plot.histogram(name(), values, low, high, bins);
        }
    }

    private static Plot sized(Plot plot, int[] size) {
        return plot.size(size[0], size[1]);
    }

    private String name() {
        return pick(NAMES.toArray(String[]::new));
    }

    private String[] names(int count) {
        return Stream.generate(this::name).limit(count).toArray(String[]::new);
    }

    private int count() {
        int[] counts = {1, 2, 3, 10, 50, 50, 200, 1000, 10_000, 100_000, 1_000_000};
        int count = random.nextInt(30) == 0 ? 0 : counts[random.nextInt(counts.length)];
        description += " " + count;
        return count;
    }

    private <T> T pick(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private double[] data(int n) {
        Data data = pick(Data.values());
        // series without a finite point are refused, which is soon seen
        data = data == Data.NAN && random.nextInt(4) > 0 ? Data.DECAY : data;
        String word = " " + data.name().toLowerCase(Locale.ROOT);
        description += description.length() < 70 ? word : "";
        double[] values = switch (data) {
            case RAMP -> ramp(n);
            case NOISE -> fill(n, random::nextGaussian);
            case WALK -> sums(n, 0, random::nextGaussian);
            case DECAY ->
                IntStream.range(0, n)
                        .mapToDouble(i -> Math.exp(-5.0 * i / n) + 0.05 * random.nextGaussian())
                        .toArray();
            case EQUAL -> {
                double value = pick(new Double[] {0.0, 1.0, -3.0, 1e300, Double.MIN_VALUE, Double.MAX_VALUE, 1.7e12});
                yield fill(n, () -> value);
            }
            case NAN -> fill(n, () -> Double.NaN);
            case SOME_NAN -> fill(n, () -> random.nextInt(5) == 0 ? Double.NaN : random.nextGaussian());
            case EVERY_OTHER_NAN ->
                IntStream.range(0, n)
                        .mapToDouble(i -> i % 2 == 1 ? Double.NaN : random.nextGaussian())
                        .toArray();
            case SOME_INFINITE -> fill(n, () -> random.nextInt(5) == 0 ? 1 / 0.0 : random.nextGaussian());
            case HUGE -> fill(n, () -> 1e308 * random.nextGaussian() / 5);
            case LARGEST -> fill(n, () -> random.nextBoolean() ? Double.MAX_VALUE : -Double.MAX_VALUE);
            case TINY -> fill(n, () -> 1e-300 * random.nextDouble());
            case SUBNORMAL -> fill(n, () -> Double.MIN_VALUE * random.nextInt(10));
            case UNIX_SECONDS -> sums(n, 1.7e9, () -> random.nextInt(3));
            case UNIX_MILLIS -> sums(n, 1.7e12, () -> 100 * random.nextDouble());
            case UNIX_NANOS -> sums(n, 1.7e18, () -> 1000 * random.nextInt(5));
            case OFFSET -> fill(n, () -> 1e6 + 1e-6 * random.nextGaussian());
            case NEIGHBORS -> fill(n, () -> random.nextBoolean() ? 1 : Math.nextUp(1.0));
            case NEGATIVE_ZERO -> fill(n, () -> -0.0);
            case SPIKE -> fill(n, () -> 0);
            case WHOLE -> fill(n, () -> random.nextInt(10));
            case ANY_BITS -> fill(n, () -> Double.longBitsToDouble(random.nextLong()));
        };
        if (data == Data.SPIKE && n > 0) {
            values[random.nextInt(n)] = 1000;
        }
        return positive
                ? Arrays.stream(values).map(v -> v == 0 ? 1 : Math.abs(v)).toArray()
                : values;
    }

    private static double[] ramp(int n) {
        return IntStream.range(0, n).asDoubleStream().toArray();
    }

    private static double[] fill(int n, DoubleSupplier value) {
        return IntStream.range(0, n).mapToDouble(i -> value.getAsDouble()).toArray();
    }

    private static double[] sums(int n, double start, DoubleSupplier step) {
        double[] sums = fill(n, step);
        double sum = start;
        for (int i = 0; i < n; i++) {
            sum += sums[i];
            sums[i] = sum;
        }
        return sums;
    }
}
