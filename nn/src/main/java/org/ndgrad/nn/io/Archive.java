package org.ndgrad.nn.io;

import com.google.common.collect.ImmutableMap;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A zip file whose directory was checked: names, and sizes before and after compression. */
final class Archive implements Closeable {

    /** A byte of deflated data never becomes more. */
    private static final long MOST_EXPANSION = 1032;

    /** What all entries may have together, however small the file is, and from which on the factor below counts. */
    private static final long ALWAYS_ALLOWED = 1L << 28;

    private static final long USUAL_EXPANSION = 100;

    /** What is done with the bytes of an entry; it reads them all, for otherwise the entry was too long. */
    interface Reading<T> {
        T read(CheckedInputStream bytes) throws IOException;
    }

    private final ZipFile zip;
    private final ImmutableMap<String, ZipEntry> entries;

    private Archive(ZipFile zip, ImmutableMap<String, ZipEntry> entries) {
        this.zip = zip;
        this.entries = entries;
    }

    /**
     * Opens a file.
     *
     * @throws BadFileException if it is no zip file, or one with names or sizes that cannot be
     */
    static Archive open(Path file) throws IOException {
        ZipFile zip = zip(file);
        try {
            return new Archive(zip, check(Collections.list(zip.entries()), Files.size(file)));
        } catch (BadFileException e) {
            zip.close();
            throw e;
        }
    }

    private static ZipFile zip(Path file) throws IOException {
        try {
            return new ZipFile(file.toFile());
        } catch (ZipException | EOFException | IllegalArgumentException e) { // the last one for names in no charset
            throw new BadFileException("a zip file", String.valueOf(e.getMessage()), e);
        }
    }

    private static ImmutableMap<String, ZipEntry> check(List<? extends ZipEntry> all, long size)
            throws BadFileException {
        Map<String, ZipEntry> entries = new LinkedHashMap<>();
        long packed = 0;
        long unpacked = 0;
        for (ZipEntry entry : all) {
            checkName(entry.getName());
            if (entries.put(entry.getName(), entry) != null) {
                throw new BadFileException("names of entries that differ", "'" + entry.getName() + "' twice");
            }
            checkSize(entry);
            packed += entry.getCompressedSize();
            unpacked += entry.getSize();
            if (packed > size || packed < 0) {
                throw new BadFileException("entries of at most " + size + " bytes together", "more");
            }
            if (unpacked > Math.max(ALWAYS_ALLOWED, USUAL_EXPANSION * size) || unpacked < 0) {
                throw new BadFileException(
                        "entries that are at most %s times as large as the file of %s bytes (save them uncompressed)"
                                .formatted(USUAL_EXPANSION, size),
                        "more");
            }
        }
        return ImmutableMap.copyOf(entries);
    }

    /** Refuses names that would lead out of a directory, or that are none. */
    static void checkName(String name) throws BadFileException {
        boolean isPath = !name.isEmpty() && name.indexOf('\\') < 0 && name.charAt(0) != '/';
        for (String step : name.split("/", -1)) {
            isPath &= !step.equals("..") && !step.equals(".");
        }
        if (!isPath || name.chars().anyMatch(Character::isISOControl)) {
            throw new BadFileException("names of entries that are relative paths of plain characters", name);
        }
    }

    private static void checkSize(ZipEntry entry) throws BadFileException {
        long packed = entry.getCompressedSize();
        long size = entry.getSize();
        boolean isStored = entry.getMethod() == ZipEntry.STORED;
        if (!isStored && entry.getMethod() != ZipEntry.DEFLATED) {
            throw new BadFileException("entries that are stored or deflated", "method " + entry.getMethod());
        }
        if (packed < 0 || size < 0 || (isStored ? size != packed : size / MOST_EXPANSION > packed)) {
            throw new BadFileException(
                    "entry '" + entry.getName() + "' to have a size that can be",
                    "%s bytes, packed %s".formatted(size, packed));
        }
    }

    /** Returns entries by name, in the order of the directory. */
    ImmutableMap<String, ZipEntry> entries() {
        return entries;
    }

    /**
     * Reads an entry.
     *
     * @throws BadFileException if its bytes are no compressed data, or fewer or more than are read
     */
    <T> T read(ZipEntry entry, Reading<T> reading) throws IOException {
        String who = "entry '" + entry.getName() + "'";
        try (CheckedInputStream bytes = new CheckedInputStream(zip.getInputStream(entry), new CRC32())) {
            T result = reading.read(bytes);
            if (bytes.read() >= 0) {
                throw new BadFileException(who + " of " + entry.getSize() + " bytes", "more");
            }
            return result;
        } catch (ZipException e) {
            throw new BadFileException(who + " to be whole", String.valueOf(e.getMessage()), e);
        } catch (EOFException e) {
            throw new BadFileException(who + " of " + entry.getSize() + " bytes", "fewer", e);
        }
    }

    /** Refuses bytes that were changed since they were written, after all were read. */
    static void checkSum(ZipEntry entry, CheckedInputStream bytes) throws BadFileException {
        if (bytes.getChecksum().getValue() != entry.getCrc()) {
            throw new BadFileException("entry '" + entry.getName() + "' to have its checksum", "another");
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
