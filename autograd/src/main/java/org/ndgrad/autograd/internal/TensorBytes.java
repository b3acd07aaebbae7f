package org.ndgrad.autograd.internal;

import static org.ndgrad.autograd.kernels.memory.Memory.array;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.elementwise.Copy;
import org.ndgrad.autograd.kernels.memory.Memory;
import org.ndgrad.autograd.kernels.memory.RawBytes;

/** Tensors from and to files: row-major, little-endian, bit for bit; a boolean is one byte, 0 or 1. */
public final class TensorBytes {

    /** How many bytes go at once, a multiple of every element's size. */
    private static final int CHUNK = 1 << 16;

    private TensorBytes() {}

    /**
     * Reads a tensor. Booleans are those bytes that are not 0.
     *
     * @throws EOFException if there are fewer bytes
     */
    public static Tensor read(ReadableByteChannel channel, DataType dtype, long... shape) throws IOException {
        INDArray array = Memory.allocate(dtype, shape);
        ByteBuffer chunk = ByteBuffer.allocate(size(array, 0));
        for (long done = 0; done < array.length(); done += chunk.limit() / dtype.width()) {
            chunk.clear().limit(size(array, done));
            while (chunk.hasRemaining()) {
                if (channel.read(chunk) < 0) {
                    throw new EOFException("expected a tensor of " + array.length() * dtype.width() + " bytes; got "
                            + (done * dtype.width() + chunk.position()) + ".");
                }
            }
            chunk.flip();
            if (dtype == DataType.BOOL) {
                for (int i = 0; i < chunk.limit(); i++) {
                    chunk.put(i, (byte) (chunk.get(i) == 0 ? 0 : 1)); // other bytes are undefined as booleans
                }
            }
            RawBytes.put(array, done, chunk);
        }
        return Tensor.of(array);
    }

    /** Writes a tensor. */
    public static void write(Tensor tensor, WritableByteChannel channel) throws IOException {
        INDArray array = array(tensor);
        if (Memory.allocation(array) == null || !Memory.isContiguous(array)) {
            array = Copy.copy(array);
        }
        int width = array.dataType().width();
        ByteBuffer chunk = ByteBuffer.allocate(size(array, 0));
        for (long done = 0; done < array.length(); done += chunk.limit() / width) {
            chunk.clear().limit(size(array, done));
            RawBytes.get(array, done, chunk);
            chunk.flip();
            while (chunk.hasRemaining()) {
                channel.write(chunk);
            }
        }
    }

    /** Returns how many bytes the next piece has. */
    private static int size(INDArray array, long done) {
        return (int) Math.min(CHUNK, (array.length() - done) * array.dataType().width());
    }
}
