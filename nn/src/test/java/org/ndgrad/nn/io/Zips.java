package org.ndgrad.nn.io;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Zip files made in memory, and changed where they lie about themselves. */
final class Zips {

    /** Places within an entry of the directory at the end of a zip file. */
    static final int METHOD = 10;

    static final int FLAGS = 8;
    static final int PACKED_SIZE = 20;
    static final int SIZE = 24;
    static final int POSITION = 42;

    private Zips() {}

    static byte[] of(int method, Map<String, byte[]> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> each : entries.entrySet()) {
                ZipEntry entry = new ZipEntry(each.getKey());
                entry.setMethod(method);
                CRC32 sum = new CRC32();
                sum.update(each.getValue());
                entry.setCrc(sum.getValue());
                entry.setSize(each.getValue().length);
                zip.putNextEntry(entry);
                zip.write(each.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Returns a file whose directory has another number in its last entry. */
    static byte[] lying(byte[] zip, int place, int width, long number) {
        byte[] changed = zip.clone();
        int at = text(zip).lastIndexOf("PK\1\2") + place;
        for (int i = 0; i < width; i++) {
            changed[at + i] = (byte) (number >> (8 * i));
        }
        return changed;
    }

    /** Returns a file in which a text stands for another of the same length. */
    static byte[] replaced(byte[] file, String old, String now) {
        return text(file).replace(old, now).getBytes(ISO_8859_1);
    }

    static String text(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }
}
