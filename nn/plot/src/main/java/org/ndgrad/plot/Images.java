package org.ndgrad.plot;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ndgrad.autograd.Tensor;

/**
 * Images of one size out of a tensor, gray or in colors.
 *
 * @param pixels of each, row by row from the top; in colors, three planes of them
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Images(List<double[]> pixels, int width, boolean inColors) {

    /** Returns (H, W), (N, H, W), (N, 1, H, W) or (N, 3, H, W) as images; bytes are parts of 255. */
    static Images of(Tensor tensor) {
        int dims = tensor.ndim();
        boolean inColors = dims == 4 && tensor.size(1) == 3;
        checkArgument(
                dims == 2 || dims == 3 || (dims == 4 && (tensor.size(1) == 1 || inColors)),
                "add: expected images of shape (H, W), (N, H, W), (N, 1, H, W) or (N, 3, H, W); got %s."
                        + " Reshape them; permute(0, 3, 1, 2) moves colors to the front.",
                Arrays.toString(tensor.shape()));
        checkNotEmpty("add", tensor);
        double[] all = tensor.toDoubleArray();
        boolean areBytes = !tensor.dtype().isFPType() && Arrays.stream(all).anyMatch(v -> v > 1);
        double unit = areBytes ? 255 : 1;
        int count = dims == 2 ? 1 : (int) tensor.size(0);
        int size = all.length / count;
        var pixels = new ArrayList<double[]>();
        for (int i = 0; i < count; i++) {
            pixels.add(Arrays.stream(all, i * size, (i + 1) * size)
                    .map(v -> v / unit)
                    .toArray());
        }
        return new Images(pixels, (int) tensor.size(-1), inColors);
    }

    /** Returns each filter of the weights (O, I, h, w) of a convolution, in colors if I is 3, from its least to 1. */
    static Images filters(Tensor weights) {
        checkArgument(
                weights.ndim() == 4,
                "filters: expected weights of shape (O, I, h, w); got %s. Pass the weight of a Conv2d.",
                Arrays.toString(weights.shape()));
        checkNotEmpty("filters", weights);
        boolean inColors = weights.size(1) == 3;
        double[] all = weights.toDoubleArray();
        int count = (int) (inColors ? weights.size(0) : weights.size(0) * weights.size(1));
        int size = all.length / count;
        var pixels = new ArrayList<double[]>();
        for (int i = 0; i < count; i++) {
            double[] own = Arrays.copyOfRange(all, i * size, (i + 1) * size);
            double low = Arrays.stream(own).min().orElse(0);
            double high = Arrays.stream(own).max().orElse(1);
            pixels.add(Arrays.stream(own)
                    .map(v -> low == high ? 0.5 : Axis.part(low, high, v))
                    .toArray());
        }
        return new Images(pixels, (int) weights.size(3), inColors);
    }

    private static void checkNotEmpty(String who, Tensor tensor) {
        checkArgument(
                tensor.numel() > 0,
                "%s: expected images with pixels; got shape %s. Look at how it is made.",
                who,
                Arrays.toString(tensor.shape()));
    }
}
