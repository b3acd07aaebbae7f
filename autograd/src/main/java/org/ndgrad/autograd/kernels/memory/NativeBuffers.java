package org.ndgrad.autograd.kernels.memory;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.indexer.Bfloat16Indexer;
import org.bytedeco.javacpp.indexer.BooleanIndexer;
import org.bytedeco.javacpp.indexer.ByteIndexer;
import org.bytedeco.javacpp.indexer.DoubleIndexer;
import org.bytedeco.javacpp.indexer.FloatIndexer;
import org.bytedeco.javacpp.indexer.HalfIndexer;
import org.bytedeco.javacpp.indexer.Indexer;
import org.bytedeco.javacpp.indexer.IntIndexer;
import org.bytedeco.javacpp.indexer.LongIndexer;
import org.bytedeco.javacpp.indexer.ShortIndexer;
import org.bytedeco.javacpp.indexer.UByteIndexer;
import org.nd4j.linalg.api.buffer.DataType;

/** Buffers and indexers over native memory that hold elements of ND4J's types. */
final class NativeBuffers {

    private static final int NAN = 0xff; // as each byte of a float or double

    private NativeBuffers() {}

    static ByteBuffer bytes(Pointer memory, int size) {
        return new BytePointer(memory).capacity(size).asByteBuffer().order(ByteOrder.nativeOrder());
    }

    /** Returns a new buffer over the memory; as long as it is reachable, so is the given one, but not the other way. */
    static Buffer of(ByteBuffer memory, DataType type) {
        ByteBuffer bytes = memory.duplicate().order(ByteOrder.nativeOrder());
        return switch (type) {
            case FLOAT -> bytes.asFloatBuffer();
            case DOUBLE -> bytes.asDoubleBuffer();
            case LONG -> bytes.asLongBuffer();
            case INT -> bytes.asIntBuffer();
            case SHORT, HALF, BFLOAT16 -> bytes.asShortBuffer();
            default -> bytes;
        };
    }

    static Indexer indexer(Buffer memory, DataType type) {
        return switch (type) {
            case FLOAT -> FloatIndexer.create((FloatBuffer) memory);
            case DOUBLE -> DoubleIndexer.create((DoubleBuffer) memory);
            case LONG -> LongIndexer.create((LongBuffer) memory);
            case INT -> IntIndexer.create((IntBuffer) memory);
            case SHORT -> ShortIndexer.create((ShortBuffer) memory);
            case HALF -> HalfIndexer.create((ShortBuffer) memory);
            case BFLOAT16 -> Bfloat16Indexer.create((ShortBuffer) memory);
            case BOOL -> BooleanIndexer.create((ByteBuffer) memory);
            case UBYTE -> UByteIndexer.create((ByteBuffer) memory);
            default -> ByteIndexer.create((ByteBuffer) memory);
        };
    }

    /** Fills memory with NaN, or with -1 if it is read as integers. */
    static void poison(Pointer memory, long bytes) {
        Pointer.memset(memory, NAN, bytes);
    }
}
