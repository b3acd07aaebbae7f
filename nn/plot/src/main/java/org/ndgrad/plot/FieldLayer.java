package org.ndgrad.plot;

import static com.google.common.base.Preconditions.checkArgument;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/** The plane in the tints of the classes a classifier gives its points. */
record FieldLayer(Field field, Kind kind) implements Layer {

    /** What the values of the field mean. */
    enum Kind {
        CLASS_INDEX("decisionRegions", 3),
        PROBABILITY("probabilityField", 5);

        private final String method;
        private final int pixelsPerNode;

        Kind(String method, int pixelsPerNode) {
            this.method = method;
            this.pixelsPerNode = pixelsPerNode;
        }
    }

    private static final int MOST_CLASSES = 1000;
    private static final double FLAT = 0.38;
    private static final double WEAKEST = 0.12;
    private static final double STRONGEST = 0.55;
    private static final Color BOUNDARY = new Color(0x444444);

    @Override
    public boolean hasSomethingAt(Rectangle2D box, Rectangle2D area, Axis x, Axis y) {
        return false;
    }

    /**
     * The field is sampled at the nodes of a coarse grid and interpolated; 2 × 2 samples per pixel smooth the edges.
     */
    @Override
    public void paint(Graphics2D g, Rectangle2D area, Axis x, Axis y) {
        int columns = (int) area.getWidth() / kind.pixelsPerNode + 1;
        int rows = (int) area.getHeight() / kind.pixelsPerNode + 1;
        double[][] points = new double[columns * rows][];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                double down = row / (rows - 1.0);
                points[row * columns + column] = new double[] {x.value(column / (columns - 1.0)), y.value(1 - down)};
            }
        }
        double[][] scores = scores(points);
        if (kind == Kind.CLASS_INDEX) {
            scores = smooth(smooth(scores, 1), columns);
        }
        boolean shaded = kind == Kind.PROBABILITY && areProbabilities(scores);

        int width = 2 * (int) Math.ceil(area.getWidth());
        int height = 2 * (int) Math.ceil(area.getHeight());
        int[] winners = new int[width * height];
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        double[] mixed = new double[scores[0].length];
        for (int j = 0; j < height; j++) {
            for (int i = 0; i < width; i++) {
                interpolate(scores, columns, i * (columns - 1.0) / (width - 1), j * (rows - 1.0) / (height - 1), mixed);
                int winner = largest(mixed);
                winners[j * width + i] = winner;
                image.setRGB(i, j, tint(winner, mixed, shaded).getRGB());
            }
        }
        drawBoundary(image, winners);
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        g.drawImage(
                image,
                (int) area.getX(),
                (int) area.getY(),
                (int) Math.ceil(area.getWidth()),
                (int) Math.ceil(area.getHeight()),
                null);
    }

    /** Returns one row of scores per point, one column per class. */
    private double[][] scores(double[][] points) {
        double[] values = field.at(points);
        int n = points.length;
        boolean whole = kind == Kind.CLASS_INDEX ? values.length == n : values.length > 0 && values.length % n == 0;
        checkArgument(
                whole,
                "%s: expected %s for each of the %s points; got %s values. Return them in the order of the points.",
                kind.method,
                kind == Kind.CLASS_INDEX ? "one value" : "one value or one per class",
                n,
                values.length);
        int classes = kind == Kind.CLASS_INDEX ? 2 : Math.max(2, values.length / n);
        for (int i = 0; i < values.length; i++) {
            double[] point = points[i / (values.length / n)];
            checkArgument(
                    Double.isFinite(values[i]),
                    "%s: expected finite values; got %s at (%s, %s). Check that the parameters of the model are finite.",
                    kind.method,
                    values[i],
                    point[0],
                    point[1]);
            if (kind == Kind.CLASS_INDEX) {
                checkArgument(
                        values[i] >= 0 && values[i] < MOST_CLASSES && values[i] == Math.rint(values[i]),
                        "decisionRegions: expected a class index 0, 1, …; got %s at (%s, %s)."
                                + " Use probabilityField for scores and probabilities.",
                        values[i],
                        point[0],
                        point[1]);
                classes = Math.max(classes, (int) values[i] + 1);
            } else if (values.length == n) {
                checkArgument(
                        values[i] >= -1e-6 && values[i] <= 1 + 1e-6,
                        "probabilityField: expected the probability of class 1, in [0, 1]; got %s at (%s, %s)."
                                + " Apply a sigmoid to the logits.",
                        values[i],
                        point[0],
                        point[1]);
            }
        }
        double[][] scores = new double[n][classes];
        for (int i = 0; i < n; i++) {
            if (kind == Kind.CLASS_INDEX) {
                scores[i][(int) values[i]] = 1;
            } else if (values.length == n) {
                scores[i][0] = 1 - values[i];
                scores[i][1] = values[i];
            } else {
                System.arraycopy(values, i * classes, scores[i], 0, classes);
            }
        }
        return scores;
    }

    /**
     * Averages each node with its neighbors at {@code distance}, which takes the stairs out of borders between classes.
     */
    private static double[][] smooth(double[][] scores, int distance) {
        double[][] smooth = new double[scores.length][scores[0].length];
        for (int i = 0; i < scores.length; i++) {
            double[] before = scores[Math.max(i - distance, i % distance)];
            double[] after = scores[i + distance < scores.length ? i + distance : i];
            for (int k = 0; k < smooth[i].length; k++) {
                smooth[i][k] = (before[k] + 2 * scores[i][k] + after[k]) / 4;
            }
        }
        return smooth;
    }

    private static boolean areProbabilities(double[][] scores) {
        for (double[] row : scores) {
            double sum = 0;
            for (double score : row) {
                if (score < -1e-6) {
                    return false;
                }
                sum += score;
            }
            if (Math.abs(sum - 1) > 1e-3) {
                return false;
            }
        }
        return true;
    }

    private static void interpolate(double[][] scores, int columns, double column, double row, double[] result) {
        int left = Math.min((int) column, columns - 2);
        int top = Math.min((int) row, scores.length / columns - 2);
        double right = column - left;
        double down = row - top;
        int node = top * columns + left;
        for (int k = 0; k < result.length; k++) {
            double above = scores[node][k] * (1 - right) + scores[node + 1][k] * right;
            double below = scores[node + columns][k] * (1 - right) + scores[node + columns + 1][k] * right;
            result[k] = above * (1 - down) + below * down;
        }
    }

    private static int largest(double[] scores) {
        int best = 0;
        for (int k = 1; k < scores.length; k++) {
            if (scores[k] > scores[best]) {
                best = k;
            }
        }
        return best;
    }

    private static Color tint(int winner, double[] scores, boolean shaded) {
        double chance = 1.0 / scores.length;
        double confidence = (scores[winner] - chance) / (1 - chance);
        return Palette.tint(Palette.of(winner), shaded ? WEAKEST + (STRONGEST - WEAKEST) * confidence : FLAT);
    }

    private static void drawBoundary(BufferedImage image, int[] winners) {
        int width = image.getWidth();
        for (int j = 1; j < image.getHeight() - 1; j++) {
            for (int i = 1; i < width - 1; i++) {
                int here = winners[j * width + i];
                boolean edge = false;
                for (int neighbor : new int[] {-1, 1, -width, width}) {
                    edge |= winners[j * width + i + neighbor] != here;
                }
                if (edge) {
                    image.setRGB(i, j, BOUNDARY.getRGB());
                }
            }
        }
    }
}
