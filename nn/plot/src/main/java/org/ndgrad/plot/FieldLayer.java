package org.ndgrad.plot;

import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/** The plane in the tints of the classes a classifier gives its points. */
record FieldLayer(Field field, Kind kind) implements Layer {

    /** What the values of the field mean. */
    enum Kind {
        CLASS_INDEX(3),
        PROBABILITY(5);

        private final int pixelsPerNode;

        Kind(int pixelsPerNode) {
            this.pixelsPerNode = pixelsPerNode;
        }
    }

    /** Bounds for very large pictures, which are as coarse as they say. */
    private static final double MOST_NODES = 200_000;

    private static final double MOST_SAMPLES = 8e6;

    /** How much stronger each contour is than the one before. */
    private static final double LEVEL = 0.04;

    @Override
    public boolean hasSomethingAt(Rectangle2D box, Rectangle2D area, Axis x, Axis y) {
        return false;
    }

    /**
     * The field is sampled at the nodes of a coarse grid and interpolated; 2 × 2 samples per pixel smooth the edges.
     */
    @Override
    public void paint(Ink ink, Theme theme, Rectangle2D area, Axis x, Axis y) {
        double pixels = area.getWidth() * area.getHeight();
        double spacing = Math.max(kind.pixelsPerNode, Math.sqrt(pixels / MOST_NODES));
        int columns = 2 + (int) (area.getWidth() / spacing);
        int rows = 2 + (int) (area.getHeight() / spacing);
        double[][] points = new double[columns * rows][];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                double down = row / (rows - 1.0);
                points[row * columns + column] = new double[] {x.value(column / (columns - 1.0)), y.value(1 - down)};
            }
        }
        double[] values = field.at(points);
        FieldNodes nodes = switch (kind) {
            case CLASS_INDEX -> FieldNodes.Classes.of(values, points, columns);
            case PROBABILITY -> FieldNodes.Scores.of(values, points, columns);
        };
        double samples = Math.min(2, Math.sqrt(MOST_SAMPLES / pixels));
        int width = (int) Math.ceil(samples * area.getWidth());
        int height = (int) Math.ceil(samples * area.getHeight());
        ink.image(sampled(nodes, theme, columns, rows, width, height), area, true);
    }

    private static BufferedImage sampled(FieldNodes nodes, Theme theme, int columns, int rows, int width, int height) {
        int[] winners = new int[width * height];
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int j = 0; j < height; j++) {
            double down = j * (rows - 1.0) / Math.max(1, height - 1);
            int row = Math.min((int) down, rows - 2);
            for (int i = 0; i < width; i++) {
                double right = i * (columns - 1.0) / Math.max(1, width - 1);
                int column = Math.min((int) right, columns - 2);
                var place = new FieldNodes.Place(column, row, right - column, down - row);
                int winner = nodes.winner(place);
                winners[j * width + i] = winner;
                Color tint = theme.tint(Palette.of(winner), level(nodes.strength(place, winner)));
                image.setRGB(i, j, tint.getRGB());
            }
        }
        drawBoundary(image, winners, theme.boundary());
        return image;
    }

    /** Returns the strength of a level: filled contours, which are also smaller files than all shades. */
    private static double level(double strength) {
        return strength == FieldNodes.FLAT ? strength : Math.round(strength / LEVEL) * LEVEL;
    }

    private static void drawBoundary(BufferedImage image, int[] winners, Color color) {
        int width = image.getWidth();
        for (int j = 1; j < image.getHeight() - 1; j++) {
            for (int i = 1; i < width - 1; i++) {
                int here = winners[j * width + i];
                boolean edge = false;
                for (int neighbor : new int[] {-1, 1, -width, width}) {
                    edge |= winners[j * width + i + neighbor] != here;
                }
                if (edge) {
                    image.setRGB(i, j, color.getRGB());
                }
            }
        }
    }
}
