package org.ndgrad.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    private static final String MACHINE = """
            "machine": {"processor": "A processor", "cores": "2", "system": "Linux 6", "java": "OpenJDK 17",
                        "nd4j": "1.0", "pytorch": "2.0", "jax": "0.9", "date": "2026-01-02"}""";

    private static final String STEPS = """
            {%s, "microseconds": {
                "PyTorch": {"W2": [100, 300, 200], "W5": [20000, 20000, 20000]},
                "JAX": {"W2": [90, 80, 100]},
                "ndgrad": {"W2": [12, 8, 10], "W5": [30000, 30000, 30000]},
                "floor": {"W2": [5.5, 5.5, 5.5]}}}
            """;

    private static final String GROWTH = """
            {%s, "curves": [
                {"chart": "add", "library": "ndgrad", "x": [1, 10], "y": [0.5, 1]},
                {"chart": "add", "library": "PyTorch", "x": [1, 10], "y": [2, 2]},
                {"chart": "exp", "library": "ndgrad", "x": [1, 10], "y": [0.5, 1]},
                {"chart": "tanh", "library": "ndgrad", "x": [1, 10], "y": [0.5, 1]},
                {"chart": "sum", "library": "ndgrad", "x": [1, 10], "y": [0.5, 1]},
                {"chart": "matmul", "library": "ndgrad", "x": [1, 10], "y": [0.5, 1]},
                {"chart": "batch", "library": "ndgrad", "x": [1, 10], "y": [0.5, 1]},
                {"chart": "width", "library": "ndgrad", "x": [1, 10], "y": [0.5, 1]},
                {"chart": "depth", "library": "ndgrad", "x": [1, 10], "y": [0.5, 1]},
                {"chart": "memory W2", "library": "ndgrad", "x": [10, 20], "y": [300, 300]},
                {"chart": "memory W5", "library": "ndgrad", "x": [10, 20], "y": [300, 300]}],
             "cores": {"ndgrad": {"W5": {"1": 30000, "2": 20000}}}}
            """;

    private static final String CLIFFS = """
            {%s, "microseconds": {
                "PyTorch": {"erfinv/float32/10000": [10, 20], "erfinv/float32/100000": [100], "erfinv/float32/1000000": [1000],
                            "diff/int64/10000": [10]},
                "ndgrad": {"erfinv/float32/10000": [15, 15], "erfinv/float32/100000": [90], "erfinv/float32/1000000": [1501],
                           "diff/int64/10000": [10]}}}
            """;

    @TempDir
    private Path project;

    @BeforeEach
    void writeResults() throws Exception {
        Path results = Files.createDirectories(project.resolve("examples/benchmarks/results"));
        Files.writeString(results.resolve("steps.json"), STEPS.formatted(MACHINE));
        Files.writeString(results.resolve("growth.json"), GROWTH.formatted(MACHINE));
        Files.writeString(results.resolve("cliffs.json"), CLIFFS.formatted(MACHINE));
    }

    @Test
    void ratioIsThatOfTheMedians() throws Exception {
        Results.Steps steps = Results.steps(project.resolve("examples/benchmarks/results/steps.json"));

        assertThat(StepReport.ratio(steps, "PyTorch", "W2")).contains(10.0 / 200);
        assertThat(StepReport.ratio(steps, "PyTorch", "W3")).isEmpty();
        assertThat(steps.rounds()).isEqualTo(3);
    }

    @Test
    void tablesTellTimesAndWhichGoalsAreMet() throws Exception {
        Results.Steps steps = Results.steps(project.resolve("examples/benchmarks/results/steps.json"));

        assertThat(StepReport.table(steps).lines())
                .contains(
                        "| W2 | 200 | 90.0 | 10.0 | – | 5.50 | – | – |",
                        "| W3 | – | – | – | – | – | – | – |",
                        "| W5 | 20000 | – | 30000 | – | – | – | – |");
        assertThat(StepReport.ratios(steps).lines())
                .contains(
                        "| step | ÷ PyTorch | goal | met? | ÷ JAX | goal | met? |",
                        "| W2 | 0.05 | 0.06 | yes | 0.11 | 0.40 | yes |",
                        "| W3 | – | 0.25 | – | – | 0.50 | – |",
                        "| W5 | 1.50 | 1.05 | no | – | 1.00 | – |");
    }

    @Test
    void cliffsAreMetAtAllSizesOrNotAtAll() throws Exception {
        Results.Steps cliffs = Results.steps(project.resolve("examples/benchmarks/results/cliffs.json"));

        assertThat(CliffReport.table(cliffs).lines())
                .contains(
                        "| erfinv, float32 | 1000 | 1501 | 1.00 | 0.90 | 1.50 | no |",
                        "| diff, int64 | – | – | 1.00 | – | – | no |",
                        "| erf, float64 | – | – | – | – | – | no |");
    }

    @Test
    void pageAndPicturesAreWritten() throws Exception {
        Report.write(project);

        String page = Files.readString(project.resolve("docs/benchmarks.md"));
        assertThat(page)
                .contains(
                        "A processor, 2 cores, Linux 6; OpenJDK 17; ND4J and DL4J 1.0; PyTorch 2.0; JAX 0.9; 2026-01-02")
                .contains("medians of 3 rounds")
                .contains("| ndgrad | W5 | 30000 | 20000 | 1.50 |")
                .doesNotContain("{");
        for (String picture : new String[] {"steps", "operations", "growth", "memory"}) {
            assertThat(project.resolve("docs/benchmarks/" + picture + ".png")).isNotEmptyFile();
            assertThat(page).contains("(benchmarks/" + picture + ".png)");
        }
    }
}
