package org.ndgrad.autograd.kernels.fused;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.loops.BlockLoop;

/**
 * A step of an optimizer that changes each element by itself: parameter and states change in place, in one pass, in
 * double precision whatever their type.
 */
public final class ElementUpdate {

    /** A step over blocks of the arrays, which may run in several threads, and beyond the end of the arrays. */
    public interface Step {
        /** Computes the first n elements. */
        void run(double[][] blocks, int n);
    }

    private ElementUpdate() {}

    /**
     * Runs a step over arrays of the same shape and type.
     *
     * @param written how many of the arrays, the first ones, are changed
     */
    public static void run(int written, Step step, INDArray... arrays) {
        BlockLoop.updateDoubles(written, step::run, arrays);
    }
}
