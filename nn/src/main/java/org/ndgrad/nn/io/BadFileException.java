package org.ndgrad.nn.io;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Thrown inside this package where a file is not what it should be; users get it with the file's name. */
final class BadFileException extends IOException {

    private static final int MOST = 100;
    private static final long serialVersionUID = 1;

    BadFileException(String expected, String got) {
        this(expected, got, null);
    }

    BadFileException(String expected, String got, @Nullable Throwable cause) {
        super("expected " + expected + "; got " + (got.length() > MOST ? got.substring(0, MOST) + "…" : got), cause);
    }
}
