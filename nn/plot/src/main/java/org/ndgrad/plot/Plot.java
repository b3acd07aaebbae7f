package org.ndgrad.plot;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.Doubles;
import java.awt.Color;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;

/**
 * A picture with two axes, built step by step; every step returns the plot itself.
 *
 * <pre>{@code
 * Plot.titled("Loss").xLabel("epoch").yLabel("cross-entropy").logY()
 *         .line("training", trainingLosses)
 *         .line("validation", validationLosses)
 *         .save(Path.of("out/loss.png"));
 * }</pre>
 *
 * <p>Series take the next color of a palette that suits all kinds of color vision; a legend appears as soon as there
 * are two series, where it hides no data if there is room; it says how many names it has no room for.
 *
 * <p>Numbers go in as they are: a tensor of any type, an array such as {@code double[]} or {@code int[]}, a collection
 * of numbers or of tensors with one element; and points and matrices as a tensor of two dimensions, or as rows of
 * these. They are copied. Points that are NaN or infinite are left out, break a line, and are counted in the legend, as
 * are those that are not positive on a logarithmic axis; a series without any is a name in the legend. Titles and names
 * are cut with an ellipsis where they do not fit, and line breaks in them are spaces. A million points take less than a
 * second.
 *
 * <p>A plot may be drawn many times, and changed in between; it is for one thread.
 */
public final class Plot extends PlotFrame {

    private Plot(String title) {
        super(title);
    }

    /**
     * Returns an empty plot of 900 × 600 pixels.
     *
     * @param title what stands above the plot; may be empty
     * @return a new plot
     */
    public static Plot titled(String title) {
        return new Plot(title);
    }

    /**
     * Adds a line through y[0], y[1], … at x = 1, 2, …, such as a loss for each epoch.
     *
     * @param name as in the legend
     * @param y the values
     * @return this plot
     */
    public Plot line(String name, double... y) {
        return add(Series.ofValues(
                "line", name, Numbers.series("line", name, y), content().size()));
    }

    /**
     * Adds a line through the numbers of {@code y} at x = 1, 2, …, such as losses collected during training.
     *
     * @param name as in the legend
     * @param y the values, as {@linkplain Plot above}
     * @return this plot
     * @throws IllegalArgumentException if {@code y} are no numbers in a row
     */
    public Plot line(String name, Object y) {
        return line(name, Numbers.series("line", name, y));
    }

    /**
     * Adds a line through (x[0], y[0]), (x[1], y[1]), … in that order. Two plain numbers, as in {@code line("loss", 2,
     * 1)}, are two values y, as three would be.
     *
     * @param name as in the legend
     * @param x as many numbers as y
     * @param y the values
     * @return this plot
     * @throws IllegalArgumentException if these are no numbers in a row, or their lengths differ
     */
    public Plot line(String name, Object x, Object y) {
        double[] first = Numbers.series("line", name, x);
        double[] second = Numbers.series("line", name, y);
        return x instanceof Number && y instanceof Number
                ? line(name, Doubles.concat(first, second))
                : add(Series.line("line", name, first, second, content().size()));
    }

    /**
     * Adds the curve of a function, drawn through 401 points.
     *
     * @param name as in the legend
     * @param from left end of the curve
     * @param to right end of the curve
     * @param function gives y for x; a value that is not finite leaves a gap
     * @return this plot
     * @throws IllegalArgumentException unless {@code from} &lt; {@code to}, or if no value is finite
     */
    public Plot function(String name, double from, double to, DoubleUnaryOperator function) {
        return add(Series.ofFunction(name, from, to, function, content().size()));
    }

    /**
     * Adds single points, in the next color and with the next marker.
     *
     * @param name as in the legend
     * @param x as many numbers as y
     * @param y the values
     * @return this plot
     * @throws IllegalArgumentException if these are no numbers in a row, or their lengths differ
     */
    public Plot scatter(String name, Object x, Object y) {
        return scatter(name, x, y, content().nextColor(), Marker.of(content().size()));
    }

    /**
     * Adds single points.
     *
     * @param name as in the legend
     * @param x as many numbers as y
     * @param y the values
     * @param color of the points
     * @param marker of the points
     * @return this plot
     * @throws IllegalArgumentException if these are no numbers in a row, or their lengths differ
     */
    public Plot scatter(String name, Object x, Object y, Color color, Marker marker) {
        return add(Series.of(
                "scatter",
                name,
                Series.Style.POINTS,
                Numbers.series("scatter", name, x),
                Numbers.series("scatter", name, y),
                color,
                marker));
    }

    /**
     * Adds points of the plane, in the next color and with the next marker.
     *
     * @param name as in the legend
     * @param points shape (N, 2)
     * @return this plot
     * @throws IllegalArgumentException if these are no points of the plane
     */
    public Plot scatter(String name, Object points) {
        double[][] all = Numbers.points("scatter", name, points);
        return scatter(name, Numbers.column(all, 0), Numbers.column(all, 1));
    }

    /**
     * Adds points of several classes, each class with its own color and marker: the colors of the fields.
     *
     * @param points shape (N, 2)
     * @param classes whole numbers from 0 of shape (N), or one-hot rows of shape (N, C)
     * @param names the names of the classes; "class 0", "class 1", … if left out
     * @return this plot
     * @throws IllegalArgumentException if the lengths differ, a class is negative or names are missing
     */
    public Plot scatter(Object points, Object classes, String... names) {
        double[][] all = Numbers.points("scatter", "points", points);
        Series.byClass(all, Numbers.classes("scatter", "classes", classes), names)
                .forEach(content()::add);
        return this;
    }

    /**
     * Adds a dashed line from the bottom to the top.
     *
     * @param name as in the legend
     * @param x where the line stands
     * @return this plot
     * @throws IllegalArgumentException if {@code x} is not finite
     */
    public Plot verticalLine(String name, double x) {
        return add(Series.vertical(name, x));
    }

    /**
     * Adds a dashed line from the left to the right.
     *
     * @param name as in the legend
     * @param y where the line is
     * @return this plot
     * @throws IllegalArgumentException if {@code y} is not finite
     */
    public Plot horizontalLine(String name, double y) {
        return add(Series.horizontal(name, y));
    }

    /**
     * Adds the mean of several runs at x = 1, 2, …, in a band of one standard deviation to both sides.
     *
     * @param name as in the legend
     * @param runs a matrix, a row for each run, such as {@code List.of(first.series("loss"), second.series("loss"))}
     * @return this plot
     * @throws IllegalArgumentException if the runs are no matrix
     */
    public Plot band(String name, Object runs) {
        double[][] rows = Numbers.matrix("band", name, runs);
        return band(name, Series.counts(rows.length == 0 ? 0 : rows[0].length), rows);
    }

    /**
     * Adds the mean of several runs, in a band of one standard deviation to both sides.
     *
     * @param name as in the legend
     * @param x as many numbers as a run has
     * @param runs a matrix, a row for each run; what is not finite in one is left out of the mean
     * @return this plot
     * @throws IllegalArgumentException if the runs are no matrix, or their length is not that of x
     */
    public Plot band(String name, Object x, Object runs) {
        Statistics.Spread spread = Statistics.spread(Numbers.matrix("band", name, runs));
        double[] places = Numbers.series("band", name, x);
        return add(Series.line("band", name, places, spread.mean(), content().size())
                .withBand(spread.low(), spread.high()));
    }

    /**
     * Adds the density of values, a smooth histogram: the sum of Gaussian kernels of Scott's width σ·n^(−1/5).
     *
     * @param name as in the legend
     * @param values the numbers; those that are not finite are counted in the legend
     * @return this plot
     * @throws IllegalArgumentException if these are no numbers in a row
     */
    public Plot density(String name, Object values) {
        double[] numbers = Numbers.series("density", name, values);
        Statistics.Curve curve = Statistics.density(numbers);
        int finite = (int) DoubleStream.of(numbers).filter(Double::isFinite).count();
        Series line = Series.line(
                        "density", name, curve.x(), curve.y(), content().size())
                .withBand(new double[curve.x().length], curve.y());
        return add(finite == numbers.length || finite == 0 ? line : line.withNote(Series.note(numbers.length, finite)));
    }

    /**
     * Adds bars from zero to each number, side by side with those of the groups before. {@link #xNames} names the
     * places; without, they are 1, 2, ….
     *
     * @param name as in the legend
     * @param heights the numbers
     * @return this plot
     * @throws IllegalArgumentException if these are no numbers in a row, or not as many as before
     */
    public Plot bars(String name, Object heights) {
        return bars(name, heights, new double[0]);
    }

    /**
     * Adds bars as {@link #bars(String, Object)} does, each with a line from height − error to height + error.
     *
     * @param name as in the legend
     * @param heights the numbers, such as means
     * @param errors as many, at least 0, such as standard deviations
     * @return this plot
     * @throws IllegalArgumentException if these are no numbers in a row, or not as many as each other or as before
     */
    public Plot bars(String name, Object heights, Object errors) {
        return add(ColumnLayer.of(
                name,
                Numbers.series("bars", name, heights),
                Numbers.series("bars", name, errors),
                content().nextColor()));
    }

    /**
     * Shows a matrix as cells in the colors of its numbers, with a scale: from dark to light; or if there are numbers
     * of both signs, such as weights and correlations, blue below 0 and red above, the stronger the farther from 0.
     * {@link #xNames} names the columns and {@link #yNames} the rows; without, they are 0, 1, …. It stands alone in its
     * plot.
     *
     * @param matrix at least one row and column
     * @return this plot
     * @throws IllegalArgumentException if it is no matrix, or larger than 2000 × 2000
     */
    public Plot heatMap(Object matrix) {
        return add(MatrixLayer.heatMap(Numbers.matrix("heatMap", "matrix", matrix), ""));
    }

    /**
     * Shows a matrix as {@link #heatMap(Object)} does, with the numbers in the cells where they have room.
     *
     * @param matrix at least one row and column
     * @param format of a number, such as {@code "%.2f"}
     * @return this plot
     * @throws IllegalArgumentException if it is no matrix, larger than 2000 × 2000, or the format is none for numbers
     */
    public Plot heatMap(Object matrix, String format) {
        checkArgument(!format.isBlank(), "heatMap: expected a format; got an empty one. Use \"%.2f\".");
        return add(MatrixLayer.heatMap(Numbers.matrix("heatMap", "matrix", matrix), format));
    }

    /**
     * Paints a surface over the plane in the colors of its height, with a scale: a level between any two round numbers;
     * these are logarithmic if the height is positive and rises to a hundredfold.
     *
     * @param x numbers that rise
     * @param y numbers that rise
     * @param z heights, a row for each y and a column for each x; between them they are interpolated
     * @return this plot
     * @throws IllegalArgumentException if the shapes differ, or x or y do not rise
     */
    public Plot contours(Object x, Object y, Object z) {
        return add(new ContourLayer(
                Numbers.series("contours", "x", x),
                Numbers.series("contours", "y", y),
                Numbers.matrix("contours", "z", z)));
    }

    /**
     * Adds bars that tell how many values fall into parts of their range. How many parts there are follows from the
     * values, and those of several such histograms of one plot are the same.
     *
     * @param name as in the legend
     * @param values the numbers; those that are not finite are counted in the legend
     * @return this plot
     * @throws IllegalArgumentException if the values are no numbers in a row, or another histogram has bins of its own
     */
    public Plot histogram(String name, Object values) {
        return add(BarLayer.of(
                name, Numbers.series("histogram", name, values), content().nextColor()));
    }

    /**
     * Adds bars that tell how many values fall into each of {@code bins} equal parts of [from, to]. Several histograms
     * of one plot stand side by side; values outside are not counted.
     *
     * @param name as in the legend
     * @param values the numbers; those that are not finite are counted in the legend
     * @param from left end of the first bin
     * @param to right end of the last bin, which includes it
     * @param bins at least 1, and the same range and number for all histograms of a plot
     * @return this plot
     * @throws IllegalArgumentException if the values are no numbers in a row, or the bins do not fit
     */
    public Plot histogram(String name, Object values, double from, double to, int bins) {
        double[] numbers = Numbers.series("histogram", name, values);
        return add(BarLayer.of(name, numbers, from, to, bins, content().nextColor()));
    }

    /**
     * Paints the plane in the colors of the classes that {@code classIndex} gives its points.
     *
     * @param classIndex gives one class 0, 1, … per point; asked when the plot is drawn
     * @return this plot
     */
    public Plot decisionRegions(Field classIndex) {
        return add(new FieldLayer(classIndex, FieldLayer.Kind.CLASS_INDEX));
    }

    /**
     * Paints the plane in the colors of the most likely classes: the surer, the stronger. Scores that are not
     * probabilities (such as logits of several classes) are painted without shades.
     *
     * @param probabilities gives the probability of class 1 for each point, or one probability per class and point,
     *     shape (N, C); asked when the plot is drawn
     * @return this plot
     */
    public Plot probabilityField(Field probabilities) {
        return add(new FieldLayer(probabilities, FieldLayer.Kind.PROBABILITY));
    }

    /** Adds a series that is made elsewhere. */
    Plot add(Series added) {
        content().add(added);
        return this;
    }

    /** Adds what lies under the series. */
    Plot add(Layer layer) {
        content().add(layer);
        return this;
    }
}
