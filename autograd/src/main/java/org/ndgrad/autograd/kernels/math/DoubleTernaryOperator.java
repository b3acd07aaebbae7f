package org.ndgrad.autograd.kernels.math;

/** A function of three floating numbers. */
public interface DoubleTernaryOperator {
    /** Returns the function's value. */
    double applyAsDouble(double a, double b, double c);
}
