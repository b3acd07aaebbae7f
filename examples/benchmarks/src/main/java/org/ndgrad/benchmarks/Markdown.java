package org.ndgrad.benchmarks;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** Writes Markdown. */
final class Markdown {

    private Markdown() {}

    /** Returns a table; the first column is on the left, the others on the right. */
    static String table(List<String> header, List<List<String>> rows) {
        String rule = "|---|" + String.join("|", Collections.nCopies(header.size() - 1, "--:")) + "|\n";
        return row(header) + rule + rows.stream().map(Markdown::row).collect(Collectors.joining());
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }

    /** Returns the numbers as pictures want them. */
    static double[] array(Collection<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
