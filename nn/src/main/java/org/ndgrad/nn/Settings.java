package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.primitives.ImmutableLongArray;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Checks;
import org.ndgrad.autograd.internal.Text;

/** What layers check when they are made and called, and how they print their sizes. */
final class Settings {

    private static final String[] SPATIAL = {"", "L", "H, W", "D, H, W"};

    private Settings() {}

    /** Returns a choice; refuses null, which would be missed far from where it was given. */
    static <T> T given(Object layer, String what, T value) {
        return Checks.given(Block.name(layer), what, value);
    }

    /** Returns what cannot be left out; refuses null. */
    static <T> T required(Object layer, String what, T value) {
        return checkNotNull(value, "%s: expected a %s; got null. Give one.", Block.name(layer), what);
    }

    /** Returns a finite number; refuses others. */
    static double finite(String who, String name, double value) {
        checkArgument(Double.isFinite(value), "%s: expected a finite %s; got %s. Choose a number.", who, name, value);
        return value;
    }

    /** Refuses what is neither images of so many dims with channels nor a batch of them. */
    static void checkImage(Block layer, int dims, Tensor x) {
        checkArgument(
                x.ndim() == dims + 1 || x.ndim() == dims + 2,
                "%s: expected an input of shape (N, C, %s) or (C, %s); got %s. Reshape it, or take a layer of other"
                        + " dims.",
                layer,
                SPATIAL[dims],
                SPATIAL[dims],
                Text.shape(x));
    }

    /** Returns one number as it is, several as a shape. */
    static String sizes(ImmutableLongArray sizes) {
        return sizes.length() == 1
                ? Long.toString(sizes.get(0))
                : Text.shape(sizes.toArray()).toString();
    }
}
