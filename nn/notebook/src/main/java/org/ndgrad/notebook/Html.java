package org.ndgrad.notebook;

import com.google.common.escape.Escaper;
import com.google.common.html.HtmlEscapers;
import java.util.Base64;

/** Pieces of HTML that look well on light and dark pages, since their colors are those of the page. */
final class Html {

    private static final String CELL = "padding:1px 8px;text-align:right;";

    private static final Escaper ESCAPER = HtmlEscapers.htmlEscaper();

    private Html() {}

    static String pre(String text) {
        return "<pre style=\"line-height:1.3;margin:0\">" + ESCAPER.escape(text) + "</pre>";
    }

    /** Returns a line above or below something, quieter than it. */
    static String caption(String text) {
        return "<div style=\"font-size:90%;opacity:.75;margin:2px 0\">" + ESCAPER.escape(text) + "</div>";
    }

    /** Returns a picture of a width in pixels of the page, which may be less than it has. */
    static String image(byte[] png, int width) {
        return "<img style=\"max-width:100%\" width=\"" + width + "\" src=\"" + data(png) + "\">";
    }

    /** Returns a picture whose pixels are shown as squares. */
    static String pixels(byte[] png, int width, int height) {
        return "<img style=\"image-rendering:pixelated;display:block;margin:6px 0 2px\" width=\"" + width
                + "\" height=\"" + height + "\" src=\"" + data(png) + "\">";
    }

    private static String data(byte[] png) {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
    }

    static String bar(int done, int all) {
        return "<progress style=\"width:300px\" value=\"" + done + "\" max=\"" + all + "\"></progress>";
    }

    static String table(String rows) {
        return "<table style=\"border-collapse:collapse;margin:2px 0;font-variant-numeric:tabular-nums\"><tbody>" + rows
                + "</tbody></table>";
    }

    static String row(String cells) {
        return "<tr style=\"background:none\">" + cells + "</tr>";
    }

    static String cell(String text) {
        return "<td style=\"" + CELL + "\">" + ESCAPER.escape(text) + "</td>";
    }

    static String left(String text) {
        return "<td style=\"" + CELL + "text-align:left;white-space:pre\">" + ESCAPER.escape(text) + "</td>";
    }

    /** Returns a cell of a head, or an index before a row. */
    static String head(String text) {
        return "<th style=\"" + CELL + "font-weight:normal;opacity:.6\">" + ESCAPER.escape(text) + "</th>";
    }

    static String leftHead(String text) {
        return "<th style=\"" + CELL + "font-weight:normal;opacity:.6;text-align:left\">" + ESCAPER.escape(text)
                + "</th>";
    }
}
