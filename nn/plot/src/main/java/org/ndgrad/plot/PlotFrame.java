package org.ndgrad.plot;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import java.util.Arrays;

/** What stands around the data of a {@link Plot}: its title, its axes, its size and its colors. */
public abstract sealed class PlotFrame extends Figure permits Plot {

    private String title;
    private final Content content = new Content();
    private String xLabel = "";
    private String yLabel = "";
    private int width = 900;
    private int height = 600;

    PlotFrame(String title) {
        this.title = text("titled", title);
    }

    private Plot self() {
        return (Plot) this;
    }

    /** Returns what is drawn. */
    Content content() {
        return content;
    }

    /**
     * Sets what stands above the plot, such as one that was made by {@link ClassifierPlots}.
     *
     * @param title the text; may be empty
     * @return this plot
     */
    public Plot title(String title) {
        this.title = text("title", title);
        return self();
    }

    private static String text(String who, String text) {
        return checkNotNull(
                text, "%s: expected a text; got null. Leave it empty, \"\", where nothing shall stand.", who);
    }

    /**
     * Sets what stands under the x axis.
     *
     * @param label the text
     * @return this plot
     */
    public Plot xLabel(String label) {
        this.xLabel = text("xLabel", label);
        return self();
    }

    /**
     * Sets what stands beside the y axis.
     *
     * @param label the text
     * @return this plot
     */
    public Plot yLabel(String label) {
        this.yLabel = text("yLabel", label);
        return self();
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
        return self();
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
        return self();
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
        return self();
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
        content.axes()
                .xNames(Arrays.stream(names).map(name -> text("xNames", name)).toList());
        return self();
    }

    /**
     * Writes names instead of numbers beside the y axis: the first at y = 0, the next at 1, and so on; in a heat map,
     * from the top.
     *
     * @param names at least one; they take the place of a range
     * @return this plot
     * @throws IllegalArgumentException if there are none
     */
    public Plot yNames(String... names) {
        checkArgument(names.length > 0, "yNames: expected at least one name; got none. Leave out yNames().");
        content.axes()
                .yNames(Arrays.stream(names).map(name -> text("yNames", name)).toList());
        return self();
    }

    /**
     * Makes a unit as long on the y axis as on the x axis, so that circles are round; more of one of them is shown.
     *
     * @return this plot
     */
    public Plot equalAspect() {
        content.axes().equal();
        return self();
    }

    /**
     * Makes the x axis logarithmic. Points whose x is not positive have no place on it: they are left out, break a
     * line, and are counted in the legend.
     *
     * @return this plot
     * @throws IllegalArgumentException if {@link #xRange} has an end that is not positive
     * @throws IllegalStateException if the plot has bars
     */
    public Plot logX() {
        content.logX();
        return self();
    }

    /**
     * Makes the y axis logarithmic. Points whose y is not positive have no place on it: they are left out, break a
     * line, and are counted in the legend.
     *
     * @return this plot
     * @throws IllegalArgumentException if {@link #yRange} has an end that is not positive
     * @throws IllegalStateException if the plot has bars
     */
    public Plot logY() {
        content.logY();
        return self();
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
    public Plot theme(Theme theme) {
        super.theme(theme);
        return self();
    }

    @Override
    void draw(Ink ink) {
        content.canvas(title, xLabel, yLabel, theme(), width, height).draw(ink, width, height);
    }

    /** Returns the title and the size; {@link #image} is the picture. */
    @Override
    public String toString() {
        return "Plot(\"" + title + "\", " + width + " × " + height + ")";
    }
}
