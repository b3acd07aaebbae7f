package org.ndgrad.nn.conformance;

import static org.ndgrad.nn.conformance.Calls.many;
import static org.ndgrad.nn.conformance.Calls.one;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.Grids;
import org.ndgrad.autograd.ops.Joining;
import org.ndgrad.nn.conformance.Calls.Row;

/** Rows of the operations from several tensors into one and back. */
final class JoiningCalls {

    private JoiningCalls() {}

    static List<Row> rows() {
        return ImmutableList.<Row>builder().addAll(joining()).addAll(parting()).build();
    }

    private static List<Row> joining() {
        return ImmutableList.of(
                one("cat", "Joining.cat", a -> Joining.cat(a.tensors(0, "tensors"), a.integer(1, "dim", 0))),
                one("stack", "Joining.stack", a -> Joining.stack(a.tensors(0, "tensors"), a.integer(1, "dim", 0))),
                one("hstack", "Joining.hstack", a -> Joining.hstack(a.tensors(0, "tensors"))),
                one("vstack", "Joining.vstack", a -> Joining.vstack(a.tensors(0, "tensors"))),
                one("dstack", "Joining.dstack", a -> Joining.dstack(a.tensors(0, "tensors"))),
                one("column_stack", "Joining.columnStack", a -> Joining.columnStack(a.tensors(0, "tensors"))),
                many("broadcast_tensors", "Grids.broadcastTensors", a -> Grids.broadcastTensors(a.allTensors())),
                many("meshgrid", "Grids.meshgrid", a -> Grids.meshgrid(a.allTensors(), indexing(a))),
                one("cartesian_prod", "Grids.cartesianProd", a -> Grids.cartesianProd(a.allTensors())));
    }

    private static List<Row> parting() {
        return ImmutableList.of(
                many("split", "Joining.split", a -> split(a)),
                many(
                        "split_with_sizes",
                        "Joining.split",
                        a -> Joining.split(a.input(), a.longs(1, "split_sizes"), a.integer(2, "dim", 0))),
                many("tensor_split", "Joining.tensorSplit", a -> tensorSplit(a)),
                many(
                        "chunk",
                        "Joining.chunk",
                        a -> Joining.chunk(a.input(), a.integer(1, "chunks"), a.integer(2, "dim", 0))),
                many("unbind", "Joining.unbind", a -> Joining.unbind(a.input(), a.integer(1, "dim", 0))));
    }

    private static Grids.Indexing indexing(Arguments a) {
        return a.text(-1, "indexing", "ij").equals("xy") ? Grids.Indexing.XY : Grids.Indexing.IJ;
    }

    private static List<Tensor> split(Arguments a) {
        String name = a.has(1, "split_size") ? "split_size" : "split_size_or_sections";
        int dim = a.integer(2, "dim", 0);
        return a.isList(1, name)
                ? Joining.split(a.input(), a.longs(1, name), dim)
                : Joining.split(a.input(), a.integer(1, name), dim);
    }

    /** A number, or a tensor of no dims, counts sections; a list or a vector holds indices. */
    private static List<Tensor> tensorSplit(Arguments a) {
        String name = ImmutableList.of("indices", "sections", "indices_or_sections").stream()
                .filter(each -> a.has(-1, each))
                .findFirst()
                .orElse("tensor_indices_or_sections");
        boolean indices =
                a.isList(1, name) || (a.isTensor(1, name) && a.tensor(1, name).ndim() == 1);
        int dim = a.integer(2, "dim", 0);
        return indices
                ? Joining.tensorSplit(a.input(), a.longs(1, name), dim)
                : Joining.tensorSplit(a.input(), a.integer(1, name), dim);
    }
}
