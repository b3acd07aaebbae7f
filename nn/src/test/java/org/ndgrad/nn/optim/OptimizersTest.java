package org.ndgrad.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.MultimapBuilder;
import com.google.common.collect.Multimaps;
import com.google.common.collect.Streams;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.conformance.Runner;
import org.ndgrad.nn.conformance.Verdict;

/**
 * Optimizers, schedules, clipping and averages give PyTorch's numbers: for the rows of the folder {@code
 * -Doptimizers.dir}, else the project's own; see {@link Runner}.
 */
class OptimizersTest {

    private static final String NAME = "optimizers";
    private static final double TOLERANCE = 1e-9;

    private static final ListMultimap<String, Verdict> VERDICTS = MultimapBuilder.treeKeys(
                    String.CASE_INSENSITIVE_ORDER)
            .arrayListValues()
            .build();

    @TestFactory
    Stream<DynamicTest> rowsGivePytorchsNumbers() {
        return Runner.files(Runner.folder(NAME)).stream()
                .flatMap(file -> Runner.lines(file).stream())
                .map(row -> dynamicTest(row.get("id").textValue(), () -> {
                    Verdict verdict = judge(row);
                    VERDICTS.put(subject(row), verdict);
                    assertThat(verdict.reason()).as(verdict.id()).isEmpty();
                }));
    }

    @AfterAll
    static void report() {
        Runner.report(NAME, Multimaps.asMap(VERDICTS));
    }

    static Verdict judge(JsonNode row) {
        return Verdict.of(row.get("id").textValue(), () -> run(row));
    }

    private static String subject(JsonNode row) {
        String kind = row.get("kind").textValue();
        return row.has(kind) && !kind.equals("average") ? row.get(kind).textValue() : kind;
    }

    private static void run(JsonNode row) {
        switch (row.get("kind").textValue()) {
            case "optimizer" -> OptimizerRows.run(row);
            case "schedule" -> ScheduleRows.run(row);
            case "clip" -> clip(row);
            case "average" -> average(row);
            default -> throw new Verdict.Unsupported("rows of the kind " + row.get("kind"));
        }
    }

    private static void clip(JsonNode row) {
        List<Tensor> parameters = Streams.stream(row.get("before"))
                .map(node -> {
                    Tensor gradient = Numbers.tensor(node);
                    Tensor parameter = Tensor.zerosLike(gradient).requiresGrad(true);
                    parameter.grad(gradient);
                    return parameter;
                })
                .collect(ImmutableList.toImmutableList());
        if (row.hasNonNull("total")) {
            ClipOptions options = ClipOptions.defaults().withP(Numbers.number(row.get("norm_type")));
            double total = Gradients.clipGradNorm(parameters, Numbers.number(row.get("max_norm")), options);
            Numbers.check("total", total, Numbers.number(row.get("total")), TOLERANCE);
        } else {
            Gradients.clipGradValue(parameters, Numbers.number(row.get("clip_value")));
        }
        for (int i = 0; i < parameters.size(); i++) {
            Numbers.check(
                    "gradient " + i, parameters.get(i).grad(), row.get("after").get(i), TOLERANCE);
        }
    }

    private static void average(JsonNode row) {
        JsonNode weights = row.get("weights");
        Tensor parameter = Tensor.zerosLike(Numbers.tensor(weights.get(0))).requiresGrad(true);
        List<Tensor> parameters = List.of(parameter);
        AveragedParameters averages = switch (row.get("average").textValue().toLowerCase(Locale.ROOT)) {
            case "ema" -> AveragedParameters.exponential(parameters, Numbers.number(row.get("decay")));
            case "swa" -> AveragedParameters.equal(parameters);
            default -> throw new Verdict.Unsupported("the average " + row.get("average"));
        };
        for (int i = 0; i < weights.size(); i++) {
            Tensor value = Numbers.tensor(weights.get(i));
            Autograd.noGrad(() -> parameter.copy_(value));
            averages.update();
            Tensor average = averages.averages().iterator().next();
            Numbers.check("average " + i, average, row.get("averages").get(i), TOLERANCE);
        }
    }
}
