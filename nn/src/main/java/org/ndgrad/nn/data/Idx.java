package org.ndgrad.nn.data;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.math.LongMath;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HexFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Text;

/**
 * Reads tensors from IDX files, the format of MNIST and its relatives, compressed by gzip or not.
 *
 * <pre>{@code
 * Tensor images = Idx.read(Path.of("train-images-idx3-ubyte.gz")); // uint8, shape (60000, 28, 28)
 * Tensor labels = Idx.read(Path.of("train-labels-idx1-ubyte.gz")); // uint8, shape (60000)
 * TensorDataset train = new TensorDataset(
 *         images.unsqueeze(1).to(DataType.FLOAT).div(255), labels.to(DataType.INT64));
 * }</pre>
 *
 * <p>A file is
 *
 * <pre>
 * two bytes 0
 * one byte: the type of the elements
 *     08 uint8    09 int8    0b int16    0c int32    0d float32    0e float64
 * one byte: the number of dims
 * for each dim its size, 4 bytes
 * the elements in row-major order
 * </pre>
 *
 * <p>where numbers have their highest byte first. The tensor has the type and the shape of the file. A file that ends
 * early or goes on behind its elements is refused, and so are 2 GiB of elements and more.
 *
 * <p>Source: LeCun, Cortes and Burges, The MNIST database of handwritten digits, 1998.
 */
public final class Idx {

    /** A Java array holds no more. */
    private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

    /** How many elements are converted at a time. */
    private static final int BLOCK = 1 << 16;

    private Idx() {}

    /**
     * Reads a file.
     *
     * @return a tensor of the file's type and shape
     * @throws UncheckedIOException if there is no such file or it cannot be read
     * @throws IllegalArgumentException if it is no IDX file, ends early, goes on too long, or is too large
     */
    public static Tensor read(Path file) {
        return Inputs.file("Idx", file, bytes -> parse(bytes, file.toString()));
    }

    /**
     * Reads a file that comes with a class, such as example data in a jar.
     *
     * @param owner the class it comes with
     * @param name relative to the package of {@code owner}, or absolute with a leading slash
     * @return a tensor of the file's type and shape
     * @throws UncheckedIOException if there is no such resource or it cannot be read
     * @throws IllegalArgumentException if it is no IDX file, ends early, goes on too long, or is too large
     */
    public static Tensor readResource(Class<?> owner, String name) {
        return Inputs.resource("Idx", owner, name, bytes -> parse(bytes, name));
    }

    /**
     * Reads what a stream supplies, to its end, and closes it.
     *
     * @param name stands for the file name in messages
     * @return a tensor of the file's type and shape
     * @throws UncheckedIOException if it cannot be read
     * @throws IllegalArgumentException if it is no IDX file, ends early, goes on too long, or is too large
     */
    public static Tensor read(InputStream stream, String name) {
        try (stream) {
            return parse(Inputs.unzipped(stream), name);
        } catch (IOException e) {
            throw Inputs.unreadable("Idx", name, e);
        }
    }

    private static Tensor parse(InputStream bytes, String name) throws IOException {
        byte[] magic = next(bytes, 4, name, "4 bytes, two of them 0, then a type and a number of dims");
        DataType dtype = dtype(magic, name);
        int dims = Byte.toUnsignedInt(magic[3]);
        ByteBuffer sizes = ByteBuffer.wrap(next(bytes, 4 * dims, name, "the sizes of " + dims + " dims, 4 bytes each"));
        long[] shape = new long[dims];
        long count = 1;
        for (int dim = 0; dim < dims; dim++) {
            shape[dim] = Integer.toUnsignedLong(sizes.getInt());
            count = LongMath.saturatedMultiply(count, shape[dim]);
        }
        String elements = "elements of shape " + Text.shape(shape) + " and type " + Text.dtype(dtype);
        long length = LongMath.saturatedMultiply(count, dtype.width());
        checkArgument(
                length <= MOST_BYTES,
                "Idx: expected %s to hold less than 2 GiB of elements; got %s. Is it an IDX file? If so, divide it along its"
                        + " first dim.",
                name,
                elements);
        byte[] data = next(bytes, (int) length, name, length + " bytes of " + elements);
        checkArgument(
                bytes.read() < 0,
                "Idx: expected %s to end behind %s; got more bytes. Its header does not fit it: get it anew, or correct the"
                        + " sizes.",
                name,
                elements);
        return tensor(dtype, ByteBuffer.wrap(data), (int) count).reshape(shape);
    }

    private static DataType dtype(byte[] magic, String name) {
        boolean known = magic[0] == 0 && magic[1] == 0;
        DataType dtype = switch (known ? magic[2] : 0) {
            case 0x08 -> DataType.UINT8;
            case 0x09 -> DataType.INT8;
            case 0x0b -> DataType.INT16;
            case 0x0c -> DataType.INT32;
            case 0x0d -> DataType.FLOAT;
            case 0x0e -> DataType.DOUBLE;
            default -> DataType.UNKNOWN;
        };
        checkArgument(
                dtype != DataType.UNKNOWN,
                "Idx: expected %s to begin with two bytes 0 and a type, 08, 09 or 0b to 0e; got %s, the beginning of another"
                        + " format. Pass the IDX file itself, as it is or compressed by gzip.",
                name,
                HexFormat.ofDelimiter(" ").formatHex(magic));
        return dtype;
    }

    private static byte[] next(InputStream bytes, int length, String name, String what) throws IOException {
        byte[] read;
        try {
            read = bytes.readNBytes(length);
        } catch (EOFException e) { // a gzip stream that breaks off
            throw new IllegalArgumentException(ended(name, what, "the end of the compressed data"), e);
        }
        checkArgument(read.length == length, ended(name, what, read.length + " bytes"));
        return read;
    }

    private static String ended(String name, String what, String got) {
        return "Idx: expected " + name + " to hold " + what + "; got " + got
                + ". Is it whole? Compare its size with the original's.";
    }

    private static Tensor tensor(DataType dtype, ByteBuffer data, int count) {
        Tensor elements = Tensor.empty(dtype, count);
        Autograd.noGrad(() -> {
            for (int from = 0; from < count; from += BLOCK) {
                int to = Math.min(count, from + BLOCK);
                elements.slice(0, from, to).copy_(block(dtype, data, to - from));
            }
        });
        return elements;
    }

    private static Tensor block(DataType dtype, ByteBuffer data, int count) {
        if (dtype.isFPType()) {
            double[] numbers = new double[count];
            for (int i = 0; i < count; i++) {
                numbers[i] = dtype == DataType.FLOAT ? data.getFloat() : data.getDouble();
            }
            return Tensor.of(dtype, numbers);
        }
        long[] numbers = new long[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = switch (dtype) {
                case UBYTE -> Byte.toUnsignedLong(data.get());
                case BYTE -> data.get();
                case SHORT -> data.getShort();
                default -> data.getInt();
            };
        }
        return Tensor.of(numbers);
    }
}
