package org.ndgrad.benchmarks;

/** A way to train, to be timed. */
interface Peer {

    /** Prepares network, data and optimizer, and returns what trains one step on the same batch again and again. */
    Runnable prepare(Workload workload);

    /** Returns how to time its steps. */
    default Stopwatch stopwatch() {
        return Stopwatch.THOROUGH;
    }
}
