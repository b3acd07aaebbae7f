package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.Shapes;

/** The order in which a chain of matrices is multiplied with the fewest multiplications (Godbole 1973). */
final class MatrixChain {

    private final List<Tensor> factors;
    private final ImmutableList<Tensor> matrices;

    /** The place where the product of the factors from i to j is split, after the factor of this number. */
    private final int[][] splits;

    private MatrixChain(List<Tensor> factors) {
        this.factors = factors;
        ImmutableList.Builder<Tensor> asMatrices = ImmutableList.builder();
        for (int i = 0; i < factors.size(); i++) {
            asMatrices.add(matrix(factors.get(i), i));
        }
        this.matrices = asMatrices.build();
        this.splits = splits();
    }

    /** Returns the product of matrices, with vectors at the ends if need be. */
    static Tensor product(List<Tensor> factors) {
        return new MatrixChain(factors).product();
    }

    private Tensor matrix(Tensor factor, int i) {
        boolean first = i == 0;
        boolean mayBeVector = first || i == factors.size() - 1;
        checkArgument(
                factor.ndim() == 2 || (factor.ndim() == 1 && mayBeVector),
                "multiDot: expected matrices, and vectors at the ends only; got shape %s as factor %s. Use matmul.",
                Shapes.format(factor.shape()),
                i);
        return factor.ndim() == 2 ? factor : factor.unsqueeze(first ? 0 : 1);
    }

    private int[][] splits() {
        int n = matrices.size();
        double[][] costs = new double[n][n];
        int[][] best = new int[n][n];
        for (int length = 1; length < n; length++) {
            for (int i = 0; i + length < n; i++) {
                int j = i + length;
                costs[i][j] = Double.POSITIVE_INFINITY;
                for (int k = i; k < j; k++) {
                    double own = (double) matrices.get(i).size(0)
                            * matrices.get(k).size(1)
                            * matrices.get(j).size(1);
                    double cost = costs[i][k] + costs[k + 1][j] + own;
                    if (cost < costs[i][j]) {
                        costs[i][j] = cost;
                        best[i][j] = k;
                    }
                }
            }
        }
        return best;
    }

    private Tensor product() {
        Tensor product = product(0, matrices.size() - 1);
        Tensor first = factors.get(0).ndim() == 1 ? product.squeeze(0) : product;
        return factors.get(factors.size() - 1).ndim() == 1 ? first.squeeze(-1) : first;
    }

    private Tensor product(int i, int j) {
        if (i == j) {
            return matrices.get(i);
        }
        int k = splits[i][j];
        return LinearAlgebra.mm("multiDot", product(i, k), product(k + 1, j));
    }
}
