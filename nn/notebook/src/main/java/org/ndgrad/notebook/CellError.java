package org.ndgrad.notebook;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import org.jspecify.annotations.Nullable;

/** An exception in a cell as the reader sees it: what is wrong, and the lines of the notebook that led there. */
final class CellError {

    private static final String RED = "\u001b[1;31m";
    private static final String GREEN = "\u001b[32m";
    private static final String PLAIN = "\u001b[0m";

    /** Of a recursion, this many lines are shown. */
    private static final int MOST_LINES = 8;

    private CellError() {}

    static List<String> lines(EvalException exception, JShell shell) {
        List<String> lines = new ArrayList<>();
        JShellException current = exception;
        for (String begin = ""; current instanceof EvalException each; begin = "caused by ") {
            lines.add(RED
                    + begin
                    + simpleName(each.getExceptionClassName())
                    + PLAIN
                    + (each.getMessage() == null ? "" : ": " + each.getMessage()));
            append(lines, each.getStackTrace(), shell);
            current = each.getCause() == each ? null : each.getCause();
        }
        return lines;
    }

    private static void append(List<String> lines, StackTraceElement[] frames, JShell shell) {
        int shown = 0;
        for (StackTraceElement frame : frames) {
            Optional<String> line = line(frame, shell);
            if (line.isPresent() && shown++ == MOST_LINES) {
                lines.add("    …");
                return;
            }
            line.ifPresent(lines::add);
        }
        if (shown == 0 && frames.length > 0) { // on another thread
            lines.add("    at " + frames[0]);
        }
    }

    /** Returns the line of the notebook that a frame is on, if it is on one. JShell calls the file of snippet 5 #5. */
    private static Optional<String> line(StackTraceElement frame, JShell shell) {
        String file = frame.getFileName();
        if (file == null || !file.startsWith("#")) {
            return Optional.empty();
        }
        return shell.snippets()
                .filter(snippet -> snippet.id().equals(file.substring(1)))
                .findFirst()
                .map(snippet ->
                        "    " + GREEN + "→ " + PLAIN + source(snippet, frame.getLineNumber()) + where(frame, snippet));
    }

    private static String source(Snippet snippet, int number) {
        List<String> source = snippet.source().lines().toList();
        return number >= 1 && number <= source.size()
                ? source.get(number - 1).strip()
                : source.isEmpty() ? "" : source.get(0).strip();
    }

    private static String where(StackTraceElement frame, Snippet snippet) {
        String method = frame.getMethodName();
        boolean isOnItsOwn = method == null || method.isEmpty() || method.startsWith("do_it");
        long length = snippet.source().lines().count();
        if (isOnItsOwn && length == 1) {
            return "";
        }
        return "   (" + (isOnItsOwn ? "" : "in " + method + ", ") + "line " + frame.getLineNumber() + " of " + length
                + ")";
    }

    private static String simpleName(@Nullable String className) {
        String name = String.valueOf(className);
        return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
    }
}
