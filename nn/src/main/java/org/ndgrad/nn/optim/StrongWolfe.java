package org.ndgrad.nn.optim;

import org.ndgrad.autograd.Tensor;

/**
 * Searches along a line for a point that fulfills the strong conditions of Wolfe: f(t) ≤ f(0) + c₁ t f′(0) and |f′(t)|
 * ≤ −c₂ f′(0), with c₁ = 1e-4 and c₂ = 0.9.
 *
 * <p>Source: Nocedal and Wright, Numerical optimization, 2006, algorithms 3.5 and 3.6, with cubic interpolation and
 * what PyTorch does to keep trial points from the ends of an interval.
 */
final class StrongWolfe {

    /** What is known of a point on the line: how far it is, the loss, the gradient, and the slope along the line. */
    record Point(double at, double loss, Tensor gradient, double slope) {}

    /** The function along the line. */
    interface Line {
        Point at(double t);
    }

    private static final double DECREASE = 1e-4;
    private static final double CURVATURE = 0.9;

    /** How near trial points may come to the ends of an interval, as a share of it. */
    private static final double MARGIN = 0.1;

    private final Line line;
    private final Point start;
    private final int most;
    private int rounds;
    private int evaluations;

    StrongWolfe(Line line, Point start, int most) {
        this.line = line;
        this.start = start;
        this.most = most;
    }

    int evaluations() {
        return evaluations;
    }

    /**
     * Returns the point found, or the best one known when the search must end.
     *
     * @param first where to look first
     * @param size the largest element of the direction
     * @param tolerance how small an interval, times the size, ends the search
     */
    Point search(double first, double size, double tolerance) {
        Point before = start;
        Point next = evaluate(first);
        while (rounds < most) {
            if (isTooHigh(next) || (rounds > 1 && next.loss() >= before.loss())) {
                return zoom(before, next, size, tolerance);
            }
            if (isFlat(next)) {
                return next;
            }
            if (next.slope() >= 0) {
                return zoom(before, next, size, tolerance);
            }
            double least = next.at() + 0.01 * (next.at() - before.at());
            double t = minimum(before, next, least, 10 * next.at());
            before = next;
            next = evaluate(t);
            rounds++;
        }
        return start.loss() <= next.loss() ? start : next;
    }

    private Point zoom(Point one, Point other, double size, double tolerance) {
        Point[] bracket = {one, other};
        int low = lower(bracket);
        boolean wasNearEnd = false;
        while (rounds < most && Math.abs(bracket[1].at() - bracket[0].at()) * size >= tolerance) {
            double begin = Math.min(bracket[0].at(), bracket[1].at());
            double end = Math.max(bracket[0].at(), bracket[1].at());
            double t = minimum(bracket[0], bracket[1], begin, end);
            double margin = MARGIN * (end - begin);
            boolean isNearEnd = Math.min(end - t, t - begin) < margin;
            if (isNearEnd && (wasNearEnd || t >= end || t <= begin)) {
                t = Math.abs(t - end) < Math.abs(t - begin) ? end - margin : begin + margin;
                isNearEnd = false;
            }
            wasNearEnd = isNearEnd;
            Point next = evaluate(t);
            rounds++;
            if (isTooHigh(next) || next.loss() >= bracket[low].loss()) {
                bracket[1 - low] = next;
                low = lower(bracket);
                continue;
            }
            if (isFlat(next)) {
                return next;
            }
            if (next.slope() * (bracket[1 - low].at() - bracket[low].at()) >= 0) {
                bracket[1 - low] = bracket[low];
            }
            bracket[low] = next;
        }
        return bracket[low];
    }

    private Point evaluate(double t) {
        evaluations++;
        return line.at(t);
    }

    private boolean isTooHigh(Point point) {
        return point.loss() > start.loss() + DECREASE * point.at() * start.slope();
    }

    private boolean isFlat(Point point) {
        return Math.abs(point.slope()) <= -CURVATURE * start.slope();
    }

    private static int lower(Point[] bracket) {
        return bracket[0].loss() <= bracket[1].loss() ? 0 : 1;
    }

    /** Returns where the cubic through two points with their slopes is least, within bounds; else their middle. */
    private static double minimum(Point a, Point b, double least, double most) {
        boolean inOrder = a.at() <= b.at();
        Point left = inOrder ? a : b;
        Point right = inOrder ? b : a;
        double mean = left.slope() + right.slope() - 3 * (left.loss() - right.loss()) / (left.at() - right.at());
        double root = Math.sqrt(mean * mean - left.slope() * right.slope());
        double share = (right.slope() + root - mean) / (right.slope() - left.slope() + 2 * root);
        if (Double.isNaN(share)) {
            return (least + most) / 2;
        }
        return Math.min(Math.max(right.at() - (right.at() - left.at()) * share, least), most);
    }
}
