package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Ints;
import com.google.common.primitives.Longs;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.ndgrad.autograd.KeepDim;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.Shapes;

/**
 * A tensor with a label for each dim; what {@link Contractions} multiplies.
 *
 * @param labels as many as the tensor has dims; dims of two tensors with the same label belong together
 */
record LabeledTensor(Tensor tensor, List<Integer> labels) {

    /** Returns so many labels that count up. */
    static List<Integer> labels(int first, int count) {
        List<Integer> labels = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            labels.add(first + i);
        }
        return labels;
    }

    /** Returns the diagonals where a label stands twice. */
    LabeledTensor diagonal() {
        for (int b = 1; b < labels.size(); b++) {
            int a = labels.indexOf(labels.get(b));
            if (a < b) {
                return diagonal(a, b).diagonal();
            }
        }
        return this;
    }

    private LabeledTensor diagonal(int a, int b) {
        long size = tensor.size(a);
        checkArgument(
                size == tensor.size(b),
                "einsum: expected equal sizes where a letter is repeated; got dims %s and %s of shape %s. Use two letters.",
                a,
                b,
                Shapes.format(tensor.shape()));
        List<Integer> others = labels(0, labels.size());
        others.removeAll(ImmutableList.of(a, b));
        Tensor diagonal = Diagonals.diagonal(tensor, 0, a, b);
        ImmutableList.Builder<Integer> left = ImmutableList.builder();
        others.forEach(d -> left.add(labels.get(d)));
        return new LabeledTensor(diagonal, left.add(labels.get(a)).build());
    }

    /** Returns the tensor summed over the dims with other labels, and with the rest in this order. */
    Tensor sumToSize(List<Integer> order) {
        int[] over = dims(label -> !order.contains(label));
        Tensor sum = over.length == 0 ? tensor : Reductions.sum(tensor, over, KeepDim.NO);
        return new LabeledTensor(sum, without(over)).arranged(order);
    }

    /**
     * Returns the product, summed over the dims whose labels are not among those to keep: by matrix products, or
     * element by element where these have no use.
     */
    LabeledTensor times(LabeledTensor other, Collection<Integer> kept) {
        LabeledTensor unexpanded = unexpanded(other);
        LabeledTensor right = other.unexpanded(unexpanded).reduced(unexpanded, kept);
        LabeledTensor left = unexpanded.reduced(right, kept);
        List<Integer> batch = new ArrayList<>(left.labels);
        batch.retainAll(right.labels);
        List<Integer> over = new ArrayList<>(batch);
        over.removeAll(kept);
        batch.removeAll(over);
        List<Integer> rows = new ArrayList<>(left.labels);
        rows.removeAll(right.labels);
        List<Integer> columns = new ArrayList<>(right.labels);
        columns.removeAll(left.labels);
        List<Integer> result = join(batch, rows, columns);
        if (over.isEmpty() || (rows.isEmpty() && columns.isEmpty())) {
            List<Integer> all = join(result, over);
            Tensor products = left.spread(all).mul(right.spread(all));
            return new LabeledTensor(products, all).reduced(over);
        }
        Tensor products = left.matrices(batch, rows, over).matmul(right.matrices(batch, over, columns));
        return new LabeledTensor(
                products.reshape(Longs.concat(left.sizes(batch), left.sizes(rows), right.sizes(columns))), result);
    }

    /** Returns this without the dims of size 1 that the other has as well, where it broadcasts. */
    private LabeledTensor unexpanded(LabeledTensor other) {
        int[] gone = dims(label -> size(label) == 1 && other.labels.contains(label));
        return gone.length == 0
                ? this
                : new LabeledTensor(tensor.reshape(Shapes.reduced(tensor.shape(), gone, false)), without(gone));
    }

    /** Returns this summed over the dims that neither the other has nor are to be kept. */
    private LabeledTensor reduced(LabeledTensor other, Collection<Integer> kept) {
        List<Integer> over = new ArrayList<>(labels);
        over.removeAll(other.labels);
        over.removeAll(kept);
        return reduced(over);
    }

    private LabeledTensor reduced(List<Integer> over) {
        int[] dims = dims(over::contains);
        return dims.length == 0
                ? this
                : new LabeledTensor(Reductions.sum(tensor, dims, KeepDim.NO).to(tensor.dtype()), without(dims));
    }

    /** Returns the tensor with all its dims in this order. */
    private Tensor arranged(List<Integer> order) {
        return order.equals(labels)
                ? tensor
                : tensor.permute(order.stream().mapToInt(labels::indexOf).toArray());
    }

    /** Returns the tensor with its dims in this order, and dims of size 1 for labels that it lacks. */
    private Tensor spread(List<Integer> order) {
        List<Integer> own = new ArrayList<>(order);
        own.retainAll(labels);
        return arranged(own).reshape(sizes(order));
    }

    /** Returns the tensor as a batch of matrices. */
    private Tensor matrices(List<Integer> batch, List<Integer> rows, List<Integer> columns) {
        return arranged(join(batch, rows, columns))
                .reshape(Longs.concat(sizes(batch), new long[] {count(rows), count(columns)}));
    }

    private long[] sizes(List<Integer> which) {
        return which.stream().mapToLong(this::size).toArray();
    }

    private long count(List<Integer> which) {
        return which.stream().mapToLong(this::size).reduce(1, (a, b) -> a * b);
    }

    private long size(Integer label) {
        return labels.contains(label) ? tensor.size(labels.indexOf(label)) : 1;
    }

    private int[] dims(Predicate<Integer> which) {
        return Ints.toArray(labels(0, labels.size()).stream()
                .filter(d -> which.test(labels.get(d)))
                .toList());
    }

    private List<Integer> without(int[] dims) {
        List<Integer> rest = new ArrayList<>();
        for (int d = 0; d < labels.size(); d++) {
            if (!Ints.contains(dims, d)) {
                rest.add(labels.get(d));
            }
        }
        return rest;
    }

    @SafeVarargs
    private static List<Integer> join(List<Integer>... lists) {
        List<Integer> all = new ArrayList<>();
        for (List<Integer> list : lists) {
            all.addAll(list);
        }
        return all;
    }
}
