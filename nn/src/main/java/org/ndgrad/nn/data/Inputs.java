package org.ndgrad.nn.data;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Opens files and resources, compressed by gzip or not, and says what is wrong with them. */
final class Inputs {

    private static final int BUFFER = 1 << 16;

    /** Where the mark of a tar archive ends, the farthest of all marks. */
    private static final int TAR_MARK_END = 262;

    /** What is no text, and what it begins with. */
    private static final ImmutableMap<String, String> FORMATS = ImmutableMap.of(
            "gzip data",
            "\u001F\u008B",
            "a zip archive, such as a spreadsheet",
            "PK\u0003\u0004",
            "bzip2 data",
            "BZh",
            "xz data",
            "\u00FD7zXZ",
            "zstd data",
            "(\u00B5/\u00FD",
            "an old spreadsheet",
            "\u00D0\u00CF\u0011\u00E0",
            "a tar archive",
            "ustar");

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
        return rawFile(who, file, stream -> reading.from(unzipped(stream)));
    }

    /**
     * Reads a file, whose bytes are not unpacked.
     *
     * @throws UncheckedIOException if there is no such file or it cannot be read
     */
    static <T> T rawFile(String who, Path file, Reading<T> reading) {
        try (InputStream stream = Files.newInputStream(file)) {
            return reading.from(stream);
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

    /**
     * Reads a file of text in UTF-8.
     *
     * @throws UncheckedIOException if there is no such file or it cannot be read
     * @throws IllegalArgumentException if it is no text, but a file of a known other format
     */
    static <T> T textFile(String who, Path file, Function<Reader, T> reading) {
        return file(who, file, bytes -> text(who, file.toString(), bytes, reading));
    }

    /**
     * Reads text in UTF-8 that comes with a class.
     *
     * @throws UncheckedIOException if there is no such resource or it cannot be read
     * @throws IllegalArgumentException if it is no text, but a file of a known other format
     */
    static <T> T textResource(String who, Class<?> owner, String name, Function<Reader, T> reading) {
        return resource(who, owner, name, bytes -> text(who, name, bytes, reading));
    }

    /** Decodes by a decoder which, unlike a charset, does not replace what is malformed. */
    private static <T> T text(String who, String name, InputStream bytes, Function<Reader, T> reading)
            throws IOException {
        boolean compressed = bytes instanceof GZIPInputStream;
        BufferedInputStream known = new BufferedInputStream(bytes, BUFFER);
        known.mark(TAR_MARK_END);
        byte[] start = known.readNBytes(TAR_MARK_END);
        known.reset();
        FORMATS.forEach((format, mark) -> checkArgument(
                !hasAt(format.startsWith("a tar") ? TAR_MARK_END - mark.length() : 0, mark, start),
                "%s: expected %s to hold text%s; got %s. Unpack it, or save the table as CSV.",
                who,
                name,
                compressed ? " inside gzip" : "",
                format));
        try {
            return reading.apply(new InputStreamReader(known, StandardCharsets.UTF_8.newDecoder()));
        } catch (UncheckedIOException e) {
            throw compressed && e.getCause() instanceof CharacterCodingException
                    ? new UncheckedIOException(
                            who + ": expected text in UTF-8 inside the compressed file " + name + "; got "
                                    + e.getCause() + ". Is the file whole? gzip -t tells; if it is, what it holds is in"
                                    + " another encoding.",
                            e.getCause())
                    : e;
        }
    }

    private static boolean hasAt(int offset, String mark, byte[] start) {
        byte[] bytes = mark.getBytes(StandardCharsets.ISO_8859_1);
        return start.length >= offset + bytes.length
                && Arrays.equals(start, offset, offset + bytes.length, bytes, 0, bytes.length);
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
