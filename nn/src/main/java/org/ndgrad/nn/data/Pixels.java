package org.ndgrad.nn.data;

import static com.google.common.base.Preconditions.checkArgument;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Text;

/** Tensors of the JDK's images, and such images of tensors. */
final class Pixels {

    private static final float[] LUMINANCE = {0.299f, 0.587f, 0.114f};
    private static final int BYTE = 255;

    private Pixels() {}

    /** Returns which channels an image has. */
    static ImageMode mode(BufferedImage image) {
        ColorModel model = image.getColorModel();
        boolean gray = model instanceof IndexColorModel palette
                ? isGray(palette)
                : model.getColorSpace().getType() == ColorSpace.TYPE_GRAY;
        return ImageMode.of((gray ? 1 : 3) + (model.hasAlpha() ? 1 : 0));
    }

    private static boolean isGray(IndexColorModel palette) {
        return IntStream.range(0, palette.getMapSize())
                .allMatch(i -> palette.getRed(i) == palette.getGreen(i) && palette.getRed(i) == palette.getBlue(i));
    }

    /** Returns an image as (C, H, W), from 0 to 1. */
    static Tensor tensor(BufferedImage image, ImageMode mode) {
        ImageMode stored = mode(image);
        int width = image.getWidth();
        int height = image.getHeight();
        float[] result = new float[mode.channels() * width * height];
        float[] row = new float[stored.channels() * width];
        boolean raw = isRaw(image.getColorModel());
        for (int y = 0; y < height; y++) {
            if (raw) {
                readRaw(image, y, row);
            } else {
                readColors(image, y, stored, row);
            }
            for (int x = 0; x < width; x++) {
                convert(row, x * stored.channels(), stored, result, y * width + x, width * height, mode);
            }
        }
        return Tensor.of(result).to(Tensor.defaultDtype()).reshape(mode.channels(), height, width);
    }

    /**
     * Whether the samples are the numbers wanted. Others, such as those of a palette or a rare color space, are
     * converted to sRGB by the JDK; but its conversion of gray would take the numbers for linear light.
     */
    private static boolean isRaw(ColorModel model) {
        boolean gray = model.getColorSpace().getType() == ColorSpace.TYPE_GRAY;
        boolean whole =
                model.getTransferType() == DataBuffer.TYPE_BYTE || model.getTransferType() == DataBuffer.TYPE_USHORT;
        return model instanceof ComponentColorModel
                && whole
                && !model.isAlphaPremultiplied()
                && (gray || model.getColorSpace().isCS_sRGB());
    }

    private static void readRaw(BufferedImage image, int y, float... row) {
        Raster raster = image.getRaster();
        raster.getPixels(0, y, image.getWidth(), 1, row);
        int bands = raster.getNumBands();
        for (int band = 0; band < bands; band++) {
            float most = (1 << image.getColorModel().getComponentSize(band)) - 1;
            for (int i = band; i < row.length; i += bands) {
                row[i] /= most;
            }
        }
    }

    private static void readColors(BufferedImage image, int y, ImageMode stored, float... row) {
        int[] colors = image.getRGB(0, y, image.getWidth(), 1, null, 0, image.getWidth());
        int at = 0;
        for (int color : colors) {
            for (int shift = stored.isColored() ? 16 : 0; shift >= 0; shift -= 8) {
                row[at++] = ((color >> shift) & BYTE) / (float) BYTE;
            }
            if (stored.hasAlpha()) {
                row[at++] = (color >>> 24) / (float) BYTE;
            }
        }
    }

    private static void convert(
            float[] from, int at, ImageMode stored, float[] to, int place, int plane, ImageMode mode) {
        int colors = mode.isColored() ? 3 : 1;
        for (int c = 0; c < colors; c++) {
            if (stored.isColored() == mode.isColored()) {
                to[place + c * plane] = from[at + c];
            } else if (mode.isColored()) {
                to[place + c * plane] = from[at];
            } else {
                to[place] = LUMINANCE[0] * from[at] + LUMINANCE[1] * from[at + 1] + LUMINANCE[2] * from[at + 2];
            }
        }
        if (mode.hasAlpha()) {
            to[place + colors * plane] = stored.hasAlpha() ? from[at + stored.channels() - 1] : 1;
        }
    }

    /** Returns (C, H, W) or (H, W), from 0 to 1 or bytes, as an image of 8 bits. */
    static BufferedImage image(Tensor image) {
        Tensor planes = image.ndim() == 2 ? image.unsqueeze(0) : image;
        checkArgument(
                planes.ndim() == 3
                        && planes.size(0) >= 1
                        && planes.size(0) <= 4
                        && planes.size(1) >= 1
                        && planes.size(2) >= 1,
                "Images: expected an image (C, H, W) of 1 to 4 channels, or (H, W); got %s. Take one of a batch, and"
                        + " permute(2, 0, 1) one with its channels last.",
                Text.shape(image));
        boolean bytes = planes.dtype() == DataType.UINT8;
        checkArgument(
                bytes || planes.dtype().isFPType(),
                "Images: expected numbers from 0 to 1 of a floating type, or uint8 from 0 to 255; got %s. Convert them, such as"
                        + " x.to(DataType.FLOAT).div(255).",
                Text.dtype(image));
        double[] numbers = planes.detach().toDoubleArray();
        int channels = (int) planes.size(0);
        int height = (int) planes.size(1);
        int width = (int) planes.size(2);
        int[] samples = new int[numbers.length];
        int plane = height * width;
        for (int i = 0; i < numbers.length; i++) {
            checkArgument(
                    bytes || (numbers[i] >= 0 && numbers[i] <= 1),
                    "Images: expected numbers from 0 to 1; got %s. Divide bytes by 255, or clamp(0, 1).",
                    numbers[i]);
            samples[(i % plane) * channels + i / plane] = (int) Math.rint(bytes ? numbers[i] : numbers[i] * BYTE);
        }
        return image(ImageMode.of(channels), width, height, samples);
    }

    private static BufferedImage image(ImageMode mode, int width, int height, int... samples) {
        if (mode == ImageMode.GRAY || mode == ImageMode.RGB) {
            BufferedImage image = new BufferedImage(
                    width,
                    height,
                    mode == ImageMode.GRAY ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR);
            image.getRaster().setPixels(0, 0, width, height, samples);
            return image;
        }
        ColorSpace space = ColorSpace.getInstance(mode.isColored() ? ColorSpace.CS_sRGB : ColorSpace.CS_GRAY);
        ColorModel model = new ComponentColorModel(space, true, false, ColorModel.TRANSLUCENT, DataBuffer.TYPE_BYTE);
        int[] offsets = IntStream.range(0, mode.channels()).toArray();
        WritableRaster raster = Raster.createWritableRaster(
                new ComponentSampleModel(
                        DataBuffer.TYPE_BYTE, width, height, mode.channels(), mode.channels() * width, offsets),
                null);
        raster.setPixels(0, 0, width, height, samples);
        return new BufferedImage(model, raster, false, null);
    }
}
