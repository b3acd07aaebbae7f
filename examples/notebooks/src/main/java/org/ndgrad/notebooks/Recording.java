package org.ndgrad.notebooks;

import java.util.ArrayList;
import java.util.List;
import org.ndgrad.notebook.Notebook;

/** Takes down what a notebook asserts while it runs. The cells reach it in place of {@link Notebook}'s method. */
public final class Recording {

    private static final List<Expectation> EXPECTATIONS = new ArrayList<>();

    private Recording() {}

    /** A result that was held against numbers, and agreed. */
    record Expectation(String name, List<Double> numbers) {}

    /** Does what {@link Notebook#expect} does, and takes it down. */
    public static void expect(String name, Object actual, double... expected) {
        Notebook.expect(name, actual, expected);
        EXPECTATIONS.add(
                new Expectation(name, java.util.Arrays.stream(expected).boxed().toList()));
    }

    /** Returns what was taken down since the last call. */
    static List<Expectation> take() {
        List<Expectation> taken = List.copyOf(EXPECTATIONS);
        EXPECTATIONS.clear();
        return taken;
    }
}
