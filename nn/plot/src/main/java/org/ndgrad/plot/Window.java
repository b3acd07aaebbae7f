package org.ndgrad.plot;

import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.GraphicsEnvironment;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import javax.swing.JComponent;
import javax.swing.JFrame;
import javax.swing.SwingUtilities;
import javax.swing.WindowConstants;

/** A window with a picture, which stays as it is when the figure is changed, and is seen whole. */
final class Window {

    private Window() {}

    static void open(Figure figure) {
        BufferedImage image = figure.image();
        SwingUtilities.invokeLater(() -> {
            var frame = new JFrame(figure.toString());
            frame.setDefaultCloseOperation(WindowConstants.DISPOSE_ON_CLOSE);
            frame.add(new View(image));
            frame.pack();
            Rectangle screen = GraphicsEnvironment.getLocalGraphicsEnvironment().getMaximumWindowBounds();
            frame.setSize(Math.min(frame.getWidth(), screen.width), Math.min(frame.getHeight(), screen.height));
            frame.setLocationByPlatform(true);
            frame.setVisible(true);
        });
    }

    /** An image in the middle, smaller where there is no room for it. */
    static final class View extends JComponent {

        private static final long serialVersionUID = 1;

        private final transient BufferedImage image;

        View(BufferedImage image) {
            this.image = image;
            setPreferredSize(new Dimension(image.getWidth(), image.getHeight()));
        }

        @Override
        protected void paintComponent(Graphics graphics) {
            double room = Math.min((double) getWidth() / image.getWidth(), (double) getHeight() / image.getHeight());
            double scale = Math.min(1, room);
            int width = (int) Math.round(scale * image.getWidth());
            int height = (int) Math.round(scale * image.getHeight());
            Graphics2D g = (Graphics2D) graphics;
            g.setColor(new Color(image.getRGB(0, 0)));
            g.fillRect(0, 0, getWidth(), getHeight());
            g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
            g.drawImage(image, (getWidth() - width) / 2, (getHeight() - height) / 2, width, height, null);
        }
    }
}
