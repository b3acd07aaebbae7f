package org.ndgrad.autograd.kernels.fused;

/** Factors of steps of optimizers. */
final class Factors {

    private Factors() {}

    /** Whether floats hold a factor with all its digits, and it is at most so large that products hardly overflow. */
    static boolean isOrdinary(double factor, double most) {
        return factor == 0 || (Math.abs(factor) >= Float.MIN_NORMAL && Math.abs(factor) <= most);
    }
}
