package org.ndgrad.autograd.kernels.spatial;

import org.ndgrad.autograd.kernels.linalg.MatrixMemory;
import org.ndgrad.autograd.kernels.spatial.SlidingWindow.Tile;

/**
 * The windows over some channels as the columns of a matrix: a row for each channel and element of the window, a column
 * for each window. With it, a convolution is a product of matrices.
 */
final class Im2col {

    private final SlidingWindow windows;
    private final MatrixMemory input;
    private final MatrixMemory columns;
    private final Tile tile;
    private final boolean add;
    private final boolean planes;

    private Im2col(SlidingWindow windows, MatrixMemory input, MatrixMemory columns, Tile tile, boolean add) {
        this.windows = windows;
        this.input = input;
        this.columns = columns;
        this.tile = tile;
        this.add = add;
        planes = windows.stride().get(2) == 1
                && windows.stride().get(1) == 1
                && tile.to() - tile.from() == windows.input().get(2);
    }

    /**
     * Writes the columns of some windows.
     *
     * @param channel where the first channel begins in the input
     * @param to where to write; row by row without gaps
     */
    static void gather(
            SlidingWindow windows,
            MatrixMemory input,
            long channel,
            int channels,
            MatrixMemory columns,
            long to,
            Tile tile) {
        new Im2col(windows, input, columns, tile, false).walk(channel, channels, to);
    }

    /** Adds the columns, which are used up, to the elements that they came from. */
    static void scatter(
            SlidingWindow windows,
            MatrixMemory input,
            long channel,
            int channels,
            MatrixMemory columns,
            long from,
            Tile tile) {
        new Im2col(windows, input, columns, tile, true).walk(channel, channels, from);
    }

    private void walk(long channel, int channels, long start) {
        long row = start;
        for (int c = 0; c < channels; c++) {
            long plane = channel + (long) c * windows.plane();
            for (int i = 0; i < windows.kernel().get(0); i++) {
                for (int j = 0; j < windows.kernel().get(1); j++) {
                    for (int k = 0; k < windows.kernel().get(2); k++) {
                        row(plane, i, j, k, row);
                        row += tile.size();
                    }
                }
            }
        }
    }

    private void row(long plane, int i, int j, int k, long row) {
        int height = windows.output().get(1);
        int low = clamp(windows.first(2, k), tile.from(), tile.to());
        int high = clamp(windows.end(2, k), low, tile.to());
        int line = tile.line();
        long at = row;
        while (line < tile.line() + tile.lines()) {
            int depth = line / height;
            int begin = line % height;
            int end = Math.min(height, begin + tile.line() + tile.lines() - line);
            boolean inside = low < high && depth >= windows.first(0, i) && depth < windows.end(0, i);
            int top = inside ? clamp(windows.first(1, j), begin, end) : end;
            int bottom = clamp(windows.end(1, j), top, end);
            int width = tile.to() - tile.from();
            long middle = at + (long) (top - begin) * width;
            zero(at, (top - begin) * width);
            zero(middle + (long) (bottom - top) * width, (end - bottom) * width);
            if (top < bottom) {
                long source = plane
                        + ((long) windows.at(0, depth, i) * windows.input().get(1) + windows.at(1, top, j))
                                * windows.input().get(2)
                        + windows.at(2, low, k);
                if (planes) {
                    move(middle, source, bottom - top, low, high);
                } else {
                    lines(middle, source, bottom - top, low, high);
                }
            }
            at += (long) (end - begin) * width;
            line += end - begin;
        }
    }

    /** Moves lines that lie in the input as in the columns, in one go, where those at the edges wrap around. */
    private void move(long at, long source, int lines, int low, int high) {
        int width = tile.to() - tile.from();
        int count = lines * width - low - (width - high);
        if (!add) {
            columns.copy(at + low, 1, input, source, 1, count);
        }
        for (int edge = 0; edge < low; edge++) {
            columns.zero(at + edge, width, lines);
        }
        for (int edge = high; edge < width; edge++) {
            columns.zero(at + edge, width, lines);
        }
        if (add) {
            input.add(source, 1, columns, at + low, 1, count);
        }
    }

    private void lines(long at, long source, int lines, int low, int high) {
        int width = tile.to() - tile.from();
        int step = windows.stride().get(2);
        long next = (long) windows.stride().get(1) * windows.input().get(2);
        for (int line = 0; line < lines; line++) {
            long target = at + (long) line * width;
            long from = source + line * next;
            if (add) {
                input.add(from, step, columns, target + low - tile.from(), 1, high - low);
            } else {
                zero(target, low - tile.from());
                columns.copy(target + low - tile.from(), 1, input, from, step, high - low);
                zero(target + high - tile.from(), tile.to() - high);
            }
        }
    }

    private void zero(long at, int count) {
        if (!add && count > 0) {
            columns.zero(at, 1, count);
        }
    }

    private static int clamp(int value, int low, int high) {
        return Math.max(low, Math.min(value, high));
    }
}
