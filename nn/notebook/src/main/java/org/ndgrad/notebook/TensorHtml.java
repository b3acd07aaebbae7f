package org.ndgrad.notebook;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;

/** A tensor as HTML: what it is, and its numbers as a table, a heat map or a picture. */
final class TensorHtml {

    /** A longer dimension is shown at its ends alone, this many each. */
    private static final int EDGE = 5;

    /** From this side on, a matrix has a heat map, and a tensor can be a picture. */
    private static final int PICTURE_SIDE = 8;

    private static final Pattern ELEMENT = Pattern.compile("[^\\[\\],\\s]+");

    private TensorHtml() {}

    static String of(Tensor tensor) {
        String printed = tensor.toString();
        return html(tensor.detach(), caption(printed), printed);
    }

    private static String html(Tensor tensor, String caption, String printed) {
        if (tensor.numel() == 0 || tensor.ndim() == 0) {
            return Html.pre(printed);
        }
        if (isPicture(tensor)) {
            return Html.caption(caption) + Raster.picture(tensor);
        }
        if (tensor.ndim() > 2) {
            return Html.pre(printed);
        }
        boolean hasMap = tensor.ndim() == 2
                && tensor.size(0) >= PICTURE_SIDE
                && tensor.size(1) >= PICTURE_SIDE
                && tensor.dtype() != DataType.UTF8;
        return Html.caption(caption) + table(tensor) + (hasMap ? Raster.heatMap(tensor) : "");
    }

    private static String caption(String printed) {
        StringJoiner facts = new StringJoiner(", ");
        int start = printed.lastIndexOf("shape=");
        for (String fact : printed.substring(start, printed.length() - 1).split(",\\s+(?=dtype|gradFn|requires)", -1)) {
            facts.add(fact);
        }
        return "tensor " + facts;
    }

    private static boolean isPicture(Tensor tensor) {
        long[] shape = tensor.shape();
        boolean isBytes = tensor.dtype() == DataType.UINT8;
        boolean hasChannels = shape.length == 3 && (shape[0] == 1 || shape[0] == 3);
        if (!(hasChannels || (shape.length == 2 && isBytes))
                || shape[shape.length - 1] < PICTURE_SIDE
                || shape[shape.length - 2] < PICTURE_SIDE) {
            return false;
        }
        if (isBytes) {
            return true;
        }
        return switch (tensor.dtype()) {
            case DOUBLE, FLOAT, HALF, BFLOAT16 -> Raster.isWithin(tensor, 0, 1);
            default -> false;
        };
    }

    private static String table(Tensor tensor) {
        boolean isRow = tensor.ndim() == 1;
        Optional<long[]> rows = isRow ? Optional.empty() : Optional.of(edges(tensor.size(0)));
        long[] columns = edges(tensor.size(tensor.ndim() - 1));
        Tensor shown = tensor.indexSelect(tensor.ndim() - 1, Tensor.of(columns));
        if (rows.isPresent()) {
            shown = shown.indexSelect(0, Tensor.of(rows.get()));
        }
        List<String> elements = elements(shown);
        StringBuilder html = new StringBuilder();
        html.append(line(isRow ? null : "", columns, tensor.size(tensor.ndim() - 1), i -> Html.head("" + columns[i])));
        int count = rows.map(indices -> indices.length).orElse(1);
        for (int row = 0; row < count; row++) {
            int first = row * columns.length;
            String index = rows.isPresent() ? "" + rows.get()[row] : null;
            if (rows.isPresent() && row == EDGE && rows.get().length < tensor.size(0)) {
                html.append(line("⋮", columns, tensor.size(1), i -> Html.cell("⋮")));
            }
            html.append(line(index, columns, tensor.size(tensor.ndim() - 1), i -> Html.cell(elements.get(first + i))));
        }
        return Html.table(html.toString());
    }

    private interface Cell {
        String at(int column);
    }

    private static String line(@Nullable String index, long[] columns, long size, Cell cell) {
        StringBuilder cells = new StringBuilder(index == null ? "" : Html.head(index));
        IntStream.range(0, columns.length)
                .forEach(i -> cells.append(i == EDGE && columns.length < size ? Html.cell("…") : "")
                        .append(cell.at(i)));
        return Html.row(cells.toString());
    }

    private static long[] edges(long size) {
        return size <= 2 * EDGE + 2
                ? LongStream.range(0, size).toArray()
                : LongStream.concat(LongStream.range(0, EDGE), LongStream.range(size - EDGE, size))
                        .toArray();
    }

    /** Returns the elements as the tensor prints them. */
    private static List<String> elements(Tensor tensor) {
        String text = tensor.toString();
        Matcher matcher = ELEMENT.matcher(text.substring("tensor(".length(), text.lastIndexOf("shape=")));
        List<String> elements = new ArrayList<>();
        while (matcher.find()) {
            elements.add(matcher.group());
        }
        return elements;
    }
}
