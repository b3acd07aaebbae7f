package org.ndgrad.nn;

import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Tensor;

/** w / σ(w), the largest singular value being found by power iteration; a vector is divided by its length. */
final class SpectralNorm extends Parametrization {

    private static final int FIRST_STEPS = 15;

    /** PyTorch's dict names the first of a parameter's parametrizations by its place. */
    private static final class Vectors extends Block {

        private final Tensor left;
        private final Tensor right;

        Vectors(Tensor left, Tensor right) {
            this.left = buffer("_u", left);
            this.right = buffer("_v", right);
        }
    }

    private final SpectralNormOptions options;
    private final Tensor original;

    SpectralNorm(Tensor weight, SpectralNormOptions options) {
        this.options = Settings.given(this, "options", options);
        original = parameter("original", weight.detach().clone());
        if (weight.ndim() > 1) {
            Tensor matrix = matrix(original.detach());
            Tensor left = Tensor.randn(weight.dtype(), options.rng(), matrix.size(0));
            Tensor right = Tensor.randn(weight.dtype(), options.rng(), matrix.size(1));
            Vectors vectors = child("0", new Vectors(normalized(left), normalized(right)));
            iterate(vectors, matrix, FIRST_STEPS);
        }
    }

    private Tensor matrix(Tensor weight) {
        return weight.movedim(options.dim(), 0).flatten(1, -1);
    }

    private Tensor normalized(Tensor x) {
        return x.div(x.norm(2).clamp(options.epsilon(), Double.POSITIVE_INFINITY));
    }

    /** Returns where a matrix turns a vector; one too small for ε is enlarged, which does not change that. */
    private Tensor direction(Tensor matrix, Tensor vector) {
        Tensor product = matrix.matmul(vector);
        if (product.numel() == 0 || !(product.norm(2).item() < options.epsilon())) {
            return normalized(product);
        }
        int most = matrix.dtype() == DataType.DOUBLE ? 1000 : 100; // so that the power of two fits
        int exponent = Math.getExponent(matrix.abs().amax().item());
        return normalized(matrix.mul(Math.scalb(1.0, Math.min(-exponent, most))).matmul(vector));
    }

    private void iterate(Vectors vectors, Tensor matrix, int steps) {
        Autograd.noGrad(() -> {
            for (int i = 0; i < steps; i++) {
                vectors.left.copy_(direction(matrix, vectors.right));
                vectors.right.copy_(direction(matrix.t(), vectors.left));
            }
        });
    }

    @Override
    Tensor compute() {
        if (!(owned().children.get("0") instanceof Vectors vectors)) {
            return normalized(original);
        }
        Tensor matrix = matrix(original);
        if (isTraining()) {
            iterate(vectors, matrix.detach(), options.powerIterations());
        }
        Tensor left = vectors.left.clone(); // since the next pass changes them in place
        Tensor right = vectors.right.clone();
        return original.div(left.matmul(matrix.matmul(right)));
    }
}
