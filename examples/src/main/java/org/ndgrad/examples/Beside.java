package org.ndgrad.examples;

import static com.google.common.base.Strings.padEnd;
import static com.google.common.base.Strings.padStart;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * A table of our numbers beside those of a document.
 *
 * <pre>{@code
 * Beside.titled("One step")
 *         .row("h1", 0.0474258732, 0.0474)
 *         .row("dL/dw2", 0.0107347676)
 *         .wrong("dL/dw1", 0.0214695353, 0.0214, "0.02147 rounds to 0.0215")
 *         .print();
 * }</pre>
 *
 * <p>prints
 *
 * <pre>
 * One step
 *            computed       document
 *   h1       0.0474258732   0.0474     =
 *   dL/dw2   0.0107347676
 *   dL/dw1   0.0214695353   0.0214     ≠ document: 0.02147 rounds to 0.0215
 * </pre>
 *
 * <p>Numbers agree (=) if ours, rounded to the last digit of the document's, is the document's.
 */
final class Beside {

    private static final String NONE = "";

    /** A line of the table. */
    private record Row(String name, String ours, String document, String remark) {}

    private final String title;
    private String reference = "document";
    private final List<Row> rows = new ArrayList<>();

    private Beside(String title) {
        this.title = title;
    }

    /** Returns an empty table. */
    static Beside titled(String title) {
        return new Beside(title);
    }

    /** Says whose numbers the second column holds, if not the document's. */
    Beside against(String name) {
        reference = name;
        return this;
    }

    /** Adds a number that the document does not give. */
    Beside row(String name, double ours) {
        return add(name, ours, NONE, NONE);
    }

    /** Adds a number and the document's, and whether they agree. */
    Beside row(String name, double ours, double document) {
        return add(name, ours, text(document), agree(ours, document) ? "=" : "≠");
    }

    /** Adds a number that the document has wrong, and why. */
    Beside wrong(String name, double ours, double document, String why) {
        return add(name, ours, text(document), "≠: " + why);
    }

    /** Prints the table and an empty line to the standard output. */
    void print() {
        System.out.println(this);
    }

    /** Returns the table, one line per row, each ended. */
    @Override
    public String toString() {
        List<String> names = rows.stream().map(Row::name).toList();
        List<String> ours = aligned("computed", rows.stream().map(Row::ours).toList());
        List<String> document =
                aligned(reference, rows.stream().map(Row::document).toList());
        int width = widest(names);
        StringBuilder text = new StringBuilder(title).append('\n');
        text.append(line(padEnd("", width, ' '), ours.get(0), document.get(0), NONE));
        for (int i = 0; i < rows.size(); i++) {
            text.append(line(
                    padEnd(names.get(i), width, ' '),
                    ours.get(i + 1),
                    document.get(i + 1),
                    rows.get(i).remark().replaceFirst("^≠", "≠ " + reference)));
        }
        return text.toString();
    }

    private Beside add(String name, double ours, String document, String remark) {
        int digits = document.isEmpty() ? 0 : new BigDecimal(document).precision();
        rows.add(new Row(name, text(round(ours, Math.max(9, digits + 2))), document, remark));
        return this;
    }

    private static boolean agree(double ours, double document) {
        if (!Double.isFinite(ours) || !Double.isFinite(document)) {
            return Double.compare(ours, document) == 0;
        }
        int decimals = Math.max(0, decimal(document).scale());
        return new BigDecimal(ours).setScale(decimals, RoundingMode.HALF_UP).compareTo(decimal(document)) == 0;
    }

    private static double round(double value, int digits) {
        return Double.isFinite(value)
                ? new BigDecimal(value).round(new MathContext(digits)).doubleValue()
                : value;
    }

    private static String text(double value) {
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        boolean tiny = value != 0 && Math.abs(value) < 1e-4;
        return tiny ? Double.toString(value) : decimal(value).toPlainString();
    }

    private static BigDecimal decimal(double value) {
        BigDecimal stripped = BigDecimal.valueOf(value).stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    /** Returns heading and numbers, of the same width, with one decimal point under the other. */
    private static List<String> aligned(String heading, List<String> numbers) {
        int before = numbers.stream().mapToInt(Beside::point).max().orElse(0);
        List<String> cells = new ArrayList<>(List.of(heading));
        numbers.forEach(number -> cells.add(padStart("", before - point(number), ' ') + number));
        int width = widest(cells);
        return cells.stream().map(cell -> padEnd(cell, width, ' ')).toList();
    }

    private static int point(String number) {
        int point = number.indexOf('.');
        return point < 0 ? number.length() : point;
    }

    private static int widest(List<String> texts) {
        return texts.stream().mapToInt(String::length).max().orElse(0);
    }

    private static String line(String name, String ours, String document, String remark) {
        return ("  " + name + "   " + ours + "   " + document + "   " + remark).stripTrailing() + "\n";
    }
}
