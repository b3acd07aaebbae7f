package org.ndgrad.autograd.kernels.indexing;

/**
 * The first few of many keys in order, kept while one after another passes by. Of equal keys, those that came first
 * stay.
 */
final class Leaders {

    private static final int FEW = 64; // so few are kept sorted by insertion
    private static final int ROOM = 64; // for others besides more, so that they are rarely sorted

    private final int wanted;
    private final long[] keys;
    private final int[] positions;
    private final KeyOrder order;
    private int count;
    private long bound;

    /** Keeps so many, at least 1. */
    Leaders(int wanted) {
        this.wanted = wanted;
        this.keys = new long[wanted <= FEW ? wanted : 2 * wanted + ROOM];
        this.positions = new int[keys.length];
        this.order = new KeyOrder(keys.length);
        clear();
    }

    /** Forgets all keys. */
    void clear() {
        count = 0;
        bound = Long.MAX_VALUE;
    }

    /** Lets a key pass by, behind all so far; returns whether {@link #bound} is another one now. */
    boolean add(long key, int position) {
        if (key >= bound && (key > bound || bound != Long.MAX_VALUE)) {
            return false;
        }
        if (wanted <= FEW) {
            insert(key, position);
        } else {
            keys[count] = key;
            positions[count++] = position;
        }
        if (count < keys.length) {
            return false;
        }
        if (wanted > FEW) {
            sort();
        }
        bound = keys[wanted - 1];
        return true;
    }

    private void insert(long key, int position) {
        if (count == wanted && keys[count - 1] <= key) {
            return;
        }
        int at = count == wanted ? count - 1 : count++;
        while (at > 0 && keys[at - 1] > key) {
            keys[at] = keys[at - 1];
            positions[at] = positions[--at];
        }
        keys[at] = key;
        positions[at] = position;
    }

    /** Returns the key before which others must stand to be kept; the largest number if there is none so far. */
    long bound() {
        return bound;
    }

    /** Returns the positions of the first keys in order, if there were as many. */
    int[] positions() {
        if (wanted > FEW) {
            sort();
        }
        return positions;
    }

    private void sort() {
        long[] sorted = order.of(keys, count);
        int kept = Math.min(wanted, count);
        long[] first = new long[kept];
        int[] at = new int[kept];
        for (int i = 0; i < kept; i++) {
            first[i] = keys[(int) sorted[i]];
            at[i] = positions[(int) sorted[i]];
        }
        System.arraycopy(first, 0, keys, 0, kept);
        System.arraycopy(at, 0, positions, 0, kept);
        count = kept;
    }
}
