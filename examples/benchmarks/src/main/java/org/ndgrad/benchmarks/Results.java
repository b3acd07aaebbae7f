package org.ndgrad.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code compare.py} has measured, as it lies in JSON files. */
final class Results {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * The training steps.
     *
     * @param machine what the figures depend on, and the date
     * @param microseconds by library and step, one number for each round
     */
    record Steps(Map<String, String> machine, Map<String, Map<String, List<Double>>> microseconds) {

        /** Returns the median over the rounds, if the library ran this step. */
        Optional<Double> median(String library, String step) {
            return Optional.ofNullable(microseconds.get(library))
                    .map(steps -> steps.get(step))
                    .map(Statistics::median);
        }

        int rounds() {
            return microseconds.values().stream()
                    .flatMap(steps -> steps.values().stream())
                    .mapToInt(List::size)
                    .max()
                    .orElse(0);
        }
    }

    /**
     * How cost grows.
     *
     * @param machine what the figures depend on, and the date
     * @param curves in any order
     * @param cores microseconds of a step by library, step and number of cores
     */
    record Growth(
            Map<String, String> machine, List<Curve> curves, Map<String, Map<String, Map<String, Double>>> cores) {

        /** Returns the curves of one chart. */
        List<Curve> of(String chart) {
            return curves.stream().filter(curve -> curve.chart().equals(chart)).toList();
        }
    }

    /**
     * A curve of a chart.
     *
     * @param chart such as {@code matmul} or {@code memory W2}
     * @param library whose it is
     * @param x such as sizes
     * @param y for each x, microseconds or MiB
     */
    record Curve(String chart, String library, List<Double> x, List<Double> y) {}

    private Results() {}

    /** Returns the training steps that are in a file. */
    static Steps steps(Path file) throws IOException {
        return JSON.readValue(Files.readString(file), Steps.class);
    }

    /** Returns the growth that is in a file. */
    static Growth growth(Path file) throws IOException {
        return JSON.readValue(Files.readString(file), Growth.class);
    }
}
