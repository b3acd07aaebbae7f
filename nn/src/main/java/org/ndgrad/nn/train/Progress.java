package org.ndgrad.nn.train;

import static com.google.common.base.Preconditions.checkArgument;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Shows how far a long task is, with its rate and the time that remains: a bar that moves in place on a terminal, and
 * plain lines where there is none, as in a file, JShell or a notebook. There is a line for each tenth of the task, and
 * in between one after 5 seconds without any, then 10, 20 and so on, so that a task of hours fills no log.
 *
 * <pre>{@code
 * try (Progress progress = Progress.of("epoch", 20)) {
 *     for (int epoch = 0; epoch < 20; epoch++) {
 *         double loss = train(model);
 *         progress.step(String.format("loss %.4f", loss));
 *     }
 * }
 * }</pre>
 *
 * <p>Prints {@code epoch 4/20  loss 0.1234  (2.1/s, 0:08 left)}. It is for one thread.
 */
public final class Progress implements AutoCloseable {

    /** A number of steps that nobody knows. */
    static final long UNKNOWN = -1;

    private static final int LINES = 10;
    private static final double FIRST_PAUSE_SECONDS = 5;
    private static final double NANOS = 1e-9;

    private final String task;
    private final PrintStream out;
    private final LongSupplier nanoTime;
    private final @Nullable ProgressBar bar;
    private final long begun;
    private long steps;
    private long first;
    private long done;
    private long tenths;
    private double pause = FIRST_PAUSE_SECONDS;
    private double lastLine;

    private Progress(String task, long steps, long done, PrintStream out, boolean inPlace, LongSupplier nanoTime) {
        checkArgument(
                steps >= 1 || steps == UNKNOWN,
                "Progress: expected at least 1 step; got %s. Skip a task of no steps.",
                steps);
        this.task = task;
        this.steps = steps;
        this.out = out;
        this.nanoTime = nanoTime;
        this.begun = nanoTime.getAsLong();
        startFrom(done);
        this.bar = inPlace
                ? new ProgressBarBuilder()
                        .setTaskName(task)
                        .setInitialMax(steps)
                        .setStyle(ProgressBarStyle.ASCII)
                        .setUpdateIntervalMillis(100)
                        .setConsumer(new ConsoleProgressBarConsumer(out) {
                            @Override
                            public void close() {
                                // Not called for a bar that ends before it was ever drawn: close() ends the line.
                            }
                        })
                        .startsFrom(done, Duration.ZERO)
                        .showSpeed()
                        .build()
                : null;
    }

    /**
     * Starts a task that is shown on {@code System.out}.
     *
     * @param task what a step is called, such as {@code epoch}
     * @param steps how many there are, at least 1
     */
    public static Progress of(String task, long steps) {
        return new Progress(task, steps, 0, System.out, isTerminal(), System::nanoTime);
    }

    /** Starts a task that is shown on another stream, in plain lines. */
    public static Progress of(String task, long steps, PrintStream out) {
        return of(task, steps, out, System::nanoTime);
    }

    static Progress of(String task, long steps, PrintStream out, LongSupplier nanoTime) {
        return new Progress(task, steps, 0, out, false, nanoTime);
    }

    static Progress inPlace(String task, long steps, PrintStream out) {
        return new Progress(task, steps, 0, out, true, System::nanoTime);
    }

    /**
     * Goes on with a task.
     *
     * @param steps how many there are, or {@link #UNKNOWN} until {@link #total} says so
     * @param done how many were done in another run; they do not count for the rate
     */
    static Progress from(String task, long steps, long done, PrintStream out) {
        return new Progress(task, steps, done, out, out == System.out && isTerminal(), System::nanoTime);
    }

    /** Returns the stream that a program prints on, at this moment: a notebook has one for each cell. */
    static PrintStream standardOut() {
        return System.out;
    }

    /** Asks JDK 22 and newer for the console of old, which is there only if a terminal is; JShell has another. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        if (System.getProperty("jdk.console") == null) {
            System.setProperty("jdk.console", "java.base");
        }
        return "java.base".equals(System.getProperty("jdk.console")) && System.console() != null;
    }

    /** Says how many steps there are in all, and how many of them were done in another run. */
    void total(long steps, long done) {
        this.steps = steps;
        startFrom(done);
        if (bar != null) {
            bar.maxHint(steps);
        }
    }

    private void startFrom(long done) {
        first = done;
        this.done = done;
        tenths = tenths(done);
    }

    /**
     * Marks a step as done.
     *
     * @param status how things stand
     */
    public void step(String status) {
        stepTo(done + 1, status);
    }

    /** Marks all steps up to one as done. */
    void stepTo(long step, String status) {
        done = step;
        if (bar != null) {
            bar.setExtraMessage(" " + status).stepTo(step);
            return;
        }
        double now = seconds();
        boolean isTenth = tenths(step) != tenths;
        tenths = tenths(step);
        if (isTenth || now - lastLine >= pause) {
            if (!isTenth) {
                pause *= 2;
            }
            lastLine = now;
            out.println(line(status, now));
        }
    }

    private long tenths(long step) {
        return steps == UNKNOWN ? 0 : step * LINES / steps;
    }

    private String line(String status, double now) {
        double rate = (done - first) / Math.max(now, NANOS);
        String speed = rate >= 1
                ? String.format(Locale.ROOT, "%.1f/s", rate)
                : String.format(Locale.ROOT, "%.1f s each", 1 / rate);
        String time =
                steps == UNKNOWN || done >= steps ? " in " + clock(now) : ", " + clock((steps - done) / rate) + " left";
        return task + " " + position() + "  " + status + (status.isEmpty() ? "(" : "  (") + speed + time + ")";
    }

    private String position() {
        return steps == UNKNOWN ? String.valueOf(done) : done + "/" + steps;
    }

    private double seconds() {
        return NANOS * (nanoTime.getAsLong() - begun);
    }

    private static String clock(double seconds) {
        long whole = Math.round(seconds);
        return whole < 3600
                ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
    }

    /** Ends the bar. */
    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            out.println();
        }
    }

    @Override
    public String toString() {
        return "Progress(" + task + " " + position() + ")";
    }
}
