package org.ndgrad.notebook;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Block;
import org.ndgrad.nn.Summary;
import org.ndgrad.nn.train.ConfusionMatrix;
import org.ndgrad.nn.train.History;
import org.ndgrad.nn.train.Metric;
import org.ndgrad.nn.train.PrecisionRecallCurve;
import org.ndgrad.nn.train.RocCurve;
import org.ndgrad.plot.ClassifierPlots;
import org.ndgrad.plot.Figure;
import org.ndgrad.plot.TrainingPlots;

/**
 * One value as a notebook shows it: as plain text, and as HTML or as a picture where that says more. It knows of no
 * kernel, so that pages and notebooks can be written by it as well.
 *
 * <ul>
 *   <li>A tensor is a table of its edges, with a heat map if it is a matrix of at least 8 × 8, or a picture if its
 *       shape is (H, W), (1, H, W) or (3, H, W) with sides of at least 8 and it holds bytes, or its shape is one of the
 *       latter two and all its values are in [0, 1].
 *   <li>A layer is the table of its layers with their parameters.
 *   <li>A figure, a history, a confusion matrix, a ROC or precision–recall curve, and a Java image are pictures.
 *   <li>A metric, and a map with numbers such as {@code Trainer.evaluate} returns, are tables.
 *   <li>Everything else is its text.
 * </ul>
 *
 * @param text what JShell prints
 * @param html a fragment with styles of its own and everything escaped, for light and dark pages
 * @param png a picture
 * @param figure what the picture is of, which can be shown in a window
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Rendering(String text, Optional<String> html, Optional<byte[]> png, Optional<Figure> figure) {

    /**
     * Renders a value.
     *
     * @param value anything; one that cannot be shown, such as a plot of nothing, has a text that says why
     */
    public static Rendering of(@Nullable Object value) {
        try {
            return rendered(value);
        } catch (RuntimeException e) {
            return ofText((value == null ? "null" : value.getClass().getSimpleName()) + ": " + e.getMessage());
        }
    }

    /** Returns the text alone, for which nothing is drawn. */
    static String textOf(@Nullable Object value) {
        return value instanceof Figure figure ? text(figure) : Text.of(value);
    }

    private static String text(Figure figure) {
        return "%s of %d × %d pixels".formatted(figure.getClass().getSimpleName(), figure.width(), figure.height());
    }

    private static Rendering rendered(@Nullable Object value) {
        if (value instanceof Rendering rendering) {
            return rendering;
        }
        if (value instanceof Tensor tensor) {
            return ofHtml(tensor.toString(), TensorHtml.of(tensor));
        }
        if (value instanceof Block block) {
            return ofHtml(block.toString(), Tables.block(block));
        }
        if (value instanceof Figure figure) {
            return ofFigure(text(figure), figure);
        }
        if (value instanceof History history) {
            return history.epochs() == 0
                    ? ofText("History of no epochs")
                    : ofFigure(history.toString(), TrainingPlots.history(history.series()));
        }
        if (value instanceof ConfusionMatrix matrix) {
            return ofFigure(matrix.toString(), ClassifierPlots.confusionMatrix(matrix.compute()));
        }
        if (value instanceof RocCurve curve) {
            return ofFigure(curve.toString(), ClassifierPlots.roc(curve.points()));
        }
        if (value instanceof PrecisionRecallCurve curve) {
            return ofFigure(curve.toString(), ClassifierPlots.precisionRecall(curve.points()));
        }
        if (value instanceof BufferedImage image) {
            return new Rendering(
                    "Image of %d × %d pixels".formatted(image.getWidth(), image.getHeight()),
                    Optional.empty(),
                    Optional.of(Figure.png(image)),
                    Optional.of(Figure.of(image)));
        }
        if (value instanceof Metric metric) {
            return ofHtml(metric.toString(), Tables.metric(metric));
        }
        if (value instanceof Summary summary) {
            return ofHtml(summary.toString(), Tables.summary(summary));
        }
        if (value instanceof Map<?, ?> map
                && !map.isEmpty()
                && map.values().stream().allMatch(Number.class::isInstance)) {
            return ofHtml(map.toString(), Tables.numbers(map));
        }
        return ofText(Text.of(value));
    }

    private static Rendering ofText(String text) {
        return new Rendering(text, Optional.empty(), Optional.empty(), Optional.empty());
    }

    static Rendering ofHtml(String text, String html) {
        return new Rendering(text, Optional.of(html), Optional.empty(), Optional.empty());
    }

    private static Rendering ofFigure(String text, Figure figure) {
        return new Rendering(text, Optional.empty(), Optional.of(Figure.png(figure.image())), Optional.of(figure));
    }

    /**
     * Returns the width at which a picture fits a page and is sharp on fine screens. A PNG says its width in byte 16.
     */
    static int shownWidth(byte[] png) {
        return (int) Math.round(0.75 * ByteBuffer.wrap(png).getInt(16));
    }

    /**
     * Returns the value as HTML whatever it is: the {@link #html}, the picture within it, or the text as it stands.
     *
     * @return a fragment that needs no other file
     */
    public String toHtml() {
        return png.map(image -> Html.image(image, shownWidth(image)))
                .or(() -> html)
                .orElseGet(() -> Html.pre(text));
    }
}
