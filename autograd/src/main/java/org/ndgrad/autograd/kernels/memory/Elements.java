package org.ndgrad.autograd.kernels.memory;

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
import org.ndgrad.autograd.kernels.DTypes;

/**
 * The elements of an array in memory, read and written as {@code double} or {@code long} whatever their type.
 *
 * <p>Index 0 is the array's first element; the rest are reached through its strides.
 */
public abstract class Elements {

    /** Keeps the memory from being freed meanwhile, which an indexer does not. */
    final INDArray array;

    private Elements(INDArray array) {
        this.array = array;
    }

    /** Returns an element; what double precision does not hold is rounded. */
    public abstract double get(long index);

    /** Changes an element; what its type does not hold is rounded, or truncated towards zero. */
    public abstract void set(long index, double value);

    /** Returns an element; a floating one is truncated towards zero. */
    public long getLong(long index) {
        return (long) get(index);
    }

    /** Changes an element; integers wrap around, as a cast does. */
    public void setLong(long index, long value) {
        set(index, (double) value);
    }

    /** Returns the elements of an array that is only read. */
    public static Elements of(INDArray array) {
        Allocation allocation = Memory.allocation(array);
        if (allocation != null) {
            return open(array, allocation.indexer(), Memory.start(array));
        }
        Memory.checkOpen(array);
        Nd4j.getAffinityManager().ensureLocation(array, Location.HOST);
        return open(array, array.data().indexer(), 0);
    }

    /** Returns the first element of an array. */
    public static double first(INDArray array) {
        Allocation allocation = Memory.allocation(array);
        return allocation != null && allocation.heap() instanceof float[] values
                ? values[(int) Memory.start(array)]
                : of(array).get(0);
    }

    /** Returns the elements of an array that is written to. */
    public static Elements into(INDArray array) {
        Elements elements = of(array);
        if (Memory.allocation(array) == null) {
            Nd4j.getAffinityManager().tagLocation(array, Location.HOST);
        }
        return elements;
    }

    private static Elements open(INDArray array, Indexer indexer, long start) {
        if (indexer instanceof FloatIndexer floats) {
            return new Floats(array, floats, start);
        }
        if (indexer instanceof DoubleIndexer doubles) {
            return new Doubles(array, doubles, start);
        }
        if (indexer instanceof LongIndexer longs) {
            return new Longs(array, longs, start);
        }
        if (indexer instanceof BooleanIndexer booleans) {
            return new Booleans(array, booleans, start);
        }
        return new Rare(array, indexer, start);
    }

    private static final class Floats extends Elements {
        private final FloatIndexer memory;
        private final long start;

        Floats(INDArray array, FloatIndexer memory, long start) {
            super(array);
            this.memory = memory;
            this.start = start;
        }

        @Override
        public double get(long index) {
            return memory.get(start + index);
        }

        @Override
        public void set(long index, double value) {
            memory.put(start + index, (float) value);
        }

        @Override
        public void setLong(long index, long value) {
            memory.put(start + index, (float) value);
        }
    }

    private static final class Doubles extends Elements {
        private final DoubleIndexer memory;
        private final long start;

        Doubles(INDArray array, DoubleIndexer memory, long start) {
            super(array);
            this.memory = memory;
            this.start = start;
        }

        @Override
        public double get(long index) {
            return memory.get(start + index);
        }

        @Override
        public void set(long index, double value) {
            memory.put(start + index, value);
        }
    }

    private static final class Longs extends Elements {
        private final LongIndexer memory;
        private final long start;

        Longs(INDArray array, LongIndexer memory, long start) {
            super(array);
            this.memory = memory;
            this.start = start;
        }

        @Override
        public double get(long index) {
            return memory.get(start + index);
        }

        @Override
        public void set(long index, double value) {
            memory.put(start + index, (long) value);
        }

        @Override
        public long getLong(long index) {
            return memory.get(start + index);
        }

        @Override
        public void setLong(long index, long value) {
            memory.put(start + index, value);
        }
    }

    private static final class Booleans extends Elements {
        private final BooleanIndexer memory;
        private final long start;

        Booleans(INDArray array, BooleanIndexer memory, long start) {
            super(array);
            this.memory = memory;
            this.start = start;
        }

        @Override
        public double get(long index) {
            return memory.get(start + index) ? 1 : 0;
        }

        @Override
        public void set(long index, double value) {
            memory.put(start + index, value != 0);
        }

        @Override
        public void setLong(long index, long value) {
            memory.put(start + index, value != 0);
        }
    }

    /** The types that are stored more often than computed with. Integers wrap around, as a cast does. */
    private static final class Rare extends Elements {
        private final Indexer memory;
        private final long start;

        Rare(INDArray array, Indexer memory, long start) {
            super(array);
            this.memory = memory;
            this.start = start;
        }

        @Override
        public double get(long index) {
            if (memory instanceof HalfIndexer halves) {
                return halves.get(start + index);
            }
            if (memory instanceof Bfloat16Indexer brains) {
                return brains.get(start + index);
            }
            return getLong(index);
        }

        @Override
        public void set(long index, double value) {
            if (memory instanceof HalfIndexer halves) {
                halves.put(start + index, DTypes.toHalf(value));
            } else if (memory instanceof Bfloat16Indexer brains) {
                brains.put(start + index, DTypes.toBrain(value));
            } else {
                setLong(index, (long) value);
            }
        }

        @Override
        public long getLong(long index) {
            if (memory instanceof IntIndexer ints) {
                return ints.get(start + index);
            }
            if (memory instanceof ShortIndexer shorts) {
                return shorts.get(start + index);
            }
            if (memory instanceof ByteIndexer bytes) {
                return bytes.get(start + index);
            }
            if (memory instanceof UByteIndexer bytes) {
                return bytes.get(start + index);
            }
            return (long) get(index);
        }

        @Override
        public void setLong(long index, long value) {
            if (memory instanceof IntIndexer ints) {
                ints.put(start + index, (int) value);
            } else if (memory instanceof ShortIndexer shorts) {
                shorts.put(start + index, (short) value);
            } else if (memory instanceof ByteIndexer bytes) {
                bytes.put(start + index, (byte) value);
            } else if (memory instanceof UByteIndexer bytes) {
                bytes.put(start + index, (int) value);
            } else {
                set(index, rounded(value));
            }
        }

        /** Returns the number as a double or, if it is none, the odd one of its neighbors: see DTypes. */
        private static double rounded(long value) {
            double near = (double) value;
            boolean stays = (long) near == value || (Double.doubleToRawLongBits(near) & 1) == 1;
            return stays ? near : (long) near < value ? Math.nextUp(near) : Math.nextDown(near);
        }
    }
}
