package org.ndgrad.autograd.kernels.elementwise;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import java.util.Random;
import java.util.function.DoublePredicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.math.Predicate;
import org.ndgrad.autograd.kernels.math.Relation;

/** Answers to questions are Java's, for arrays in Java and in native memory and of few elements. */
class QuestionsTest {

    private static final double[] SPECIAL = {
        Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, -0.0, 0, 1, -1, 2.5
    };

    private static final ImmutableMap<Relation, Relation.OfDoubles> RELATIONS =
            ImmutableMap.<Relation, Relation.OfDoubles>builder()
                    .put(Relation.EQUAL, (a, b) -> a == b)
                    .put(Relation.SAME, (a, b) -> a == b || (Double.isNaN(a) && Double.isNaN(b)))
                    .put(Relation.UNEQUAL, (a, b) -> a != b)
                    .put(Relation.LESS, (a, b) -> a < b)
                    .put(Relation.LESS_OR_EQUAL, (a, b) -> a <= b)
                    .put(Relation.GREATER, (a, b) -> a > b)
                    .put(Relation.GREATER_OR_EQUAL, (a, b) -> a >= b)
                    .put(Relation.AND, (a, b) -> a != 0 && b != 0)
                    .put(Relation.OR, (a, b) -> a != 0 || b != 0)
                    .put(Relation.XOR, (a, b) -> a != 0 ^ b != 0)
                    .buildOrThrow();

    private static final ImmutableMap<Predicate, DoublePredicate> PREDICATES =
            ImmutableMap.<Predicate, DoublePredicate>builder()
                    .put(Predicate.IS_NAN, Double::isNaN)
                    .put(Predicate.IS_INFINITE, Double::isInfinite)
                    .put(Predicate.IS_FINITE, Double::isFinite)
                    .put(Predicate.IS_ZERO, x -> x == 0)
                    .buildOrThrow();

    private static INDArray random(DataType type, int count, int seed) {
        Random random = new Random(seed);
        double[] values = random.ints(count, 0, SPECIAL.length)
                .mapToDouble(i -> SPECIAL[i])
                .toArray();
        return Copy.cast(Copy.of(DataType.DOUBLE, values, count), type);
    }

    @ParameterizedTest
    @CsvSource({"FLOAT, 5", "FLOAT, 20001", "DOUBLE, 5", "DOUBLE, 20001", "LONG, 3000", "BOOL, 20001", "HALF, 100"})
    void pairsAreRelatedAsInJava(DataType type, int count) {
        INDArray x = random(type, count, 1);
        INDArray y = random(type, count, 2);
        double[] a = Copy.toDoubles(x);
        double[] b = Copy.toDoubles(y);
        RELATIONS.forEach((relation, expected) -> {
            double[] answers = Copy.toDoubles(Pointwise.compare("compare", x, y, relation));
            for (int i = 0; i < count; i++) {
                assertThat(answers[i]).isEqualTo(expected.test(a[i], b[i]) ? 1 : 0);
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"FLOAT, 5", "FLOAT, 20001", "DOUBLE, 20001", "LONG, 300", "BOOL, 20001", "BFLOAT16, 100"})
    void elementsAreTestedAsInJava(DataType type, int count) {
        INDArray x = random(type, count, 3);
        double[] a = Copy.toDoubles(x);
        PREDICATES.forEach((predicate, expected) -> {
            double[] answers = Copy.toDoubles(Pointwise.test(x, predicate));
            for (int i = 0; i < count; i++) {
                assertThat(answers[i]).isEqualTo(expected.test(a[i]) ? 1 : 0);
            }
        });
    }
}
