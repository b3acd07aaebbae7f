package org.ndgrad.nn.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.Streams;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.Shaping;

/**
 * A tensor made from a seed, to the same numbers as in {@code src/test/python/made.py}: real ones within bounds, all
 * different and exact in float32, or whole ones below a bound, or a permutation. They lie in memory as a layout says.
 */
record Made(JsonNode recipe) {

    private static final int BITS = 20;
    private static final long MASK = (1L << BITS) - 1;

    /** Returns a number below 2²⁰, for positions below 2²⁰ one that no other position has. */
    static long draw(long seed, long position) {
        long keys = seed * 0x9E3779B97F4A7C15L;
        long k = (position + (position >> BITS) * 77777) & MASK;
        k = mixed(k ^ ((keys >>> 44) & MASK));
        k = mixed(k ^ ((keys >>> 24) & MASK));
        return mixed(k ^ ((keys >>> 4) & MASK));
    }

    private static long mixed(long k) {
        long product = (k * 0xB4F2D) & MASK;
        return product ^ (product >> 9);
    }

    /** Returns the number between the bounds at a position, a multiple of 2⁻²². */
    static double real(long seed, long position, double low, double high) {
        return Math.rint((low + (high - low) * (draw(seed, position) + 0.5) / (1 << BITS)) * 0x1p22) / 0x1p22;
    }

    Tensor tensor(Precision precision) {
        long[] shape = Streams.stream(recipe.get("shape"))
                .mapToLong(JsonNode::longValue)
                .toArray();
        String layout = recipe.path("layout").asText("plain");
        DataType dtype = precision.dtype(recipe.path("dtype").asText("float64"));
        long[] base = shape.clone();
        if (layout.equals("expanded") && base.length > 0) {
            base[0] = 1;
        }
        Tensor numbers = Tensor.of(DataType.DOUBLE, numbers(base)).reshape(base).to(dtype);
        Tensor made = shape.length == 0 ? numbers : laidOut(numbers, shape, layout);
        return recipe.get("requires_grad").booleanValue() ? made.requiresGrad(true) : made;
    }

    private double[] numbers(long[] shape) {
        double[] numbers = new double[(int) Arrays.stream(shape).reduce(1, Math::multiplyExact)];
        long seed = recipe.path("seed").longValue();
        if (recipe.path("permutation").booleanValue()) {
            Arrays.setAll(numbers, i -> (i * 611953L + seed) % numbers.length);
        } else if (recipe.has("below")) {
            long below = recipe.get("below").longValue();
            Arrays.setAll(numbers, i -> (draw(seed, i) * below) >> BITS);
        } else {
            double low = recipe.get("low").doubleValue();
            double high = recipe.get("high").doubleValue();
            boolean symmetric = recipe.path("symmetric").booleanValue();
            int columns = shape.length == 0 ? 1 : (int) shape[shape.length - 1];
            Arrays.setAll(numbers, i -> real(seed, symmetric ? mirrored(i, columns) : i, low, high));
            addDiagonal(numbers, shape, recipe.path("diagonal").doubleValue());
        }
        return numbers;
    }

    private static int mirrored(int i, int n) {
        int row = i / n % n;
        int column = i % n;
        return i - i % (n * n) + Math.min(row, column) * n + Math.max(row, column);
    }

    private static void addDiagonal(double[] numbers, long[] shape, double diagonal) {
        if (diagonal != 0) {
            int columns = (int) shape[shape.length - 1];
            int rows = (int) shape[shape.length - 2];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] += i / columns % rows == i % columns ? diagonal : 0;
            }
        }
    }

    /** Returns the numbers in other places of memory, between which there is NaN, or what is most like it. */
    private static Tensor laidOut(Tensor numbers, long[] shape, String layout) {
        int last = shape.length - 1;
        return switch (layout) {
            case "plain" -> numbers;
            case "expanded" -> numbers.expand(shape);
            case "transposed" -> {
                int[] reverse = new int[shape.length];
                Arrays.setAll(reverse, d -> last - d);
                yield numbers.permute(reverse).contiguous().permute(reverse);
            }
            case "offset" ->
                Shaping.view(between(numbers.dtype(), numbers.numel() + 5).slice(0, 3, numbers.numel() + 3), shape)
                        .copy_(numbers);
            case "sliced" -> {
                long[] wide = shape.clone();
                wide[last] = 2 * wide[last] + 1;
                yield between(numbers.dtype(), wide)
                        .slice(last, 1, wide[last], 2)
                        .copy_(numbers);
            }
            default -> throw new IllegalArgumentException("unknown layout " + layout);
        };
    }

    private static Tensor between(DataType dtype, long... shape) {
        return dtype == DataType.FLOAT || dtype == DataType.DOUBLE
                ? Tensor.full(dtype, Double.NaN, shape)
                : Tensor.full(DataType.DOUBLE, 0, shape).to(dtype);
    }
}
