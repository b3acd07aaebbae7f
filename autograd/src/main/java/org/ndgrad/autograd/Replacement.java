package org.ndgrad.autograd;

/** Whether {@link Tensor#multinomial(Tensor, long, Replacement)} may draw an element more than once. */
public enum Replacement {
    /** What was drawn may be drawn again; the draws are independent. */
    WITH,
    /** Each element is drawn once at most. */
    WITHOUT
}
