package org.ndgrad.autograd.kernels.reduction;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.loops.Parallel;
import org.ndgrad.autograd.kernels.math.DoubleLoops;
import org.ndgrad.autograd.kernels.math.RowReducer;
import org.ndgrad.autograd.kernels.math.Scratch;
import org.ndgrad.autograd.kernels.memory.DoubleElements;
import org.ndgrad.autograd.kernels.memory.Memory;

/**
 * {@link Standardize} for groups of any kind. The array is a matrix with a row for each index of the outer dim.
 *
 * <p>It is cut into tiles, some rows high and about as wide as a block: some groups of columns, a part of one, or, if
 * they are narrow, all columns of several rows side by side. What is added to what depends on the sizes only, not on
 * the number of threads: each tile has sums of its own.
 */
final class StandardizeTiles {

    private static final int BLOCK = Scratch.BLOCK;
    private static final int HEIGHT = 32; // blocks in a tile, at most
    private static final int COST = 2; // times as long as in a simple loop an element takes

    private final StandardizeGroups groups;
    private final int pieces; // of a group's columns
    private final int length; // of the columns of a group or, if there are several, a piece
    private final int across; // so many groups are in a tile
    private final long strips; // so many tiles are side by side
    private final int abreast; // so many rows are in a block
    private final long height; // so many rows are in a tile
    private final long levels; // so many tiles are one above another

    /** Some elements that lie one behind another. */
    private interface Block {
        /**
         * Visits n elements.
         *
         * @param size how many to compute, which may be more if the tile has no larger blocks
         * @param isFirst whether they are the tile's first
         */
        void visit(long from, int n, int size, boolean isFirst);
    }

    /** What is done with a tile. */
    private interface Work {
        void run(Tile tile);
    }

    StandardizeTiles(StandardizeGroups groups) {
        this.groups = groups;
        this.pieces = (int) ceil(groups.inner(), BLOCK);
        this.length = (int) ceil(groups.inner(), pieces);
        this.across = pieces > 1 ? 1 : Math.min(groups.count(), BLOCK / length);
        this.strips = pieces * ceil(groups.count(), across);
        this.abreast = strips > 1 ? 1 : BLOCK / (across * length);
        this.height = (long) HEIGHT * abreast;
        this.levels = ceil(groups.outer(), height);
    }

    private static long ceil(long count, long size) {
        return (count + size - 1) / size;
    }

    private final class Tile {
        private final long top;
        private final long bottom;
        private final int group; // the first
        private final int count; // of groups
        private final int width; // of columns
        private final int length; // of the columns of a group
        private final long left;
        private final int place; // of the first group's sum

        Tile(long number) {
            long level = number / strips;
            long strip = number % strips;
            int piece = (int) (strip % pieces);
            top = level * height;
            bottom = Math.min(top + height, groups.outer());
            group = (int) (strip / pieces * across);
            count = Math.min(across, groups.count() - group);
            length = (int) Math.min(
                    StandardizeTiles.this.length, groups.inner() - (long) piece * StandardizeTiles.this.length);
            width = count * length;
            left = group * groups.inner() + (long) piece * StandardizeTiles.this.length;
            place = (int) ((level * pieces + piece) * groups.count()) + group;
        }

        void each(Block block) {
            long columns = groups.count() * groups.inner();
            for (long row = top; row < bottom; row += abreast) {
                int rows = (int) Math.min(abreast, bottom - row);
                int n = rows * width;
                block.visit(row * columns + left, n, n == most() ? Math.max(n, Scratch.FEW) : n, row == top);
            }
        }

        /** Returns how many elements the largest block has. */
        private int most() {
            return (int) Math.min(abreast, bottom - top) * width;
        }

        /** Returns a block of what the elements of groups have in common. */
        double[] spread(double[] ofGroups, int slot) {
            double[] values = Scratch.ofThread().doubles(slot);
            Standardize.spread(ofGroups, group, count, length, values);
            for (int at = width; at < most(); at *= 2) {
                System.arraycopy(values, 0, values, at, Math.min(at, most() - at));
            }
            Scratch.pad(values, most());
            return values;
        }

        /** Adds up a block. */
        void total(double[] block, double[] sums) {
            for (int at = 0; at < most(); at += width) {
                for (int i = 0; i < count; i++) {
                    sums[place + i] +=
                            length == 1 ? block[at + i] : RowReducer.FASTEST.sum(block, at + i * length, length);
                }
            }
        }
    }

    private void each(Work work) {
        long elements = Math.min(height, groups.outer()) * across * length;
        Parallel.rows(levels * strips, COST * elements, (from, to) -> {
            for (long i = from; i < to; i++) {
                work.run(new Tile(i));
            }
        });
    }

    /** Returns places for the sums of all tiles. */
    private double[] sums() {
        return Memory.doubles("standardize", levels * pieces * groups.count());
    }

    /** Sets the means to those of all tiles' sums. */
    private void means(double[] sums, double[] means) {
        int count = groups.count();
        Arrays.fill(means, 0);
        for (int at = 0; at < sums.length; at += count) {
            for (int i = 0; i < count; i++) {
                means[i] += sums[at + i];
            }
        }
        for (int i = 0; i < count; i++) {
            means[i] /= groups.size();
        }
    }

    /** Adds products to sums, or sets these to the first. */
    private static void addProducts(boolean isFirst, double[] x, double[] y, double[] sums, int size) {
        if (isFirst) {
            DoubleLoops.multiply(x, y, sums, size);
        } else {
            DoubleLoops.addProducts(x, y, sums, size);
        }
    }

    private static double[] read(DoubleElements memory, int slot, long from, int n) {
        double[] values = Scratch.ofThread().doubles(slot);
        memory.get(from, 1, values, 0, n);
        Scratch.pad(values, n);
        return values;
    }

    /** Sets values, and what is found on the way. */
    void forward(INDArray x, INDArray values, Standardize.Found found, boolean centered) {
        DoubleElements in = DoubleElements.of(x);
        double[] rests = new double[groups.count()]; // what rounding left in the means
        double[] squares = sums();
        if (centered) {
            double[] sums = sums();
            each(tile -> {
                double[] sum = Scratch.ofThread().doubles(1);
                tile.each((from, n, size, isFirst) -> {
                    double[] block = read(in, isFirst ? 1 : 0, from, n);
                    if (!isFirst) {
                        DoubleLoops.add(sum, block, sum, size);
                    }
                });
                tile.total(sum, sums);
            });
            means(sums, found.mean());
        }
        if (centered && x.dataType() == DataType.DOUBLE) {
            double[] sums = sums();
            each(tile -> {
                double[] mean = tile.spread(found.mean(), 1);
                double[] sum = Scratch.ofThread().doubles(2);
                double[] square = Scratch.ofThread().doubles(3);
                tile.each((from, n, size, isFirst) -> {
                    double[] block = read(in, isFirst ? 2 : 0, from, n);
                    DoubleLoops.subtract(block, mean, block, size);
                    if (!isFirst) {
                        DoubleLoops.add(sum, block, sum, size);
                    }
                    addProducts(isFirst, block, block, square, size);
                });
                tile.total(sum, sums);
                tile.total(square, squares);
            });
            means(sums, rests);
        } else {
            each(tile -> {
                double[] mean = tile.spread(found.mean(), 1);
                double[] square = Scratch.ofThread().doubles(2);
                tile.each((from, n, size, isFirst) -> {
                    double[] block = read(in, 0, from, n);
                    DoubleLoops.subtract(block, mean, block, size);
                    addProducts(isFirst, block, block, square, size);
                });
                tile.total(square, squares);
            });
        }
        means(squares, found.variance());
        found.complete(0, groups.count(), rests);
        apply(x, found.mean(), found.scale(), values);
    }

    /** Sets result to (x − mean) · scale. */
    void apply(INDArray x, double[] mean, double[] scale, INDArray result) {
        DoubleElements in = DoubleElements.of(x);
        DoubleElements out = DoubleElements.into(result);
        each(tile -> {
            double[] means = tile.spread(mean, 1);
            double[] scales = tile.spread(scale, 2);
            tile.each((from, n, size, isFirst) -> {
                double[] block = read(in, 0, from, n);
                DoubleLoops.scale(block, means, scales, block, size);
                out.put(from, 1, block, 0, n);
            });
        });
    }

    /** Sets result to scale · (g − mean g − y · mean(g y)), without mean g unless centered, and judges it. */
    void backward(INDArray g, INDArray y, double[] scale, INDArray result, double[] factors, boolean centered) {
        DoubleElements gradients = DoubleElements.of(g);
        DoubleElements values = DoubleElements.of(y);
        DoubleElements out = DoubleElements.into(result);
        double[] mean = new double[groups.count()];
        double[] slope = new double[groups.count()];
        double[] sums = sums();
        double[] products = sums();
        each(tile -> {
            double[] sum = Scratch.ofThread().doubles(2);
            double[] product = Scratch.ofThread().doubles(3);
            tile.each((from, n, size, isFirst) -> {
                double[] block = read(gradients, isFirst ? 2 : 0, from, n);
                if (!isFirst) {
                    DoubleLoops.add(sum, block, sum, size);
                }
                addProducts(isFirst, block, read(values, 1, from, n), product, size);
            });
            tile.total(sum, sums);
            tile.total(product, products);
        });
        means(products, slope);
        if (centered) {
            means(sums, mean);
        }
        Standardize.judge(mean, slope, groups.count(), factors, 0);
        each(tile -> {
            double[] means = tile.spread(mean, 2);
            double[] slopes = tile.spread(slope, 3);
            double[] scales = tile.spread(scale, 4);
            tile.each((from, n, size, isFirst) -> {
                double[] rest = read(gradients, 0, from, n);
                double[] along = read(values, 1, from, n);
                DoubleLoops.multiply(along, slopes, along, size);
                DoubleLoops.subtract(rest, means, rest, size);
                DoubleLoops.scale(rest, along, scales, rest, size);
                out.put(from, 1, rest, 0, n);
            });
        });
    }
}
