package org.ndgrad.nn.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.conformance.Verdict.Outcome;

/** The runner finds what is wrong. */
class JudgeTest {

    /** x² y at x = (1, 2), y = 3, with cotangent (1, 10) and probes (1, 1) for x, 2 for y. */
    private static final String CASE = """
            {"op": "f", "variant": "", "id": "f#0",
             "args": [{"tensor": {"dtype": "float64", "shape": [2], "data": [1.0, 2.0], "requires_grad": true}}],
             "kwargs": {"y": {"tensor": {"dtype": "float64", "shape": [], "data": [3.0], "requires_grad": true}}},
             "outputs": [{"dtype": "float64", "shape": [2], "data": [3.0, 12.0]},
                         {"dtype": "bool", "shape": [], "data": [true]}],
             "cotangents": [{"dtype": "float64", "shape": [2], "data": [1.0, 10.0]}, null],
             "grads": [{"dtype": "float64", "shape": [2], "data": [6.0, 120.0]},
                       {"dtype": "float64", "shape": [], "data": [41.0]}],
             "grad_probes": [{"dtype": "float64", "shape": [2], "data": [1.0, 1.0]},
                             {"dtype": "float64", "shape": [], "data": [2.0]}],
             "second_grads": [{"dtype": "float64", "shape": [2], "data": [10.0, 140.0]},
                              {"dtype": "float64", "shape": [], "data": [42.0]}]}
            """;

    private static List<Tensor> f(Arguments a) {
        return ImmutableList.of(
                a.input().square().mul(a.tensor(1, "y")), a.input().ne(0).all());
    }

    private static Verdict judge(String line, Calls.Call call) {
        try {
            return Judge.judge(new Case(new ObjectMapper().readTree(line)), call, Precision.FLOAT64);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Verdict judgeAs(UnaryOperator<Tensor> broken) {
        return judge(CASE, a -> ImmutableList.of(broken.apply(f(a).get(0)), f(a).get(1)));
    }

    @Test
    void whatAgreesPasses() {
        assertThat(judge(CASE, JudgeTest::f)).isEqualTo(new Verdict(Outcome.PASSED, "f#0", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[3.0, 12.0]     | [3.0, 12.1]     | output 0: expected 12.1 at position 1",
                "[3.0, 12.0]     | [3.0, \"NaN\"]  | output 0: expected NaN at position 1",
                "[true]          | [false]         | output 1: expected 0.0",
                "[6.0, 120.0]    | [6.0001, 120.0] | gradient 0: expected 6.0001",
                "[41.0]          | [41.1]          | gradient 1: expected 41.1",
                "[10.0, 140.0]   | [11.0, 140.0]   | second gradient 0: expected 11.0",
                "[42.0]          | [-42.0]         | second gradient 1: expected -42.0",
                "[1.0, 10.0]     | [1.0, 11.0]     | gradient 0: expected 120.0",
                "[2.0]}          | [2.5]}          | second gradient 0: expected 10.0",
            })
    void oneNumberChangedFails(String numbers, String changed, String reason) {
        Verdict verdict = judge(CASE.replace(numbers, changed), JudgeTest::f);

        assertThat(verdict.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(verdict.reason()).startsWith(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[2], \"data\": [3.0, 12.0]    | [1, 2], \"data\": [3.0, 12.0]    | output 0: expected shape [1, 2]",
                "[2], \"data\": [6.0, 120.0]   | [2, 1], \"data\": [6.0, 120.0]   | gradient 0: expected shape [2, 1]",
                "[], \"data\": [42.0]          | [1], \"data\": [42.0]            | second gradient 1: expected shape [1]",
                "bool                          | int64                            | output 1: expected dtype LONG",
            })
    void anotherShapeOrTypeFails(String numbers, String changed, String reason) {
        Verdict verdict = judge(CASE.replace(numbers, changed), JudgeTest::f);

        assertThat(verdict.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(verdict.reason()).startsWith(reason);
    }

    @ParameterizedTest
    @CsvSource({"41.0, gradient 1: expected none", "42.0, second gradient 1: expected none"})
    void aGradientThatIsDroppedFails(String number, String reason) {
        String tensor = "{\"dtype\": \"float64\", \"shape\": [], \"data\": [" + number + "]}";

        Verdict verdict = judge(CASE.replace(tensor, "null"), JudgeTest::f);

        assertThat(verdict.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(verdict.reason()).startsWith(reason);
    }

    @Test
    void anOperationWithoutItsGradientFails() {
        assertThat(judgeAs(Tensor::detach).reason()).startsWith("gradient 0: expected one; got none");
    }

    @Test
    void anOperationWithAWrongGradientFails() {
        assertThat(judgeAs(y -> y.add(y.sub(y.detach()))).reason()).startsWith("gradient 0: expected 6.0");
    }

    @Test
    void anOutputTooManyFails() {
        Verdict verdict = judge(CASE, a -> ImmutableList.of(f(a).get(0)));

        assertThat(verdict.reason()).isEqualTo("expected 2 outputs; got 1");
    }

    @Test
    void anExceptionFails() {
        Verdict verdict = judge(CASE, a -> f(new Arguments(ImmutableList.of(), ImmutableMap.of())));

        assertThat(verdict.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(verdict.reason()).startsWith("threw java.lang.IllegalArgumentException");
    }

    @Test
    void whatIsNotOfferedIsUnsupported() {
        Verdict verdict = judge(CASE, a -> {
            throw new Calls.Unsupported("no complex numbers");
        });

        assertThat(verdict).isEqualTo(new Verdict(Outcome.UNSUPPORTED, "f#0", "no complex numbers"));
    }
}
