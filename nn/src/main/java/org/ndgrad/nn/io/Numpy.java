package org.ndgrad.nn.io;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.TensorBytes;
import org.ndgrad.autograd.internal.Text;

/**
 * Files of NumPy: {@code .npy} with one array, {@code .npz} with some by name.
 *
 * <pre>{@code
 * Tensor x = Numpy.load(Path.of("x.npy"));
 * Numpy.savez(Path.of("data.npz"), Map.of("x", x, "y", y)); // numpy.load("data.npz")["x"]
 * }</pre>
 *
 * <p>Bytes in any order and arrays in C and in Fortran order are read. Unsigned types that no tensor has become the
 * next wider signed one: uint16 int32, uint32 and uint64 int64. Objects, texts, dates, fields and complex numbers are
 * refused. Files are checked before memory is taken, and checksums of {@code .npz} files compared.
 *
 * <p>NumPy has no bfloat16: convert such tensors to FLOAT, or write them by {@link Safetensors}.
 */
public final class Numpy {

    private static final String WHO = "Numpy";
    private static final String ADVICE = "Read .npz files by Numpy.loadz, .npy files by Numpy.load; save others anew.";
    private static final String SUFFIX = ".npy";

    /** What NumPy writes, so that equal arrays are equal files. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private Numpy() {}

    // Reading

    /** What is made of an array whose header was read. */
    interface Reading<T> {
        T read(String name, NpyHeader header, ReadableByteChannel elements) throws IOException;
    }

    /**
     * Returns the array of an {@code .npy} file. It requires no gradient.
     *
     * @throws UncheckedIOException if there is no such file or it cannot be read
     * @throws IllegalArgumentException if it is no such file, or one of something other than numbers
     */
    public static Tensor load(Path file) {
        return read(file, Numpy::tensor);
    }

    /**
     * Returns the arrays of an {@code .npz} file by name, in the order of the file. They require no gradients.
     *
     * @throws UncheckedIOException if there is no such file or it cannot be read
     * @throws IllegalArgumentException if it is no such file, or one of something other than numbers
     */
    public static ImmutableMap<String, Tensor> loadz(Path file) {
        return readAll(file, Numpy::tensor);
    }

    private static Tensor tensor(String name, NpyHeader header, ReadableByteChannel elements) throws IOException {
        int width = header.type().bytes();
        ReadableByteChannel littleEndian =
                header.order() == ByteOrder.LITTLE_ENDIAN || width == 1 ? elements : Elements.swapped(elements, width);
        if (!header.isFortran()) {
            return Elements.read(
                    littleEndian, name, header.type(), header.shape().toArray());
        }
        int dims = header.shape().length();
        long[] reversed = new long[dims];
        for (int d = 0; d < dims; d++) {
            reversed[d] = header.shape().get(dims - 1 - d);
        }
        return Elements.read(littleEndian, name, header.type(), reversed)
                .permute(IntStream.range(0, dims).map(d -> dims - 1 - d).toArray())
                .contiguous();
    }

    static <T> T read(Path file, Reading<T> reading) {
        try (FileChannel channel = FileChannel.open(file)) {
            return reading.read("array", NpyHeader.read(Channels.newInputStream(channel), channel.size()), channel);
        } catch (BadFileException e) {
            throw Unreadable.bad(WHO, file, e, ADVICE);
        } catch (IOException e) {
            throw Unreadable.unreadable(WHO, file, e);
        }
    }

    static <T> ImmutableMap<String, T> readAll(Path file, Reading<T> reading) {
        try (Archive zip = Archive.open(file)) {
            ImmutableMap.Builder<String, T> arrays = ImmutableMap.builder();
            for (ZipEntry entry : zip.entries().values()) {
                if (!entry.getName().endsWith(SUFFIX)) {
                    throw new BadFileException("entries that are arrays, NAME" + SUFFIX, entry.getName());
                }
                String name = entry.getName().substring(0, entry.getName().length() - SUFFIX.length());
                arrays.put(name, zip.read(entry, bytes -> {
                    NpyHeader header = NpyHeader.read(bytes, entry.getSize());
                    T array = reading.read(name, header, Channels.newChannel(bytes));
                    Archive.checkSum(entry, bytes);
                    return array;
                }));
            }
            return arrays.buildOrThrow();
        } catch (BadFileException e) {
            throw Unreadable.bad(WHO, file, e, ADVICE);
        } catch (IOException e) {
            throw Unreadable.unreadable(WHO, file, e);
        }
    }

    // Writing

    /**
     * Writes a tensor as an {@code .npy} file. Until it is whole, one that was there before stays.
     *
     * @param file its whole name: nothing is added
     * @param tensor of any layout; its values are written, not what was recorded
     * @throws UncheckedIOException if it cannot be written
     * @throws IllegalArgumentException if it is of bfloat16
     */
    public static void save(Path file, Tensor tensor) {
        FileType type = type(tensor, "the tensor");
        AtomicFile.write(WHO, file, channel -> write(tensor, type, channel));
    }

    /**
     * Writes tensors as an {@code .npz} file, uncompressed. Until it is whole, one that was there before stays.
     *
     * @param file its whole name: nothing is added
     * @param tensors by name, of any layout; their values are written, not what was recorded
     * @throws UncheckedIOException if it cannot be written
     * @throws IllegalArgumentException if a tensor is of bfloat16, or a name is none for a file
     */
    public static void savez(Path file, Map<String, Tensor> tensors) {
        save(file, tensors, ZipEntry.STORED);
    }

    /** Writes tensors as {@link #savez} does, compressed. */
    public static void savezCompressed(Path file, Map<String, Tensor> tensors) {
        save(file, tensors, ZipEntry.DEFLATED);
    }

    private static void save(Path file, Map<String, Tensor> tensors, int method) {
        tensors.forEach((name, tensor) -> {
            type(tensor, "'" + name + "'");
            try {
                Archive.checkName(name + SUFFIX);
            } catch (BadFileException e) {
                throw new IllegalArgumentException(WHO + ": " + e.getMessage() + ". Rename that tensor.", e);
            }
        });
        AtomicFile.write(WHO, file, channel -> {
            try (ZipOutputStream zip = new ZipOutputStream(notClosing(channel))) {
                for (Map.Entry<String, Tensor> each : tensors.entrySet()) {
                    Tensor tensor = each.getValue();
                    FileType type = type(tensor, each.getKey());
                    ZipEntry entry = new ZipEntry(each.getKey() + SUFFIX);
                    entry.setTimeLocal(NO_TIME);
                    entry.setMethod(method);
                    if (method == ZipEntry.STORED) {
                        entry.setCrc(checksum(tensor, type));
                        entry.setSize(NpyHeader.of(type, tensor.shape()).length + tensor.numel() * type.bytes());
                    }
                    zip.putNextEntry(entry);
                    write(tensor, type, Channels.newChannel(zip));
                    zip.closeEntry();
                }
            }
        });
    }

    private static FileType type(Tensor tensor, String which) {
        FileType type = FileType.of(tensor.dtype()).orElse(null);
        checkArgument(
                type != null && !type.code().isEmpty(),
                "%s: expected tensors of types that NumPy has; got %s of %s. Convert it with to(DataType.FLOAT), or write"
                        + " it by Safetensors.",
                WHO,
                which,
                Text.dtype(tensor));
        return type;
    }

    private static void write(Tensor tensor, FileType type, WritableByteChannel channel) throws IOException {
        ByteBuffer header = ByteBuffer.wrap(NpyHeader.of(type, tensor.shape()));
        while (header.hasRemaining()) {
            channel.write(header);
        }
        TensorBytes.write(tensor, channel);
    }

    /** Returns what a zip file says of an entry before its bytes, which are therefore gone through twice. */
    private static long checksum(Tensor tensor, FileType type) throws IOException {
        CheckedOutputStream bytes = new CheckedOutputStream(OutputStream.nullOutputStream(), new CRC32());
        write(tensor, type, Channels.newChannel(bytes));
        return bytes.getChecksum().getValue();
    }

    private static OutputStream notClosing(WritableByteChannel channel) {
        return new BufferedOutputStream(Channels.newOutputStream(channel)) {
            @Override
            public void close() throws IOException {
                flush();
            }
        };
    }
}
