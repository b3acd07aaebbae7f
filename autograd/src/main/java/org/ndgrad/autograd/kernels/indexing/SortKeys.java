package org.ndgrad.autograd.kernels.indexing;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.math.Scratch;
import org.ndgrad.autograd.kernels.memory.DoubleElements;
import org.ndgrad.autograd.kernels.memory.FloatElements;
import org.ndgrad.autograd.kernels.memory.LongElements;
import org.ndgrad.autograd.kernels.memory.Memory;

/**
 * A row of an array as whole numbers in the same order; memory for one row at a time.
 *
 * <p>NaN is the largest, and 0 and −0 are equal.
 */
final class SortKeys {

    private final @Nullable FloatElements floats; // one of the three is there
    private final @Nullable DoubleElements doubles;
    private final @Nullable LongElements longs;
    private final long flip; // all bits to turn the order around, or none
    private final int count;
    private final long[] keys;
    private @Nullable KeyOrder order;
    private @Nullable KeySelection selection;
    private @Nullable Leaders leaders;

    SortKeys(INDArray x, int dim, boolean descending) {
        boolean floating = DTypes.isFloating(x.dataType());
        this.floats = floating && FloatElements.holds(x.dataType()) ? FloatElements.of(x) : null;
        this.doubles = floating && floats == null ? DoubleElements.of(x) : null;
        this.longs = floating ? null : LongElements.of(x);
        this.flip = descending ? -1 : 0;
        this.keys = Memory.longs("sort", x.rank() == 0 ? 1 : x.size(dim));
        this.count = keys.length;
    }

    /** Reads a row. */
    void read(long from, long step) {
        if (floats != null) {
            read(floats, from, step);
        } else if (doubles != null) {
            read(doubles, from, step);
        } else if (longs != null) {
            longs.get(from, step, keys, count);
            for (int i = 0; i < count; i++) {
                keys[i] ^= flip;
            }
        }
    }

    private void read(FloatElements source, long from, long step) {
        float[] block = Scratch.ofThread().floats(0);
        for (int i = 0; i < count; i += Scratch.BLOCK) {
            int n = Math.min(Scratch.BLOCK, count - i);
            source.get(from + i * step, step, block, 0, n);
            for (int j = 0; j < n; j++) {
                keys[i + j] = key(block[j]) ^ flip;
            }
        }
    }

    private void read(DoubleElements source, long from, long step) {
        double[] block = Scratch.ofThread().doubles(0);
        for (int i = 0; i < count; i += Scratch.BLOCK) {
            int n = Math.min(Scratch.BLOCK, count - i);
            source.get(from + i * step, step, block, 0, n);
            for (int j = 0; j < n; j++) {
                keys[i + j] = key(block[j]) ^ flip;
            }
        }
    }

    /** The bits of positive numbers are in their order, those of negative ones in the opposite one. */
    static long key(double value) {
        long bits = Double.doubleToLongBits(value + 0.0); // -0 becomes 0, and each NaN the same one
        return bits ^ (bits >> 63 & Long.MAX_VALUE);
    }

    /** The same in 32 bits, which sort in half the time. */
    static long key(float value) {
        int bits = Float.floatToIntBits(value + 0.0f);
        return bits ^ (bits >> 31 & Integer.MAX_VALUE);
    }

    /**
     * Returns numbers whose lower 32 bits are positions; the first ones are those of the first elements of a row in
     * order.
     */
    long[] first(long from, long step, int wanted) {
        if (wanted == 0) {
            return new long[0];
        }
        if (wanted <= count / 16) {
            return leaders(from, step, wanted);
        }
        read(from, step);
        return wanted > count / 4 ? order().of(keys, count) : chosen(wanted);
    }

    private long[] leaders(long from, long step, int wanted) {
        Leaders first = leaders == null ? new Leaders(wanted) : leaders;
        leaders = first;
        first.clear();
        if (floats != null) {
            pass(floats, from, step, first);
        } else {
            read(from, step);
            for (int i = 0; i < count; i++) {
                if (keys[i] <= first.bound()) {
                    first.add(keys[i], i);
                }
            }
        }
        int[] positions = first.positions();
        long[] result = new long[wanted];
        for (int i = 0; i < wanted; i++) {
            result[i] = positions[i];
        }
        return result;
    }

    /** Lets those pass by that may stand before the bound: compared as they are, for nearly all stand behind it. */
    private void pass(FloatElements source, long from, long step, Leaders first) {
        float[] block = Scratch.ofThread().floats(0);
        float sign = flip == 0 ? 1 : -1;
        float bound = Float.NaN;
        for (int i = 0; i < count; i += Scratch.BLOCK) {
            int n = Math.min(Scratch.BLOCK, count - i);
            source.get(from + i * step, step, block, 0, n);
            for (int j = 0; j < n; j++) {
                if (!(sign * block[j] >= bound) && first.add(key(block[j]) ^ flip, i + j)) {
                    bound = sign * value(first.bound() ^ flip);
                }
            }
        }
    }

    private static float value(long key) {
        int bits = (int) key;
        return Float.intBitsToFloat(bits ^ (bits >> 31 & Integer.MAX_VALUE));
    }

    /** Returns the positions of the first elements of the row that was read, in order. */
    private long[] chosen(int wanted) {
        long[] chosen = new long[wanted];
        int[] positions = new int[wanted];
        KeySelection selected = selection();
        long last = selected.of(keys, count, wanted - 1);
        int ties = wanted - selected.smaller();
        int kept = 0;
        for (int i = 0; kept < wanted; i++) {
            if (keys[i] < last || (keys[i] == last && ties-- > 0)) {
                chosen[kept] = keys[i];
                positions[kept++] = i;
            }
        }
        long[] sorted = new KeyOrder(wanted).of(chosen, wanted);
        for (int i = 0; i < wanted; i++) {
            sorted[i] = positions[(int) sorted[i]];
        }
        return sorted;
    }

    /** Returns the position of the element of a rank in order, counted from 0. */
    int at(int rank) {
        KeySelection selected = selection();
        long key = selected.of(keys, count, rank);
        int ties = rank - selected.smaller();
        int position = 0;
        while (keys[position] != key || ties-- > 0) {
            position++;
        }
        return position;
    }

    /** Returns the position of the lower median: that of the first NaN if there is one, or else is looked past them. */
    int median(boolean skipNan) {
        int numbers = numbers();
        if (numbers == count || (skipNan && numbers > 0)) {
            return at((numbers - 1) / 2);
        }
        return at(numbers);
    }

    /** Returns how many elements are not NaN. */
    private int numbers() {
        if (longs != null) {
            return count;
        }
        long nan = floats == null ? key(Double.NaN) : key(Float.NaN);
        int numbers = 0;
        for (long key : keys) {
            numbers += key < nan ? 1 : 0;
        }
        return numbers;
    }

    /** Returns the last position of the most frequent element, the smallest of them. */
    int mode() {
        long[] sorted = order().of(keys, count);
        int record = 0;
        int mode = 0;
        int length = 0;
        long before = 0;
        for (int i = 0; i < count; i++) {
            int position = (int) sorted[i];
            length = keys[position] == before ? length + 1 : 1;
            before = keys[position];
            if (length > record) {
                record = length;
                mode = position;
            }
        }
        return mode;
    }

    private KeyOrder order() {
        KeyOrder known = order;
        if (known == null) {
            known = new KeyOrder(count);
            order = known;
        }
        return known;
    }

    private KeySelection selection() {
        KeySelection known = selection;
        if (known == null) {
            known = new KeySelection(count);
            selection = known;
        }
        return known;
    }
}
