package org.ndgrad.nn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;

class ImagesTest {

    @TempDir
    private Path folder;

    private static Tensor bytes(int channels) {
        return Tensor.randint(new Rng(0), 0, 256, channels, 5, 7);
    }

    private static void assertRefused(Path file, String message) {
        assertThatThrownBy(() -> Images.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Images: expected " + file + message);
    }

    @ParameterizedTest
    @CsvSource({"1, png", "2, png", "3, png", "4, png", "3, bmp", "1, bmp"})
    void bytesStayAsTheyAre(int channels, String ending) {
        Tensor image = bytes(channels);
        Path file = folder.resolve("image." + ending);

        Images.write(image.to(DataType.UINT8), file);
        Tensor read = Images.read(file);

        assertThat(read.dtype()).isEqualTo(Tensor.defaultDtype());
        assertThat(read.shape()).containsExactly(channels, 5, 7);
        assertThat(read.mul(255).round().toDoubleArray()).isEqualTo(image.toDoubleArray());
        Images.write(read, file);
        assertThat(Images.read(file).toDoubleArray()).isEqualTo(read.toDoubleArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpg", "JPEG", "gif"})
    void otherFormatsComeClose(String ending) {
        Tensor smooth = Tensor.linspace(0, 1, 16 * 16).reshape(1, 16, 16);
        Path file = folder.resolve("image." + ending);

        Images.write(smooth, file);

        assertThat(Images.read(file, ImageMode.GRAY).sub(smooth).abs().max().item())
                .isLessThan(0.03);
        assertThat(Images.read(file, ImageMode.RGB).shape()).containsExactly(3, 16, 16);
    }

    @Test
    void channelsAreConverted() {
        Path rgb = folder.resolve("rgb.png");
        Path gray = folder.resolve("gray.png");
        Images.write(Tensor.of(new double[][][] {{{1}}, {{0.4}}, {{0.2}}, {{0.6}}}), rgb);
        Images.write(Tensor.of(new double[][] {{0.2}}), gray);

        assertThat(Images.read(rgb, ImageMode.GRAY).toDoubleArray())
                .containsExactly(new double[] {0.299 + 0.587 * 0.4 + 0.114 * 0.2}, within(1e-6));
        assertThat(Images.read(rgb, ImageMode.RGB).toDoubleArray())
                .containsExactly(new double[] {1, 0.4, 0.2}, within(1e-6));
        assertThat(Images.read(rgb, ImageMode.GRAY_ALPHA).toDoubleArray()[1]).isEqualTo(0.6, within(1e-6));
        assertThat(Images.read(gray, ImageMode.RGBA).toDoubleArray())
                .containsExactly(new double[] {0.2, 0.2, 0.2, 1}, within(1e-6));
    }

    /** What other programs write: palettes, 1 bit, 16 bits. */
    @Test
    void palettesAndOtherDepthsAreRead() throws IOException {
        byte[] red = {0, (byte) 255};
        byte[] none = {0, 0};
        Path file = folder.resolve("x.png");
        BufferedImage colors =
                new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_INDEXED, new IndexColorModel(8, 2, red, none, none));
        colors.getRaster().setSample(1, 0, 0, 1);
        ImageIO.write(colors, "png", file.toFile());
        assertThat(Images.read(file).toDoubleArray()).containsExactly(0, 1, 0, 0, 0, 0);

        BufferedImage black = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY);
        black.getRaster().setSample(0, 0, 0, 1);
        ImageIO.write(black, "png", file.toFile());
        assertThat(Images.read(file).shape()).containsExactly(1, 1, 2);
        assertThat(Images.read(file).toDoubleArray()).containsExactly(1, 0);

        BufferedImage deep = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
        deep.getRaster().setSample(0, 0, 0, 12345);
        ImageIO.write(deep, "png", file.toFile());
        assertThat(Images.read(file).item()).isEqualTo(12345 / 65535.0, within(1e-7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "gif", "bmp"})
    void filesThatEndEarlyAreRefused(String ending) throws IOException {
        Path file = folder.resolve("image." + ending);
        Images.write(Tensor.rand(new Rng(0), 3, 64, 64), file);
        byte[] whole = Files.readAllBytes(file);
        for (int length : new int[] {9, 20, whole.length / 3, whole.length * 2 / 3}) {
            Files.write(file, Arrays.copyOf(whole, length));

            assertRefused(file, " to be ");
        }
    }

    @Test
    void hugeImagesAreRefusedByTheirHeader() throws IOException {
        Path file = folder.resolve("huge.png");
        Images.write(Tensor.zeros(1, 4, 4), file);
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer.wrap(bytes).putInt(16, 60_000).putInt(20, 50_000);
        CRC32 crc = new CRC32();
        crc.update(bytes, 12, 17);
        ByteBuffer.wrap(bytes).putInt(29, (int) crc.getValue());
        Files.write(file, bytes);

        assertRefused(file, " to hold at most 67108864 pixels; got 60000 x 50000. Make it smaller.");
    }

    @Test
    void whatIsNoImageIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("page.png"), "<html>\n");

        assertRefused(
                file, " to be a PNG, JPEG, GIF or BMP file; got one that begins with '<html>\\u000A'. Save it as PNG.");
        assertRefused(
                Files.write(file, new byte[0]), " to be a PNG, JPEG, GIF or BMP file; got one that begins with ''");
        assertThatThrownBy(() -> Images.read(folder.resolve("none.png")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("Images: expected a file ");
    }

    @Test
    void whatNoImageCanBeMadeOfIsRefused() {
        Path file = folder.resolve("x.png");

        assertThatThrownBy(() -> Images.write(Tensor.rand(1, 3, 4, 4), file))
                .hasMessageStartingWith(
                        "Images: expected an image (C, H, W) of 1 to 4 channels, or (H, W); got (1, 3, 4, 4).");
        assertThatThrownBy(() -> Images.write(Tensor.full(1.5, 1, 2, 2), file))
                .hasMessage("Images: expected numbers from 0 to 1; got 1.5. Divide bytes by 255, or clamp(0, 1).");
        assertThatThrownBy(() -> Images.write(Tensor.full(Double.NaN, 1, 2, 2), file))
                .hasMessageContaining("got NaN");
        assertThatThrownBy(() -> Images.write(bytes(1), file)).hasMessageContaining("got int64");
        assertThatThrownBy(() -> Images.write(Tensor.zeros(2, 2), folder.resolve("x.tiff")))
                .hasMessage("Images: expected a file name that ends with .png, .jpg, .gif or .bmp; got "
                        + folder.resolve("x.tiff") + ". Add .png.");
        assertThatThrownBy(() -> Images.write(Tensor.zeros(4, 2, 2), folder.resolve("x.jpg")))
                .hasMessage(
                        "Images: expected an image without opacity for a jpeg file; got 4 channels. Leave the last one"
                                + " out, or write .png.");
        assertThatThrownBy(() -> Images.write(Tensor.zeros(2, 2), folder.resolve("no/x.png")))
                .isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void foldersAreClasses() throws IOException {
        for (String name : new String[] {"dogs/b.png", "cats/2.PNG", "cats/more/1.gif", "cats/10.bmp"}) {
            Files.createDirectories(folder.resolve(name).getParent());
            Images.write(Tensor.full(name.length() / 100.0, 4, 6), folder.resolve(name));
        }
        Files.writeString(folder.resolve("cats/notes.txt"), "none");
        Files.writeString(folder.resolve("cats/.hidden.png"), "none");
        Files.writeString(folder.resolve("readme.png"), "none");

        ImageFolder pets = new ImageFolder(folder, ImageMode.RGB);

        assertThat(pets.classes()).containsExactly("cats", "dogs");
        assertThat(pets.files())
                .extracting(file -> folder.relativize(file).toString())
                .containsExactly("cats/10.bmp", "cats/2.PNG", "cats/more/1.gif", "dogs/b.png");
        Batch all = pets.all();
        assertThat(all.features().shape()).containsExactly(4, 3, 4, 6);
        assertThat(all.targets().toLongArray()).containsExactly(0, 0, 0, 1);
        assertThat(pets).hasToString("ImageFolder(" + folder + ": 4 images, classes [cats, dogs])");
        assertThatThrownBy(() -> pets.get(4)).isInstanceOf(IndexOutOfBoundsException.class);

        Files.createDirectory(folder.resolve("empty"));
        assertThatThrownBy(() -> new ImageFolder(folder, ImageMode.RGB))
                .hasMessageEndingWith("in " + folder.resolve("empty") + "; got none. Add some, or remove the folder.");
        assertThatThrownBy(() -> new ImageFolder(folder.resolve("cats/more"), ImageMode.RGB))
                .hasMessageStartingWith("ImageFolder: expected a sub-folder for each class in ");
        assertThatThrownBy(() -> new ImageFolder(folder.resolve("nowhere"), ImageMode.RGB))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("ImageFolder: expected a folder ");
    }
}
