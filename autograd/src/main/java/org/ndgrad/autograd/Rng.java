package org.ndgrad.autograd;

import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * A random generator that threads can share: the n-th number depends on the seed and n only.
 *
 * <p>Whatever draws random numbers takes a {@link RandomGenerator} or uses {@link #defaultRng}. The same seed gives the
 * same numbers on every machine; several threads that share a generator share out its numbers in no fixed order.
 *
 * <p>Source: Steele, Lea, Flood, Fast splittable pseudorandom number generators, 2014 (SplitMix64).
 */
public final class Rng implements RandomGenerator {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final Rng DEFAULT = new Rng(System.nanoTime());

    /** What undoes a multiplication by the step, modulo 2⁶⁴. */
    private static final long STEPS = 0xF1DE83E19937733DL;

    private final AtomicLong state = new AtomicLong();
    private volatile long seed;

    /**
     * Where a generator stands.
     *
     * @param seed what its numbers are fixed by
     * @param position how many 64-bit numbers were drawn since, modulo 2⁶⁴
     */
    public record State(long seed, long position) {}

    /** Creates a generator whose numbers are fixed by the seed. */
    public Rng(long seed) {
        reseed(seed);
    }

    /** Seeds the default generator, so that everything random from here on repeats. */
    public static void manualSeed(long seed) {
        DEFAULT.reseed(seed);
    }

    /** Returns the generator that is used where none is passed. */
    public static Rng defaultRng() {
        return DEFAULT;
    }

    /** Returns where this stands, {@code get_state} in PyTorch, to go on from there later. */
    public State state() {
        return new State(seed, (state.get() - mix(seed)) * STEPS);
    }

    /** Goes on from where this or another generator stood, {@code set_state} in PyTorch. */
    public void load(State state) {
        seed = state.seed();
        // mixed, so that neighboring seeds do not give overlapping sequences
        this.state.set(mix(state.seed()) + state.position() * GOLDEN_GAMMA);
    }

    /**
     * Returns the seed, and how many 64-bit numbers were drawn since: {@code Rng(seed=0, position=3)}. A new generator
     * of this seed is at the same place after as many calls of {@link #nextLong}; {@code nextDouble} makes one, other
     * draws may make more.
     */
    @Override
    public String toString() {
        State now = state();
        return (this == DEFAULT ? "Rng(default, seed=" : "Rng(seed=") + now.seed() + ", position="
                + Long.toUnsignedString(now.position()) + ")";
    }

    private void reseed(long seed) {
        load(new State(seed, 0));
    }

    @Override
    public long nextLong() {
        return mix(state.addAndGet(GOLDEN_GAMMA));
    }

    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }
}
