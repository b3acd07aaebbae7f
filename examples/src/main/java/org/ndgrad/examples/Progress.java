package org.ndgrad.examples;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows how far a long task is: by a moving bar on a terminal, and by five plain lines where there is none. */
final class Progress implements AutoCloseable {

    private static final int LINES = 5;

    private final String task;
    private final int steps;
    private final @Nullable ProgressBar bar;
    private int done;

    private Progress(String task, int steps) {
        this.task = task;
        this.steps = steps;
        this.bar = onTerminal()
                ? new ProgressBarBuilder()
                        .setTaskName(task)
                        .setInitialMax(steps)
                        .setStyle(ProgressBarStyle.ASCII)
                        .setUpdateIntervalMillis(100)
                        .hideEta()
                        .build()
                : null;
    }

    /** Asks JDK 22 and newer for the console of old, which is there only if a terminal is. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean onTerminal() {
        System.setProperty("jdk.console", "java.base");
        return System.console() != null;
    }

    /** Starts a task of a known number of steps. */
    static Progress of(String task, int steps) {
        return new Progress(task, steps);
    }

    /** Marks a step as done and says how things stand. */
    void step(String status) {
        done++;
        if (bar != null) {
            bar.setExtraMessage(" " + status).stepTo(done);
        } else if (done * LINES / steps != (done - 1) * LINES / steps) {
            System.out.printf("%s %d/%d  %s%n", task, done, steps, status);
        }
    }

    /** Ends the bar. */
    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
