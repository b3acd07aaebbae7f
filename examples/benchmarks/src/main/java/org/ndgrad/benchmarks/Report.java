package org.ndgrad.benchmarks;

import com.google.common.io.Resources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Renders the results into {@code docs/benchmarks.md} and the pictures beside it. */
final class Report {

    private static final Path RESULTS = Path.of("examples", "benchmarks", "results");

    private Report() {}

    /** Reads and writes below {@code project}, the folder of the whole project. */
    static void write(Path project) throws IOException {
        Results.Steps steps = Results.steps(project.resolve(RESULTS).resolve("steps.json"));
        Results.Growth growth = Results.growth(project.resolve(RESULTS).resolve("growth.json"));
        Results.Steps cliffs = Results.steps(project.resolve(RESULTS).resolve("cliffs.json"));
        Path docs = project.resolve("docs");
        Path pictures = docs.resolve("benchmarks");
        StepReport.picture(steps).save(pictures.resolve("steps.png"));
        GrowthReport.operations(growth).save(pictures.resolve("operations.png"));
        GrowthReport.steps(growth).save(pictures.resolve("growth.png"));
        GrowthReport.memory(growth).save(pictures.resolve("memory.png"));
        Files.writeString(docs.resolve("benchmarks.md"), page(steps, growth, cliffs));
    }

    /** Returns the page, its figures filled in. */
    static String page(Results.Steps steps, Results.Growth growth, Results.Steps cliffs) throws IOException {
        String template = Resources.toString(Resources.getResource(Report.class, "page.md"), StandardCharsets.UTF_8);
        return template.replace("{steps}", StepReport.table(steps))
                .replace("{ratios}", StepReport.ratios(steps))
                .replace("{rounds}", Integer.toString(steps.rounds()))
                .replace("{machine}", machine(steps.machine()))
                .replace("{growth machine}", machine(growth.machine()))
                .replace("{cores}", GrowthReport.cores(growth))
                .replace("{cliffs}", CliffReport.table(cliffs))
                .replace("{cliff rounds}", Integer.toString(cliffs.rounds()))
                .replace("{cliff machine}", machine(cliffs.machine()));
    }

    private static String machine(Map<String, String> machine) {
        return "%s, %s cores, %s; %s; ND4J and DL4J %s; PyTorch %s; %s%s"
                .formatted(
                        machine.get("processor"),
                        machine.get("cores"),
                        machine.get("system"),
                        machine.get("java"),
                        machine.get("nd4j"),
                        machine.get("pytorch"),
                        machine.containsKey("jax") ? "JAX " + machine.get("jax") + "; " : "",
                        machine.get("date"));
    }
}
