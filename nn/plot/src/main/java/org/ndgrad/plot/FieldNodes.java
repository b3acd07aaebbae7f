package org.ndgrad.plot;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;

/** What a field says at the nodes of a grid, and in between. */
sealed interface FieldNodes {

    /** How strong a color is where nothing is known of how sure a class is. */
    double FLAT = 0.38;

    /** A place in the cell whose upper left node is in this column and row; 1 is at the next node. */
    record Place(int column, int row, double right, double down) {}

    /** Returns the class that a place belongs to. */
    int winner(Place place);

    /** Returns how strong the color of the winner is at a place, 0 (white) to 1. */
    double strength(Place place, int winner);

    /** One class per node. */
    final class Classes implements FieldNodes {

        private static final int MOST_CLASSES = 1000;

        private final int[] classes;
        private final int columns;

        private Classes(int[] classes, int columns) {
            this.classes = classes;
            this.columns = columns;
        }

        /** Checks and returns what a field has given for these points. */
        static Classes of(double[] values, double[][] points, int columns) {
            checkArgument(
                    values.length == points.length,
                    "decisionRegions: expected one value for each of the %s points; got %s values."
                            + " Return them in the order of the points.",
                    points.length,
                    values.length);
            int[] classes = new int[values.length];
            for (int i = 0; i < values.length; i++) {
                checkFinite("decisionRegions", values[i], points[i]);
                checkArgument(
                        values[i] >= 0 && values[i] < MOST_CLASSES && values[i] == Math.rint(values[i]),
                        "decisionRegions: expected a class index 0, 1, …; got %s at (%s, %s)."
                                + " Use probabilityField for scores and probabilities.",
                        values[i],
                        points[i][0],
                        points[i][1]);
                classes[i] = (int) values[i];
            }
            return new Classes(classes, columns);
        }

        /**
         * The 4 × 4 nodes around a place vote: each node has its class by half and those of its neighbors by a quarter,
         * across and along, which takes the stairs out of borders, and between nodes shares are interpolated.
         */
        @Override
        public int winner(Place place) {
            int node = place.row() * columns + place.column();
            int nearest = classes[node];
            // they have 9 of 16 votes
            if (nearest == classes[node + 1]
                    && nearest == classes[node + columns]
                    && nearest == classes[node + columns + 1]) {
                return nearest;
            }
            int rows = classes.length / columns;
            int[] candidates = new int[16];
            double[] votes = new double[16];
            int count = 0;
            for (int j = 0; j < 4; j++) {
                int row = Math.max(0, Math.min(rows - 1, place.row() + j - 1));
                for (int i = 0; i < 4; i++) {
                    int column = Math.max(0, Math.min(columns - 1, place.column() + i - 1));
                    int candidate = classes[row * columns + column];
                    int at = 0;
                    while (at < count && candidates[at] != candidate) {
                        at++;
                    }
                    candidates[at] = candidate;
                    votes[at] += weight(i, place.right()) * weight(j, place.down());
                    count = Math.max(count, at + 1);
                }
            }
            int best = 0;
            for (int at = 1; at < count; at++) {
                boolean tie = votes[at] == votes[best] && candidates[at] < candidates[best];
                best = votes[at] > votes[best] || tie ? at : best;
            }
            return candidates[best];
        }

        private static double weight(int i, double part) {
            return switch (i) {
                        case 0 -> 1 - part;
                        case 1 -> 2 - part;
                        case 2 -> 1 + part;
                        default -> part;
                    }
                    / 4;
        }

        @Override
        public double strength(Place place, int winner) {
            return FLAT;
        }
    }

    /** One score per class and node, interpolated. */
    final class Scores implements FieldNodes {

        private static final double WEAKEST = 0.12;
        private static final double STRONGEST = 0.55;
        private static final double TOLERANCE = 1e-6;

        private final double[][] scores;
        private final int columns;
        private final int[] best;
        private final boolean areProbabilities;

        private Scores(double[][] scores, int columns) {
            this.scores = scores;
            this.columns = columns;
            best = Arrays.stream(scores).mapToInt(Scores::largest).toArray();
            areProbabilities = Arrays.stream(scores).allMatch(Scores::areProbabilities);
        }

        /** Checks and returns what a field has given for these points. */
        static Scores of(double[] values, double[][] points, int columns) {
            int n = points.length;
            checkArgument(
                    values.length > 0 && values.length % n == 0,
                    "probabilityField: expected one value or one per class for each of the %s points; got %s values."
                            + " Return them in the order of the points.",
                    n,
                    values.length);
            int classes = values.length / n;
            double[][] scores = new double[n][];
            for (int i = 0; i < n; i++) {
                double[] own = Arrays.copyOfRange(values, i * classes, (i + 1) * classes);
                for (double value : own) {
                    checkFinite("probabilityField", value, points[i]);
                }
                checkArgument(
                        classes > 1 || (own[0] >= -TOLERANCE && own[0] <= 1 + TOLERANCE),
                        "probabilityField: expected the probability of class 1, in [0, 1]; got %s at (%s, %s)."
                                + " Apply a sigmoid to the logits.",
                        own[0],
                        points[i][0],
                        points[i][1]);
                scores[i] = classes > 1 ? own : new double[] {1 - own[0], own[0]};
            }
            return new Scores(scores, columns);
        }

        private static boolean areProbabilities(double[] scores) {
            return Arrays.stream(scores).allMatch(score -> score >= -TOLERANCE)
                    && Math.abs(Arrays.stream(scores).sum() - 1) <= 1e-3;
        }

        private static int largest(double[] scores) {
            int best = 0;
            for (int k = 1; k < scores.length; k++) {
                best = scores[k] > scores[best] ? k : best;
            }
            return best;
        }

        /** A class that leads between four nodes leads at one of them, or by so little that it does not show. */
        @Override
        public int winner(Place place) {
            int node = place.row() * columns + place.column();
            int winner = best[node];
            for (int neighbor : new int[] {node + 1, node + columns, node + columns + 1}) {
                int other = best[neighbor];
                if (other != winner) {
                    double lead = score(place, other) - score(place, winner);
                    winner = lead > 0 || (lead == 0 && other < winner) ? other : winner;
                }
            }
            return winner;
        }

        @Override
        public double strength(Place place, int winner) {
            if (!areProbabilities) {
                return FLAT;
            }
            double chance = 1.0 / scores[0].length;
            return WEAKEST + (STRONGEST - WEAKEST) * (score(place, winner) - chance) / (1 - chance);
        }

        private double score(Place place, int k) {
            int node = place.row() * columns + place.column();
            double above = Axis.between(scores[node][k], scores[node + 1][k], place.right());
            double below = Axis.between(scores[node + columns][k], scores[node + columns + 1][k], place.right());
            return Axis.between(above, below, place.down());
        }
    }

    private static void checkFinite(String who, double value, double[] point) {
        checkArgument(
                Double.isFinite(value),
                "%s: expected finite values; got %s at (%s, %s). Check that the parameters of the model are finite.",
                who,
                value,
                point[0],
                point[1]);
    }
}
