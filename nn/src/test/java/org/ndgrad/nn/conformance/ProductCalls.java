package org.ndgrad.nn.conformance;

import static org.ndgrad.nn.conformance.Calls.one;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.AddedProducts;
import org.ndgrad.autograd.ops.Contractions;
import org.ndgrad.autograd.ops.LinearAlgebra;
import org.ndgrad.nn.conformance.Calls.Row;

/** Rows of the products of vectors, matrices and tensors. */
final class ProductCalls {

    private interface Added {
        Tensor apply(Tensor x, Tensor a, Tensor b, Number beta, Number alpha);
    }

    private ProductCalls() {}

    static List<Row> rows() {
        return ImmutableList.of(
                one("matmul", "LinearAlgebra.matmul", a -> LinearAlgebra.matmul(a.input(), a.tensor(1, "other"))),
                one("__rmatmul__", "LinearAlgebra.matmul", a -> LinearAlgebra.matmul(a.tensor(1, "other"), a.input())),
                one("mm", "LinearAlgebra.mm", a -> LinearAlgebra.mm(a.input(), a.tensor(1, "mat2"))),
                one("bmm", "LinearAlgebra.bmm", a -> LinearAlgebra.bmm(a.input(), a.tensor(1, "mat2"))),
                one("mv", "LinearAlgebra.mv", a -> LinearAlgebra.mv(a.input(), a.tensor(1, "vec"))),
                one("dot", "LinearAlgebra.dot", a -> LinearAlgebra.dot(a.input(), a.tensor(1, "tensor"))),
                one("vdot", "LinearAlgebra.vdot", a -> LinearAlgebra.vdot(a.input(), a.tensor(1, "other"))),
                one("inner", "LinearAlgebra.inner", a -> LinearAlgebra.inner(a.input(), a.tensor(1, "other"))),
                one("outer", "LinearAlgebra.outer", a -> LinearAlgebra.outer(a.input(), a.tensor(1, "vec2"))),
                one(
                        "linalg.vecdot",
                        "LinearAlgebra.vecdot",
                        a -> LinearAlgebra.vecdot(a.tensor(0, "x"), a.tensor(1, "y"), a.integer(-1, "dim", -1))),
                one("cross", "LinearAlgebra.cross", a -> {
                    Tensor x = a.input();
                    return LinearAlgebra.cross(x, a.tensor(1, "other"), a.integer(2, "dim", firstOfThree(x)));
                }),
                one(
                        "linalg.cross",
                        "LinearAlgebra.cross",
                        a -> LinearAlgebra.cross(a.input(), a.tensor(1, "other"), a.integer(-1, "dim", -1))),
                one("linalg.multi_dot", "LinearAlgebra.multiDot", a -> LinearAlgebra.multiDot(a.tensors(0, "tensors"))),
                one(
                        "linalg.matrix_power",
                        "LinearAlgebra.matrixPower",
                        a -> LinearAlgebra.matrixPower(a.tensor(0, "A"), a.integer(1, "n"))),
                added("addmm", "mat1", "mat2", AddedProducts::addmm),
                added("addmv", "mat", "vec", AddedProducts::addmv),
                added("addr", "vec1", "vec2", AddedProducts::addr),
                added("addbmm", "batch1", "batch2", AddedProducts::addbmm),
                added("baddbmm", "batch1", "batch2", AddedProducts::baddbmm),
                one("nn.functional.linear", "LinearAlgebra.linear", a -> {
                    Tensor weight = a.tensor(1, "weight");
                    Optional<Tensor> bias = a.optionalTensor(2, "bias");
                    return bias.map(b -> LinearAlgebra.linear(a.input(), weight, b))
                            .orElseGet(() -> LinearAlgebra.linear(a.input(), weight));
                }),
                one("nn.functional.bilinear", "LinearAlgebra.bilinear", a -> {
                    Tensor left = a.tensor(0, "input1");
                    Tensor right = a.tensor(1, "input2");
                    Tensor weight = a.tensor(2, "weight");
                    return a.optionalTensor(3, "bias")
                            .map(bias -> LinearAlgebra.bilinear(left, right, weight, bias))
                            .orElseGet(() -> LinearAlgebra.bilinear(left, right, weight));
                }),
                one("einsum", "Contractions.einsum", ProductCalls::einsum),
                one("tensordot", "Contractions.tensordot", ProductCalls::tensordot),
                one("kron", "Contractions.kron", a -> Contractions.kron(a.input(), a.tensor(1, "other"))));
    }

    private static Row added(String name, String a, String b, Added call) {
        return one(
                name,
                "AddedProducts." + name,
                all -> call.apply(
                        all.input(),
                        all.tensor(1, a),
                        all.tensor(2, b),
                        all.scalar(-1, "beta", 1L),
                        all.scalar(-1, "alpha", 1L)));
    }

    /** Where PyTorch looks for vectors if it is not told. */
    private static int firstOfThree(Tensor x) {
        return IntStream.range(0, x.ndim())
                .filter(d -> x.size(d) == 3)
                .findFirst()
                .orElse(-1);
    }

    /** The equation stands before the operands in PyTorch, and behind their list in the cases. */
    private static Tensor einsum(Arguments a) {
        boolean first = a.value(0, "equation").filter(String.class::isInstance).isPresent();
        String equation = a.text(first ? 0 : 1, "equation", "");
        List<?> operands = first ? a.rest(1) : a.tensors(0, "operands");
        return Contractions.einsum(equation, operands.toArray(new Tensor[0]));
    }

    private static Tensor tensordot(Arguments a) {
        Tensor x = a.tensor(0, "a");
        Tensor y = a.tensor(1, "b");
        if (a.isTensor(2, "dims") && a.tensor(2, "dims").ndim() > 0) {
            Tensor pair = a.tensor(2, "dims");
            return Contractions.tensordot(
                    x,
                    y,
                    Arguments.ints(pair.select(0, 0).toLongArray()),
                    Arguments.ints(pair.select(0, 1).toLongArray()));
        }
        if (!a.isList(2, "dims")) {
            return Contractions.tensordot(x, y, a.integer(2, "dims", 2));
        }
        List<?> pair = (List<?>) a.value(2, "dims").orElseThrow();
        return Contractions.tensordot(x, y, dims(pair.get(0)), dims(pair.get(1)));
    }

    private static int[] dims(Object list) {
        return ((List<?>) list)
                .stream().mapToInt(dim -> ((Number) dim).intValue()).toArray();
    }
}
