package org.ndgrad.nn.data;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.ndgrad.autograd.Tensor;

/**
 * Reads images from PNG, JPEG, GIF and BMP files into tensors, and writes them.
 *
 * <pre>{@code
 * Tensor cat = Images.read(Path.of("cat.jpg"), ImageMode.RGB); // (3, H, W), 0 to 1
 * Images.write(cat.mul(0.5), Path.of("darker.png"));
 * }</pre>
 *
 * <p>A tensor is (C, H, W) of {@link Tensor#defaultDtype()}, with numbers from 0, black or transparent, to 1, white,
 * full color or opaque: a byte b of the file is b / 255, and 16 bits are divided by 65535. Channels are as in {@link
 * ImageMode}. Colors are those of sRGB as they stand in the file, not linear light. Of an animation the first picture
 * is read. Where a JPEG file says how the camera was held, as those of phones do in EXIF data, the picture is turned
 * upright.
 *
 * <p>Files are judged by what they begin with, not by their names. One that claims more than 2²⁶ pixels is refused
 * before anything is allocated for them, and so is one that ends early.
 */
public final class Images {

    private static final long MAX_PIXELS = 1L << 26;

    private static final ImmutableMap<String, String> MARKS =
            ImmutableMap.of("png", "\u0089PNG\r\n\u001A\n", "jpeg", "\u00FF\u00D8\u00FF", "gif", "GIF8", "bmp", "BM");

    private Images() {}

    /**
     * Reads an image with the channels of the file: gray or colors, with opacity where the file has it. A palette of
     * grays only is gray.
     *
     * @return (C, H, W) from 0 to 1
     * @throws UncheckedIOException if there is no such file or it cannot be read
     * @throws IllegalArgumentException if it is none of the formats, broken, or too large
     */
    public static Tensor read(Path file) {
        return read(file, Optional.empty());
    }

    /**
     * Reads an image with the wanted channels: colors become gray by their luminance, gray stands in all three colors,
     * opacity is left out, or is 1 where the file has none.
     *
     * @return (C, H, W) from 0 to 1
     * @throws UncheckedIOException if there is no such file or it cannot be read
     * @throws IllegalArgumentException if it is none of the formats, broken, or too large
     */
    public static Tensor read(Path file, ImageMode mode) {
        return read(file, Optional.of(mode));
    }

    private static Tensor read(Path file, Optional<ImageMode> mode) {
        return Inputs.rawFile("Images", file, bytes -> {
            Picture picture = decode(bytes, file.toString());
            Tensor stored = Pixels.tensor(picture.pixels(), mode.orElseGet(() -> Pixels.mode(picture.pixels())));
            return Orientation.upright(stored, picture.orientation());
        });
    }

    /** What is in a file. */
    private record Picture(BufferedImage pixels, int orientation) {}

    private static Picture decode(InputStream bytes, String name) throws IOException {
        try (ImageInputStream stream = new MemoryCacheImageInputStream(bytes)) {
            String format = format(stream, name);
            int orientation = format.equals("jpeg") ? Orientation.of(stream) : Orientation.UPRIGHT;
            ImageReader reader = ImageIO.getImageReadersByFormatName(format).next();
            List<String> cut = new ArrayList<>();
            try {
                reader.setInput(stream, true, true);
                reader.addIIOReadWarningListener((source, warning) -> {
                    if (warning.startsWith("Truncated")) {
                        cut.add(warning);
                    }
                });
                long width = reader.getWidth(0);
                long height = reader.getHeight(0);
                checkArgument(
                        width > 0 && height > 0 && width * height <= MAX_PIXELS,
                        "Images: expected %s to hold at most %s pixels; got %s x %s. Make it smaller.",
                        name,
                        MAX_PIXELS,
                        width,
                        height);
                BufferedImage image = reader.read(0);
                checkArgument(
                        cut.isEmpty(),
                        "Images: expected %s to be whole; got an error: %s. Compare its size with the original's.",
                        name,
                        cut);
                return new Picture(image, orientation);
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) {
            // The readers of the JDK answer broken files with all kinds of exceptions.
            if (e instanceof IllegalArgumentException
                    && String.valueOf(e.getMessage()).startsWith("Images: ")) {
                throw e;
            }
            throw new IllegalArgumentException(
                    "Images: expected " + name + " to be a whole picture that the JDK reads; got an error: " + reason(e)
                            + ". Open it with another program and save it as PNG.",
                    e);
        }
    }

    private static String reason(Throwable e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    /** Returns the format by what a file begins with; the readers themselves are not as strict. */
    private static String format(ImageInputStream stream, String name) throws IOException {
        stream.mark();
        byte[] start = new byte[8];
        int length = Math.max(0, stream.read(start));
        stream.reset();
        String text = new String(start, 0, length, StandardCharsets.ISO_8859_1);
        return MARKS.entrySet().stream()
                .filter(mark -> text.startsWith(mark.getValue()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Images: expected " + name
                        + " to be a PNG, JPEG, GIF or BMP file; got one that begins with " + CsvNumber.shown(text)
                        + ". Save it as PNG."));
    }

    /**
     * Writes an image in the format that the name of the file ends with: .png, .jpg or .jpeg, .gif, .bmp. An existing
     * file is replaced. PNG keeps bytes as they are, JPEG and GIF lose some; only PNG has opacity.
     *
     * @param image (C, H, W), one to four channels as in {@link ImageMode}, or (H, W): from 0 to 1, rounded to bytes,
     *     or uint8 from 0 to 255
     * @throws UncheckedIOException if it cannot be written
     * @throws IllegalArgumentException if it is no such image, a number is outside, or the format cannot hold it
     */
    public static void write(Tensor image, Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        String ending = name.substring(name.lastIndexOf('.') + 1);
        String format = ending.equals("jpg") ? "jpeg" : ending;
        checkArgument(
                MARKS.containsKey(format),
                "Images: expected a file name that ends with .png, .jpg, .gif or .bmp; got %s. Add .png.",
                file);
        BufferedImage pixels = Pixels.image(image);
        checkArgument(
                format.equals("png") || !pixels.getColorModel().hasAlpha(),
                "Images: expected an image without opacity for a %s file; got %s channels. Leave the last one out, or write"
                        + " .png.",
                format,
                pixels.getRaster().getNumBands());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            boolean written = ImageIO.write(pixels, format, bytes);
            checkArgument(written, "Images: expected a writer for %s files; got none. Write .png.", format);
            Files.write(file, bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Images: expected to write " + file + "; got " + e
                            + ". Is there such a folder, and is it writable?",
                    e);
        }
    }
}
