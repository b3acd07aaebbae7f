package org.ndgrad.plot;

import java.awt.image.BufferedImage;
import javax.swing.ImageIcon;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JScrollPane;
import javax.swing.SwingUtilities;
import javax.swing.WindowConstants;

/** A window with a picture, which stays as it is when the figure is changed. */
final class Window {

    private Window() {}

    static void open(Figure figure) {
        BufferedImage image = figure.image();
        SwingUtilities.invokeLater(() -> {
            var frame = new JFrame(figure.toString());
            frame.setDefaultCloseOperation(WindowConstants.DISPOSE_ON_CLOSE);
            frame.add(new JScrollPane(new JLabel(new ImageIcon(image))));
            frame.pack();
            frame.setLocationByPlatform(true);
            frame.setVisible(true);
        });
    }
}
