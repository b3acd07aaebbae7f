package org.ndgrad.autograd.ops;

import java.util.random.RandomGenerator;

/** Draws the same again and again, a number that is kept and one that is dropped in turn. */
final class Alternating implements RandomGenerator {

    private int drawn;

    @Override
    public long nextLong() {
        return drawn++ % 2 == 0 ? -1 : 0;
    }
}
