package org.ndgrad.nn.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** A program that writes a file again and again, with this and that in it, until it is killed. */
final class WritesOnAndOn {

    private static final int PIECE = 1 << 12;

    private WritesOnAndOn() {}

    /** Takes the file to write, and two files whose content it is to have. */
    public static void main(String[] args) throws IOException {
        byte[][] contents = {Files.readAllBytes(Path.of(args[1])), Files.readAllBytes(Path.of(args[2]))};
        for (int i = 0; true; i++) {
            ByteBuffer bytes = ByteBuffer.wrap(contents[i % 2]);
            AtomicFile.write("WritesOnAndOn", Path.of(args[0]), channel -> {
                while (bytes.hasRemaining()) {
                    ByteBuffer piece = bytes.slice().limit(Math.min(PIECE, bytes.remaining()));
                    bytes.position(bytes.position() + channel.write(piece));
                }
            });
            if (i == 0) {
                System.out.println("begun");
                System.out.flush();
            }
        }
    }
}
