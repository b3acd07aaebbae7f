package org.ndgrad.benchmarks;

import static com.google.common.base.Preconditions.checkArgument;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Trains many steps and tells whether the resident memory of the process grows. Nothing here asks for a garbage
 * collection: that memory comes back without one is what is tested.
 *
 * <p>For a heap that is resident from the start, run with {@code -Xms256m -Xmx256m -XX:+AlwaysPreTouch}.
 */
final class Soak {

    /** How many samples are taken. */
    private static final int SAMPLES = 20;

    private static final int THREADS = 8;

    /** Growth over the whole run that is no accident, in MiB: one for each tenth of it. */
    private static final double TOLERANCE = 10;

    /**
     * What the process held at some time.
     *
     * @param steps done until then
     * @param resident MiB
     * @param heap MiB in use
     */
    record Sample(long steps, double resident, double heap) {}

    private final PrintStream out;
    private final long steps;
    private final AtomicLong done = new AtomicLong();
    private final List<Sample> samples = new ArrayList<>();

    private Soak(PrintStream out, long steps) {
        this.out = out;
        this.steps = steps;
    }

    /**
     * Runs a soak, prints steps, resident MiB and MiB of heap about 20 times, and then the slope of the resident
     * memory.
     *
     * @param arguments the name of a workload, the number of steps, and perhaps {@code throwing}, {@code forwardOnly}
     *     or {@code threads}
     * @return 1 if resident memory grows, else 0
     */
    static int run(PrintStream out, List<String> arguments) throws InterruptedException, ExecutionException {
        checkArgument(
                arguments.size() == 2 || arguments.size() == 3,
                "soak: expected a workload, a number of steps and perhaps a mode; got %s. Try: soak W2 100000 throwing",
                arguments);
        Workload workload = Workload.named(arguments.get(0));
        long steps = Long.parseLong(arguments.get(1));
        String mode = arguments.size() == 3 ? arguments.get(2) : "";
        checkArgument(steps >= SAMPLES, "soak: expected at least %s steps; got %s.", SAMPLES, steps);
        var soak = new Soak(out, steps);
        soak.run(SoakStep.named(mode), workload, mode.equals("threads") ? THREADS : 1);
        return soak.verdict();
    }

    private void run(SoakStep kind, Workload workload, int threads) throws InterruptedException, ExecutionException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            var tasks = new ArrayList<Callable<Object>>();
            for (int i = 0; i < threads; i++) {
                tasks.add(Executors.callable(() -> work(kind.prepare(workload))));
            }
            for (Future<Object> task : pool.invokeAll(tasks)) {
                task.get();
            }
        } finally {
            pool.shutdown();
        }
    }

    /** Runs steps until all threads together have done enough. */
    private void work(Runnable step) {
        long every = steps / SAMPLES;
        long count = done.incrementAndGet();
        while (count <= steps) {
            step.run();
            if (count % every == 0) {
                sample(count);
            }
            count = done.incrementAndGet();
        }
    }

    private synchronized void sample(long count) {
        Runtime runtime = Runtime.getRuntime();
        double heap = (runtime.totalMemory() - runtime.freeMemory()) / (double) (1 << 20);
        var sample = new Sample(count, residentMebibytes(), heap);
        samples.add(sample);
        out.printf(Locale.ROOT, "%d %.1f %.1f%n", count, sample.resident(), sample.heap());
    }

    private int verdict() {
        Statistics.Trend trend = trend(samples, 0.25);
        boolean grows = grows(samples);
        out.printf(
                Locale.ROOT,
                "slope %.3f ± %.3f MiB per 1000 steps: %s%n",
                1000 * trend.slope(),
                1000 * trend.standardError(),
                grows ? "grows" : "flat");
        return grows ? 1 : 0;
    }

    /** Returns how resident memory grows with the steps, without a first part in which everything finds its size. */
    static Statistics.Trend trend(List<Sample> samples, double without) {
        List<Sample> rest = samples.subList((int) (without * samples.size()), samples.size());
        return Statistics.trend(
                rest.stream().map(sample -> (double) sample.steps()).toList(),
                rest.stream().map(Sample::resident).toList());
    }

    /**
     * Returns whether resident memory grows: behind the first quarter and still in the second half, since what only
     * settles late is no leak.
     */
    static boolean grows(List<Sample> samples) {
        long steps = samples.get(samples.size() - 1).steps();
        return isClear(trend(samples, 0.25), steps) && isClear(trend(samples, 0.5), steps);
    }

    /** Returns whether the trend is larger than its error, and than some MiB in the whole run. */
    private static boolean isClear(Statistics.Trend trend, long steps) {
        return trend.slope() > 3 * trend.standardError() && trend.slope() * steps > TOLERANCE;
    }

    /** Returns the memory of this process that is in RAM, in MiB. */
    private static double residentMebibytes() {
        try {
            return mebibytes(Files.readAllLines(Path.of("/proc/self/status")));
        } catch (IOException e) {
            throw new IllegalStateException("soak: expected Linux, which tells the memory in /proc/self/status.", e);
        }
    }

    /** Returns VmRSS, which is in KiB, of the lines of {@code /proc/self/status}. */
    static double mebibytes(List<String> status) {
        return status.stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024.0)
                .findFirst()
                .orElseThrow();
    }
}
