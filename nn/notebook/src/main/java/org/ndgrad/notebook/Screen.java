package org.ndgrad.notebook;

import java.awt.GraphicsEnvironment;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.swing.ImageIcon;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.SwingUtilities;

/** Shows values where there is no notebook: pictures in windows if there can be any, text on the console. */
final class Screen {

    private Screen() {}

    static void show(Object value) {
        Rendering rendering = Rendering.of(value);
        rendering.png().ifPresentOrElse(Screen::picture, () -> System.out.println(rendering.text()));
    }

    private static void picture(byte[] png) {
        if (GraphicsEnvironment.isHeadless()) {
            System.out.println(saved(png));
        } else {
            SwingUtilities.invokeLater(() -> window(png));
        }
    }

    private static Path saved(byte[] png) {
        try {
            return Files.write(Files.createTempFile("ndgrad", ".png"), png);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "show: expected a temporary folder that can be written to; got none (%s). Set -Djava.io.tmpdir=FOLDER."
                            .formatted(e),
                    e);
        }
    }

    /** Opens a window that the program does not wait for, and that does not keep it from ending. */
    private static void window(byte[] png) {
        JFrame frame = new JFrame("ndgrad");
        frame.setDefaultCloseOperation(JFrame.DISPOSE_ON_CLOSE);
        try {
            frame.add(new JLabel(new ImageIcon(ImageIO.read(new ByteArrayInputStream(png)))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        frame.pack();
        frame.setLocationByPlatform(true);
        frame.setVisible(true);
    }
}
