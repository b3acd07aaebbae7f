package org.ndgrad.notebook;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Values as plain text, which fits a screen. */
final class Text {

    /** Of an array, this many elements are shown at either end. */
    private static final int EDGE = 500;

    private static final int LINE = 80;

    private Text() {}

    static String of(@Nullable Object value) {
        return value != null && value.getClass().isArray() ? array(value) : String.valueOf(value);
    }

    private static String array(Object array) {
        String text = Arrays.deepToString(new Object[] {array});
        text = text.substring(1, text.length() - 1);
        String[] elements = text.split("(?<=,) ", -1);
        StringBuilder wrapped = new StringBuilder();
        int column = 0;
        for (int i = 0; i < elements.length; i++) {
            if (elements.length > 2 * EDGE && i == EDGE) {
                wrapped.append(" …\n ");
                i = elements.length - EDGE;
                column = 1;
            }
            String element = elements[i];
            boolean newRow = i > 0 && element.startsWith("[");
            if (i > 0 && (newRow || column + 1 + element.length() > LINE)) {
                wrapped.append("\n ");
                column = 1;
            } else if (i > 0) {
                wrapped.append(' ');
                column++;
            }
            wrapped.append(element);
            column += element.length();
        }
        return wrapped.toString();
    }
}
