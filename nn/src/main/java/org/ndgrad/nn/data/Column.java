package org.ndgrad.nn.data;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** A column of a {@link Table}: of numbers, if each field that is not missing holds one, or of categories. */
final class Column {

    private final String[] texts;
    private final double[] numbers;
    private final boolean[] missing;
    private final int firstText;

    private Column(String[] texts, double[] numbers, boolean[] missing, int firstText) {
        this.texts = texts;
        this.numbers = numbers;
        this.missing = missing;
        this.firstText = firstText;
    }

    /** Makes a column of the fields of a file, which may have white space around. */
    static Column of(List<String> fields, CsvOptions options) {
        int rows = fields.size();
        String[] texts = new String[rows];
        double[] numbers = new double[rows];
        boolean[] missing = new boolean[rows];
        int firstText = -1;
        for (int i = 0; i < rows; i++) {
            texts[i] = CsvNumber.trimmed(fields.get(i));
            OptionalDouble number = CsvNumber.parse(texts[i]);
            numbers[i] = number.orElse(Double.NaN);
            missing[i] = options.missing().contains(texts[i]) || (number.isPresent() && Double.isNaN(numbers[i]));
            if (firstText < 0 && number.isEmpty() && !missing[i]) {
                firstText = i;
            }
        }
        return new Column(texts, numbers, missing, firstText);
    }

    int rows() {
        return texts.length;
    }

    /** Returns the first row that holds no number and is not missing, or −1 for a column of numbers. */
    int firstText() {
        return firstText;
    }

    boolean isMissing(int row) {
        return missing[row];
    }

    /** Returns the first row where a value is missing, or −1. */
    int firstMissing() {
        return IntStream.range(0, rows())
                .filter(row -> missing[row])
                .findFirst()
                .orElse(-1);
    }

    long missingCount() {
        return IntStream.range(0, rows()).filter(row -> missing[row]).count();
    }

    String text(int row) {
        return texts[row];
    }

    double number(int row) {
        return numbers[row];
    }

    /** Returns the mean of the numbers that are not missing, NaN if all are. */
    double mean() {
        double largest = IntStream.range(0, rows())
                .filter(row -> !missing[row])
                .mapToDouble(row -> Math.abs(numbers[row]))
                .max()
                .orElse(0);
        // Halved enough, the sum of the largest numbers stays one of float64.
        double unit = largest > 0x1p900 ? 0x1p-100 : 1;
        return IntStream.range(0, rows())
                        .filter(row -> !missing[row])
                        .mapToDouble(row -> numbers[row] * unit)
                        .average()
                        .orElse(Double.NaN)
                / unit;
    }

    /** Returns the numbers that are not missing. */
    double[] present() {
        return IntStream.range(0, rows())
                .filter(row -> !missing[row])
                .mapToDouble(row -> numbers[row])
                .toArray();
    }

    Column filled(String text, double number) {
        String[] newTexts = texts.clone();
        double[] newNumbers = numbers.clone();
        for (int row = 0; row < rows(); row++) {
            if (missing[row]) {
                newTexts[row] = text;
                newNumbers[row] = number;
            }
        }
        int newText = firstText < 0 && Double.isNaN(number) ? firstMissing() : firstText;
        return new Column(newTexts, newNumbers, new boolean[rows()], newText);
    }

    /** Returns some rows. The column stays one of categories even if only numbers are among them. */
    Column rows(long... chosen) {
        List<String> newTexts = new ArrayList<>();
        boolean[] newMissing = new boolean[chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            newTexts.add(texts[(int) chosen[i]]);
            newMissing[i] = missing[(int) chosen[i]];
        }
        double[] newNumbers =
                LongStream.of(chosen).mapToDouble(row -> numbers[(int) row]).toArray();
        return new Column(newTexts.toArray(new String[0]), newNumbers, newMissing, firstText < 0 ? -1 : 0);
    }
}
