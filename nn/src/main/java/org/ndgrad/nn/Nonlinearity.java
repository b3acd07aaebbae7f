package org.ndgrad.nn;

/** The function that follows a layer, which decides how large the layer's initial weights should be. */
public enum Nonlinearity {
    /** None. Gain 1. */
    LINEAR(1),
    /** Logistic sigmoid. Gain 1. */
    SIGMOID(1),
    /** Hyperbolic tangent. Gain 5/3. */
    TANH(5.0 / 3),
    /** Rectified linear unit. Gain √2. */
    RELU(Math.sqrt(2)),
    /** Rectified linear unit with a slope s for negative numbers, here 0.01. Gain √(2 / (1 + s²)). */
    LEAKY_RELU(Math.sqrt(2 / (1 + 1e-4))),
    /** Scaled exponential linear unit. Gain 3/4. */
    SELU(0.75);

    private final double gain;

    Nonlinearity(double gain) {
        this.gain = gain;
    }

    /** Returns the factor for the standard deviation of the weights before this function, as in PyTorch. */
    public double gain() {
        return gain;
    }
}
