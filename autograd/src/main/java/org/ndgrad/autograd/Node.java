package org.ndgrad.autograd;

import com.google.common.base.Ascii;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;

/** One recorded operation, or a leaf of the graph. A node is newer than all the nodes that it leads to. */
final class Node {

    static final Comparator<Node> NEWEST_FIRST =
            Comparator.comparingLong((Node node) -> node.sequence).reversed();

    private static final Edge[] NONE = {};

    private final String name;
    private final Edge[] edges;
    private final boolean isPure;
    final long sequence = Storage.tick();
    private final long[][] shapes;
    private final DataType[] dtypes;
    private final @Nullable Tensor[] retained;
    private boolean retains;

    private Node(String name, Edge[] edges, boolean isPure, int outputs) {
        this.name = name;
        this.edges = edges;
        this.isPure = isPure;
        this.shapes = new long[outputs][];
        this.dtypes = new DataType[outputs];
        this.retained = new Tensor[outputs];
    }

    /** Returns the node of an operation, null if nothing leads back; its outputs are still to be described. */
    static @Nullable Node of(String name, List<Edge> edges, boolean isPure, int outputs) {
        return edges.isEmpty() ? null : new Node(name, edges.toArray(NONE), isPure, outputs);
    }

    /** Returns the node in which gradients of a leaf arrive. */
    static Node leaf(Tensor tensor) {
        Node leaf = new Node("leaf", NONE, true, 1);
        leaf.retain(0, tensor);
        return leaf;
    }

    void output(int slot, long[] shape, DataType dtype) {
        shapes[slot] = shape;
        dtypes[slot] = dtype;
    }

    String name() {
        return name;
    }

    /** Returns the name as tensors show it: {@code <Mul>}. */
    String title() {
        return Ascii.toUpperCase(name.substring(0, 1)) + name.substring(1);
    }

    boolean isLeaf() {
        return edges.length == 0;
    }

    /** Whether its vjps let go of the gradients that they get and return; see {@link Op#pure}. */
    boolean isPure() {
        return isPure;
    }

    Edge[] edges() {
        return edges;
    }

    int outputs() {
        return shapes.length;
    }

    /** Whether somebody wants to keep gradients that arrive here. */
    boolean keepsGradients() {
        return retains;
    }

    /** Returns the tensor that keeps the gradient of an output, if there is one. */
    @Nullable
    Tensor receiver(int slot) {
        return retained[slot];
    }

    void retain(int slot, Tensor tensor) {
        retained[slot] = tensor;
        retains = true;
    }

    /** Fills in zeros for the outputs to which no gradient came. */
    Tensor[] complete(@Nullable Tensor[] gradients) {
        Tensor[] result = new Tensor[gradients.length];
        for (int slot = 0; slot < result.length; slot++) {
            Tensor gradient = gradients[slot];
            result[slot] = gradient == null ? Tensor.zeros(dtypes[slot], shapes[slot]) : gradient;
        }
        return result;
    }

    /** By sequence number, which is cheaper than what Object has. */
    @Override
    public int hashCode() {
        return Long.hashCode(sequence);
    }

    void release() {
        for (Edge edge : edges) {
            edge.release();
        }
    }
}
