package org.ndgrad.nn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Linear;
import org.ndgrad.nn.golden.Golden;
import org.ndgrad.nn.io.Checkpoint;

/** Scalers and encoders give scikit-learn's numbers, refuse what does not fit, and are saved with a model. */
class PreprocessingTest {

    private static final JsonNode GOLDEN = Golden.read("preprocessing.json");
    private static final ImmutableList<ImmutableList<String>> PORTS =
            ImmutableList.of(ImmutableList.of("S", "Q", "S", "C"), ImmutableList.of("m", "f", "f", "m"));

    @TempDir
    private Path folder;

    static Stream<Arguments> scalers() {
        return Stream.of(
                Arguments.of("StandardScaler", (Function<Tensor, Scaler>) Standardizer::fit, new Standardizer()),
                Arguments.of("MinMaxScaler", (Function<Tensor, Scaler>) MinMaxScaler::fit, new MinMaxScaler()),
                Arguments.of("RobustScaler", (Function<Tensor, Scaler>) RobustScaler::fit, new RobustScaler()));
    }

    private static ImmutableList<ImmutableList<String>> texts(JsonNode columns) {
        List<ImmutableList<String>> result = new ArrayList<>();
        for (JsonNode column : columns) {
            ImmutableList.Builder<String> texts = ImmutableList.builder();
            column.forEach(each -> texts.add(each.textValue()));
            result.add(texts.build());
        }
        return ImmutableList.copyOf(result);
    }

    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    @ParameterizedTest
    @MethodSource("scalers")
    void scalersGiveScikitLearnsNumbers(String name, Function<Tensor, Scaler> fit, Scaler unfitted) {
        JsonNode golden = GOLDEN.get(name);
        Tensor test = Golden.tensor(golden.get("test"));

        Scaler scaler = fit.apply(Golden.tensor(golden.get("train")));

        Golden.assertClose(scaler.transform(test), golden.get("transformed"), 1e-9);
        Golden.assertClose(scaler.inverse(test), golden.get("inverse"), 1e-12);
        assertThat(unfitted).hasToString(unfitted.getClass().getSimpleName() + "(not fitted)");
    }

    @ParameterizedTest
    @MethodSource("scalers")
    void scalersAreSavedWithAModel(String name, Function<Tensor, Scaler> fit, Scaler unfitted) {
        Tensor x = Tensor.of(new long[][] {{1, 1L << 60}, {2, (1L << 60) + 1}, {9, (1L << 60) + 2}, {7, 1L << 60}});
        Scaler scaler = fit.apply(x);
        Path file = folder.resolve("run.ckpt");
        new Checkpoint().with("model", new Linear(2, 1)).with("scaler", scaler).save(file);

        new Checkpoint()
                .with("model", new Linear(2, 1))
                .with("scaler", unfitted)
                .load(file);

        assertThat(unfitted.transform(x).toDoubleArray())
                .isEqualTo(scaler.transform(x).toDoubleArray());
        assertThat(unfitted).hasToString(scaler.toString());
        Tensor y = Tensor.of(DataType.DOUBLE, 0.5, 0.25).reshape(1, 2);
        assertThatThrownBy(() -> scaler.inverse(y)).hasMessageContaining("float64 tells apart");
        assertThatThrownBy(() -> unfitted.inverse(y)).hasMessageContaining("float64 tells apart");
    }

    @ParameterizedTest
    @MethodSource("scalers")
    void scalersRefuseWhatDoesNotFit(String name, Function<Tensor, Scaler> fit, Scaler unfitted) {
        String who = unfitted.getClass().getSimpleName();
        Tensor x = Tensor.of(new double[][] {{1, 2}, {3, 5}});
        Scaler scaler = fit.apply(x);

        assertThatThrownBy(() -> unfitted.transform(x))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(who + ".transform: expected a fitted one; got one that is not. Make it by " + who
                        + ".fit(train), or load its state.");
        assertThatThrownBy(() -> unfitted.inverse(x)).isInstanceOf(IllegalStateException.class);
        assertRefused(
                () -> scaler.transform(Tensor.ones(4, 3)),
                who
                        + ": expected features like those it was fitted on, with (2) after the first dimension; got (4, 3). Fit"
                        + " another one on these.");
        assertThatThrownBy(() -> fit.apply(x.slice(0, 0, 0))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> fit.apply(x.div(0))).isInstanceOf(IllegalArgumentException.class);

        double[] before = scaler.transform(x).toDoubleArray();
        for (Map<String, ?> wrong : List.of(
                Map.of("scale", Tensor.ones(2)),
                changed(scaler, "scale", Tensor.ones(2)),
                changed(scaler, "scale", Tensor.zeros(DataType.DOUBLE, 2)),
                changed(scaler, "offset", Tensor.ones(DataType.DOUBLE, 3)),
                changed(scaler, "offset", Tensor.of(DataType.DOUBLE, Double.NaN, 1)),
                changed(scaler, "dtype", "int64"),
                changed(scaler, "beyond_float64", 2L),
                changed(scaler, "unit", "one"))) {
            assertThatThrownBy(() -> scaler.load(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(who + ".load: expected ")
                    .hasMessageEndingWith(". Load the state of a " + who + " that was fitted.");
        }
        assertThat(scaler.transform(x).toDoubleArray()).isEqualTo(before);
    }

    private static Map<String, Object> changed(Scaler scaler, String name, Object value) {
        Map<String, Object> state = new HashMap<>(scaler.stateDict());
        state.put(name, value);
        return state;
    }

    @Test
    void encodersGiveScikitLearnsNumbers() {
        JsonNode golden = GOLDEN.get("OneHotEncoder");
        OneHotEncoder oneHot = OneHotEncoder.fit(texts(golden.get("train")));
        Tensor ones = oneHot.transform(texts(golden.get("test")));
        assertThat(oneHot.categories()).isEqualTo(texts(golden.get("categories")));
        assertThat(ones.toDoubleArray()).isEqualTo(Golden.doubles(golden.get("transformed")));
        assertThat(ones.dtype()).isEqualTo(Tensor.defaultDtype());
        assertThat(oneHot.inverse(ones)).isEqualTo(texts(golden.get("test")));
        assertThat(oneHot.inverse(ones.mul(0.5).add(0.01))).isEqualTo(texts(golden.get("test")));

        golden = GOLDEN.get("OrdinalEncoder");
        OrdinalEncoder ordinal = OrdinalEncoder.fit(texts(golden.get("train")));
        Tensor numbers = ordinal.transform(texts(golden.get("test")));
        assertThat(ordinal.categories()).isEqualTo(texts(golden.get("categories")));
        assertThat(numbers.toDoubleArray()).isEqualTo(Golden.doubles(golden.get("transformed")));
        assertThat(numbers.shape()).containsExactly(4, 3);
        assertThat(numbers.dtype()).isEqualTo(DataType.INT64);
        assertThat(ordinal.inverse(numbers)).isEqualTo(texts(golden.get("test")));
    }

    @Test
    void unknownCategoriesAreThoseOfScikitLearn() {
        JsonNode golden = GOLDEN.get("unknown");
        ImmutableList<ImmutableList<String>> test = texts(golden.get("test"));
        OneHotEncoder oneHot = OneHotEncoder.fit(texts(golden.get("train")), UnknownCategory.IGNORE);
        OrdinalEncoder ordinal = OrdinalEncoder.fit(texts(golden.get("train")), -1);
        assertThat(oneHot).hasToString("OneHotEncoder(categories=[3, 3, 3], takes unknown ones)");
        Path file = folder.resolve("run.ckpt");
        new Checkpoint().with("one-hot", oneHot).with("ordinal", ordinal).save(file);
        OneHotEncoder newOneHot = new OneHotEncoder();
        OrdinalEncoder newOrdinal = new OrdinalEncoder();
        new Checkpoint().with("one-hot", newOneHot).with("ordinal", newOrdinal).load(file);

        for (OneHotEncoder each : List.of(oneHot, newOneHot)) {
            assertThat(each.transform(test).toDoubleArray()).isEqualTo(Golden.doubles(golden.get("ones")));
            assertRefused(
                    () -> each.inverse(each.transform(test)),
                    "OneHotEncoder.inverse: expected one largest number above 0 in each column, in row 1; got none."
                            + " Pass ones and zeros, or probabilities.");
        }
        for (OrdinalEncoder each : List.of(ordinal, newOrdinal)) {
            assertThat(each.transform(test).toDoubleArray()).isEqualTo(Golden.doubles(golden.get("numbers")));
            assertRefused(
                    () -> each.inverse(each.transform(test)),
                    "OrdinalEncoder.inverse: expected numbers in [0, 3) in column 0; got -1 in row 1. Pass numbers of"
                            + " categories.");
        }
        assertThat(OrdinalEncoder.fit(PORTS, 3)
                        .transform(List.of(List.of("X"), List.of("X")))
                        .toLongArray())
                .containsExactly(3, 3);
    }

    @Test
    void numbersOfUnknownCategoriesAreNoOthers() {
        assertRefused(
                () -> OrdinalEncoder.fit(PORTS, 2),
                "OrdinalEncoder: expected a number for unknown categories that no other has, which have 0 to 2; got 2."
                        + " Choose -1 or 3.");
        OneHotEncoder oneHot = OneHotEncoder.fit(PORTS, UnknownCategory.IGNORE);
        assertThatThrownBy(() -> oneHot.load(OrdinalEncoder.fit(PORTS, 3).stateDict()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "OneHotEncoder.load: expected -1 for unknown categories, if they are ignored; got");
        for (Object wrong : List.of("1", 0.5, 1e10, 1L << 32)) {
            assertThatThrownBy(
                            () -> oneHot.load(ImmutableMap.of("categories", List.of(List.of("a")), "unknown", wrong)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("OneHotEncoder.load: expected the categories of each column");
        }
        assertThatThrownBy(() -> oneHot.transform(List.of(Collections.singletonList(null), List.of("m"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got 'null' in row 0");
    }

    @Test
    void encodersAreSavedWithAModel() {
        Path file = folder.resolve("run.ckpt");
        OneHotEncoder oneHot = OneHotEncoder.fit(PORTS);
        OrdinalEncoder ordinal = OrdinalEncoder.fit(PORTS);
        new Checkpoint().with("one-hot", oneHot).with("ordinal", ordinal).save(file);
        OneHotEncoder newOneHot = new OneHotEncoder();
        OrdinalEncoder newOrdinal = new OrdinalEncoder();
        assertThat(newOneHot).hasToString("OneHotEncoder(not fitted)");

        new Checkpoint().with("one-hot", newOneHot).with("ordinal", newOrdinal).load(file);

        assertThat(newOneHot.transform(PORTS).toDoubleArray())
                .isEqualTo(oneHot.transform(PORTS).toDoubleArray());
        assertThat(newOrdinal.transform(PORTS).toLongArray()).containsExactly(2, 1, 1, 0, 2, 0, 0, 1);
        assertThat(newOrdinal).hasToString("OrdinalEncoder(categories=[3, 2])");
    }

    @Test
    void encodersRefuseWhatDoesNotFit() {
        OneHotEncoder oneHot = OneHotEncoder.fit(PORTS);
        OrdinalEncoder ordinal = OrdinalEncoder.fit(PORTS);

        assertRefused(
                () -> oneHot.transform(List.of(List.of("S", "X"), List.of("m", "f"))),
                "OneHotEncoder.transform: expected categories that it was fitted on, [C, Q, S] in column 0; got 'X' in row 1."
                        + " Fit it on data with all categories, or by fit(columns, UnknownCategory.IGNORE), or replace the"
                        + " category.");
        assertRefused(
                () -> ordinal.transform(List.of(List.of("S"), List.of("X"))),
                "OrdinalEncoder.transform: expected categories that it was fitted on, [f, m] in column 1; got 'X' in row 0."
                        + " Fit it on data with all categories, or by fit(columns, -1), or replace the category.");
        assertRefused(
                () -> ordinal.transform(List.of(List.of("S"))),
                "OrdinalEncoder.transform: expected 2 columns, as those it was fitted on; got 1. Pass the same columns, in the"
                        + " same order.");
        assertRefused(
                () -> ordinal.transform(List.of(List.of("S"), List.of("m", "f"))),
                "OrdinalEncoder.transform: expected columns of the same length; got 1 and 2. Pass whole columns.");
        assertRefused(
                () -> OneHotEncoder.fit(List.of()),
                "OneHotEncoder.fit: expected at least one column of categories; got none. Pass some.");
        assertRefused(
                () -> OneHotEncoder.fit(List.of(List.of())),
                "OneHotEncoder.fit: expected at least one sample; got none. Pass the training data.");
        assertThatThrownBy(() -> new OneHotEncoder().transform(PORTS))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("OneHotEncoder.transform: expected a fitted one; got one that is not. Make it by"
                        + " OneHotEncoder.fit(train), or load its state.");
        assertThatThrownBy(() -> new OrdinalEncoder().categories()).isInstanceOf(IllegalStateException.class);
        assertRefused(
                () -> oneHot.inverse(Tensor.ones(3, 4)),
                "OneHotEncoder.inverse: expected (N, 5), a number for each category; got (3, 4). Pass what transform gives.");
        for (Tensor unclear : List.of(Tensor.ones(1, 5), Tensor.zeros(1, 5), Tensor.full(Double.NaN, 1, 5))) {
            assertRefused(
                    () -> oneHot.inverse(unclear),
                    "OneHotEncoder.inverse: expected one largest number above 0 in each column, in row 0; got none."
                            + " Pass ones and zeros, or probabilities.");
        }
        assertRefused(
                () -> ordinal.inverse(Tensor.of(new long[][] {{0, 0}, {1, 2}})),
                "OrdinalEncoder.inverse: expected numbers in [0, 2) in column 1; got 2 in row 1. Pass numbers of categories.");
        assertRefused(
                () -> ordinal.inverse(Tensor.ones(3, 2)),
                "OrdinalEncoder.inverse: expected integers (N, 2), one for each column; got float32 (3, 2). Pass what"
                        + " transform gives, labels (N) with unsqueeze(1).");
        for (Object wrong : List.of("S", List.of(), List.of("S"), List.of(List.of("S", "C")), List.of(List.of(1L)))) {
            assertThatThrownBy(() -> ordinal.load(ImmutableMap.of("categories", wrong)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("OrdinalEncoder.load: expected the categories of each column");
        }
        assertThat(ordinal.categories().get(0)).containsExactly("C", "Q", "S");
    }

    @Test
    void categoriesThatAreNullAreRefused() {
        List<List<String>> columns = List.of(List.of("a", "b"), Arrays.asList("c", null));

        assertThatThrownBy(() -> OneHotEncoder.fit(columns))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("OneHotEncoder.fit: expected texts of categories; got null in row 1 of column 1. Leave the"
                        + " sample out, or give what is missing a text of its own.");
        assertThatThrownBy(() -> OrdinalEncoder.fit(columns))
                .isInstanceOf(NullPointerException.class)
                .hasMessageStartingWith("OrdinalEncoder.fit: expected texts of categories; got null in row 1");
    }
}
