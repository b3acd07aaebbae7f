package org.ndgrad.nn;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.Trace;
import org.ndgrad.autograd.internal.Text;

/**
 * What {@link Layer#summary} returns: for each layer its output and how much it learns. Its text is a table.
 *
 * @param rows the layers in the order of their paths, the whole model first
 * @param parameters number of elements in all parameters, shared ones counted once
 * @param trainable those that are not frozen
 */
public record Summary(ImmutableList<Row> rows, long parameters, long trainable) {

    /**
     * One layer.
     *
     * @param path its path, empty for the model itself
     * @param layer name of its class
     * @param output shape of what it returned last, or an empty text if it was not called or returned no tensor
     * @param parameters number of elements in its parameters, with all below
     */
    public record Row(String path, String layer, String output, long parameters) {

        /**
         * Returns its class, behind its name in the layer that it is in, such as {@code "  0: Linear"}.
         *
         * @param step what it begins with for each layer that it is in, such as two spaces
         */
        public String indented(String step) {
            if (path.isEmpty()) {
                return layer;
            }
            int depth = (int) path.chars().filter(c -> c == '.').count() + 1;
            return step.repeat(depth) + path.substring(path.lastIndexOf('.') + 1) + ": " + layer;
        }
    }

    static Summary of(Layer model, long... inputShape) {
        DataType type = Tree.of(model).parameters().values().stream()
                .map(Tensor::dtype)
                .findFirst()
                .orElse(Tensor.defaultDtype());
        return of(model, Tensor.zeros(type, inputShape));
    }

    static Summary of(Layer model, Tensor input) {
        Map<String, Block> blocks = model.namedLayers();
        IdentityHashMap<Block, String> outputs = new IdentityHashMap<>();
        List<HookHandle> handles = new ArrayList<>();
        blocks.values()
                .forEach(block -> handles.add(block.registerForwardHook((called, inputs, output) -> {
                    outputs.put(called, shape(output));
                    return output;
                })));
        try {
            Evaluation.of(model, () -> model.call(input));
        } finally {
            handles.forEach(HookHandle::remove);
        }
        ImmutableList.Builder<Row> rows = ImmutableList.builder();
        blocks.forEach((path, block) ->
                rows.add(new Row(path, Block.name(block), outputs.getOrDefault(block, ""), block.parameterCount())));
        return new Summary(
                rows.build(),
                model.parameterCount(),
                model.trainableParameters().values().stream()
                        .mapToLong(Tensor::numel)
                        .sum());
    }

    private static String shape(Object output) {
        return Trace.tensors(output).stream()
                .findFirst()
                .map(tensor -> Text.shape(tensor).toString())
                .orElse("");
    }

    @Override
    public String toString() {
        List<String[]> lines = new ArrayList<>();
        lines.add(new String[] {"layer", "output", "parameters"});
        for (Row row : rows) {
            lines.add(new String[] {row.indented("  "), row.output, String.format(Locale.ROOT, "%,d", row.parameters)});
        }
        int[] widths = new int[3];
        lines.forEach(line -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line[i].length());
            }
        });
        StringBuilder text = new StringBuilder();
        String format = "%-" + widths[0] + "s  %-" + widths[1] + "s  %" + widths[2] + "s%n";
        String rule = "-".repeat(widths[0] + widths[1] + widths[2] + 4) + "\n";
        for (int i = 0; i < lines.size(); i++) {
            text.append(
                    String.format(Locale.ROOT, format, (Object[]) lines.get(i)).replace("\r", ""));
            text.append(i == 0 ? rule : "");
        }
        return text.append(rule)
                .append(String.format(Locale.ROOT, "parameters: %,d, trainable: %,d", parameters, trainable))
                .toString();
    }
}
