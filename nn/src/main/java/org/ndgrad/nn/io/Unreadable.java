package org.ndgrad.nn.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What is said of files that cannot be read or are not what they should be. */
final class Unreadable {

    private Unreadable() {}

    /** Returns the error for a file that is there and is not what it should be. */
    static IllegalArgumentException bad(String who, Path file, IOException e, String advice) {
        return new IllegalArgumentException(who + ": file " + file + ": " + e.getMessage() + ". " + advice, e);
    }

    /** Returns the error for a file that is not there or not to be read. */
    static UncheckedIOException unreadable(String who, Path file, IOException e) {
        String message = e instanceof NoSuchFileException
                ? "a file " + file + "; got none. It would be " + file.toAbsolutePath() + "."
                : Files.isDirectory(file)
                        ? "a file " + file + "; got a directory. Name a file in it."
                        : file + " to be readable; got " + e + ". Look at its permissions.";
        return new UncheckedIOException(who + ": expected " + message, e);
    }
}
