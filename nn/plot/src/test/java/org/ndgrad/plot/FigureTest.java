package org.ndgrad.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FigureTest {

    @TempDir
    Path folder;

    @Test
    void saveMakesTheFolderAndWritesAReadablePng() throws IOException {
        Path file = folder.resolve("new/folder/loss.PNG");

        plot().save(file);

        BufferedImage image = ImageIO.read(file.toFile());
        assertThat(image.getWidth()).isEqualTo(300);
        assertThat(image.getHeight()).isEqualTo(200);
        assertThat(Pixels.count(image, Palette.of(0))).isPositive();
    }

    @Test
    void otherExtensionsAreRefused() {
        for (String name : List.of("loss.jpg", "loss")) {
            assertThatThrownBy(() -> plot().save(Path.of(name)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("save: expected a file name that ends in .png or .svg; got " + name
                            + ". Use Path.of(\"loss.png\").");
        }
    }

    @Test
    void placeThatCannotBeWrittenIsExplained() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> plot().save(file.resolve("loss.png")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("save: expected a place that can be written to; got " + file + File.separator);
    }

    @Test
    void rowIsAsWideAsItsFiguresTogether() {
        Figure row = Figure.row(plot(), plot().size(400, 250));

        assertThat(row.width()).isEqualTo(700);
        assertThat(row.height()).isEqualTo(250);
        assertThat(Pixels.strips(row.image(), Palette.of(0), 7)).contains(1, 4, 5);
        assertThat(Pixels.at(row.image(), 0, 0)).isEqualTo(Color.WHITE);
    }

    @Test
    void lastRowOfAGridMayBeShorter() {
        Figure grid = Figure.grid(2, plot(), plot(), plot());

        assertThat(grid.width()).isEqualTo(600);
        assertThat(grid.height()).isEqualTo(400);
        BufferedImage rest = grid.image().getSubimage(300, 200, 300, 200);
        assertThat(Pixels.count(rest, Color.WHITE)).isEqualTo(300 * 200);
    }

    @Test
    void gridsMayBeNested() {
        assertThat(Figure.grid(1, Figure.row(plot(), plot()), plot()).image().getWidth())
                .isEqualTo(600);
    }

    @Test
    void imageStandsBesideAPlotOnThePaperOfTheTheme() {
        var image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(3, 2, Color.RED.getRGB());
        Figure figure = Figure.of(image);

        assertThat(figure).hasToString("Figure(image, 40 × 30)");
        assertThat(figure.image().getRGB(3, 2)).isEqualTo(Color.RED.getRGB());
        assertThat(figure.image().getRGB(0, 0)).isEqualTo(Color.WHITE.getRGB());
        assertThat(Figure.row(plot(), figure).width()).isEqualTo(340);
        assertThat(figure.svg()).contains("<image");
        assertThat(figure.theme(Theme.DARK).image().getRGB(0, 0))
                .isEqualTo(Theme.DARK.paper().getRGB());
    }

    @Test
    void pngKeepsWhatIsClear() throws IOException {
        byte[] png = Figure.png(new BufferedImage(4, 3, BufferedImage.TYPE_INT_ARGB));

        assertThat(ImageIO.read(new ByteArrayInputStream(png)).getRGB(0, 0) >>> 24)
                .isZero();
    }

    @Test
    void emptyGridIsRefused() {
        assertThatThrownBy(() -> Figure.row())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("grid: expected at least one figure; got none. Pass the figures to arrange.");
        assertThatThrownBy(() -> Figure.grid(0, plot()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("grid: expected at least 1 column; got 0.");
    }

    private static Plot plot() {
        return Plot.titled("plot").size(300, 200).line("a", 1, 2, 3);
    }

    @Test
    void aPlotSaysWhatItIs() {
        assertThat(Plot.titled("Loss").size(300, 200)).hasToString("Plot(\"Loss\", 300 × 200)");
    }
}
