package org.ndgrad.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Draws {@link Horrors}, a few of them in each build; {@code -Dndgrad.test.plots=300} draws more, and
 * {@code -Dndgrad.test.sheets=folder} writes them into contact sheets to be looked at.
 */
class RandomPlotsTest {

    private static final int COUNT = Integer.getInteger("ndgrad.test.plots", 30);
    private static final Optional<Path> SHEETS =
            Optional.ofNullable(System.getProperty("ndgrad.test.sheets")).map(Path::of);

    private static final int ACROSS = 4;
    private static final int DOWN = 4;
    private static final int WIDTH = 450;
    private static final int HEIGHT = 320;

    private static BufferedImage sheet = newSheet();
    private static int onSheet;
    private static int sheets;

    static IntStream seeds() {
        return IntStream.range(0, COUNT);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void isDrawnInTwoSecondsOrRefusedInWords(int seed) throws IOException {
        var horrors = new Horrors(seed);
        BufferedImage image;
        try {
            image = Stopwatch.inTwoSeconds(horrors.plot()::image);
        } catch (IllegalArgumentException | IllegalStateException refused) {
            assertThat(refused).hasMessageMatching("(?s)\\w+: expected .*; got .*\\..+");
            addToSheet(horrors.description() + ": " + refused.getMessage(), newImage(8, 8));
            return;
        }
        addToSheet(horrors.description(), image);
        assertThat(Pixels.edge(image, 3)).as(horrors.description()).containsOnly(Color.WHITE);
    }

    private static void addToSheet(String caption, BufferedImage image) throws IOException {
        if (SHEETS.isEmpty()) {
            return;
        }
        Graphics2D g = sheet.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        int left = onSheet % ACROSS * WIDTH;
        int top = onSheet / ACROSS * HEIGHT;
        double scale = Math.min(1, Math.min((WIDTH - 10.0) / image.getWidth(), (HEIGHT - 30.0) / image.getHeight()));
        g.drawImage(
                image, left + 5, top + 22, (int) (scale * image.getWidth()), (int) (scale * image.getHeight()), null);
        List<String> lines = caption.length() > 75
                ? List.of(caption.substring(0, 75), caption.substring(75, Math.min(150, caption.length())))
                : List.of(caption);
        for (int i = 0; i < lines.size(); i++) {
            String line = Text.fit(lines.get(i), Text.TICK, WIDTH);
            new PixelInk(g).text(line, Text.TICK, Color.BLACK, left + 5, top + 13 + 14 * i, 0);
        }
        g.dispose();
        onSheet++;
        if (onSheet == ACROSS * DOWN) {
            writeSheet();
        }
    }

    @AfterAll
    static void writeSheet() throws IOException {
        if (SHEETS.isPresent() && onSheet > 0) {
            Files.createDirectories(SHEETS.get());
            ImageIO.write(
                    sheet,
                    "png",
                    SHEETS.get().resolve("sheet-" + sheets + ".png").toFile());
            sheets++;
            sheet = newSheet();
            onSheet = 0;
        }
    }

    private static BufferedImage newSheet() {
        return newImage(ACROSS * WIDTH, DOWN * HEIGHT);
    }

    private static BufferedImage newImage(int width, int height) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setColor(new Color(0xDDDDDD));
        g.fillRect(0, 0, width, height);
        g.dispose();
        return image;
    }
}
