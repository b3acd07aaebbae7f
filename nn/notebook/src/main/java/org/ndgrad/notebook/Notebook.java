package org.ndgrad.notebook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.plot.Figure;

/**
 * What a notebook says besides the mathematics, the same in JShell, in Jupyter and in a program: {@code show} lets
 * something be seen, {@code expect} holds a number against the one that the text names.
 */
public final class Notebook {

    /** How far a number may lie from the expected one, relative to it, or absolutely where it is below 1. */
    private static final double TOLERANCE = 1e-9;

    private Notebook() {}

    /**
     * Lets something be seen: a figure as a picture, everything else as text.
     *
     * @param value a figure, a tensor, a model or anything else
     */
    public static void show(Object value) {
        if (!(value instanceof Figure figure)) {
            System.out.println(value);
            return;
        }
        try {
            Path file = Files.createTempFile("ndgrad", ".png");
            figure.save(file);
            System.out.println(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Holds a result against the expected numbers, and says that they agree.
     *
     * @param name what is computed, as <i>example.quantity</i>
     * @param actual a tensor, an array of doubles or a number
     * @param expected its elements in row-major order
     * @throws AssertionError if their counts differ, or a number differs by more than 10⁻⁹, relative to the expected one
     *     or absolutely where that is below 1
     */
    public static void expect(String name, Object actual, double... expected) {
        double[] numbers = actual instanceof Tensor tensor
                ? tensor.flatten().toDoubleArray()
                : actual instanceof double[] array ? array : new double[] {((Number) actual).doubleValue()};
        if (numbers.length != expected.length) {
            throw new AssertionError("expect: expected %d numbers for %s; got %d. Compare the shapes."
                    .formatted(expected.length, name, numbers.length));
        }
        for (int i = 0; i < numbers.length; i++) {
            if (!(Math.abs(numbers[i] - expected[i]) <= TOLERANCE * Math.max(1, Math.abs(expected[i])))) {
                throw new AssertionError("expect: expected %s = %s at position %d; got %s. Look for what was changed."
                        .formatted(name, expected[i], i, numbers[i]));
            }
        }
        System.out.println("✓ " + name);
    }
}
