package org.ndgrad.benchmarks;

import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.ndgrad.plot.Plot;

/** The training steps as a table and as a picture. */
final class StepReport {

    /** At most so many times as long as these libraries a step should take. */
    private static final Map<String, Map<String, Double>> GOALS = ImmutableMap.of(
            "PyTorch", Map.of("W2", 0.06, "W3", 0.25, "W4", 0.75, "W4t", 1.0, "W5", 1.05),
            "JAX", Map.of("W2", 0.4, "W3", 0.5, "W4", 1.15, "W4t", 0.9, "W5", 1.0));

    static final String OURS = "ndgrad";

    /** In the order of the columns. */
    private static final List<String> LIBRARIES =
            List.of("PyTorch", "JAX", OURS, "ndgrad, vector module", "floor", "DL4J", "SameDiff");

    static final String NOTHING = "–";

    private StepReport() {}

    /** Returns the table, in microseconds. */
    static String table(Results.Steps results) {
        var header = new ArrayList<String>();
        header.add("step");
        header.addAll(LIBRARIES);
        var rows = new ArrayList<List<String>>();
        for (Workload workload : Workload.ALL) {
            var row = new ArrayList<String>();
            row.add(workload.name());
            for (String library : LIBRARIES) {
                row.add(results.median(library, workload.name())
                        .map(StepReport::rounded)
                        .orElse(NOTHING));
            }
            rows.add(row);
        }
        return Markdown.table(header, rows);
    }

    /** Returns how many times as long as others a step takes, and how many times it should take at most. */
    static String ratios(Results.Steps results) {
        var header = new ArrayList<String>();
        header.add("step");
        GOALS.keySet().forEach(library -> header.addAll(List.of("÷ " + library, "goal", "met?")));
        var rows = new ArrayList<List<String>>();
        for (Workload workload : Workload.ALL) {
            String step = workload.name();
            var row = new ArrayList<String>();
            row.add(step);
            GOALS.forEach((library, goals) ->
                    row.addAll(verdict(ratio(results, library, step), goals.getOrDefault(step, Double.NaN))));
            rows.add(row);
        }
        return Markdown.table(header, rows);
    }

    private static List<String> verdict(Optional<Double> ratio, double goal) {
        return List.of(
                ratio.map(r -> String.format(Locale.ROOT, "%.2f", r)).orElse(NOTHING),
                String.format(Locale.ROOT, "%.2f", goal),
                ratio.map(r -> r <= goal ? "yes" : "no").orElse(NOTHING));
    }

    /** Returns how many times as long as a library a step takes. */
    static Optional<Double> ratio(Results.Steps results, String library, String step) {
        return results.median(OURS, step)
                .flatMap(ours -> results.median(library, step).map(theirs -> ours / theirs));
    }

    /** Returns the number with three digits, or all before the point if there are more. */
    static String rounded(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
    }

    /** Returns points side by side for each step, one for each library. */
    static Plot picture(Results.Steps results) {
        Plot plot = Plot.titled("One training step")
                .yLabel("microseconds (logarithmic)")
                .size(1000, 560)
                .logY()
                .xNames(Workload.ALL.stream().map(StepReport::name).toArray(String[]::new));
        for (int i = 0; i < LIBRARIES.size(); i++) {
            String library = LIBRARIES.get(i);
            var x = new ArrayList<Double>();
            var y = new ArrayList<Double>();
            for (int step = 0; step < Workload.ALL.size(); step++) {
                double place = step + 0.7 * ((i + 0.5) / LIBRARIES.size() - 0.5);
                results.median(library, Workload.ALL.get(step).name()).ifPresent(value -> {
                    x.add(place);
                    y.add(value);
                });
            }
            if (!x.isEmpty()) {
                plot.scatter(library, Markdown.array(x), Markdown.array(y));
            }
        }
        return plot;
    }

    private static String name(Workload workload) {
        String sizes = String.join(
                "-",
                workload.sizes().stream().map(size -> Integer.toString(size)).toList());
        return "%s: %s".formatted(workload.name(), sizes);
    }
}
