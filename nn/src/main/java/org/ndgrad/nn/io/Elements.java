package org.ndgrad.nn.io;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.util.function.LongConsumer;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.TensorBytes;

/** The elements of a tensor as bytes in a row, which are read into a tensor or only looked at. */
final class Elements {

    /** How many bytes are looked at at once, a multiple of every element's size. */
    private static final int CHUNK = 1 << 16;

    private Elements() {}

    /**
     * Reads a tensor from little-endian bytes.
     *
     * @throws BadFileException if there are fewer bytes, or a number is too large for the tensor's type
     */
    static Tensor read(ReadableByteChannel channel, String name, FileType type, long... shape) throws IOException {
        try {
            if (!type.isUnsigned()) {
                return TensorBytes.read(channel, type.dtype(), shape);
            }
            return switch (type.bytes()) {
                case Short.BYTES ->
                    TensorBytes.read(channel, DataType.INT16, shape)
                            .to(type.dtype())
                            .bitwiseAnd(0xffff);
                case Integer.BYTES ->
                    TensorBytes.read(channel, DataType.INT32, shape)
                            .to(type.dtype())
                            .bitwiseAnd(0xffff_ffffL);
                default -> checkNotTooLarge(name, TensorBytes.read(channel, type.dtype(), shape));
            };
        } catch (EOFException e) {
            throw new BadFileException("tensor '" + name + "' to be whole", "the end of its bytes", e);
        }
    }

    private static Tensor checkNotTooLarge(String name, Tensor x) throws IOException {
        if (x.numel() > 0 && x.lt(0).any().itemBoolean()) {
            throw new BadFileException("values of tensor '" + name + "' below 2^63", "larger ones");
        }
        return x;
    }

    /** Returns the bytes of a channel with those of each element in reverse order. */
    static ReadableByteChannel swapped(ReadableByteChannel channel, int width) {
        return new ReadableByteChannel() {
            @Override
            public int read(ByteBuffer to) throws IOException {
                int begin = to.position();
                while (to.hasRemaining() && (to.position() == begin || (to.position() - begin) % width != 0)) {
                    if (channel.read(to) < 0) {
                        return to.position() == begin ? -1 : to.position() - begin;
                    }
                }
                for (int i = begin; i + width <= to.position(); i += width) {
                    for (int a = i, b = i + width - 1; a < b; a++, b--) {
                        byte first = to.get(a);
                        to.put(a, to.get(b)).put(b, first);
                    }
                }
                return to.position() - begin;
            }

            @Override
            public boolean isOpen() {
                return channel.isOpen();
            }

            @Override
            public void close() throws IOException {
                channel.close();
            }
        };
    }

    /**
     * Calls a function with the positions of all elements that are not finite, without a tensor.
     *
     * @param count how many elements there are
     * @throws BadFileException if there are fewer bytes
     */
    static void forEachNonFinite(
            ReadableByteChannel channel, FileType type, ByteOrder order, long count, LongConsumer function)
            throws IOException {
        int width = type.bytes();
        boolean isFloating = type.dtype().isFPType();
        ByteBuffer chunk =
                ByteBuffer.allocate((int) Math.min(CHUNK, count * width)).order(order);
        for (long done = 0; done < count; done += chunk.limit() / width) {
            chunk.clear().limit((int) Math.min(CHUNK, (count - done) * width));
            while (chunk.hasRemaining()) {
                if (channel.read(chunk) < 0) {
                    throw new BadFileException("elements of " + count * width + " bytes", "fewer");
                }
            }
            for (int i = 0; isFloating && i < chunk.limit(); i += width) {
                if (!isFinite(chunk, i, type)) {
                    function.accept(done + i / width);
                }
            }
        }
    }

    /** Returns whether all elements are finite; see {@link #forEachNonFinite}. */
    static boolean areFinite(ReadableByteChannel channel, FileType type, ByteOrder order, long count)
            throws IOException {
        long[] found = {0};
        forEachNonFinite(channel, type, order, count, position -> found[0]++);
        return found[0] == 0;
    }

    /** Returns whether an element's exponent has a bit that is not set. */
    private static boolean isFinite(ByteBuffer bytes, int at, FileType type) {
        return switch (type.dtype()) {
            case DOUBLE -> (~bytes.getLong(at) & 0x7ff0_0000_0000_0000L) != 0;
            case FLOAT -> (~bytes.getInt(at) & 0x7f80_0000) != 0;
            case BFLOAT16 -> (~bytes.getShort(at) & 0x7f80) != 0;
            default -> (~bytes.getShort(at) & 0x7c00) != 0;
        };
    }
}
