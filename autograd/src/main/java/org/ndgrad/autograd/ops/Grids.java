package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.Shapes;

/** Tensors expanded against one another. */
public final class Grids {

    /** Which dim of a grid belongs to which vector. */
    public enum Indexing {
        /** Dim d to vector d, as matrices are indexed. */
        IJ,
        /** As images are drawn: dim 0 to the second vector and dim 1 to the first one. */
        XY
    }

    private Grids() {}

    /** Returns the tensors expanded to the shape to which all of them broadcast; views. */
    public static List<Tensor> broadcastTensors(List<Tensor> tensors) {
        long[] shape = {};
        for (Tensor tensor : tensors) {
            shape = Shapes.broadcast("broadcastTensors", shape, tensor.shape());
        }
        long[] common = shape;
        return tensors.stream().map(tensor -> tensor.expand(common)).collect(ImmutableList.toImmutableList());
    }

    /**
     * Returns the coordinates of a grid: per vector a view in the shape of the grid, constant along the others' dims.
     *
     * @param vectors at least one, of one type; a scalar is a vector of one element
     */
    public static List<Tensor> meshgrid(List<Tensor> vectors, @Default("Grids.Indexing.IJ") Indexing indexing) {
        checkVectors("meshgrid", vectors, 0);
        List<Tensor> axes = new ArrayList<>(vectors);
        boolean swapped = OpChecks.given("meshgrid", "indexing", indexing) == Indexing.XY && axes.size() >= 2;
        if (swapped) {
            Collections.swap(axes, 0, 1);
        }
        ImmutableList.Builder<Tensor> lines = ImmutableList.builder();
        for (int d = 0; d < axes.size(); d++) {
            long[] line = new long[axes.size()];
            Arrays.fill(line, 1);
            line[d] = axes.get(d).numel();
            lines.add(axes.get(d).reshape(line));
        }
        List<Tensor> grids = new ArrayList<>(broadcastTensors(lines.build()));
        if (swapped) {
            Collections.swap(grids, 0, 1);
        }
        return ImmutableList.copyOf(grids);
    }

    /**
     * y = a row for each way to take one element of each vector, the last one changing fastest.
     *
     * @param vectors at least one, of one type
     * @return shape (product of the lengths, number of vectors); the vector itself if there is only one
     */
    public static Tensor cartesianProd(List<Tensor> vectors) {
        checkVectors("cartesianProd", vectors, 1);
        if (vectors.size() == 1) {
            return vectors.get(0);
        }
        List<Tensor> columns =
                meshgrid(vectors, Indexing.IJ).stream().map(Tensor::flatten).collect(ImmutableList.toImmutableList());
        return Joining.stack(columns, 1);
    }

    private static void checkVectors(String op, List<Tensor> vectors, int least) {
        OpChecks.notEmpty(op, vectors);
        for (Tensor vector : vectors) {
            checkArgument(
                    vector.ndim() <= 1 && vector.ndim() >= least,
                    "%s: expected vectors; got shape %s. Flatten it.",
                    op,
                    Shapes.format(vector.shape()));
            OpChecks.oneType(op, vectors.get(0), vector);
        }
    }
}
