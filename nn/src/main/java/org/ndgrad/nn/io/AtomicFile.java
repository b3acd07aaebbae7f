package org.ndgrad.nn.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;

/**
 * Writes files so that at any moment the old one is there or the new one, whole. A process that is killed meanwhile
 * leaves a hidden file beside them, which ends in {@code .part}.
 */
final class AtomicFile {

    /** Writes the content of a file. */
    interface Writer {
        void write(WritableByteChannel channel) throws IOException;
    }

    private static final SecureRandom RANDOM = new SecureRandom();

    private AtomicFile() {}

    /**
     * Writes a file beside the target, forces it onto the disk, and gives it the target's name.
     *
     * @throws UncheckedIOException if that fails; what was there before still is
     */
    static void write(String who, Path file, Writer writer) {
        try {
            Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
            Path beside = target.resolveSibling(
                    "." + target.getFileName() + "." + Long.toHexString(RANDOM.nextLong()) + ".part");
            try {
                try (FileChannel channel =
                        FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                    writer.write(channel);
                    channel.force(true);
                }
                move(beside, target);
            } finally {
                Files.deleteIfExists(beside);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    who + ": expected to write " + file + "; got " + e + ". Make its directory, or choose another.", e);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
