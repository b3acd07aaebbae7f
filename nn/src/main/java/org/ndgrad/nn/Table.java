package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Checks;
import org.ndgrad.autograd.internal.Text;
import org.ndgrad.autograd.ops.EmbeddingOptions;

/** What {@link Embedding} and {@link EmbeddingBag} have in common: how their tables begin and print. */
final class Table {

    private Table() {}

    /** Draws rows from the standard normal distribution, with zeros in the padding row. */
    static Tensor drawn(
            String who, long count, long size, EmbeddingOptions options, DataType dtype, RandomGenerator rng) {
        checkArgument(
                count >= 1 && size >= 0,
                "%s: expected at least one row, of a size of at least 0; got count=%s, size=%s. Choose larger ones.",
                who,
                count,
                size);
        options.paddingIndex()
                .ifPresent(index -> checkArgument(
                        index >= -count && index < count,
                        "%s: expected a paddingIndex from %s to %s; got %s. Choose a row of the table.",
                        who,
                        -count,
                        count - 1,
                        index));
        Tensor table = Init.normal_(Tensor.empty(dtype, count, size), rng, 0, 1);
        options.paddingIndex().ifPresent(index -> table.select(0, index).zero_());
        return table;
    }

    /** Refuses a given table that is none. */
    static Tensor checked(String who, Tensor table) {
        checkArgument(
                table.ndim() == 2,
                "%s: expected a table of shape (count, size); got %s. Reshape it.",
                who,
                Text.shape(table));
        return table;
    }

    /** Refuses indices that are no whole numbers. */
    static void checkIndex(String who, Tensor weight, Tensor index) {
        checkArgument(
                Checks.isInteger(index),
                "%s(count=%s): expected an integral tensor of row numbers; got %s. Convert with to(DataType.INT64).",
                who,
                weight.size(0),
                Text.dtype(index));
    }

    /** Returns the settings that both have. */
    static String settings(Tensor weight, EmbeddingOptions options) {
        StringBuilder text = new StringBuilder("count=" + weight.size(0) + ", size=" + weight.size(1));
        options.paddingIndex().ifPresent(index -> text.append(", paddingIndex=").append(index));
        options.maxNorm()
                .ifPresent(bound -> text.append(", maxNorm=")
                        .append(bound)
                        .append(", norm=")
                        .append(options.norm()));
        return text.append(options.scaleByFrequency() ? ", scaleByFrequency=true" : "")
                .toString();
    }
}
