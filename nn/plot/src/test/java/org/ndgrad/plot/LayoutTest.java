package org.ndgrad.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LayoutTest {

    private static final int WIDTH = 900;

    private static List<String> names(int count, IntFunction<String> name) {
        return IntStream.range(0, count).mapToObj(name).toList();
    }

    private static Layout layout(List<String> names) {
        return Layout.of(WIDTH, 600, true, true, true, new Axis.Categories(names), Axis.linear(0, 1, 0));
    }

    private static List<String> labels(Layout layout) {
        return layout.xTicks().stream().map(Axis.Tick::label).toList();
    }

    private static void assertApart(Layout layout) {
        double end = 0;
        for (Axis.Tick tick : layout.xTicks()) {
            double center =
                    layout.area().getX() + tick.position() * layout.area().getWidth();
            double half = Text.width(tick.label(), layout.xFont()) / 2;
            assertThat(center - half).as(tick.label()).isGreaterThan(end);
            end = center + half;
        }
        assertThat(end).isLessThan(WIDTH);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10, 25, 26, 30, 50, 110, 150, 999, 2000})
    void numbersOfCategoriesAreWrittenWhole(int count) {
        List<String> names = names(count, String::valueOf);

        Layout layout = layout(names);

        assertThat(labels(layout))
                .isSubsetOf(names)
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(Math.min(count, 12) - 1);
        assertApart(layout);
    }

    @ParameterizedTest
    @CsvSource({"8, a long name of several words that is number %d", "40, category %d", "12, one of the months (%d)"})
    void namesThatWouldBeTheSameAreLeftOut(int count, String format) {
        List<String> names = names(count, i -> String.format(format, i));

        Layout layout = layout(names);

        assertThat(labels(layout)).isSubsetOf(names).doesNotHaveDuplicates().hasSizeGreaterThan(1);
        assertApart(layout);
    }

    @Test
    void namesThatCanBeToldApartAreCutOnly() {
        List<String> names = names(10, i -> (char) ('a' + i) + " name that is longer than there is room");

        Layout layout = layout(names);

        assertThat(labels(layout)).hasSize(10).doesNotHaveDuplicates().allMatch(label -> label.endsWith("…"));
        assertApart(layout);
    }

    @Test
    void shortNamesKeepTheirSize() {
        assertThat(layout(names(5, i -> "name " + i)).xFont()).isEqualTo(Text.TICK);
        assertThat(layout(names(12, i -> "September")).xFont().getSize2D()).isLessThan(Text.TICK.getSize2D());
    }
}
