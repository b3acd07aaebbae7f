package org.ndgrad.nn.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Opens files and resources, compressed by gzip or not, and says what is wrong with them. */
final class Inputs {

    private static final int BUFFER = 1 << 16;

    /** What is made of the bytes. */
    interface Reading<T> {
        T from(InputStream bytes) throws IOException;
    }

    private Inputs() {}

    /**
     * Reads a file.
     *
     * @throws UncheckedIOException if there is no such file or it cannot be read
     */
    static <T> T file(String who, Path file, Reading<T> reading) {
        try (InputStream stream = Files.newInputStream(file)) {
            return reading.from(unzipped(stream));
        } catch (NoSuchFileException e) {
            throw new UncheckedIOException(
                    who + ": expected a file " + file + "; got none. It would be " + file.toAbsolutePath()
                            + ": check the path and the working directory.",
                    e);
        } catch (IOException e) {
            throw unreadable(who, file.toString(), e);
        }
    }

    /**
     * Reads what comes with a class.
     *
     * @throws UncheckedIOException if there is no such resource or it cannot be read
     */
    static <T> T resource(String who, Class<?> owner, String name, Reading<T> reading) {
        try (InputStream stream = owner.getResourceAsStream(name)) {
            if (stream == null) {
                throw new FileNotFoundException("no resource " + name + " beside " + owner.getName());
            }
            return reading.from(unzipped(stream));
        } catch (FileNotFoundException e) {
            throw new UncheckedIOException(
                    who + ": expected a resource " + name + " beside class " + owner.getName()
                            + "; got none. Is it packed into the jar?",
                    e);
        } catch (IOException e) {
            throw unreadable(who, name, e);
        }
    }

    /** Returns the bytes themselves, or what is compressed in them if they begin as gzip does. */
    static InputStream unzipped(InputStream stream) throws IOException {
        BufferedInputStream bytes = new BufferedInputStream(stream, BUFFER);
        bytes.mark(2);
        int first = bytes.read();
        int second = bytes.read();
        bytes.reset();
        boolean compressed = (second << 8 | first) == GZIPInputStream.GZIP_MAGIC;
        return compressed ? new GZIPInputStream(bytes, BUFFER) : bytes;
    }

    /** Returns the error for what cannot be read. */
    static UncheckedIOException unreadable(String who, String name, IOException e) {
        String advice = e instanceof CharacterCodingException
                ? " Save it as UTF-8."
                : e instanceof EOFException || e instanceof ZipException
                        ? " Is it whole? Compare its size with the original's."
                        : "";
        return new UncheckedIOException(who + ": expected " + name + " to be readable; got " + e + "." + advice, e);
    }
}
