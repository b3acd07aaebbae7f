package org.ndgrad.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.PathIterator;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Base64;
import java.util.Locale;

/**
 * Writes SVG 1.1: shapes as shapes, text as text, images as PNG. It has no ids, so that a page may have many, and no
 * style is repeated from one element to the next.
 */
final class SvgInk implements Ink {

    private final StringBuilder elements = new StringBuilder();
    private final int width;
    private final int height;

    /** The attributes of the group that is open, or none. */
    private String style = "";

    SvgInk(int width, int height) {
        this.width = width;
        this.height = height;
    }

    /** Returns the document. */
    String document() {
        close();
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\""
                + " width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\">\n%s</svg>\n"
                        .formatted(width, height, width, height, elements);
    }

    @Override
    public void fill(Shape shape, Color color) {
        style(paint("fill", color));
        element(shape);
    }

    @Override
    public void draw(Shape shape, Color color, BasicStroke stroke) {
        style("fill=\"none\" " + stroke(color, stroke));
        element(shape);
    }

    @Override
    public void fill(Shape shape, Color color, Color border, BasicStroke stroke) {
        style(paint("fill", color) + " " + stroke(border, stroke));
        element(shape);
    }

    @Override
    public void text(String text, Font font, Color color, double x, double y, double anchor) {
        if (text.isBlank()) {
            return;
        }
        String weight = font.isBold() ? " font-weight=\"bold\"" : "";
        String from = anchor == 0 ? "" : anchor == 1 ? " text-anchor=\"end\"" : " text-anchor=\"middle\"";
        style(paint("fill", color) + " font-size=\"" + number(font.getSize2D()) + "\"" + weight + from);
        elements.append("<text x=\"%s\" y=\"%s\">%s</text>\n".formatted(number(x), number(y), escaped(text)));
    }

    @Override
    public void image(BufferedImage image, Rectangle2D place, boolean smooth) {
        close();
        elements.append("<image %s preserveAspectRatio=\"none\"%s xlink:href=\"data:image/png;base64,%s\"/>\n"
                .formatted(
                        box(place),
                        smooth ? "" : " style=\"image-rendering:pixelated\"",
                        Base64.getEncoder().encodeToString(Figure.png(image))));
    }

    /** An inner picture cuts off what is outside of it. */
    @Override
    public void inside(Rectangle2D clip, Runnable drawing) {
        String view = "%s %s %s %s"
                .formatted(number(clip.getX()), number(clip.getY()), number(clip.getWidth()), number(clip.getHeight()));
        within("svg " + box(clip) + " viewBox=\"" + view + "\"", "svg", drawing);
    }

    @Override
    public void moved(AffineTransform transform, Runnable drawing) {
        double[] m = new double[6];
        transform.getMatrix(m);
        String matrix = "matrix(%s %s %s %s %s %s)"
                .formatted(exact(m[0]), exact(m[1]), exact(m[2]), exact(m[3]), exact(m[4]), exact(m[5]));
        within("g transform=\"" + matrix + "\"", "g", drawing);
    }

    private void within(String start, String end, Runnable drawing) {
        close();
        elements.append('<').append(start).append(">\n");
        drawing.run();
        close();
        elements.append("</").append(end).append(">\n");
    }

    /** Opens a group for elements of this style, if they are not in one already. */
    private void style(String attributes) {
        if (!attributes.equals(style)) {
            close();
            elements.append("<g ").append(attributes).append(">\n");
            style = attributes;
        }
    }

    private void close() {
        if (!style.isEmpty()) {
            elements.append("</g>\n");
            style = "";
        }
    }

    private void element(Shape shape) {
        if (shape instanceof Rectangle2D rectangle) {
            elements.append("<rect ").append(box(rectangle)).append("/>\n");
        } else if (shape instanceof Ellipse2D circle) {
            elements.append("<ellipse cx=\"%s\" cy=\"%s\" rx=\"%s\" ry=\"%s\"/>\n"
                    .formatted(
                            number(circle.getCenterX()),
                            number(circle.getCenterY()),
                            number(circle.getWidth() / 2),
                            number(circle.getHeight() / 2)));
        } else {
            elements.append("<path d=\"").append(path(shape)).append("\"/>\n");
        }
    }

    /** Returns the lines of a shape from point to point, in tenths of pixels, so that their errors do not add up. */
    private static String path(Shape shape) {
        var path = new StringBuilder();
        double[] xy = new double[6];
        long x = 0;
        long y = 0;
        for (PathIterator i = shape.getPathIterator(null, 0.05); !i.isDone(); i.next()) {
            int kind = i.currentSegment(xy);
            if (kind == PathIterator.SEG_CLOSE) {
                path.append('z');
                continue;
            }
            long nextX = Math.round(10 * xy[0]);
            long nextY = Math.round(10 * xy[1]);
            if (kind == PathIterator.SEG_MOVETO) {
                path.append('M').append(tenths(nextX)).append(' ').append(tenths(nextY));
            } else {
                path.append('l').append(tenths(nextX - x)).append(' ').append(tenths(nextY - y));
            }
            x = nextX;
            y = nextY;
        }
        return path.toString();
    }

    private static String tenths(long count) {
        return count % 10 == 0 ? Long.toString(count / 10) : Double.toString(count / 10.0);
    }

    private static String box(Rectangle2D box) {
        return "x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\""
                .formatted(number(box.getX()), number(box.getY()), number(box.getWidth()), number(box.getHeight()));
    }

    private static String stroke(Color color, BasicStroke stroke) {
        var attributes = new StringBuilder(paint("stroke", color));
        if (stroke.getLineWidth() != 1) {
            attributes
                    .append(" stroke-width=\"")
                    .append(number(stroke.getLineWidth()))
                    .append('"');
        }
        if (stroke.getEndCap() != BasicStroke.CAP_BUTT) {
            attributes.append(
                    stroke.getEndCap() == BasicStroke.CAP_ROUND
                            ? " stroke-linecap=\"round\""
                            : " stroke-linecap=\"square\"");
        }
        if (stroke.getLineJoin() == BasicStroke.JOIN_ROUND) {
            attributes.append(" stroke-linejoin=\"round\"");
        }
        float[] dashes = stroke.getDashArray();
        if (dashes != null) {
            attributes.append(" stroke-dasharray=\"");
            for (float dash : dashes) {
                attributes.append(number(dash)).append(' ');
            }
            attributes.setLength(attributes.length() - 1);
            attributes.append('"');
        }
        return attributes.toString();
    }

    private static String paint(String what, Color color) {
        String rgb = "%s=\"#%06x\"".formatted(what, color.getRGB() & 0xffffff);
        return color.getAlpha() == 255
                ? rgb
                : rgb + " " + what + "-opacity=\"" + number(color.getAlpha() / 255.0) + "\"";
    }

    /** Returns a number of pixels to a hundredth. */
    private static String number(double value) {
        String digits = String.format(Locale.ROOT, "%.2f", value);
        int end = digits.length();
        while (digits.charAt(end - 1) == '0') {
            end--;
        }
        return digits.substring(0, digits.charAt(end - 1) == '.' ? end - 1 : end);
    }

    private static String exact(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    /** Returns text as XML has it, without the characters that XML has not. */
    private static String escaped(String text) {
        var xml = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> xml.append("&amp;");
                case '<' -> xml.append("&lt;");
                case '>' -> xml.append("&gt;");
                default -> {
                    if (c >= ' ' && !(c >= 0xD800 && c <= 0xDFFF) && c != 0xFFFE && c != 0xFFFF) {
                        xml.appendCodePoint(c);
                    }
                }
            }
        });
        return xml.toString();
    }
}
