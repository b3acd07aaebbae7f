package org.ndgrad.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ndgrad.plot.Figure;
import org.ndgrad.plot.Plot;

/** How cost grows, as pictures and as a table of the number of cores. */
final class GrowthReport {

    private static final String MICROSECONDS = "microseconds";
    private static final int WIDTH = 480;
    private static final int HEIGHT = 380;

    private GrowthReport() {}

    /** Returns time against size of five operations. */
    static Figure operations(Results.Growth growth) {
        return Figure.grid(
                3,
                chart(growth, "add", "a + a", "elements"),
                chart(growth, "exp", "exp", "elements"),
                chart(growth, "tanh", "tanh", "elements"),
                chart(growth, "sum", "sum", "elements"),
                chart(growth, "matmul", "matmul of n × n", "n"));
    }

    /** Returns the time of a training step against its batch, and the width and depth of its network. */
    static Figure steps(Results.Growth growth) {
        return Figure.row(
                chart(growth, "batch", "784-256-128-10", "batch"),
                chart(growth, "width", "784-width-width-10, batch 32", "width"),
                chart(growth, "depth", "layers of width 10, batch 32", "depth"));
    }

    /** Returns resident memory against the number of steps. */
    static Figure memory(Results.Growth growth) {
        return Figure.row(memory(growth, "W2"), memory(growth, "W5"));
    }

    /** Returns a table of the time of a step on one core and on two. */
    static String cores(Results.Growth growth) {
        var rows = new ArrayList<List<String>>();
        growth.cores().forEach((library, steps) -> steps.forEach((step, times) -> rows.add(row(library, step, times))));
        return Markdown.table(List.of("library", "step", "1 core", "2 cores", "speed-up"), rows);
    }

    private static List<String> row(String library, String step, Map<String, Double> times) {
        double one = times.getOrDefault("1", Double.NaN);
        double two = times.getOrDefault("2", Double.NaN);
        return List.of(
                library,
                step,
                StepReport.rounded(one),
                StepReport.rounded(two),
                String.format(Locale.ROOT, "%.2f", one / two));
    }

    private static Plot chart(Results.Growth growth, String chart, String title, String xLabel) {
        Plot plot = Plot.titled(title)
                .xLabel(xLabel)
                .yLabel(MICROSECONDS)
                .size(WIDTH, HEIGHT)
                .logX()
                .logY();
        for (Results.Curve curve : growth.of(chart)) {
            plot.line(curve.library(), Markdown.array(curve.x()), Markdown.array(curve.y()));
        }
        return plot;
    }

    private static Plot memory(Results.Growth growth, String step) {
        Plot plot = Plot.titled("Resident memory, " + step)
                .xLabel("thousands of steps")
                .yLabel("MiB")
                .size(WIDTH, HEIGHT);
        double highest = 0;
        for (Results.Curve curve : growth.of("memory " + step)) {
            double[] thousands = curve.x().stream().mapToDouble(x -> x / 1000).toArray();
            plot.line(curve.library(), thousands, Markdown.array(curve.y()));
            highest = curve.y().stream().reduce(highest, Math::max);
        }
        return plot.yRange(0, 1.1 * Math.max(1, highest));
    }
}
