package org.ndgrad.plot;

import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/** An image that was made elsewhere. */
final class ImageFigure extends Figure {

    private final BufferedImage image;

    ImageFigure(BufferedImage image) {
        this.image = image;
    }

    @Override
    public int width() {
        return image.getWidth();
    }

    @Override
    public int height() {
        return image.getHeight();
    }

    @Override
    void draw(Ink ink) {
        var area = new Rectangle2D.Double(0, 0, width(), height());
        ink.fill(area, theme().paper());
        ink.image(image, area, true);
    }

    @Override
    public String toString() {
        return "Figure(image, " + width() + " × " + height() + ")";
    }
}
