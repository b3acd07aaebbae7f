package org.ndgrad.nn.train;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, UTF_8);
    private final AtomicLong nanos = new AtomicLong();

    private List<String> lines() {
        return bytes.toString(UTF_8).lines().toList();
    }

    private void pass(double seconds) {
        nanos.addAndGet((long) (seconds * 1e9));
    }

    @Test
    void everyTenthHasALineWithRateAndTimeLeft() {
        try (Progress progress = Progress.of("epoch", 200, out, nanos::get)) {
            for (int i = 0; i < 200; i++) {
                pass(0.1);
                progress.step("loss 0.5");
            }
        }

        assertThat(lines())
                .hasSize(10)
                .startsWith(
                        "epoch 20/200  loss 0.5  (10.0/s, 0:18 left)", "epoch 40/200  loss 0.5  (10.0/s, 0:16 left)")
                .endsWith("epoch 200/200  loss 0.5  (10.0/s in 0:20)");
    }

    @Test
    void fewStepsHaveALineEach() {
        Progress progress = Progress.of("epoch", 3, out, nanos::get);
        for (int i = 0; i < 3; i++) {
            pass(4000);
            progress.step("");
        }

        assertThat(lines())
                .containsExactly(
                        "epoch 1/3  (4000.0 s each, 2:13:20 left)",
                        "epoch 2/3  (4000.0 s each, 1:06:40 left)",
                        "epoch 3/3  (4000.0 s each in 3:20:00)");
    }

    @Test
    void linesBetweenComeAfterPausesThatGrow() {
        Progress progress = Progress.of("batch", 1_000_000, out, nanos::get);
        for (int i = 0; i < 60; i++) {
            pass(1);
            progress.step("x");
        }

        assertThat(lines())
                .extracting(line -> line.substring(0, line.indexOf('/')))
                .containsExactly("batch 5", "batch 15", "batch 35");
    }

    @Test
    void stepsOfAnotherRunDoNotCountForTheRate() {
        Progress progress = Progress.of("batch", 100, out, nanos::get);
        progress.total(100, 80);
        pass(2);
        progress.stepTo(90, "x");

        assertThat(lines()).containsExactly("batch 90/100  x  (5.0/s, 0:02 left)");
    }

    @Test
    void terminalHasABarThatMovesInPlace() {
        try (Progress progress = Progress.inPlace("epoch", 4, out)) {
            for (int i = 0; i < 4; i++) {
                progress.step("loss 0.5");
            }
        }

        assertThat(bytes.toString(UTF_8))
                .startsWith("\r")
                .contains("epoch", "4/4", "100%")
                .endsWith("\n");
    }

    @Test
    void taskOfNoStepsIsRefused() {
        assertThatThrownBy(() -> Progress.of("epoch", 0, out))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Progress: expected at least 1 step; got 0. Skip a task of no steps.");
    }
}
