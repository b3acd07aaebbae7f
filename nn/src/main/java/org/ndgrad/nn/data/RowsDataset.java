package org.ndgrad.nn.data;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.function.Function;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.MemoryScope;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Text;

/** The rows of tensors of the same length. Fetched samples are copies. */
final class RowsDataset<T> implements Dataset<T> {

    private final ImmutableList<Tensor> columns;
    private final Function<List<Tensor>, T> form;

    RowsDataset(List<Tensor> columns, Function<List<Tensor>, T> form) {
        checkArgument(
                !columns.isEmpty() && columns.stream().allMatch(x -> x.ndim() >= 1 && x.size(0) == size(columns)),
                "Dataset.of: expected tensors (N, *) with the same N; got %s. Leave out rows without a partner.",
                columns.stream().map(Text::shape).toList());
        this.columns = ImmutableList.copyOf(columns);
        this.form = form;
        this.columns.forEach(MemoryScope::stored);
    }

    private static long size(List<Tensor> columns) {
        return columns.get(0).size(0);
    }

    @Override
    public long size() {
        return size(columns);
    }

    @Override
    public T get(long index) {
        DataChecks.index("Dataset", index, size());
        return each(column -> column.select(0, index).clone());
    }

    @Override
    public T batch(long... indices) {
        for (long index : indices) {
            DataChecks.index("Dataset", index, size());
        }
        Tensor chosen = Tensor.of(indices);
        return each(column -> column.indexSelect(0, chosen));
    }

    private T each(Function<Tensor, Tensor> rows) {
        return Autograd.noGrad(() -> form.apply(columns.stream().map(rows).collect(ImmutableList.toImmutableList())));
    }

    @Override
    public String toString() {
        return "Dataset(" + size() + " rows of "
                + columns.stream().map(x -> Text.shape(x) + " " + Text.dtype(x)).toList() + ")";
    }
}
