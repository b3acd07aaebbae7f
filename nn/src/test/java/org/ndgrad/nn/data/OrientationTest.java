package org.ndgrad.nn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;

/** Pictures of cameras that were held otherwise. */
class OrientationTest {

    private static final int HEIGHT = 13;
    private static final int WIDTH = 21;
    private static final int START = 2;

    @TempDir
    private Path folder;

    private byte[] jpeg;
    private Tensor plain;

    @BeforeEach
    void writePicture() throws IOException {
        Path file = folder.resolve("plain.jpg");
        Images.write(Tensor.rand(new Rng(4), 3, HEIGHT, WIDTH), file);
        jpeg = Files.readAllBytes(file);
        plain = Images.read(file);
    }

    /** Returns EXIF data of two entries, the second of which is the orientation. */
    private static byte[] exif(ByteOrder order, int orientation) {
        ByteBuffer tiff = ByteBuffer.allocate(6 + 8 + 2 + 24 + 4)
                .put("Exif\0\0".getBytes(StandardCharsets.ISO_8859_1))
                .order(order)
                .put((order == ByteOrder.BIG_ENDIAN ? "MM" : "II").getBytes(StandardCharsets.ISO_8859_1))
                .putShort((short) 42)
                .putInt(8)
                .putShort((short) 2);
        tiff.putShort((short) 0x0100).putShort((short) 4).putInt(1).putInt(WIDTH);
        tiff.putShort((short) 0x0112).putShort((short) 3).putInt(1).putShort((short) orientation);
        return tiff.array();
    }

    /** Returns the picture with segments APP1, before all others. */
    private Path with(byte[]... segments) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(jpeg, 0, START);
        for (byte[] segment : segments) {
            bytes.writeBytes(new byte[] {
                (byte) 0xFF, (byte) 0xE1, (byte) ((segment.length + 2) >> 8), (byte) (segment.length + 2)
            });
            bytes.writeBytes(segment);
        }
        bytes.write(jpeg, START, jpeg.length - START);
        return Files.write(folder.resolve("turned.jpg"), bytes.toByteArray());
    }

    /** Where the pixel of a row and a column is seen, by the table of the EXIF standard, "0th row" and "0th column". */
    private static int[] seen(int orientation, int row, int column) {
        int fromBottom = HEIGHT - 1 - row;
        int fromRight = WIDTH - 1 - column;
        return switch (orientation) {
            case 1 -> new int[] {row, column}; // top, left
            case 2 -> new int[] {row, fromRight}; // top, right
            case 3 -> new int[] {fromBottom, fromRight}; // bottom, right
            case 4 -> new int[] {fromBottom, column}; // bottom, left
            case 5 -> new int[] {column, row}; // left, top
            case 6 -> new int[] {column, fromBottom}; // right, top
            case 7 -> new int[] {fromRight, fromBottom}; // right, bottom
            default -> new int[] {fromRight, row}; // left, bottom
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void picturesAreTurnedUpright(int orientation) throws IOException {
        double[] stored = plain.toDoubleArray();
        int width = orientation > 4 ? HEIGHT : WIDTH;
        double[] expected = new double[stored.length];
        for (int i = 0; i < stored.length; i++) {
            int[] place = seen(orientation, i / WIDTH % HEIGHT, i % WIDTH);
            expected[i / (HEIGHT * WIDTH) * HEIGHT * WIDTH + place[0] * width + place[1]] = stored[i];
        }

        for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
            Path file = with("http://ns.adobe.com/xap/1.0/".getBytes(StandardCharsets.UTF_8), exif(order, orientation));

            Tensor image = Images.read(file);

            assertThat(image.shape()).containsExactly(3, HEIGHT * WIDTH / width, width);
            assertThat(image.toDoubleArray()).isEqualTo(expected);
            assertThat(Images.read(file, ImageMode.GRAY).shape()).containsExactly(1, HEIGHT * WIDTH / width, width);
        }
    }

    @Test
    void imageFoldersTurnPicturesToo() throws IOException {
        Path file = with(exif(ByteOrder.LITTLE_ENDIAN, 6));
        Files.move(file, Files.createDirectories(folder.resolve("set/cats")).resolve("1.jpg"));

        assertThat(new ImageFolder(folder.resolve("set"), ImageMode.RGB)
                        .get(0)
                        .features()
                        .shape())
                .containsExactly(1, 3, WIDTH, HEIGHT);
    }

    private void assertAsStored(Path file) {
        assertThat(Images.read(file).toDoubleArray()).isEqualTo(plain.toDoubleArray());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9, 255, -1})
    void numbersThatAreNoOrientationAreLeft(int number) throws IOException {
        assertAsStored(with(exif(ByteOrder.BIG_ENDIAN, number)));
    }

    @Test
    void brokenMetadataLeaveThePictureAsItIs() throws IOException {
        byte[] whole = exif(ByteOrder.BIG_ENDIAN, 6);
        for (int length = 0; length < 40; length++) {
            assertAsStored(with(Arrays.copyOf(whole, length)));
        }
        for (int table : new int[] {0, 7, 43, 1000, Integer.MAX_VALUE, -1, Integer.MIN_VALUE}) {
            byte[] changed = whole.clone();
            ByteBuffer.wrap(changed).putInt(10, table);
            assertAsStored(with(changed));
        }
        byte[] many = whole.clone();
        ByteBuffer.wrap(many).putShort(14, (short) -1).putShort(28, (short) 0);
        assertAsStored(with(many));
    }

    @Test
    void fileThatEndsInItsMetadataIsNoPicture() throws IOException {
        byte[] cut = Arrays.copyOf(Files.readAllBytes(with(exif(ByteOrder.BIG_ENDIAN, 6))), 20);
        Path file = Files.write(folder.resolve("cut.jpg"), cut);

        assertThatThrownBy(() -> Images.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Images: expected " + file + " to be a whole picture");
    }
}
