package org.ndgrad.autograd.kernels.indexing;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.indexing.IndexedRows.Move;
import org.ndgrad.autograd.kernels.math.Scratch;
import org.ndgrad.autograd.kernels.memory.DoubleElements;
import org.ndgrad.autograd.kernels.memory.FloatElements;
import org.ndgrad.autograd.kernels.memory.LongElements;

/** The rows of {@link IndexedRows} for each type. */
final class TypedRows {

    private TypedRows() {}

    /** Whether there are rows of the type. */
    static boolean isKnown(DataType type) {
        return type == DataType.FLOAT || type == DataType.DOUBLE || type == DataType.INT64;
    }

    /** Returns what moves elements between rows along the last dim of an array, and another array. */
    static IndexedRows.Row of(INDArray all, INDArray beside, Move move) {
        DataType type = all.dataType();
        int size = (int) all.size(-1);
        boolean reads = move == Move.READ;
        if (type == DataType.DOUBLE) {
            return new Doubles(
                    reads ? DoubleElements.of(all) : DoubleElements.into(all),
                    reads ? DoubleElements.into(beside) : DoubleElements.of(beside),
                    move,
                    size);
        }
        if (type == DataType.FLOAT) {
            return new Floats(
                    reads ? FloatElements.of(all) : FloatElements.into(all),
                    reads ? FloatElements.into(beside) : FloatElements.of(beside),
                    move,
                    size);
        }
        return new Longs(
                reads ? LongElements.of(all) : LongElements.into(all),
                reads ? LongElements.into(beside) : LongElements.of(beside),
                move,
                size);
    }

    /** Of floats. */
    private static final class Floats implements IndexedRows.Row {
        private final FloatElements all;
        private final FloatElements beside;
        private final Move move;
        private final float[] row;
        private final float[] block = new float[Scratch.BLOCK];

        Floats(FloatElements all, FloatElements beside, Move move, int size) {
            this.all = all;
            this.beside = beside;
            this.move = move;
            this.row = new float[size];
        }

        @Override
        public void load(long at, long step) {
            all.get(at, step, row, 0, row.length);
        }

        @Override
        public void open(long to, long stride, int n) {
            beside.get(to, stride, block, 0, n);
        }

        @Override
        public long move(long[] positions, int first, int begin, int n) {
            return switch (move) {
                case READ -> read(row, positions, first, block, begin, n);
                case PUT -> put(row, positions, first, block, begin, n);
                case ADD -> add(row, positions, first, block, begin, n);
            };
        }

        @Override
        public void store(long at, long step) {
            all.put(at, step, row, 0, row.length);
        }

        @Override
        public void close(long to, long stride, int n) {
            beside.put(to, stride, block, 0, n);
        }

        private static long read(float[] row, long[] at, int first, float[] block, int begin, int n) {
            long bits = 0;
            for (int i = 0; i < n; i++) {
                long position = at[first + i];
                bits |= position;
                block[begin + i] = row[(int) position];
            }
            return bits;
        }

        private static long put(float[] row, long[] at, int first, float[] block, int begin, int n) {
            long bits = 0;
            for (int i = 0; i < n; i++) {
                long position = at[first + i];
                bits |= position;
                row[(int) position] = block[begin + i];
            }
            return bits;
        }

        private static long add(float[] row, long[] at, int first, float[] block, int begin, int n) {
            long bits = 0;
            for (int i = 0; i < n; i++) {
                long position = at[first + i];
                bits |= position;
                row[(int) position] += block[begin + i];
            }
            return bits;
        }
    }

    /** Of doubles. */
    private static final class Doubles implements IndexedRows.Row {
        private final DoubleElements all;
        private final DoubleElements beside;
        private final Move move;
        private final double[] row;
        private final double[] block = new double[Scratch.BLOCK];

        Doubles(DoubleElements all, DoubleElements beside, Move move, int size) {
            this.all = all;
            this.beside = beside;
            this.move = move;
            this.row = new double[size];
        }

        @Override
        public void load(long at, long step) {
            all.get(at, step, row, 0, row.length);
        }

        @Override
        public void open(long to, long stride, int n) {
            beside.get(to, stride, block, 0, n);
        }

        @Override
        public long move(long[] positions, int first, int begin, int n) {
            return switch (move) {
                case READ -> read(row, positions, first, block, begin, n);
                case PUT -> put(row, positions, first, block, begin, n);
                case ADD -> add(row, positions, first, block, begin, n);
            };
        }

        @Override
        public void store(long at, long step) {
            all.put(at, step, row, 0, row.length);
        }

        @Override
        public void close(long to, long stride, int n) {
            beside.put(to, stride, block, 0, n);
        }

        private static long read(double[] row, long[] at, int first, double[] block, int begin, int n) {
            long bits = 0;
            for (int i = 0; i < n; i++) {
                long position = at[first + i];
                bits |= position;
                block[begin + i] = row[(int) position];
            }
            return bits;
        }

        private static long put(double[] row, long[] at, int first, double[] block, int begin, int n) {
            long bits = 0;
            for (int i = 0; i < n; i++) {
                long position = at[first + i];
                bits |= position;
                row[(int) position] = block[begin + i];
            }
            return bits;
        }

        private static long add(double[] row, long[] at, int first, double[] block, int begin, int n) {
            long bits = 0;
            for (int i = 0; i < n; i++) {
                long position = at[first + i];
                bits |= position;
                row[(int) position] += block[begin + i];
            }
            return bits;
        }
    }

    /** Of longs. */
    private static final class Longs implements IndexedRows.Row {
        private final LongElements all;
        private final LongElements beside;
        private final Move move;
        private final long[] row;
        private final long[] block = new long[Scratch.BLOCK];

        Longs(LongElements all, LongElements beside, Move move, int size) {
            this.all = all;
            this.beside = beside;
            this.move = move;
            this.row = new long[size];
        }

        @Override
        public void load(long at, long step) {
            all.get(at, step, row, row.length);
        }

        @Override
        public void open(long to, long stride, int n) {
            beside.get(to, stride, block, n);
        }

        @Override
        public long move(long[] positions, int first, int begin, int n) {
            return switch (move) {
                case READ -> read(row, positions, first, block, begin, n);
                case PUT -> put(row, positions, first, block, begin, n);
                case ADD -> add(row, positions, first, block, begin, n);
            };
        }

        @Override
        public void store(long at, long step) {
            all.put(at, step, row, row.length);
        }

        @Override
        public void close(long to, long stride, int n) {
            beside.put(to, stride, block, n);
        }

        private static long read(long[] row, long[] at, int first, long[] block, int begin, int n) {
            long bits = 0;
            for (int i = 0; i < n; i++) {
                long position = at[first + i];
                bits |= position;
                block[begin + i] = row[(int) position];
            }
            return bits;
        }

        private static long put(long[] row, long[] at, int first, long[] block, int begin, int n) {
            long bits = 0;
            for (int i = 0; i < n; i++) {
                long position = at[first + i];
                bits |= position;
                row[(int) position] = block[begin + i];
            }
            return bits;
        }

        private static long add(long[] row, long[] at, int first, long[] block, int begin, int n) {
            long bits = 0;
            for (int i = 0; i < n; i++) {
                long position = at[first + i];
                bits |= position;
                row[(int) position] += block[begin + i];
            }
            return bits;
        }
    }
}
