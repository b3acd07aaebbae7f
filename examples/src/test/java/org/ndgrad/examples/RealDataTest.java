package org.ndgrad.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.primitives.Doubles;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ndgrad.nn.data.TensorDataset;

/** The real data sets, and the short examples that learn from them. */
class RealDataTest {

    @ParameterizedTest
    @CsvSource({
        "iris, 150, 4, Fisher",
        "wine, 178, 13, Forina",
        "breast-cancer, 569, 30, Wolberg",
        "diabetes, 442, 10, Efron",
        "digits, 1797, 1, Kaynak",
        "fashion-mnist, 10000, 1, MIT",
        "fashion-mnist-test, 10000, 1, MIT"
    })
    void setsAreFoundByNameWithTheirLicenses(String name, long samples, long features, String license) {
        TensorDataset data = RealData.named(name).load();

        assertThat(data.size()).isEqualTo(samples);
        assertThat(data.features().size(1)).isEqualTo(features);
        assertThat(RealData.named(name).license()).contains(license);
    }

    @Test
    void unknownNamesAreRefused() {
        assertThatThrownBy(() -> RealData.named("mnist"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("RealData: expected one of [iris, wine, breast-cancer, diabetes, digits, fashion-mnist,"
                        + " fashion-mnist-test]; got 'mnist'. Take one of these names.");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4})
    void irisIsTold(long seed) {
        Iris.Result result = Iris.train(seed);

        assertThat(result.testAccuracy()).isGreaterThanOrEqualTo(0.9);
        assertThat(result.losses().get(59)).isLessThan(0.1);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2})
    void wineIsTold(long seed) {
        assertThat(Wine.accuracies(seed)).hasSize(5).allMatch(accuracy -> accuracy > 0.9);
        assertThat(Wine.mean(Wine.accuracies(seed))).isGreaterThan(0.96);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2})
    void gradientDescentFindsTheAnswerOfTheFormula(long seed) {
        Diabetes.Result result = Diabetes.train(seed);

        assertThat(result.trained()).hasSize(11);
        assertThat(Doubles.toArray(result.trained())).containsExactly(Doubles.toArray(result.formula()), within(1e-6));
        assertThat(result.r2()).isBetween(0.3, 0.65);
    }

    @ParameterizedTest
    @ValueSource(strings = {"iris", "wine", "diabetes"})
    void examplesSayWhatTheyFound(String name) {
        Map<String, Consumer<String[]>> programs =
                Map.of("iris", Iris::main, "wine", Wine::main, "diabetes", Diabetes::main);

        String[] lines = ProgramOutput.of(() -> programs.get(name).accept(new String[] {"1"}))
                .split("\n", -1);

        assertThat(lines).hasSizeBetween(7, 14);
        assertThat(lines[lines.length - 2]).matches("(test accuracy|mean accuracy|test R²) [01]\\.\\d{4}");
    }
}
