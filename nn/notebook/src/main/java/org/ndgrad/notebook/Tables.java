package org.ndgrad.notebook;

import java.util.Locale;
import java.util.Map;
import org.ndgrad.nn.Block;
import org.ndgrad.nn.Summary;
import org.ndgrad.nn.train.Metric;

/** Layers and metrics as HTML tables. */
final class Tables {

    /** Is wide enough in a proportional font. */
    private static final String STEP = "   ";

    private Tables() {}

    /** Returns the tree of layers with their settings and parameters. */
    static String block(Block block) {
        StringBuilder rows = new StringBuilder(Html.row(Html.leftHead("layer") + Html.head("parameters")));
        block.namedLayers().forEach((path, layer) -> {
            Summary.Row row = new Summary.Row(path, line(layer), "", layer.parameterCount());
            rows.append(Html.row(Html.left(row.indented(STEP)) + Html.cell(count(row.parameters()))));
        });
        return Html.table(rows.toString())
                + totals(
                        block.parameterCount(),
                        block.trainableParameters().values().stream()
                                .mapToLong(parameter -> parameter.numel())
                                .sum());
    }

    /** Returns the first line of what the layer prints, without the inner layers that follow. */
    private static String line(Block layer) {
        String text = layer.toString();
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end).replaceFirst("\\($", "");
    }

    static String summary(Summary summary) {
        StringBuilder rows =
                new StringBuilder(Html.row(Html.leftHead("layer") + Html.leftHead("output") + Html.head("parameters")));
        for (Summary.Row row : summary.rows()) {
            rows.append(Html.row(
                    Html.left(row.indented(STEP)) + Html.left(row.output()) + Html.cell(count(row.parameters()))));
        }
        return Html.table(rows.toString()) + totals(summary.parameters(), summary.trainable());
    }

    private static String totals(long parameters, long trainable) {
        return Html.caption("parameters: " + count(parameters)
                + (trainable == parameters ? "" : ", trainable: " + count(trainable)));
    }

    static String metric(Metric metric) {
        String value;
        try {
            value = number(metric.compute());
        } catch (IllegalStateException e) {
            value = "nothing measured yet";
        }
        return Html.table(Html.row(Html.leftHead(metric.name()) + Html.cell(value)));
    }

    static String numbers(Map<?, ?> numbers) {
        StringBuilder rows = new StringBuilder();
        numbers.forEach((name, value) -> rows.append(Html.row(Html.leftHead(String.valueOf(name))
                + Html.cell(value instanceof Double number ? number(number) : String.valueOf(value)))));
        return Html.table(rows.toString());
    }

    private static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** Returns a number as a history shows it. */
    static String number(double value) {
        boolean plain = value == 0 || (Math.abs(value) >= 1e-3 && Math.abs(value) < 1e6) || !Double.isFinite(value);
        return String.format(Locale.ROOT, plain ? "%.4f" : "%.3e", value);
    }
}
