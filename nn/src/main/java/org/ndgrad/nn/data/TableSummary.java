package org.ndgrad.nn.data;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Multiset;
import com.google.common.collect.Multisets;
import com.google.common.collect.TreeMultiset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the columns of a {@link Table} hold: a line for each, with how many values are there and missing; of numbers the
 * mean, the standard deviation with n − 1, the least, the quartiles and the largest, of categories how many there are
 * and the most frequent ones. It prints as an aligned table.
 */
public final class TableSummary {

    private static final int SHOWN = 3;
    private static final ImmutableList<String> HEADER = ImmutableList.of(
            "column", "count", "missing", "mean", "std", "min", "25%", "50%", "75%", "max", "categories");

    /** How many texts at the begin of a line are no statistics of numbers. */
    private static final int BEFORE = 3;

    private final ImmutableList<ImmutableList<String>> lines;

    TableSummary(Map<String, Column> columns) {
        ImmutableList.Builder<ImmutableList<String>> each = ImmutableList.builder();
        columns.forEach((name, column) -> each.add(line(name, column)));
        this.lines = each.build();
    }

    private static ImmutableList<String> line(String name, Column column) {
        ImmutableList.Builder<String> line = ImmutableList.builder();
        long missing = column.missingCount();
        line.add(name, String.valueOf(column.rows() - missing), String.valueOf(missing));
        if (column.firstText() < 0) {
            double[] numbers = column.present();
            line.add(shown(column.mean()), shown(std(numbers)));
            Arrays.sort(numbers);
            for (double share : new double[] {0, 0.25, 0.5, 0.75, 1}) {
                line.add(shown(quantile(numbers, share)));
            }
            return line.add("").build();
        }
        for (int i = BEFORE; i < HEADER.size() - 1; i++) {
            line.add("");
        }
        return line.add(categories(column)).build();
    }

    /** Measures from one of the numbers, so that it is 0 where they are all the same. */
    private static double std(double[] numbers) {
        if (numbers.length < 2) {
            return Double.NaN;
        }
        boolean mayOverflow = Arrays.stream(numbers).anyMatch(x -> Math.abs(x) > 0x1p1000);
        double shrunk = mayOverflow ? 0x1p-2 : 1; // so that differences are finite
        double origin = numbers[0] * shrunk;
        double[] distances =
                Arrays.stream(numbers).map(x -> x * shrunk - origin).toArray();
        double largest = Arrays.stream(distances).map(Math::abs).max().orElse(0);
        double unit = largest > 0 ? largest : 1; // squares of what is measured in it neither overflow nor vanish
        double[] measured = Arrays.stream(distances).map(x -> x / unit).toArray();
        double mean = Arrays.stream(measured).average().orElse(0);
        double sum = Arrays.stream(measured).map(x -> (x - mean) * (x - mean)).sum();
        return unit * Math.sqrt(sum / (numbers.length - 1)) / shrunk;
    }

    /** Returns what a share of sorted numbers lies below, between two of them linear, as NumPy does. */
    private static double quantile(double[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double place = share * (sorted.length - 1);
        double below = sorted[(int) Math.floor(place)];
        double above = sorted[(int) Math.ceil(place)];
        double weight = place - Math.floor(place);
        return below == above ? below : below * (1 - weight) + above * weight;
    }

    private static String categories(Column column) {
        Multiset<String> counts = IntStream.range(0, column.rows())
                .filter(row -> !column.isMissing(row))
                .mapToObj(column::text)
                .collect(Collectors.toCollection(TreeMultiset::create));
        List<String> frequent = Multisets.copyHighestCountFirst(counts).entrySet().stream()
                .limit(SHOWN)
                .map(each -> each.getElement() + " " + each.getCount())
                .toList();
        int different = counts.elementSet().size();
        return different + ": " + String.join(", ", frequent) + (different > SHOWN ? ", …" : "");
    }

    /** Returns a number as people read it: four digits behind the point or none, or scientific if that shows little. */
    private static String shown(double value) {
        if (Double.isNaN(value)) {
            return "–";
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e9) {
            return String.valueOf((long) value);
        }
        boolean plain = (Math.abs(value) >= 1e-3 && Math.abs(value) < 1e6) || !Double.isFinite(value);
        return String.format(Locale.ROOT, plain ? "%.4f" : "%.3e", value);
    }

    /** Returns a line for each column under one of names. */
    @Override
    public String toString() {
        List<ImmutableList<String>> all = ImmutableList.<ImmutableList<String>>builder()
                .add(HEADER)
                .addAll(lines)
                .build();
        // What no column has is left out.
        int[] wanted = IntStream.range(0, HEADER.size())
                .filter(i -> i < BEFORE
                        || lines.stream().anyMatch(line -> !line.get(i).isEmpty()))
                .toArray();
        int[] widths = Arrays.stream(wanted)
                .map(i -> all.stream()
                        .mapToInt(line -> line.get(i).length())
                        .max()
                        .orElse(0))
                .toArray();
        return all.stream()
                .map(line -> IntStream.range(0, wanted.length)
                        .mapToObj(i -> isText(wanted[i])
                                ? Strings.padEnd(line.get(wanted[i]), widths[i], ' ')
                                : Strings.padStart(line.get(wanted[i]), widths[i], ' '))
                        .collect(Collectors.joining("  "))
                        .stripTrailing())
                .collect(Collectors.joining(System.lineSeparator()));
    }

    private static boolean isText(int part) {
        return part == 0 || part == HEADER.size() - 1;
    }
}
