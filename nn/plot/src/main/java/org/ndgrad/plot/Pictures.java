package org.ndgrad.plot;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Gray or colored pictures of one size in rows, such as samples of a data set or of a generative model, each with a
 * caption if it has one; every step returns the pictures themselves.
 *
 * <pre>{@code
 * Pictures pictures = Pictures.titled("Digits").columns(10);
 * for (int i = 0; i < 50; i++) {
 *     pictures.add(pixels[i], 8, "digit " + labels[i]);
 * }
 * pictures.save(Path.of("out/digits.png"));
 * }</pre>
 *
 * <p>A gray pixel of 0 is white and one of 1 black, like ink; in colored pictures, 1 is full light. What is below or
 * above counts as 0 or 1. Small pictures are
 * enlarged. Captions are cut with an ellipsis where they do not fit.
 */
public final class Pictures implements Figure {

    static {
        Headless.prepare();
    }

    /** About how many pixels of the figure the longer side of a picture takes. */
    private static final double SIDE = 100;

    private static final int PADDING = 14;
    private static final int TITLE = 30;
    private static final int GAP = 12;
    private static final int CAPTION = 18;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Picture(int width, int[] pixels, String caption) {

        int height() {
            return pixels.length / width;
        }
    }

    private final String title;
    private final List<Picture> pictures = new ArrayList<>();
    private int columns = 10;

    private Pictures(String title) {
        this.title = title;
    }

    /**
     * Returns a figure without pictures, to which they are added.
     *
     * @param title what stands above; may be empty
     * @return new pictures
     */
    public static Pictures titled(String title) {
        return new Pictures(title);
    }

    /**
     * Sets how many pictures stand side by side, 10 at first.
     *
     * @param columns at least 1
     * @return these pictures
     * @throws IllegalArgumentException if it is less
     */
    public Pictures columns(int columns) {
        checkArgument(columns >= 1, "columns: expected at least 1 column; got %s. Use columns(10).", columns);
        this.columns = columns;
        return this;
    }

    /**
     * Adds a picture without a caption.
     *
     * @param pixels row by row from the top
     * @param width how many pixels a row has
     * @return these pictures
     * @throws IllegalArgumentException if the rows are not whole or not those of the pictures before, or a pixel is NaN
     */
    public Pictures add(double[] pixels, int width) {
        return add(pixels, width, "");
    }

    /**
     * Adds a picture.
     *
     * @param pixels row by row from the top
     * @param width how many pixels a row has
     * @param caption what stands below
     * @return these pictures
     * @throws IllegalArgumentException if the rows are not whole or not those of the pictures before, or a pixel is NaN
     */
    public Pictures add(double[] pixels, int width, String caption) {
        checkPixels("add", pixels);
        checkRows("add", width, pixels.length);
        int[] colors = Arrays.stream(pixels)
                .mapToInt(pixel -> light(1 - pixel))
                .map(light -> rgb(light, light, light))
                .toArray();
        return add("add", new Picture(width, colors, caption));
    }

    /**
     * Adds a picture in colors, such as an image tensor of shape (3, H, W).
     *
     * @param pixels all of red, then all of green, then all of blue, each row by row from the top; 1 is full light
     * @param width how many pixels a row has
     * @param caption what stands below
     * @return these pictures
     * @throws IllegalArgumentException if these are not three colors, the rows are not whole or not those of the
     *     pictures before, or a pixel is NaN
     */
    public Pictures addRgb(double[] pixels, int width, String caption) {
        checkPixels("addRgb", pixels);
        checkArgument(
                pixels.length % 3 == 0,
                "addRgb: expected as many numbers for red, green and blue; got %s. Use add for a gray picture.",
                pixels.length);
        int size = pixels.length / 3;
        checkRows("addRgb", width, size);
        int[] colors = IntStream.range(0, size)
                .map(i -> rgb(light(pixels[i]), light(pixels[size + i]), light(pixels[2 * size + i])))
                .toArray();
        return add("addRgb", new Picture(width, colors, caption));
    }

    private Pictures add(String who, Picture added) {
        Picture first = pictures.isEmpty() ? added : pictures.get(0);
        checkArgument(
                added.width() == first.width() && added.height() == first.height(),
                "%s: expected a picture of %s × %s pixels, as the first one; got %s × %s. Put pictures of another size"
                        + " into a second figure.",
                who,
                first.width(),
                first.height(),
                added.width(),
                added.height());
        pictures.add(added);
        return this;
    }

    private static void checkRows(String who, int width, int pixels) {
        checkArgument(
                width >= 1 && pixels > 0 && pixels % width == 0,
                "%s: expected rows of at least 1 pixel; got %s pixels in rows of %s. Pass the picture's own width.",
                who,
                pixels,
                width);
    }

    private static void checkPixels(String who, double... pixels) {
        for (double pixel : pixels) {
            checkArgument(
                    !Double.isNaN(pixel), "%s: expected pixels in [0, 1]; got NaN. Look at how they are made.", who);
        }
    }

    private static int light(double pixel) {
        return (int) Math.round(255 * Math.max(0, Math.min(1, pixel)));
    }

    private static int rgb(int red, int green, int blue) {
        return (red << 16) | (green << 8) | blue;
    }

    @Override
    public int width() {
        return 2 * PADDING + columns * (pictureWidth() + GAP) - GAP;
    }

    @Override
    public int height() {
        int rows = (pictures.size() + columns - 1) / columns;
        return 2 * PADDING + titleHeight() + rows * rowHeight() - GAP;
    }

    @Override
    public BufferedImage image() {
        checkState(!pictures.isEmpty(), "image: expected something to draw; got no pictures. Add some.");
        var image = new BufferedImage(width(), height(), BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, image.getWidth(), image.getHeight());
        double room = image.getWidth() - 2.0 * PADDING;
        Font font = Text.shrink(title, Text.TITLE, room);
        Text.draw(g, Text.fit(title, font, room), font, Palette.TEXT, image.getWidth() / 2.0, PADDING + 16, 0.5);
        for (int i = 0; i < pictures.size(); i++) {
            int left = PADDING + i % columns * (pictureWidth() + GAP);
            int top = PADDING + titleHeight() + i / columns * rowHeight();
            draw(g, pictures.get(i), left, top);
        }
        g.dispose();
        return image;
    }

    private void draw(Graphics2D g, Picture picture, int left, int top) {
        var image = new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, picture.width(), picture.height(), picture.pixels(), 0, picture.width());
        g.drawImage(image, left, top, pictureWidth(), pictureHeight(), null);
        g.setColor(Palette.FRAME);
        g.drawRect(left - 1, top - 1, pictureWidth() + 1, pictureHeight() + 1);
        double room = pictureWidth() + GAP / 2.0;
        Font font = Text.shrink(picture.caption(), Text.TICK, room);
        String caption = Text.fit(picture.caption(), font, room);
        Text.draw(g, caption, font, Palette.TEXT, left + pictureWidth() / 2.0, top + pictureHeight() + 15.0, 0.5);
    }

    private int titleHeight() {
        return title.isEmpty() ? 0 : TITLE;
    }

    private int rowHeight() {
        boolean captions =
                pictures.stream().anyMatch(picture -> !picture.caption().isEmpty());
        return pictureHeight() + GAP + (captions ? CAPTION : 0);
    }

    private int pictureWidth() {
        return pictures.isEmpty() ? 0 : scale() * pictures.get(0).width();
    }

    private int pictureHeight() {
        return pictures.isEmpty() ? 0 : scale() * pictures.get(0).height();
    }

    /** Returns how many pixels of the figure a pixel of a picture is wide. */
    private int scale() {
        Picture first = pictures.get(0);
        return (int) Math.max(1, Math.round(SIDE / Math.max(first.width(), first.height())));
    }

    /** Returns the title and the number of pictures; {@link #image} is the figure. */
    @Override
    public String toString() {
        return "Pictures(\"" + title + "\", " + pictures.size() + ")";
    }
}
