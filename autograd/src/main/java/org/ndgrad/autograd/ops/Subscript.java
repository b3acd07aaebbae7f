package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;
import static org.ndgrad.autograd.kernels.memory.Memory.array;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Ints;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.Index;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.indexing.Gather;
import org.ndgrad.autograd.kernels.indexing.IndexRange;

/**
 * What a list of indices means for a tensor: first a view, by positions, ranges and new dims; then, if tensors are
 * among the indices, positions in some neighboring dims of the view.
 *
 * @param view shares the tensor's memory
 * @param part finds the view in another tensor of the same shape
 * @param isWhole whether the view is the tensor itself
 * @param positions where in the view the chosen elements are; empty if it is all of them
 */
record Subscript(Tensor view, UnaryOperator<Tensor> part, boolean isWhole, Optional<Positions> positions) {

    /** Makes out the indices. */
    static Subscript of(String op, Tensor x, Index... at) {
        Reader reader = new Reader(op, x);
        reader.read(at);
        return reader.result();
    }

    /**
     * Positions that a tensor among the indices names.
     *
     * @param dim where they stand in the view
     * @param count for how many dims of the view they count, in row-major order
     * @param origin the dim of the whole tensor, for messages
     */
    private record Listed(int dim, int count, int origin, Tensor positions) {}

    /** Goes through the indices from left to right. */
    private static final class Reader {

        private final String op;
        private final long[] whole;
        private final List<UnaryOperator<Tensor>> steps = new ArrayList<>();
        private final List<Listed> listed = new ArrayList<>();
        private Tensor view;

        Reader(String op, Tensor x) {
            this.op = op;
            this.whole = x.shape();
            this.view = x;
        }

        Subscript result() {
            ImmutableList<UnaryOperator<Tensor>> all = ImmutableList.copyOf(steps);
            UnaryOperator<Tensor> part = x -> {
                Tensor result = x;
                for (UnaryOperator<Tensor> step : all) {
                    result = step.apply(result);
                }
                return result;
            };
            return new Subscript(
                    view, part, all.isEmpty(), listed.isEmpty() ? Optional.empty() : Optional.of(positions()));
        }

        private Positions positions() {
            int count = listed.stream().mapToInt(Listed::count).sum();
            Listed first = listed.get(0);
            if (listed.size() == 1) {
                IndexRange range = new IndexRange(op, size(first), first.origin(), whole, true);
                return new Positions(first.positions(), first.dim(), count, Optional.of(range));
            }
            long[] sizes = listed.stream().mapToLong(this::size).toArray();
            int[] origins = listed.stream().mapToInt(Listed::origin).toArray();
            INDArray[] indices =
                    listed.stream().map(each -> array(each.positions())).toArray(INDArray[]::new);
            INDArray flat = Gather.positions(op, sizes, origins, whole, true, indices);
            return new Positions(Op.pure(op, flat).tensor(), first.dim(), count);
        }

        private long size(Listed each) {
            return Shapes.count(view.shape(), dims(each));
        }

        private static int[] dims(Listed each) {
            return IntStream.range(each.dim(), each.dim() + each.count()).toArray();
        }

        private void read(Index... at) {
            int left = whole.length - consumed(at);
            int dim = 0; // of the view
            int origin = 0; // of the whole tensor
            for (Index index : at) {
                int place = dim;
                if (index == Index.NEW_AXIS) {
                    step(x -> x.unsqueeze(place));
                    dim++;
                } else if (index == Index.ELLIPSIS) {
                    dim += left;
                    origin += left;
                } else if (index instanceof Index.Range range) {
                    if (range.start() != 0 || range.stop() < whole[origin] || range.step() != 1) {
                        step(x -> x.slice(place, range.start(), range.stop(), range.step()));
                    }
                    dim++;
                    origin++;
                } else if (index instanceof Index.At single) {
                    select(dim, origin++, single.position());
                } else if (index instanceof Tensor tensor && isSingle(tensor)) {
                    select(dim, origin++, tensor.toLongArray()[0]);
                } else if (index instanceof Tensor tensor) {
                    dim += list(dim, origin, tensor);
                    origin += consumed(tensor);
                }
            }
            bringTogether();
        }

        /** Checks the number of indices and returns for how many dims they are. */
        private int consumed(Index... at) {
            int count = Arrays.stream(at).mapToInt(Reader::consumed).sum();
            if (count > whole.length) {
                throw new IndexOutOfBoundsException(
                        "%s: expected indices for the %s dims of shape %s; got indices for %s. "
                                        .formatted(op, whole.length, Shapes.format(whole), count)
                                + "Leave some out, or add dims to the tensor with NEW_AXIS.");
            }
            checkArgument(
                    Arrays.stream(at).filter(index -> index == Index.ELLIPSIS).count() <= 1,
                    "%s: expected ELLIPSIS once at most; got it more often. Use all() for a single dim.",
                    op);
            return count;
        }

        private static int consumed(Index index) {
            if (index instanceof Tensor tensor && tensor.dtype() == DataType.BOOL) {
                return tensor.ndim();
            }
            return index instanceof Index.Marker ? 0 : 1;
        }

        private static boolean isSingle(Tensor index) {
            return index.ndim() == 0 && index.dtype() != DataType.BOOL && isPositions(index);
        }

        private static boolean isPositions(Tensor index) {
            return !DTypes.isFloating(index.dtype()) && index.dtype() != DataType.UINT8;
        }

        private void step(UnaryOperator<Tensor> step) {
            steps.add(step);
            view = step.apply(view);
        }

        private void select(int dim, int origin, long position) {
            long size = whole[origin];
            if (position < -size || position >= size) {
                throw new IndexOutOfBoundsException(
                        "%s: expected an index from %s to %s along dim %s of shape %s; got %s. Choose one of them."
                                .formatted(op, -size, size - 1, origin, Shapes.format(whole), position));
            }
            step(x -> x.select(dim, position));
        }

        /** Notes the positions that a tensor names and returns how many dims of the view they are for. */
        private int list(int dim, int origin, Tensor index) {
            checkArgument(
                    isPositions(index),
                    "%s: expected an index of an integral type but uint8, or of type bool; got %s. Convert positions with"
                            + " to(DataType.INT64), a mask with to(DataType.BOOL).",
                    op,
                    DTypes.name(index.dtype()));
            if (index.dtype() != DataType.BOOL) {
                listed.add(new Listed(dim, 1, origin, index));
                return 1;
            }
            if (index.ndim() == 0) {
                step(x -> x.unsqueeze(dim));
                listed.add(new Listed(
                        dim, 1, origin, Positions.where(index.reshape(1)).flat()));
                return 1;
            }
            long[] covered = Arrays.copyOfRange(whole, origin, origin + index.ndim());
            checkArgument(
                    Arrays.equals(index.shape(), covered),
                    "%s: expected a mask of shape %s, as the dims of %s from %s on; got %s. Compute it from this tensor.",
                    op,
                    Shapes.format(covered),
                    Shapes.format(whole),
                    origin,
                    Shapes.format(index.shape()));
            listed.add(
                    new Listed(dim, index.ndim(), origin, Positions.where(index).flat()));
            return index.ndim();
        }

        /** Moves the dims of tensors to the front if others stand between them. */
        private void bringTogether() {
            int[] named = listed.stream()
                    .flatMapToInt(each -> Arrays.stream(dims(each)))
                    .toArray();
            if (named.length == 0 || named[named.length - 1] - named[0] == named.length - 1) {
                return;
            }
            int[] rest = IntStream.range(0, view.ndim())
                    .filter(d -> !Ints.contains(named, d))
                    .toArray();
            step(x -> x.permute(Ints.concat(named, rest)));
            int next = 0;
            for (int i = 0; i < listed.size(); i++) {
                Listed each = listed.get(i);
                listed.set(i, new Listed(next, each.count(), each.origin(), each.positions()));
                next += each.count();
            }
        }
    }
}
