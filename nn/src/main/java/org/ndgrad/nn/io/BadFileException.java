package org.ndgrad.nn.io;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Thrown inside this package where a file is not what it should be; users get it with the file's name. */
final class BadFileException extends IOException {

    private static final int LONGEST_GOT = 100;
    private static final int LONGEST_EXPECTED = 300;
    private static final long serialVersionUID = 1;

    BadFileException(String expected, String got) {
        this(expected, got, null);
    }

    BadFileException(String expected, String got, @Nullable Throwable cause) {
        super("expected " + line(expected, LONGEST_EXPECTED) + "; got " + line(got, LONGEST_GOT), cause);
    }

    /** Returns text of a stranger as one line of bounded length, with nothing in it that a terminal would obey. */
    static String line(String text, int longest) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), longest); i++) {
            char c = text.charAt(i);
            boolean isPlain = !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT;
            line.append(isPlain && c != '\u2028' && c != '\u2029' ? String.valueOf(c) : "\\u%04x".formatted((int) c));
        }
        return text.length() > longest ? line.append('…').toString() : line.toString();
    }
}
