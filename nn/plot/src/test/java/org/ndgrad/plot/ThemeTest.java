package org.ndgrad.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ThemeTest {

    @ParameterizedTest
    @EnumSource(Theme.class)
    void everythingStandsOutFromThePaper(Theme theme) {
        assertThat(Theme.contrast(theme.text(), theme.paper())).isGreaterThan(7);
        assertThat(Theme.contrast(theme.rule(), theme.paper())).isGreaterThan(4.5);
        for (int i = 0; i < 10; i++) {
            assertThat(Theme.contrast(theme.ink(Palette.of(i)), theme.paper()))
                    .as("color %s", i)
                    .isGreaterThan(theme == Theme.LIGHT ? 2.2 : 4.5);
        }
    }

    @Test
    void darkFiguresAreDarkToTheEdge() {
        Color paper = Theme.DARK.paper();
        for (Figure figure : List.of(
                Plot.titled("a").line("a", 1, 2).line("b", 2, 1),
                Figure.row(
                        Plot.titled("a").line("a", 1, 2),
                        Plot.titled("b").size(300, 200).line("a", 1)),
                ClassifierPlots.confusionMatrix(new int[][] {{5, 1}, {2, 7}}),
                Pictures.titled("ones").add(new double[] {1}, 1))) {
            BufferedImage image = figure.theme(Theme.DARK).image();
            assertThat(Pixels.edge(image, 3)).containsOnly(paper);
            assertThat(Pixels.count(image, Theme.DARK.text())).isPositive();
        }
    }

    @Test
    void linesDifferInMoreThanTheirColors() {
        String svg = Plot.titled("")
                .line("a", 1, 2)
                .line("b", 1, 3)
                .line("c", 1, 4)
                .line("d", 1, 5)
                .svg();

        assertThat(svg.lines().filter(line -> line.contains("stroke-dasharray")).distinct())
                .hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void barsOfTheSecondGroupHaveLinesAcross() {
        BufferedImage image = Plot.titled("")
                .bars("a", List.of(1, 1))
                .bars("b", List.of(1, 1))
                .image();

        assertThat(Pixels.count(image, Palette.of(0))).isGreaterThan(3 * Pixels.count(image, Palette.of(1)) / 2);
    }

    @Test
    void scaleIsLighterForLargerNumbersInGray() {
        Scale scale = new Scale(Axis.linear(0, 1, 0), List.of(), false);
        double before = -1;
        for (int i = 0; i <= 20; i++) {
            Color color = scale.color(i / 20.0, Theme.LIGHT);
            double gray = 0.299 * color.getRed() + 0.587 * color.getGreen() + 0.114 * color.getBlue();
            assertThat(gray).isGreaterThan(before);
            before = gray;
        }
    }
}
