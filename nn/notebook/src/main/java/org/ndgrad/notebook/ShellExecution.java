package org.ndgrad.notebook;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import jdk.jshell.execution.LocalExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import org.jspecify.annotations.Nullable;
import org.ndgrad.plot.Figure;

/** Runs what is typed into {@link Shell} in its own process, with values and exceptions for people to read. */
public final class ShellExecution implements ExecutionControlProvider {

    static final String NAME = "ndgrad";

    /** What JShell calls the package of the classes that it makes of snippets. */
    private static final String SNIPPETS = "REPL.";

    /** How long what was asked to stop has time to do so, and how often it is looked at. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final Duration POLL = Duration.ofMillis(10);

    /** Of a longer text, this many lines are shown at either end. */
    private static final int EDGE = 25;

    private static final AtomicReference<@Nullable Method> SNIPPET = new AtomicReference<>();
    private static final AtomicReference<@Nullable Thread> RUNNING = new AtomicReference<>();

    /** Called by JShell. */
    public ShellExecution() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
        return new Control();
    }

    private static final class Control extends LocalExecutionControl {

        /**
         * The superclass calls a public static method without arguments; it shall be the one that calls the snippet.
         */
        @Override
        protected String invoke(Method snippet) throws Exception {
            SNIPPET.set(snippet);
            return super.invoke(ShellExecution.class.getMethod("call"));
        }

        /**
         * Asks first: a training in the library looks for an interrupt, and sleep ends by one. What does not hear is
         * stopped, which before JDK 21 may happen anywhere, even while a class is initialized, that is broken then for
         * the rest of the session.
         */
        @Override
        public void stop() throws EngineTerminationException, InternalException {
            Thread thread = RUNNING.get();
            if (thread != null) {
                thread.interrupt();
                long end = System.nanoTime() + PATIENCE.toNanos();
                while (thread == RUNNING.get() && System.nanoTime() < end) {
                    LockSupport.parkNanos(POLL.toNanos());
                }
            }
            if (thread == null || thread == RUNNING.get()) {
                super.stop();
            }
        }
    }

    /**
     * Called by JShell for each snippet, on a thread of its own.
     *
     * @return the snippet's value, or something that prints as it
     * @throws Throwable what the snippet throws, with its own frames alone
     */
    public static @Nullable Object call() throws Throwable {
        Method snippet = SNIPPET.getAndSet(null);
        RUNNING.set(Thread.currentThread());
        try {
            return snippet == null ? null : readable(snippet.invoke(null));
        } catch (InvocationTargetException e) {
            throw shortened(Objects.requireNonNullElse(e.getCause(), e));
        } finally {
            RUNNING.set(null);
            Thread.interrupted(); // it is over, and not for what is typed next
        }
    }

    /** Returns something that JShell prints as people read it; a text stays, which JShell quotes. */
    private static @Nullable Object readable(@Nullable Object value) {
        if (value == null || value instanceof String || value instanceof Character) {
            return value;
        }
        return new Shown(abbreviated(Rendering.textOf(value)) + (value instanceof Figure ? ", see it by show(…)" : ""));
    }

    private static String abbreviated(String text) {
        List<String> lines = text.lines().toList();
        int left = lines.size() - 2 * EDGE;
        return left <= 1
                ? text
                : String.join("\n", lines.subList(0, EDGE)) + "\n… " + left
                        + " lines, see all by System.out.println(…)\n"
                        + String.join("\n", lines.subList(lines.size() - EDGE, lines.size()));
    }

    private record Shown(String text) {
        @Override
        public String toString() {
            return text;
        }
    }

    /** Leaves of the frames of an exception those in what was typed, or the first if none is. */
    private static Throwable shortened(Throwable exception) {
        for (Throwable each = exception; each != null; each = each.getCause()) {
            StackTraceElement[] frames = each.getStackTrace();
            StackTraceElement[] typed = Arrays.stream(frames)
                    .filter(frame -> frame.getClassName().startsWith(SNIPPETS))
                    .toArray(StackTraceElement[]::new);
            each.setStackTrace(typed.length > 0 ? typed : Arrays.copyOf(frames, Math.min(1, frames.length)));
        }
        return exception;
    }
}
