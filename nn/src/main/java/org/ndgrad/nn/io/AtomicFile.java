package org.ndgrad.nn.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * Writes files so that at any moment the old one is there or the new one, whole. A process that is killed meanwhile
 * leaves a hidden file beside them, which ends in {@code .part}; a later one that writes the same file deletes it after
 * an hour, when nobody can still be writing it.
 */
public final class AtomicFile {

    /** Writes the content of a file. */
    public interface Writer {

        /** Writes it all. */
        void write(WritableByteChannel channel) throws IOException;
    }

    private static final SecureRandom RANDOM = new SecureRandom();

    private static final Duration FORGOTTEN = Duration.ofHours(1);

    private AtomicFile() {}

    /**
     * Writes a file beside the target, forces it onto the disk, and gives it the target's name.
     *
     * @param who for the message of an error
     * @throws UncheckedIOException if that fails; what was there before still is
     */
    public static void write(String who, Path file, Writer writer) {
        try {
            Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
            Path beside = target.resolveSibling(
                    "." + target.getFileName() + "." + Long.toHexString(RANDOM.nextLong()) + ".part");
            try {
                try (FileChannel channel =
                        FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                    deleteForgotten(target, Files.getLastModifiedTime(beside).toInstant());
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

    /**
     * Deletes what killed processes have left.
     *
     * @param now by the clock of the file system
     */
    private static void deleteForgotten(Path target, Instant now) {
        Pattern parts = Pattern.compile(Pattern.quote("." + target.getFileName() + ".") + "[0-9a-f]+\\.part");
        try (DirectoryStream<Path> all = Files.newDirectoryStream(
                target.resolveSibling(""),
                each -> parts.matcher(String.valueOf(each.getFileName())).matches())) {
            for (Path each : all) {
                if (Files.getLastModifiedTime(each).toInstant().isBefore(now.minus(FORGOTTEN))) {
                    Files.deleteIfExists(each);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // They are in nobody's way: the next one that writes tries again.
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
