package org.ndgrad.nn;

import org.ndgrad.autograd.Tensor;

/** Computes a parameter of a layer from parameters of its own. */
abstract class Parametrization extends Block {

    /** Returns the parameter. */
    abstract Tensor compute();
}
