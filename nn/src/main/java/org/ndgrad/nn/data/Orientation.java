package org.ndgrad.nn.data;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import javax.imageio.stream.ImageInputStream;
import org.ndgrad.autograd.Tensor;

/**
 * How a picture lies in a JPEG file, as the EXIF data of cameras say: a number from 1, upright, to 8. What is no such
 * number, or cut off, counts as 1, as in other programs.
 */
final class Orientation {

    static final int UPRIGHT = 1;

    private static final int APP1 = 0xE1;
    private static final int START_OF_SCAN = 0xDA;
    private static final int END_OF_IMAGE = 0xD9;
    private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);

    private static final short TAG = 0x0112;
    private static final short SHORT = 3;
    private static final int HEADER = 8;
    private static final int ENTRY = 12;

    private Orientation() {}

    /** Reads it from the beginning of a JPEG file, before the picture itself; the stream is afterwards where it was. */
    static int of(ImageInputStream stream) throws IOException {
        stream.mark();
        try {
            stream.skipBytes(2);
            while (stream.readUnsignedByte() == 0xFF) {
                int marker = stream.readUnsignedByte();
                while (marker == 0xFF) { // fill bytes
                    marker = stream.readUnsignedByte();
                }
                if (marker == START_OF_SCAN || marker == END_OF_IMAGE) {
                    break;
                }
                byte[] segment = new byte[Math.max(0, stream.readUnsignedShort() - 2)];
                stream.readFully(segment);
                if (marker == APP1 && ByteBuffer.wrap(segment).mismatch(ByteBuffer.wrap(EXIF)) == EXIF.length) {
                    return ofTiff(ByteBuffer.wrap(segment, EXIF.length, segment.length - EXIF.length)
                            .slice());
                }
            }
        } catch (EOFException e) { // the reader of the picture says so
            return UPRIGHT;
        } finally {
            stream.reset();
        }
        return UPRIGHT;
    }

    /** Reads it from EXIF data, which have the form of a TIFF file: a header, and a table of entries. */
    private static int ofTiff(ByteBuffer tiff) {
        if (tiff.limit() < HEADER) {
            return UPRIGHT;
        }
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int table = tiff.getInt(4);
        if (table < HEADER || table > tiff.limit() - 2) {
            return UPRIGHT;
        }
        int count = Short.toUnsignedInt(tiff.getShort(table));
        for (int i = 0, at = table + 2; i < count && at <= tiff.limit() - ENTRY; i++, at += ENTRY) {
            if (tiff.getShort(at) == TAG && tiff.getShort(at + 2) == SHORT) {
                int orientation = tiff.getShort(at + HEADER);
                return orientation >= 1 && orientation <= 8 ? orientation : UPRIGHT;
            }
        }
        return UPRIGHT;
    }

    /** Returns an image (C, H, W) as it is to be seen. */
    static Tensor upright(Tensor image, int orientation) {
        Tensor sides = orientation > 4 ? image.transpose(1, 2) : image;
        Tensor turned = switch (orientation) {
            case 2, 6 -> sides.flip(2);
            case 3, 7 -> sides.flip(1, 2);
            case 4, 8 -> sides.flip(1);
            default -> sides;
        };
        return turned.contiguous();
    }
}
