package org.ndgrad.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The operations of {@link Cliffs} as a table. */
final class CliffReport {

    /** At most so many times as long as PyTorch each of them should take. */
    static final double GOAL = 1.5;

    private static final String PYTORCH = "PyTorch";

    private CliffReport() {}

    /** Returns the table: microseconds for the largest size, and the ratio for each. */
    static String table(Results.Steps results) {
        var header = new ArrayList<>(List.of("operation", "PyTorch", "ndgrad"));
        Cliffs.SIZES.forEach(size -> header.add("÷, " + size));
        header.add("met?");
        var rows = new ArrayList<List<String>>();
        for (String operation : Cliffs.FLOATING.keySet()) {
            Cliffs.TYPES.keySet().forEach(type -> rows.add(row(results, operation + ", " + type)));
        }
        Cliffs.INTEGRAL.keySet().forEach(operation -> rows.add(row(results, operation + ", int64")));
        return Markdown.table(header, rows);
    }

    private static List<String> row(Results.Steps results, String operation) {
        String largest = Cliffs.name(operation, Cliffs.SIZES.get(Cliffs.SIZES.size() - 1));
        var row = new ArrayList<String>();
        row.add(operation);
        row.add(results.median(PYTORCH, largest).map(StepReport::rounded).orElse(StepReport.NOTHING));
        row.add(results.median(StepReport.OURS, largest)
                .map(StepReport::rounded)
                .orElse(StepReport.NOTHING));
        boolean met = true;
        for (int size : Cliffs.SIZES) {
            Optional<Double> ratio = StepReport.ratio(results, PYTORCH, Cliffs.name(operation, size));
            row.add(ratio.map(StepReport::rounded).orElse(StepReport.NOTHING));
            met &= ratio.orElse(Double.POSITIVE_INFINITY) <= GOAL;
        }
        row.add(met ? "yes" : "no");
        return row;
    }
}
