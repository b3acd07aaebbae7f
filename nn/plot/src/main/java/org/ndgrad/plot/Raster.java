package org.ndgrad.plot;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Optional;
import java.util.function.Consumer;

/** The pixels of series that have too many points for shapes: one picture of all that lie directly above each other. */
final class Raster {

    private final Rectangle2D place;
    private Optional<BufferedImage> pixels = Optional.empty();

    Raster(Rectangle2D area) {
        double left = Math.floor(area.getX());
        double top = Math.floor(area.getY());
        place = new Rectangle2D.Double(left, top, Math.ceil(area.getMaxX()) - left, Math.ceil(area.getMaxY()) - top);
    }

    /** Draws pixels, at their places in the whole figure. */
    void draw(Consumer<Graphics2D> drawing) {
        BufferedImage all = pixels.orElseGet(() ->
                new BufferedImage((int) place.getWidth(), (int) place.getHeight(), BufferedImage.TYPE_INT_ARGB_PRE));
        pixels = Optional.of(all);
        Graphics2D g = all.createGraphics();
        g.translate(-place.getX(), -place.getY());
        drawing.accept(g);
        g.dispose();
    }

    /** Hands over what has been drawn to the ink, and returns that, for what is to lie above. */
    Ink below(Ink ink) {
        pixels.ifPresent(all -> ink.image(all, place, true));
        pixels = Optional.empty();
        return ink;
    }
}
