package org.ndgrad.autograd;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.memory.Memory;

/**
 * Who gives memory back, and when. There is one for a tensor and its views.
 *
 * <p>Whoever needs what the memory holds counts a use of it, and counts it out again: a saved tensor, a gradient's
 * place in a backward pass, the leaf that has gathered it, an optimizer's step. While others may hold a tensor, uses
 * decide nothing. Once only the counted users can see it, the last of them gives the memory back. The page on memory in
 * the documentation goes through all of them.
 */
final class Custody {

    private enum Seen {
        /** By anybody: left to the garbage collector, unless a scope ends it. */
        BY_ANYBODY,
        /** By those who have counted a use, and nobody else. */
        BY_USERS,
        /** By somebody who keeps it: left to the garbage collector for good. */
        BY_KEEPER
    }

    private final INDArray array;
    private Seen seen = Seen.BY_ANYBODY;
    private int uses;

    Custody(INDArray array) {
        this.array = array;
    }

    /** Counts one use more of the memory of each tensor that is there. */
    static void use(@Nullable Tensor... tensors) {
        count(1, tensors);
    }

    /** Counts one use less of the memory of each tensor that is there. */
    static void done(@Nullable Tensor... tensors) {
        count(-1, tensors);
    }

    private static void count(int change, @Nullable Tensor... tensors) {
        for (Tensor tensor : tensors) {
            Custody custody = tensor == null ? null : tensor.storage().custody();
            if (custody != null) {
                custody.count(change);
            }
        }
    }

    /** Leaves each tensor's memory to the garbage collector, since somebody may hold it as long as he likes. */
    static void keep(Tensor... tensors) {
        for (Tensor tensor : tensors) {
            Custody custody = tensor.storage().custody();
            if (custody != null) {
                custody.become(Seen.BY_KEEPER);
            }
        }
    }

    /** Keeps a tensor's memory, be it from a scope, unless only counted users see it. */
    static void keepIfSeen(Tensor tensor) {
        Custody custody = tensor.storage().custody();
        if (custody != null) {
            custody.settle(Seen.BY_KEEPER);
        }
    }

    /** Whether a tensor is over this memory, even as if it had memory of its own. */
    boolean isOf(Tensor tensor) {
        return tensor.storage().custody() == this || Memory.shared(array, Memory.array(tensor));
    }

    /** Takes note that only the counted users can see the memory from now on. */
    void leaveToUsers() {
        settle(Seen.BY_USERS);
    }

    /** Gives the memory back although others may hold it, unless somebody keeps it. */
    synchronized void end() {
        if (seen != Seen.BY_KEEPER) {
            Memory.revoke(array);
        }
    }

    private synchronized void become(Seen by) {
        seen = by;
    }

    private synchronized void settle(Seen by) {
        if (seen == Seen.BY_ANYBODY) {
            seen = by;
            giveBackUnused();
        }
    }

    private synchronized void count(int change) {
        uses += change;
        giveBackUnused();
    }

    private void giveBackUnused() {
        if (seen == Seen.BY_USERS && uses == 0) {
            Memory.release(array);
        }
    }
}
