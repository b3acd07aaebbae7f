package org.ndgrad.notebooks;

import com.google.common.base.Splitter;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.notebook.Notebook;
import org.ndgrad.notebook.Rendering;

/**
 * Runs a notebook from top to bottom by JShell's API, in this process: the native libraries are loaded once for all.
 * One at a time, for a cell prints to {@link System#out} and draws from the one generator of random numbers.
 */
final class Runner {

    private final Source source;
    private final List<List<Output>> outputs = new ArrayList<>();

    /** What the cell that runs has given out. */
    private final List<Output> shown = new ArrayList<>();

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    /** What the cells of a notebook with code gave out, and what they asserted. */
    record Run(List<List<Output>> outputs, List<Recording.Expectation> expectations) {}

    private Runner(Source source) {
        this.source = source;
    }

    /**
     * Runs a notebook.
     *
     * @throws IllegalStateException if a cell fails; the message begins with the file and the line
     */
    static Run run(Source source) {
        return new Runner(source).run();
    }

    private Run run() {
        PrintStream out = System.out;
        DataType defaultDtype = Tensor.defaultDtype();
        Consumer<Object> before = Notebook.showOn(this::show);
        Recording.take();
        try (JShell shell = JShell.builder().executionEngine("local").build();
                PrintStream capture = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            Splitter.on(File.pathSeparatorChar)
                    .split(System.getProperty("java.class.path"))
                    .forEach(shell::addToClasspath);
            Imports.lines().forEach(shell::eval);
            shell.eval("import static org.ndgrad.notebooks.Recording.expect;");
            System.setOut(capture);
            for (Source.Cell cell : source.codeCells()) {
                run(shell, cell);
                flush();
                outputs.add(List.copyOf(shown));
                shown.clear();
            }
        } finally {
            System.setOut(out);
            Notebook.showOn(before);
            Tensor.defaultDtype(defaultDtype);
        }
        return new Run(List.copyOf(outputs), Recording.take());
    }

    /** Statements between two declarations go to JShell as one block: what takes time is each call of the compiler. */
    private void run(JShell shell, Source.Cell cell) {
        StringBuilder block = new StringBuilder();
        int line = 0;
        for (Statement statement : Statement.split(cell, shell.sourceCodeAnalysis())) {
            if (statement.declares()) {
                evalBlock(shell, block, line);
                eval(shell, statement.source(), statement.line());
            } else {
                line = block.isEmpty() ? statement.line() : line;
                block.append(statement.source());
            }
        }
        evalBlock(shell, block, line);
    }

    private void evalBlock(JShell shell, StringBuilder block, int line) {
        if (!block.isEmpty()) {
            eval(shell, "{" + block + "\n}", line);
            block.setLength(0);
        }
    }

    private void eval(JShell shell, String code, int line) {
        for (SnippetEvent event : shell.eval(code)) {
            if (event.status() == Status.REJECTED) {
                Diag error = shell.diagnostics(event.snippet()).findFirst().orElseThrow();
                String before = code.substring(0, (int) error.getPosition());
                throw failure(
                        line + (int) before.chars().filter(c -> c == '\n').count(), error.getMessage(Locale.ROOT));
            }
            if (event.status() == Status.RECOVERABLE_DEFINED || event.status() == Status.RECOVERABLE_NOT_DEFINED) {
                throw failure(
                        line,
                        shell.unresolvedDependencies((DeclarationSnippet) event.snippet())
                                        .collect(Collectors.joining(", "))
                                + ": expected something that was declared; got a name that was not. Declare it above.");
            }
            if (event.exception() != null) {
                throw failure(line + lineIn(event.exception()), message(event.exception()));
            }
        }
    }

    /** Returns how far below the first line of the code that ran last an exception came from. */
    private static int lineIn(Exception exception) {
        StackTraceElement[] frames = exception.getStackTrace();
        for (StackTraceElement frame : frames) {
            if (frame.getFileName() != null && frame.getFileName().startsWith("#")) {
                return frame.getLineNumber() - 1;
            }
        }
        return 0;
    }

    private static String message(Exception exception) {
        String kind = exception instanceof EvalException e
                ? e.getExceptionClassName()
                : exception.getClass().getName();
        return exception.getMessage() == null ? kind : kind + ": " + exception.getMessage();
    }

    private IllegalStateException failure(int line, String message) {
        return new IllegalStateException("%s.md:%d: %s".formatted(source.name(), line, message));
    }

    private void show(Object value) {
        flush();
        shown.add(new Output.Shown(Rendering.of(value)));
    }

    private void flush() {
        if (printed.size() > 0) {
            shown.add(new Output.Printed(printed.toString(StandardCharsets.UTF_8)));
            printed.reset();
        }
    }
}
