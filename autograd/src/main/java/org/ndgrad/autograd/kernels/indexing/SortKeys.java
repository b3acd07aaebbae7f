package org.ndgrad.autograd.kernels.indexing;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.math.Scratch;
import org.ndgrad.autograd.kernels.memory.DoubleElements;
import org.ndgrad.autograd.kernels.memory.LongElements;
import org.ndgrad.autograd.kernels.memory.Memory;

/**
 * A row of an array as whole numbers in the same order, with the positions they came from; memory for one row at a
 * time.
 *
 * <p>NaN is the largest, and 0 and −0 are equal.
 */
final class SortKeys {

    /** Runs of this length are sorted by insertion. */
    private static final int RUN = 16;

    /** From here on, dealing out by bytes is faster than merging. */
    private static final int MANY = 1024;

    private final @Nullable DoubleElements doubles; // none if the elements are whole numbers
    private final @Nullable LongElements longs;
    private final boolean floating;
    private final boolean descending;
    private final int count;
    private long[] keys;
    private int[] positions;
    private long[] otherKeys;
    private int[] otherPositions;

    SortKeys(INDArray x, int dim, boolean descending) {
        this.floating = DTypes.isFloating(x.dataType());
        this.doubles = floating ? DoubleElements.of(x) : null;
        this.longs = floating ? null : LongElements.of(x);
        this.descending = descending;
        long size = x.rank() == 0 ? 1 : x.size(dim);
        this.keys = Memory.longs("sort", size);
        this.count = keys.length;
        this.positions = Memory.ints("sort", size);
        this.otherKeys = Memory.longs("sort", size);
        this.otherPositions = Memory.ints("sort", size);
    }

    /** Reads a row. */
    void read(long from, long step) {
        if (longs != null) {
            longs.get(from, step, keys, count);
        }
        if (doubles != null) {
            double[] block = Scratch.ofThread().doubles(0);
            for (int i = 0; i < count; i += Scratch.BLOCK) {
                int n = Math.min(Scratch.BLOCK, count - i);
                doubles.get(from + i * step, step, block, 0, n);
                for (int j = 0; j < n; j++) {
                    keys[i + j] = key(block[j]);
                }
            }
        }
        long flip = descending ? -1 : 0;
        for (int i = 0; i < count; i++) {
            keys[i] ^= flip;
            positions[i] = i;
        }
    }

    /** The bits of positive numbers are in their order, those of negative ones in the opposite one. */
    private static long key(double value) {
        long bits = Double.doubleToLongBits(value + 0.0); // -0 becomes 0, and each NaN the same one
        return bits ^ (bits >> 63 & Long.MAX_VALUE);
    }

    /** Returns the positions of the first elements in order, of which those up to the given number are valid. */
    int[] first(int wanted) {
        int sorted = count;
        if (wanted <= count / 4) {
            keepFirst(wanted);
            sorted = wanted;
        }
        sort(sorted);
        return positions;
    }

    /** Moves the first elements in order to the front, in which they stand in the order of their positions. */
    private void keepFirst(int wanted) {
        if (wanted == 0) {
            return;
        }
        long last = select(wanted - 1);
        int ties = wanted - smallerThan(last);
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (keys[i] < last || (keys[i] == last && ties-- > 0)) {
                keys[kept] = keys[i];
                positions[kept++] = i;
            }
        }
    }

    /** Returns the position of the element of a rank in order, counted from 0. */
    int at(int rank) {
        long key = select(rank);
        int ties = rank - smallerThan(key);
        int position = 0;
        while (keys[position] != key || ties-- > 0) {
            position++;
        }
        return position;
    }

    /** Returns the position of the lower median: that of the first NaN if there is one, or else is looked past them. */
    int median(boolean skipNan) {
        int numbers = floating ? smallerThan(key(Double.NaN)) : count;
        if (numbers == count || (skipNan && numbers > 0)) {
            return at((numbers - 1) / 2);
        }
        return at(numbers);
    }

    /** Returns the last position of the most frequent element, the smallest of them. */
    int mode() {
        System.arraycopy(keys, 0, otherKeys, 0, count);
        Arrays.sort(otherKeys);
        int record = 0;
        long mode = 0;
        int start = 0;
        for (int i = 0; i < count; i++) {
            start = otherKeys[i] == otherKeys[start] ? start : i;
            if (i - start + 1 > record) {
                record = i - start + 1;
                mode = otherKeys[i];
            }
        }
        int position = count - 1;
        while (keys[position] != mode) {
            position--;
        }
        return position;
    }

    private int smallerThan(long key) {
        int smaller = 0;
        for (long each : keys) {
            smaller += each < key ? 1 : 0;
        }
        return smaller;
    }

    /** Returns the key of a rank in order by quickselect with random pivots. */
    private long select(int rank) {
        long[] rest = otherKeys;
        System.arraycopy(keys, 0, rest, 0, count);
        SplittableRandom random = new SplittableRandom(rank);
        int low = 0;
        int high = count - 1;
        while (low < high) {
            long pivot = rest[random.nextInt(low, high + 1)];
            int smaller = low;
            int larger = high;
            int i = low;
            while (i <= larger) {
                if (rest[i] < pivot) {
                    swap(rest, i++, smaller++);
                } else if (rest[i] > pivot) {
                    swap(rest, i, larger--);
                } else {
                    i++;
                }
            }
            if (rank < smaller) {
                high = smaller - 1;
            } else if (rank > larger) {
                low = larger + 1;
            } else {
                return pivot;
            }
        }
        return rest[low];
    }

    private static void swap(long[] values, int a, int b) {
        long value = values[a];
        values[a] = values[b];
        values[b] = value;
    }

    /** Sorts the first elements, equal ones keeping their order. */
    private void sort(int end) {
        if (end < MANY) {
            sortByMerging(end);
        } else {
            sortByBytes(end);
        }
    }

    /**
     * Deals the elements out by one byte after the other, the last one deciding; bytes that are the same are skipped.
     */
    private void sortByBytes(int end) {
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            int[] starts = new int[257];
            for (int i = 0; i < end; i++) {
                starts[digit(keys[i], shift) + 1]++;
            }
            if (starts[digit(keys[0], shift) + 1] < end) {
                for (int digit = 0; digit < 256; digit++) {
                    starts[digit + 1] += starts[digit];
                }
                for (int i = 0; i < end; i++) {
                    int to = starts[digit(keys[i], shift)]++;
                    otherKeys[to] = keys[i];
                    otherPositions[to] = positions[i];
                }
                exchange();
            }
        }
    }

    private static int digit(long key, int shift) {
        return (int) ((key ^ Long.MIN_VALUE) >>> shift & 255);
    }

    private void exchange() {
        long[] sortedKeys = otherKeys;
        otherKeys = keys;
        keys = sortedKeys;
        int[] sortedPositions = otherPositions;
        otherPositions = positions;
        positions = sortedPositions;
    }

    private void sortByMerging(int end) {
        for (int start = 0; start < end; start += RUN) {
            insert(start, Math.min(start + RUN, end));
        }
        for (long width = RUN; width < end; width *= 2) {
            for (long start = 0; start < end; start += 2 * width) {
                merge((int) start, (int) Math.min(start + width, end), (int) Math.min(start + 2 * width, end));
            }
            exchange();
        }
    }

    private void insert(int start, int end) {
        for (int i = start + 1; i < end; i++) {
            long key = keys[i];
            int position = positions[i];
            int j = i;
            while (j > start && keys[j - 1] > key) {
                keys[j] = keys[j - 1];
                positions[j] = positions[--j];
            }
            keys[j] = key;
            positions[j] = position;
        }
    }

    private void merge(int start, int middle, int end) {
        int left = start;
        int right = middle;
        for (int i = start; i < end; i++) {
            boolean takesLeft = right == end || (left < middle && keys[left] <= keys[right]);
            int from = takesLeft ? left++ : right++;
            otherKeys[i] = keys[from];
            otherPositions[i] = positions[from];
        }
    }
}
