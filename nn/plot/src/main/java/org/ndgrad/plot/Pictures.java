package org.ndgrad.plot;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import com.google.common.primitives.Ints;
import java.awt.Font;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ndgrad.autograd.Tensor;

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
public final class Pictures extends Figure {

    /** About how many pixels of the figure the longer side of a picture takes. */
    private static final double SIDE = 100;

    private static final int PADDING = 14;
    private static final int TITLE = 30;
    private static final int GAP = 12;
    private static final int CAPTION = 18;

    /** How wide a title makes a figure of few pictures. */
    private static final double MOST_FOR_TITLE = 500;

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

    /**
     * Adds the images of a tensor.
     *
     * <pre>{@code
     * Pictures.titled("Digits").add(x, "five", "zero", "four")
     * }</pre>
     *
     * @param images shape (H, W), (N, H, W) or (N, 1, H, W), gray, or (N, 3, H, W), in colors; from 0 to 1, or to 255
     *     in a type without fractions
     * @param captions what stands below each; left out, nothing does
     * @return these pictures
     * @throws IllegalArgumentException if the shape is another one or not that of the pictures before, a pixel is NaN,
     *     or there is a caption for some only
     */
    public Pictures add(Tensor images, String... captions) {
        return add("add", Images.of(images), captions);
    }

    /**
     * Adds the filters of a convolution, each from its lowest number to its highest: in colors if they look at three
     * channels, and else gray, one for each output and input channel.
     *
     * @param weights shape (O, I, h, w)
     * @return these pictures
     * @throws IllegalArgumentException if the shape is another one or not that of the pictures before, or a weight is
     *     NaN
     */
    public Pictures filters(Tensor weights) {
        return add("filters", Images.filters(weights));
    }

    private Pictures add(String who, Images images, String... captions) {
        int count = images.pixels().size();
        checkArgument(
                captions.length == 0 || captions.length == count,
                "%s: expected one caption for each of %s images; got %s. Give all of them or none.",
                who,
                count,
                captions.length);
        for (int i = 0; i < count; i++) {
            String caption = captions.length == 0 ? "" : captions[i];
            if (images.inColors()) {
                addRgb(images.pixels().get(i), images.width(), caption);
            } else {
                add(images.pixels().get(i), images.width(), caption);
            }
        }
        return this;
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
        long across = Math.max(1, Math.min(columns, pictures.size()));
        double needed = title.isEmpty() ? 0 : Math.min(MOST_FOR_TITLE, Text.width(title, Text.TITLE));
        return Ints.saturatedCast(
                2 * PADDING + Math.max((long) Math.ceil(needed), across * (pictureWidth() + GAP) - GAP));
    }

    @Override
    public int height() {
        long rows = ((long) pictures.size() + columns - 1) / columns;
        return Ints.saturatedCast(2 * PADDING + titleHeight() + rows * rowHeight() - GAP);
    }

    @Override
    public Pictures theme(Theme theme) {
        super.theme(theme);
        return this;
    }

    @Override
    void draw(Ink ink) {
        checkState(!pictures.isEmpty(), "image: expected something to draw; got no pictures. Add some.");
        ink.fill(new Rectangle2D.Double(0, 0, width(), height()), theme().paper());
        double room = width() - 2.0 * PADDING;
        Font font = Text.shrink(title, Text.TITLE, room);
        ink.text(Text.fit(title, font, room), font, theme().text(), width() / 2.0, PADDING + 16, 0.5);
        int across = Math.min(columns, pictures.size()) * (pictureWidth() + GAP) - GAP;
        int margin = (width() - across) / 2;
        for (int i = 0; i < pictures.size(); i++) {
            int left = margin + i % columns * (pictureWidth() + GAP);
            int top = PADDING + titleHeight() + i / columns * rowHeight();
            draw(ink, pictures.get(i), left, top);
        }
    }

    private void draw(Ink ink, Picture picture, int left, int top) {
        var image = new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, picture.width(), picture.height(), picture.pixels(), 0, picture.width());
        ink.image(image, new Rectangle2D.Double(left, top, pictureWidth(), pictureHeight()), false);
        var frame = new Rectangle2D.Double(left - 0.5, top - 0.5, pictureWidth() + 1, pictureHeight() + 1);
        ink.draw(frame, theme().frame(), Ink.THIN);
        double room = pictureWidth() + GAP / 2.0;
        Font font = Text.shrink(picture.caption(), Text.TICK, room);
        String caption = Text.fit(picture.caption(), font, room);
        ink.text(caption, font, theme().text(), left + pictureWidth() / 2.0, top + pictureHeight() + 15.0, 0.5);
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
