package org.ndgrad.autograd.kernels;

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
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The elements of an array in memory, read and written as {@code double} or {@code long} whatever their type.
 *
 * <p>Index 0 is the array's first element; the rest are reached through its strides.
 */
abstract class Cells {

    abstract double get(long index);

    abstract void set(long index, double value);

    long getLong(long index) {
        return (long) get(index);
    }

    void setLong(long index, long value) {
        set(index, (double) value);
    }

    /** Returns the elements of an array that is only read. */
    static Cells of(INDArray array) {
        Memory.checkOpen(array);
        Nd4j.getAffinityManager().ensureLocation(array, Location.HOST);
        return open(array.data().indexer());
    }

    /** Returns the elements of an array that is written to. */
    static Cells into(INDArray array) {
        Cells cells = of(array);
        Nd4j.getAffinityManager().tagLocation(array, Location.HOST);
        return cells;
    }

    private static Cells open(Indexer indexer) {
        if (indexer instanceof FloatIndexer floats) {
            return new Floats(floats);
        }
        if (indexer instanceof DoubleIndexer doubles) {
            return new Doubles(doubles);
        }
        if (indexer instanceof LongIndexer longs) {
            return new Longs(longs);
        }
        if (indexer instanceof BooleanIndexer booleans) {
            return new Booleans(booleans);
        }
        return new Rare(indexer);
    }

    private static final class Floats extends Cells {
        private final FloatIndexer memory;

        Floats(FloatIndexer memory) {
            this.memory = memory;
        }

        @Override
        double get(long index) {
            return memory.get(index);
        }

        @Override
        void set(long index, double value) {
            memory.put(index, (float) value);
        }
    }

    private static final class Doubles extends Cells {
        private final DoubleIndexer memory;

        Doubles(DoubleIndexer memory) {
            this.memory = memory;
        }

        @Override
        double get(long index) {
            return memory.get(index);
        }

        @Override
        void set(long index, double value) {
            memory.put(index, value);
        }
    }

    private static final class Longs extends Cells {
        private final LongIndexer memory;

        Longs(LongIndexer memory) {
            this.memory = memory;
        }

        @Override
        double get(long index) {
            return memory.get(index);
        }

        @Override
        void set(long index, double value) {
            memory.put(index, (long) value);
        }

        @Override
        long getLong(long index) {
            return memory.get(index);
        }

        @Override
        void setLong(long index, long value) {
            memory.put(index, value);
        }
    }

    private static final class Booleans extends Cells {
        private final BooleanIndexer memory;

        Booleans(BooleanIndexer memory) {
            this.memory = memory;
        }

        @Override
        double get(long index) {
            return memory.get(index) ? 1 : 0;
        }

        @Override
        void set(long index, double value) {
            memory.put(index, value != 0);
        }

        @Override
        void setLong(long index, long value) {
            memory.put(index, value != 0);
        }
    }

    /** The types that are stored more often than computed with. Integers wrap around, as a cast does. */
    private static final class Rare extends Cells {
        private final Indexer memory;

        Rare(Indexer memory) {
            this.memory = memory;
        }

        @Override
        double get(long index) {
            if (memory instanceof HalfIndexer halves) {
                return halves.get(index);
            }
            if (memory instanceof Bfloat16Indexer brains) {
                return brains.get(index);
            }
            return getLong(index);
        }

        @Override
        void set(long index, double value) {
            if (memory instanceof HalfIndexer halves) {
                halves.put(index, DTypes.toHalf((float) value));
            } else if (memory instanceof Bfloat16Indexer brains) {
                brains.put(index, DTypes.toBrain((float) value));
            } else {
                setLong(index, (long) value);
            }
        }

        @Override
        long getLong(long index) {
            if (memory instanceof IntIndexer ints) {
                return ints.get(index);
            }
            if (memory instanceof ShortIndexer shorts) {
                return shorts.get(index);
            }
            if (memory instanceof ByteIndexer bytes) {
                return bytes.get(index);
            }
            if (memory instanceof UByteIndexer bytes) {
                return bytes.get(index);
            }
            return (long) get(index);
        }

        @Override
        void setLong(long index, long value) {
            if (memory instanceof IntIndexer ints) {
                ints.put(index, (int) value);
            } else if (memory instanceof ShortIndexer shorts) {
                shorts.put(index, (short) value);
            } else if (memory instanceof ByteIndexer bytes) {
                bytes.put(index, (byte) value);
            } else if (memory instanceof UByteIndexer bytes) {
                bytes.put(index, (int) value);
            } else {
                set(index, (double) value);
            }
        }
    }
}
