package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.Ints;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ndgrad.autograd.HalfTypes;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.Shapes;

/** Products of tensors of any number of dims, summed over some of them. The operands have one type. */
public final class Contractions {

    private Contractions() {}

    /**
     * y = the products of all operands' elements, summed over the dims that the result lacks. A letter names a dim:
     *
     * <pre>{@code
     * einsum("ij,jk->ik", a, b);        // a b
     * einsum("bij,bjk->bik", a, b);     // of each pair
     * einsum("ii->i", a);               // the diagonal
     * einsum("ij,ij->", a, b);          // Σ aᵢⱼ bᵢⱼ
     * einsum("...ij->...ji", a);        // transposed
     * }</pre>
     *
     * <p>A letter that an operand has twice takes its diagonal. {@code ...} stands for any number of dims, which
     * broadcast like all others. Without {@code ->}, the result has these dims first and then the letters that occur
     * once, in alphabetical order, capitals before. Spaces do not matter. Operands are multiplied from left to right,
     * two at a time, as matrices.
     *
     * @param equation letters a–z and A–Z for the dims of each operand, separated by commas, and those of the result
     * @throws IllegalArgumentException if equation and operands do not go together
     */
    public static Tensor einsum(String equation, Tensor... operands) {
        EinsumEquation parsed = EinsumEquation.of(equation, operands);
        return HalfTypes.wide(all -> product(parsed, all), operands);
    }

    private static Tensor product(EinsumEquation parsed, List<Tensor> operands) {
        LabeledTensor product =
                new LabeledTensor(operands.get(0), parsed.terms().get(0)).diagonal();
        for (int i = 1; i < operands.size(); i++) {
            OpChecks.oneType("einsum", operands.get(0), operands.get(i));
            LabeledTensor next =
                    new LabeledTensor(operands.get(i), parsed.terms().get(i)).diagonal();
            product = product.times(next, parsed.neededAfter(i));
        }
        return product.sumToSize(parsed.output());
    }

    /**
     * y = the products of all elements, summed over the last dims of a and the first ones of b.
     *
     * @param a shape (*A, *K)
     * @param b shape (*K, *B)
     * @param dims how many dims *K has; 0 gives all products
     * @return shape (*A, *B)
     */
    public static Tensor tensordot(Tensor a, Tensor b, @Default("2") int dims) {
        checkArgument(
                dims >= 0 && dims <= Math.min(a.ndim(), b.ndim()),
                "tensordot: expected 0 to %s dims, as both shapes %s and %s have; got %s. Name them in two arrays.",
                Math.min(a.ndim(), b.ndim()),
                Shapes.format(a.shape()),
                Shapes.format(b.shape()),
                dims);
        int[] first = new int[dims];
        Arrays.setAll(first, d -> d);
        int[] last = new int[dims];
        Arrays.setAll(last, d -> a.ndim() - dims + d);
        return tensordot(a, b, last, first);
    }

    /**
     * y = the products of all elements, summed over pairs of dims. A dim of size 1 goes with any other.
     *
     * @param dimsA dims of a, each once
     * @param dimsB dims of b that go with them, one by one
     * @return the other dims of a, then those of b
     */
    public static Tensor tensordot(Tensor a, Tensor b, int[] dimsA, int[] dimsB) {
        OpChecks.oneType("tensordot", a, b);
        checkArgument(
                dimsA.length == dimsB.length,
                "tensordot: expected as many dims of a as of b; got %s and %s. Pair them.",
                Ints.asList(dimsA),
                Ints.asList(dimsB));
        Shapes.dims("tensordot", dimsA, a.ndim());
        Shapes.dims("tensordot", dimsB, b.ndim());
        List<Integer> labelsA = LabeledTensor.labels(0, a.ndim());
        List<Integer> labelsB = LabeledTensor.labels(a.ndim(), b.ndim());
        Set<Integer> kept = new HashSet<>(labelsA);
        kept.addAll(labelsB);
        for (int i = 0; i < dimsA.length; i++) {
            int dimA = Shapes.dim("tensordot", dimsA[i], a.ndim());
            int dimB = Shapes.dim("tensordot", dimsB[i], b.ndim());
            long sizeA = a.size(dimA);
            long sizeB = b.size(dimB);
            checkArgument(
                    sizeA == sizeB || sizeA == 1 || sizeB == 1,
                    "tensordot: expected equal sizes, or 1, in dims %s of %s and %s of %s; got %s and %s. Pair others.",
                    dimA,
                    Shapes.format(a.shape()),
                    dimB,
                    Shapes.format(b.shape()),
                    sizeA,
                    sizeB);
            kept.remove(dimA);
            kept.remove(labelsB.set(dimB, dimA));
        }
        return HalfTypes.wide(
                a,
                b,
                (v, w) -> new LabeledTensor(v, labelsA)
                        .times(new LabeledTensor(w, labelsB), kept)
                        .tensor());
    }

    /**
     * y = the Kronecker product: each element of a times the whole of b, block by block.
     *
     * @param a shape (N, …); the one with fewer dims gets more of size 1 in front
     * @param b shape (M, …)
     * @return shape (N · M, …)
     */
    public static Tensor kron(Tensor a, Tensor b) {
        int ndim = Math.max(a.ndim(), b.ndim());
        long[] blocks = new long[2 * ndim];
        long[] inside = new long[2 * ndim];
        long[] shape = new long[ndim];
        for (int d = 0; d < ndim; d++) {
            int dimA = d - ndim + a.ndim();
            int dimB = d - ndim + b.ndim();
            blocks[2 * d] = dimA < 0 ? 1 : a.size(dimA);
            blocks[2 * d + 1] = 1;
            inside[2 * d] = 1;
            inside[2 * d + 1] = dimB < 0 ? 1 : b.size(dimB);
            shape[d] = Shapes.numel("kron", blocks[2 * d], inside[2 * d + 1]);
        }
        return a.reshape(blocks).mul(b.reshape(inside)).reshape(shape);
    }
}
