package org.ndgrad.benchmarks;

import java.time.Duration;

/**
 * How long one step takes: the best of several windows, each filled with as many steps as fit. The best, since other
 * programs can only make a window slower.
 *
 * @param warmUp runs at least this long before the first window
 * @param warmUpSteps at least so many, however long it takes
 * @param windows how many, at least 1
 * @param window length of each; it holds one step at least
 */
record Stopwatch(Duration warmUp, int warmUpSteps, int windows, Duration window) {

    /** For steps of microseconds up to a few milliseconds, after time enough for the compiler. */
    static final Stopwatch THOROUGH = new Stopwatch(Duration.ofSeconds(5), 50, 5, Duration.ofMillis(300));

    /** For slow peers, whose steps take up to a few hundred milliseconds. */
    static final Stopwatch BRIEF = new Stopwatch(Duration.ofMillis(1500), 5, 5, Duration.ofMillis(150));

    /** For one of many points of a curve. */
    static final Stopwatch QUICK = new Stopwatch(Duration.ofMillis(1000), 3, 3, Duration.ofMillis(60));

    /** Returns the microseconds that a step takes. */
    double microseconds(Runnable step) {
        run(step, warmUp, warmUpSteps);
        double best = Double.POSITIVE_INFINITY;
        for (int i = 0; i < windows; i++) {
            best = Math.min(best, run(step, window, 1));
        }
        return best / 1000;
    }

    /** Runs steps for this long and returns the nanoseconds that one took on average. */
    private static double run(Runnable step, Duration duration, int atLeast) {
        long start = System.nanoTime();
        long end = start + duration.toNanos();
        int steps = 0;
        long now = start;
        while (now < end || steps < atLeast) {
            step.run();
            steps++;
            now = System.nanoTime();
        }
        return (now - start) / (double) steps;
    }
}
