package org.ndgrad.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.ndgrad.nn.conformance.Runner;
import org.ndgrad.nn.conformance.Verdict;
import org.ndgrad.nn.conformance.Verdict.Outcome;

/** The runner of optimizers finds what is wrong. */
class OptimizersRunnerTest {

    private static Verdict changed(String id, Consumer<ObjectNode> change) {
        ObjectNode row = Runner.files(Runner.own("optimizers")).stream()
                .flatMap(file -> Runner.lines(file).stream())
                .filter(each -> each.get("id").textValue().equals(id))
                .map(each -> (ObjectNode) each.deepCopy())
                .findFirst()
                .orElseThrow();
        change.accept(row);
        return OptimizersTest.judge(row);
    }

    private static void increase(JsonNode list, int index) {
        ((ArrayNode) list).set(index, list.get(index).doubleValue() + 1e-6);
    }

    private static void assertFails(String id, Consumer<ObjectNode> change, String reason) {
        Verdict verdict = changed(id, change);
        assertThat(verdict.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(verdict.reason()).startsWith(reason);
    }

    @Test
    void oneWrongNumberFails() {
        assertFails("Adam#1", row -> increase(row.get("losses"), 29), "loss before step 30: expected");
        assertFails(
                "Adam#1",
                row -> increase(row.at("/parameters/13/b1/data"), 4),
                "b1 after step 13 at position 4: expected");
        assertFails("StepLR#0", row -> increase(row.get("rates"), 7), "rate before step 7: expected");
        assertFails("CyclicLR#18", row -> increase(row.get("momenta"), 59), "momentum before step 59: expected");
        assertFails("clip_norm#3", row -> row.put("total", 1), "total: expected 1.0");
        assertFails("clip_norm#3", row -> increase(row.at("/after/1/data"), 0), "gradient 1 at position 0: expected");
        assertFails("ema#3", row -> increase(row.at("/averages/7/data"), 2), "average 7 at position 2: expected");
    }

    @Test
    void anotherShapeAndOtherOptionsFail() {
        assertFails(
                "Adam#1",
                row -> ((ObjectNode) row.at("/parameters/13/b1"))
                        .putArray("shape")
                        .add(1)
                        .add(5),
                "b1 after step 13: expected shape [1, 5]; got [5]");
        assertFails("Adam#1", row -> ((ObjectNode) row.get("options")).put("lr", 0.02), "w1 after step 1 at");
        assertFails("Adam#1", row -> ((ObjectNode) row.get("options")).put("speed", 1), "threw");
        assertFails("Adam#halved", row -> row.remove("halve_lr_before_step"), "loss before step 12");
        assertFails(
                "Adam#1",
                row -> row.putArray("no_gradient_every_third_step").add("w1"),
                "w1 after step 3 at position 0");
    }

    @Test
    void whatIsNotThereIsUnsupported() {
        assertThat(changed("Adam#1", row -> row.put("optimizer", "Shampoo")).outcome())
                .isEqualTo(Outcome.UNSUPPORTED);
        assertThat(changed("StepLR#0", row -> row.put("schedule", "SWALR")).outcome())
                .isEqualTo(Outcome.UNSUPPORTED);
    }
}
