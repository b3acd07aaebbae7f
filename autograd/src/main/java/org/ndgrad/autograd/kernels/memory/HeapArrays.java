package org.ndgrad.autograd.kernels.memory;

import java.nio.ByteBuffer;
import org.bytedeco.javacpp.BooleanPointer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.ShortPointer;
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

/** Java arrays that hold elements of ND4J's types. */
final class HeapArrays {

    private HeapArrays() {}

    static Object allocate(DataType type, int length) {
        return switch (type) {
            case FLOAT -> new float[length];
            case DOUBLE -> new double[length];
            case LONG -> new long[length];
            case INT -> new int[length];
            case SHORT, HALF, BFLOAT16 -> new short[length];
            case BOOL -> new boolean[length];
            default -> new byte[length];
        };
    }

    static Indexer indexer(Object array, DataType type) {
        return switch (type) {
            case FLOAT -> FloatIndexer.create((float[]) array);
            case DOUBLE -> DoubleIndexer.create((double[]) array);
            case LONG -> LongIndexer.create((long[]) array);
            case INT -> IntIndexer.create((int[]) array);
            case SHORT -> ShortIndexer.create((short[]) array);
            case HALF -> HalfIndexer.create((short[]) array);
            case BFLOAT16 -> Bfloat16Indexer.create((short[]) array);
            case BOOL -> BooleanIndexer.create((boolean[]) array);
            case UBYTE -> UByteIndexer.create((byte[]) array);
            default -> ByteIndexer.create((byte[]) array);
        };
    }

    /** Copies all elements to native memory. */
    static void copy(Object array, Pointer to, DataType type) {
        switch (type) {
            case FLOAT -> new FloatPointer(to).put((float[]) array);
            case DOUBLE -> new DoublePointer(to).put((double[]) array);
            case LONG -> new LongPointer(to).put((long[]) array);
            case INT -> new IntPointer(to).put((int[]) array);
            case SHORT, HALF, BFLOAT16 -> new ShortPointer(to).put((short[]) array);
            case BOOL -> new BooleanPointer(to).put((boolean[]) array);
            default -> new BytePointer(to).put((byte[]) array);
        }
    }

    /** Writes elements from a position on into a buffer, as many as it has room for, in its order. */
    static void get(Object array, int from, ByteBuffer to) {
        if (array instanceof float[] values) {
            to.asFloatBuffer().put(values, from, to.remaining() / Float.BYTES);
        } else if (array instanceof double[] values) {
            to.asDoubleBuffer().put(values, from, to.remaining() / Double.BYTES);
        } else if (array instanceof long[] values) {
            to.asLongBuffer().put(values, from, to.remaining() / Long.BYTES);
        } else if (array instanceof int[] values) {
            to.asIntBuffer().put(values, from, to.remaining() / Integer.BYTES);
        } else if (array instanceof short[] values) {
            to.asShortBuffer().put(values, from, to.remaining() / Short.BYTES);
        } else if (array instanceof boolean[] values) {
            for (int i = 0; i < to.remaining(); i++) {
                to.put(i, (byte) (values[from + i] ? 1 : 0));
            }
        } else {
            to.duplicate().put((byte[]) array, from, to.remaining());
        }
    }

    /** Reads elements from a position on, as many as a buffer holds, in its order. */
    static void put(Object array, int at, ByteBuffer from) {
        if (array instanceof float[] values) {
            from.asFloatBuffer().get(values, at, from.remaining() / Float.BYTES);
        } else if (array instanceof double[] values) {
            from.asDoubleBuffer().get(values, at, from.remaining() / Double.BYTES);
        } else if (array instanceof long[] values) {
            from.asLongBuffer().get(values, at, from.remaining() / Long.BYTES);
        } else if (array instanceof int[] values) {
            from.asIntBuffer().get(values, at, from.remaining() / Integer.BYTES);
        } else if (array instanceof short[] values) {
            from.asShortBuffer().get(values, at, from.remaining() / Short.BYTES);
        } else if (array instanceof boolean[] values) {
            for (int i = 0; i < from.remaining(); i++) {
                values[at + i] = from.get(i) != 0;
            }
        } else {
            from.duplicate().get((byte[]) array, at, from.remaining());
        }
    }
}
