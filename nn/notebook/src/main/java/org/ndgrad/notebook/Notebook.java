package org.ndgrad.notebook;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.ndgrad.plot.Figure;
import org.ndgrad.plot.internal.NumberReader;

/**
 * What a notebook says besides the mathematics, the same in JShell, in Jupyter and in a program: {@code show} lets
 * something be seen, {@code expect} holds a number against the one that the text names.
 */
public final class Notebook {

    /** How far a number may lie from the expected one, relative to it, or absolutely where it is below 1. */
    private static final double TOLERANCE = 1e-9;

    private static volatile Consumer<Object> display = Notebook::showHere;

    /** Makes places whose content can be replaced, if there are such. */
    private static volatile Supplier<Optional<Consumer<Object>>> places = Optional::empty;

    private Notebook() {}

    /**
     * Lets something be seen: in Jupyter below the cell, as {@link Rendering} describes it; elsewhere pictures open in
     * a window where there is a display, and leave their path where there is none, and everything else is printed.
     *
     * @param value a figure, a tensor, a model or anything else
     */
    public static void show(@Nullable Object value) {
        display.accept(value == null ? "null" : value);
    }

    /** Shows a value where there is no notebook. */
    private static void showHere(Object value) {
        Rendering rendering = Rendering.of(value);
        rendering.figure().ifPresentOrElse(Figure::show, () -> System.out.println(rendering.text()));
    }

    /**
     * Sets where {@link #show} goes from now on, in the whole process: what runs notebooks collects values by this.
     *
     * @param destination takes each value
     * @return where it went before
     */
    public static synchronized Consumer<Object> showOn(Consumer<Object> destination) {
        Consumer<Object> before = display;
        display = Objects.requireNonNull(destination, "showOn: expected a consumer; got null. Pass values::add.");
        return before;
    }

    /** Returns what shows values in one new place, each instead of the last, if there is a notebook that can do so. */
    static Optional<Consumer<Object>> place() {
        return places.get();
    }

    static void placeBy(Supplier<Optional<Consumer<Object>>> supplier) {
        places = supplier;
    }

    /**
     * Holds a result against the expected numbers, and says that they agree. A number may differ by 10⁻⁹, relative to
     * the expected one or absolutely where that is below 1; NaN is expected to be NaN, and infinity to be infinity.
     *
     * <pre>{@code
     * expect("neuron.output", sigmoid(y), 0.6225);
     * expect("neuron.gradients", w.grad(), 0.0587, -0.1174);
     * }</pre>
     *
     * @param name what is computed, as <i>example.quantity</i>
     * @param actual a tensor of numbers; a number; an array of them, nested or not; or a list of any of these
     * @param expected its elements in row-major order
     * @throws AssertionError if their counts differ, or a number does
     * @throws IllegalArgumentException if the actual value is something else, or the name or the expected numbers are
     *     missing
     */
    public static void expect(String name, Object actual, double... expected) {
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException(
                    "expect: expected a name of what is computed; got none. Write expect(\"example.quantity\", actual, …).");
        }
        if (expected == null || expected.length == 0) {
            throw new IllegalArgumentException(
                    "expect: expected numbers to hold '%s' against; got none. Write expect(\"%s\", actual, 0.5, …)."
                            .formatted(name, name));
        }
        double[] numbers = NumberReader.all("expect", name, actual);
        if (numbers.length != expected.length) {
            throw new AssertionError("expect: expected %d numbers for %s; got %d. Compare the shapes."
                    .formatted(expected.length, name, numbers.length));
        }
        for (int i = 0; i < numbers.length; i++) {
            if (!agree(numbers[i], expected[i])) {
                throw new AssertionError(
                        "expect: expected %s = %s%s; got %s, which is %s off. Look for what was changed; a float32 tensor has 7 digits, ask for double."
                                .formatted(
                                        name,
                                        expected[i],
                                        numbers.length == 1 ? "" : " at position " + i,
                                        numbers[i],
                                        String.format(Locale.ROOT, "%.1e", Math.abs(numbers[i] - expected[i]))));
            }
        }
        System.out.println("✓ " + name);
    }

    private static boolean agree(double actual, double expected) {
        return Double.compare(actual, expected) == 0
                || actual == expected
                || (Double.isFinite(expected)
                        && Math.abs(actual - expected) <= TOLERANCE * Math.max(1, Math.abs(expected)));
    }
}
