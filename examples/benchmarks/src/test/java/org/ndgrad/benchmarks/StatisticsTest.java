package org.ndgrad.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class StatisticsTest {

    @Test
    void medianIsInTheMiddle() {
        assertThat(Statistics.median(List.of(5.0))).isEqualTo(5);
        assertThat(Statistics.median(List.of(9.0, 1.0, 2.0))).isEqualTo(2);
        assertThat(Statistics.median(List.of(9.0, 1.0, 2.0, 4.0))).isEqualTo(3);
        assertThatThrownBy(() -> Statistics.median(List.of())).hasMessageStartingWith("median: expected at least one");
    }

    @Test
    void trendOfPointsOnALineIsExact() {
        Statistics.Trend trend = Statistics.trend(List.of(0.0, 10.0, 20.0, 30.0), List.of(5.0, 6.0, 7.0, 8.0));

        assertThat(trend.slope()).isCloseTo(0.1, within(1e-12));
        assertThat(trend.standardError()).isCloseTo(0, within(1e-12));
    }

    @Test
    void trendOfScatteredPointsHasAnError() {
        // Worked out by hand: the mean is (1.5, 1), Σ(x − 1.5)² = 5, Σ(x − 1.5)(y − 1) = 2, the rest squared is 4 − 0.4
        // · 2 = 3.2.
        Statistics.Trend trend = Statistics.trend(List.of(0.0, 1.0, 2.0, 3.0), List.of(0.0, 2.0, 0.0, 2.0));

        assertThat(trend.slope()).isCloseTo(0.4, within(1e-12));
        assertThat(trend.standardError()).isCloseTo(Math.sqrt(3.2 / 2 / 5), within(1e-12));
    }

    @Test
    void trendNeedsThreePointsAtDifferentPlaces() {
        List<Double> two = List.of(1.0, 2.0);
        List<Double> same = List.of(1.0, 1.0, 1.0);
        assertThatThrownBy(() -> Statistics.trend(two, two)).hasMessageStartingWith("trend: expected as many x as y");
        assertThatThrownBy(() -> Statistics.trend(same, same)).hasMessageStartingWith("trend: expected different x");
    }
}
