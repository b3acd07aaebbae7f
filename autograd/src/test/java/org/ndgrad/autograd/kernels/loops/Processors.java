package org.ndgrad.autograd.kernels.loops;

/** How many processors the kernels see, for tests in other rooms. */
public final class Processors {

    private static final int OF_MACHINE = Parallel.processors;

    private Processors() {}

    /** Lets kernels divide work among so many threads. */
    public static void set(int count) {
        Parallel.processors = count;
    }

    /** Ends what {@link #set} began. */
    public static void restore() {
        Parallel.processors = OF_MACHINE;
    }
}
