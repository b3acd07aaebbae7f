package org.ndgrad.autograd;

/** Whether a dim that is folded away stays, with size 1, so that the result broadcasts against what it was made of. */
public enum KeepDim {
    YES,
    NO;

    /** Returns whether it stays. */
    public boolean keeps() {
        return this == YES;
    }
}
