package org.ndgrad.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ndgrad.benchmarks.Soak.Sample;

class SoakTest {

    @Test
    void growthAtTheBeginningDoesNotCount() {
        assertThat(grows(step -> Math.min(step, 250.0))).isFalse();
    }

    @Test
    void whatSettlesLateDoesNotCount() {
        assertThat(grows(step -> 300 + 0.1 * Math.min(step, 450.0))).isFalse();
    }

    @Test
    void steadyGrowthCounts() {
        assertThat(grows(step -> 300 + 0.02 * step)).isTrue();
    }

    @Test
    void noiseDoesNotCount() {
        assertThat(grows(step -> 300 + 20 * Math.sin(step * step))).isFalse();
    }

    @Test
    void aFewMebibytesDoNotCount() {
        assertThat(grows(step -> 300 + 0.005 * step)).isFalse();
    }

    @Test
    void shrinkingIsNoGrowth() {
        assertThat(grows(step -> 300 - 0.1 * step)).isFalse();
    }

    @Test
    void residentMemoryIsReadFromTheStatus() {
        List<String> status = List.of("VmPeak:\t 9000 kB", "VmRSS:\t    2048 kB", "RssAnon:\t 1000 kB");

        assertThat(Soak.mebibytes(status)).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void everyKindOfStepRuns(SoakStep step) {
        Runnable run = step.prepare(Workload.named("W2"));
        run.run();
        run.run();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "threads"})
    void printsTwentySamplesAndTheSlope(String mode) throws Exception {
        var bytes = new ByteArrayOutputStream();
        var out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

        Soak.run(out, mode.isEmpty() ? List.of("W2", "40") : List.of("W2", "40", mode));

        List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).hasSize(21);
        assertThat(lines.subList(0, 20)).allMatch(line -> line.matches("\\d+ \\d+\\.\\d \\d+\\.\\d"));
        assertThat(lines.get(20)).startsWith("slope ");
    }

    @Test
    void unusableArgumentsAreRefused() {
        assertThatThrownBy(() -> Soak.run(System.out, List.of("W2")))
                .hasMessageStartingWith("soak: expected a workload, a number of steps and perhaps a mode; got [W2].");
        assertThatThrownBy(() -> Soak.run(System.out, List.of("W2", "5")))
                .hasMessageStartingWith("soak: expected at least 20 steps; got 5.");
        assertThatThrownBy(() -> Soak.run(System.out, List.of("W2", "50", "often")))
                .hasMessageStartingWith("soak: expected throwing, forwardOnly, threads or nothing; got often.");
    }

    /** Asks whether a run of 1000 steps grows whose memory is given. */
    private static boolean grows(DoubleUnaryOperator resident) {
        List<Sample> samples = LongStream.rangeClosed(1, 20)
                .map(i -> 50 * i)
                .mapToObj(step -> new Sample(step, resident.applyAsDouble((double) step), 0))
                .toList();
        return Soak.grows(samples);
    }
}
