package org.ndgrad.plot;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.Doubles;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

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
 * these. They are copied. Points that are NaN or infinite are left out, break a line, and are counted in the legend; a
 * series without any is a name in the legend. Titles and names are cut with an ellipsis
 * where they do not fit, and line breaks in them are spaces. A million points take less than a second.
 *
 * <p>A plot may be drawn many times, and changed in between; it is for one thread.
 */
public final class Plot implements Figure {

    static {
        Headless.prepare();
    }

    private final String title;
    private final Content content = new Content();
    private String xLabel = "";
    private String yLabel = "";
    private int width = 900;
    private int height = 600;

    private Plot(String title) {
        this.title = title;
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
     * Sets what stands under the x axis.
     *
     * @param label the text
     * @return this plot
     */
    public Plot xLabel(String label) {
        this.xLabel = label;
        return this;
    }

    /**
     * Sets what stands beside the y axis.
     *
     * @param label the text
     * @return this plot
     */
    public Plot yLabel(String label) {
        this.yLabel = label;
        return this;
    }

    /**
     * Sets the size of the picture, 900 × 600 at first.
     *
     * @param width pixels, 200 to 10000
     * @param height pixels, 150 to 10000
     * @return this plot
     * @throws IllegalArgumentException if a size is out of range
     */
    public Plot size(int width, int height) {
        checkArgument(
                width >= 200 && width <= 10_000 && height >= 150 && height <= 10_000,
                "size: expected 200 × 150 to 10000 × 10000 pixels; got %s × %s. 900 × 600 is readable in most places.",
                width,
                height);
        this.width = width;
        this.height = height;
        return this;
    }

    /**
     * Shows exactly x in [low, high]; by default all data are shown.
     *
     * @param low left end
     * @param high right end
     * @return this plot
     * @throws IllegalArgumentException unless both are finite and low &lt; high, or low ≤ 0 on a logarithmic axis
     */
    public Plot xRange(double low, double high) {
        content.axes().xRange(low, high);
        return this;
    }

    /**
     * Shows exactly y in [low, high]; by default all data are shown.
     *
     * @param low lower end
     * @param high upper end
     * @return this plot
     * @throws IllegalArgumentException unless both are finite and low &lt; high, or low ≤ 0 on a logarithmic axis
     */
    public Plot yRange(double low, double high) {
        content.axes().yRange(low, high);
        return this;
    }

    /**
     * Writes names instead of numbers under the x axis: the first at x = 0, the next at 1, and so on. Each has the same
     * room, from 0.5 before it to 0.5 behind it.
     *
     * @param names at least one; they take the place of a range
     * @return this plot
     * @throws IllegalArgumentException if there are none
     */
    public Plot xNames(String... names) {
        checkArgument(names.length > 0, "xNames: expected at least one name; got none. Leave out xNames().");
        content.axes().xNames(List.of(names));
        return this;
    }

    /**
     * Makes the x axis logarithmic.
     *
     * @return this plot
     * @throws IllegalArgumentException if an x of this plot is not positive; later series are checked as they come
     */
    public Plot logX() {
        content.logX();
        return this;
    }

    /**
     * Makes the y axis logarithmic.
     *
     * @return this plot
     * @throws IllegalArgumentException if a value of this plot is not positive; later series are checked as they come
     */
    public Plot logY() {
        content.logY();
        return this;
    }

    /**
     * Adds a line through y[0], y[1], … at x = 1, 2, …, such as a loss for each epoch.
     *
     * @param name as in the legend
     * @param y the values
     * @return this plot
     */
    public Plot line(String name, double... y) {
        return add(Series.ofValues("line", name, y, content.nextColor()));
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
                : add(Series.of("line", name, Series.Style.LINE, first, second, content.nextColor(), Marker.CIRCLE));
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
        return add(Series.ofFunction(name, from, to, function, content.nextColor()));
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
        return scatter(name, x, y, content.nextColor(), Marker.of(content.size()));
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
                .forEach(content::add);
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
        return add(BarLayer.of(name, numbers, from, to, bins, content.nextColor()));
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

    @Override
    public int width() {
        return width;
    }

    @Override
    public int height() {
        return height;
    }

    @Override
    public BufferedImage image() {
        return content.image(title, xLabel, yLabel, width, height);
    }

    /** Adds a series that is made elsewhere. */
    Plot add(Series added) {
        content.add(added);
        return this;
    }

    /** Adds what lies under the series. */
    Plot add(Layer layer) {
        content.add(layer);
        return this;
    }

    /** Returns the title and the size; {@link #image} is the picture. */
    @Override
    public String toString() {
        return "Plot(\"" + title + "\", " + width + " × " + height + ")";
    }
}
