package org.ndgrad.nn.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Identity;
import org.ndgrad.nn.Layer;
import org.ndgrad.nn.conformance.Verdict.Outcome;

/** The runner of modules finds what is wrong. */
class ModuleJudgeTest {

    /** y = x w, twice that in evaluation, counting the calls, at x = (3, 4), w = (1, 2), with cotangent (1, 10). */
    private static final String CASE = """
            {"module": "M", "id": "M#0", "training": true,
             "constructor": {"args": [{"int": 2}], "kwargs": {}},
             "state": {"w": {"dtype": "float64", "shape": [2], "data": [1.0, 2.0]},
                       "count": {"dtype": "int64", "shape": [], "data": [5]}},
             "args": [{"tensor": {"dtype": "float64", "shape": [2], "data": [3.0, 4.0], "requires_grad": true}}],
             "kwargs": {},
             "outputs": [{"dtype": "float64", "shape": [2], "data": [3.0, 8.0]}],
             "cotangents": [{"dtype": "float64", "shape": [2], "data": [1.0, 10.0]}],
             "grads": [{"dtype": "float64", "shape": [2], "data": [1.0, 20.0]}],
             "parameter_grads": {"w": {"dtype": "float64", "shape": [2], "data": [3.0, 40.0]}},
             "buffers_after": {"count": {"dtype": "int64", "shape": [], "data": [6]}}}
            """;

    private static class Right extends Layer {
        final Tensor w;
        final Tensor count = buffer("count", Tensor.zeros(DataType.INT64));

        Right(String name, int size) {
            w = parameter(name, Tensor.zeros(size));
        }

        @Override
        public Tensor forward(Tensor x) {
            Autograd.noGrad(() -> count.add_(1));
            return x.mul(w).mul(isTraining() ? 1 : 2);
        }
    }

    private static final class Detached extends Right {
        Detached(int size) {
            super("w", size);
        }

        @Override
        public Tensor forward(Tensor x) {
            return super.forward(x).add(x.mul(w.detach())).div(2);
        }
    }

    private static Verdict judge(String line, Modules.Row row) {
        try {
            return ModuleJudge.judge(new Case(new ObjectMapper().readTree(line)), row, Precision.FLOAT64);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static final Modules.Row RIGHT = Modules.layer("M", a -> new Right("w", a.integer(0, "size")));

    @Test
    void whatAgreesPasses() {
        assertThat(judge(CASE, RIGHT)).isEqualTo(new Verdict(Outcome.PASSED, "M#0", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[3.0, 8.0]      | [3.0, 8.1]      | output 0: expected 8.1 at position 1",
                "[1.0, 20.0]     | [1.1, 20.0]     | gradient 0: expected 1.1 at position 0",
                "[3.0, 40.0]     | [3.0, 41.0]     | gradient of w: expected 41.0 at position 1",
                "[6]             | [7]             | buffer count: expected 7.0",
                "true,           | false,          | output 0: expected 3.0",
                "{\"w\": {\"dtype\": \"float64\", \"shape\": [2], \"data\": [3 | {\"v\": {\"dtype\": \"float64\", "
                        + "\"shape\": [2], \"data\": [3 | expected parameters [v]; got [w]",
                "{\"count\": {\"dtype\": \"int64\", \"shape\": [], \"data\": [6]}} | {} | expected buffers []; got [count]",
                "[2], \"data\": [3.0, 40.0] | [1, 2], \"data\": [3.0, 40.0] | gradient of w: expected shape [1, 2]",
                "{\"w\": {\"dtype\": \"float64\", \"shape\": [2], \"data\": [1 | {\"w\": {\"dtype\": \"float64\", "
                        + "\"shape\": [1, 2], \"data\": [1 | threw java.lang.IllegalArgumentException: Right: expected a",
            })
    void oneThingChangedFails(String part, String changed, String reason) {
        assertThat(CASE).contains(part);

        Verdict verdict = judge(CASE.replace(part, changed), RIGHT);

        assertThat(verdict.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(verdict.reason()).startsWith(reason);
    }

    @Test
    void anotherNameInTheStateFails() {
        Verdict verdict = judge(CASE, Modules.layer("M", a -> new Right("weight", 2)));

        assertThat(verdict.reason()).contains("got nothing for [weight]; [w], which it does not have");
    }

    @Test
    void aGradientThatIsDroppedFails() {
        assertThat(judge(CASE, Modules.layer("M", a -> new Detached(2))).reason())
                .startsWith("gradient of w: expected 3.0 at position 0 of shape [2]; got 1.5");
    }

    @Test
    void aTensorThatWasGivenTwiceIsOne() {
        String leaf = "{\"tensor\": {\"dtype\": \"float64\", \"shape\": [], \"data\": [3.0], \"requires_grad\": true}}";
        Verdict verdict = judge(
                """
                {"module": "M", "id": "M#0", "training": true, "constructor": {"args": [], "kwargs": {}}, "state": {},
                 "args": [LEAF, LEAF], "kwargs": {},
                 "outputs": [{"dtype": "float64", "shape": [], "data": [9.0]}],
                 "cotangents": [{"dtype": "float64", "shape": [], "data": [1.0]}],
                 "grads": [{"dtype": "float64", "shape": [], "data": [6.0]},
                           {"dtype": "float64", "shape": [], "data": [6.0]}],
                 "parameter_grads": {}, "buffers_after": {}}
                """.replace("LEAF", leaf),
                Modules.block(
                        "M",
                        a -> new Identity(),
                        block -> a -> List.of(a.input().mul(a.tensor(1, "other")))));

        assertThat(verdict.reason()).isEmpty();
    }
}
