package org.ndgrad.autograd.kernels.memory;

import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.cpu.nativecpu.DirectShapeInfoProvider;

/**
 * Remembers the native description of each shape that ND4J has built.
 *
 * <p>ND4J's CPU backend builds this description anew for every array, which is most of the cost of a small one. ND4J
 * creates this class by name, see {@link Startup}; hence the public constructor.
 */
public final class CachedShapeInfo extends DirectShapeInfoProvider {

    /** Shapes are user data: past this many the cache starts again. */
    private static final int CAPACITY = 4096;

    private final ConcurrentHashMap<Key, Pair<DataBuffer, long[]>> cache = new ConcurrentHashMap<>();

    /** Creates an empty cache. */
    public CachedShapeInfo() {}

    @Override
    public Pair<DataBuffer, long[]> createShapeInformation(
            long[] shape, long[] stride, long elementWiseStride, char order, DataType type, boolean empty) {
        Key key = new Key(shape, stride, elementWiseStride, order, type, empty);
        Pair<DataBuffer, long[]> known = cache.get(key);
        if (known != null) {
            return known;
        }
        if (cache.size() >= CAPACITY) {
            cache.clear();
        }
        Pair<DataBuffer, long[]> made =
                super.createShapeInformation(shape, stride, elementWiseStride, order, type, empty);
        cache.put(key.copy(), made);
        return made;
    }

    @Override
    public void purgeCache() {
        cache.clear();
        super.purgeCache();
    }

    /** How many descriptions are remembered. */
    int size() {
        return cache.size();
    }

    private static final class Key {
        private final long[] shape;
        private final long[] stride;
        private final long elementWiseStride;
        private final char order;
        private final DataType type;
        private final boolean empty;

        Key(long[] shape, long[] stride, long elementWiseStride, char order, DataType type, boolean empty) {
            this.shape = shape;
            this.stride = stride;
            this.elementWiseStride = elementWiseStride;
            this.order = order;
            this.type = type;
            this.empty = empty;
        }

        Key copy() {
            return new Key(shape.clone(), stride.clone(), elementWiseStride, order, type, empty);
        }

        @Override
        public int hashCode() {
            int hash = Arrays.hashCode(shape) * 31 + Arrays.hashCode(stride);
            return ((hash * 31 + (int) elementWiseStride) * 31 + type.hashCode()) * 4 + order + (empty ? 1 : 0);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key
                    && type == key.type
                    && order == key.order
                    && empty == key.empty
                    && elementWiseStride == key.elementWiseStride
                    && Arrays.equals(shape, key.shape)
                    && Arrays.equals(stride, key.stride);
        }
    }
}
