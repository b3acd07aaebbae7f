package org.ndgrad.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.SnippetEvent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a user of the shell sees, and of the kernel when something is wrong. */
class SessionTest {

    private static JShell shell;

    @BeforeAll
    static void open() {
        shell = JShell.builder().executionEngine(ShellExecution.NAME).build();
        shell.addToClasspath(System.getProperty("java.class.path"));
        Install.imports().lines().forEach(SessionTest::run);
    }

    @AfterAll
    static void close() {
        shell.close();
    }

    private static SnippetEvent run(String source) {
        List<SnippetEvent> events = shell.eval(source);
        assertThat(shell.diagnostics(events.get(0).snippet()).map(diagnostic -> diagnostic.getMessage(Locale.ROOT)))
                .isEmpty();
        return events.get(events.size() - 1);
    }

    private static EvalException failure(String source) {
        return (EvalException) run(source).exception();
    }

    @Test
    void valuesAreReadable() {
        assertThat(run("rand(60)").value().lines())
                .hasSizeGreaterThan(3)
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(run("new double[60]").value().lines()).hasSize(4);
        assertThat(run("\"a\\nb\"").value()).isEqualTo("\"a\\nb\"");
        assertThat(run("3 * 4").value()).isEqualTo("12");
        assertThat(run("null").value()).isEqualTo("null");
        assertThat(run("Plot.titled(\"t\")").value()).startsWith("Plot of ").endsWith("pixels, see it by show(…)");
    }

    @Test
    void longTextIsAbbreviated() {
        assertThat(run("zeros(900, 1)").value().lines())
                .hasSize(51)
                .contains("… 850 lines, see all by System.out.println(…)");
    }

    @Test
    void exceptionHasTheFramesOfTheUserAlone() {
        run("Tensor square(Tensor t) {\n    return t.matmul(t);\n}");
        EvalException e = failure("square(zeros(2, 3))");

        assertThat(e.getMessage()).startsWith("matmul: expected");
        assertThat(e.getStackTrace()).hasSize(2);
        assertThat(e.getStackTrace()[0].getMethodName()).isEqualTo("square");
        assertThat(e.getStackTrace()[0].getLineNumber()).isEqualTo(2);
    }

    @Test
    void cellErrorShowsTheLines() {
        run("Tensor twice(Tensor t) {\n    return t.matmul(t);\n}");
        List<String> lines = plain(failure("twice(zeros(2, 3))"));

        assertThat(lines.get(0)).startsWith("IllegalArgumentException: matmul: expected shapes");
        assertThat(lines.subList(1, lines.size()))
                .containsExactly("    → return t.matmul(t);   (in twice, line 2 of 3)", "    → twice(zeros(2, 3))");
    }

    @Test
    void cellErrorShowsCauses() {
        List<String> lines =
                plain(failure("throw new IllegalStateException(\"outer\", new java.io.IOException(\"inner\"));"));

        assertThat(lines).anyMatch(line -> line.equals("IllegalStateException: outer"));
        assertThat(lines).anyMatch(line -> line.equals("caused by IOException: inner"));
        assertThat(plain(failure("throw new RuntimeException();")).get(0)).isEqualTo("RuntimeException");
    }

    @Test
    void recursionIsCut() {
        run("int down(int n) { return n == 0 ? 1 / n : down(n - 1); }");

        assertThat(plain(failure("down(50)"))).hasSize(1 + 8 + 1).last().isEqualTo("    …");
    }

    @Test
    void stopEndsATraining() throws InterruptedException {
        run("var model = new Linear(2, 1);");
        run("var trainer = Trainer.of(model, Losses::mseLoss, new Sgd(model.parameters(), 0.1),"
                + " TrainerOptions.defaults().withQuiet(true));");
        run("trainer.fit(List.of(new Batch(zeros(2, 2), zeros(2, 1))), 1)");
        evalUntilStopped("trainer.fit(List.of(new Batch(zeros(2, 2), zeros(2, 1))), 100_000_000)");

        assertThat(run("1 + 1").value()).isEqualTo("2");
    }

    @Test
    void stopEndsALoopThatDoesNotListen() throws InterruptedException {
        evalUntilStopped("while (true) { Thread.onSpinWait(); }");

        assertThat(run("1 + 1").value()).isEqualTo("2");
    }

    @Test
    void stopLeavesAClassWhole() throws InterruptedException {
        run("class Slow { static int value; static { long end = System.nanoTime() + 500_000_000L;"
                + " while (System.nanoTime() < end) {} value = 7; } }");
        evalUntilStopped("Slow.value");

        assertThat(run("Slow.value").value()).isEqualTo("7");
    }

    /** Calls stop again and again, since one before the snippet has begun is for nothing. */
    private static void evalUntilStopped(String source) throws InterruptedException {
        AtomicBoolean isOver = new AtomicBoolean();
        Thread stopper = new Thread(() -> {
            while (!isOver.get()) {
                LockSupport.parkNanos(100_000_000);
                shell.stop();
            }
        });
        stopper.start();
        shell.eval(source);
        isOver.set(true);
        stopper.join();
    }

    private static List<String> plain(EvalException e) {
        return CellError.lines(e, shell).stream()
                .map(line -> line.replaceAll("\u001b\\[[0-9;]*m", ""))
                .toList();
    }
}
