package org.ndgrad.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class AxisTest {

    @Test
    void labelsAreRoundDecimals() {
        assertThat(labels(Axis.linear(0, 1, 0), 10))
                .startsWith("0.0", "0.1", "0.2", "0.3")
                .endsWith("1.0");
        assertThat(labels(Axis.linear(-1.1, 1.1, 0), 5)).containsExactly("−1.0", "−0.5", "0.0", "0.5", "1.0");
        assertThat(labels(Axis.linear(-2, 102, 1), 6)).containsExactly("0", "20", "40", "60", "80", "100");
    }

    @Test
    void countsHaveNoFractions() {
        assertThat(labels(Axis.linear(1, 3, 1), 10)).containsExactly("1", "2", "3");
    }

    @Test
    void largeAndSmallNumbersAreWrittenWithExponents() {
        assertThat(labels(Axis.linear(0, 3e6, 0), 3)).containsExactly("0", "1e6", "2e6", "3e6");
        assertThat(labels(Axis.linear(0, 3e-5, 0), 6)).contains("5e−6", "1.5e−5");
    }

    @Test
    void logarithmicAxisLabelsPowersOfTen() {
        assertThat(labels(Axis.log(1e-4, 10), 8)).containsExactly("10⁻⁴", "10⁻³", "10⁻²", "10⁻¹", "10⁰", "10¹");
        assertThat(labels(Axis.log(1e-3, 1000), 8)).containsExactly("0.001", "0.01", "0.1", "1", "10", "100", "1000");
        assertThat(labels(Axis.log(1e-20, 3e-19), 8))
                .containsExactly("10⁻²⁰", "2·10⁻²⁰", "5·10⁻²⁰", "10⁻¹⁹", "2·10⁻¹⁹");
        assertThat(labels(Axis.log(0.05, 1), 8)).containsExactly("0.05", "0.1", "0.2", "0.5", "1");
        assertThat(labels(Axis.log(2, 3), 5)).containsExactly("2.0", "2.2", "2.4", "2.6", "2.8", "3.0");
        assertThat(labels(Axis.log(1e-20, 1), 5)).hasSizeBetween(4, 6).contains("10⁻⁴", "10⁰");
    }

    @Test
    void positionAndValueAreInverse() {
        for (Axis axis : List.of(Axis.linear(-3, 7, 0), Axis.log(0.1, 1000), new Axis.Categories(List.of("a", "b")))) {
            assertThat(axis.position(axis.value(0.3))).isCloseTo(0.3, within(1e-12));
        }
    }

    @Test
    void axisOfASingleValueHasItInTheMiddle() {
        assertThat(Axis.linear(0, 0, 0).position(0)).isEqualTo(0.5);
        assertThat(Axis.linear(-20, -20, 0).position(-20)).isCloseTo(0.5, within(1e-12));
        assertThat(Axis.log(5, 5).position(5)).isCloseTo(0.5, within(1e-12));
    }

    private static List<String> labels(Axis axis, int count) {
        return axis.ticks(count).stream()
                .map(Axis.Tick::label)
                .filter(label -> !label.isEmpty())
                .toList();
    }
}
