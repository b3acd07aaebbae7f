package org.ndgrad.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.plot.Plot;

class NotebookTest {

    @Test
    void showGoesWhereItIsSent() {
        List<Object> shown = new ArrayList<>();
        Consumer<Object> before = Notebook.showOn(shown::add);
        try {
            Notebook.show("text");
            Notebook.show(null);
        } finally {
            assertThat(Notebook.showOn(before)).isNotSameAs(before);
        }

        assertThat(shown).containsExactly("text", "null");
        assertThatThrownBy(() -> Notebook.showOn(null)).hasMessageContaining("showOn: expected a consumer");
    }

    @Test
    void whereThereIsNoNotebookPicturesLeaveTheirPathAndTheRestIsPrinted() throws IOException {
        Plot plot = Plot.titled("line").size(300, 200).line("y", 1, 2);
        BufferedImage image = new BufferedImage(7, 5, BufferedImage.TYPE_INT_ARGB);
        String printed = printed(() -> {
            Notebook.show(plot);
            Notebook.show(image);
            Notebook.show(Rendering.of(plot));
            Notebook.show(Plot.titled("nothing"));
            Notebook.show(3);
        });

        List<String> lines = printed.lines().toList();
        assertThat(lines).hasSize(5);
        assertThat(lines.get(3)).startsWith("Plot: image: expected something to draw");
        assertThat(lines.get(4)).isEqualTo("3");
        List<Integer> widths = new ArrayList<>();
        for (String line : lines.subList(0, 3)) {
            assertThat(line).startsWith("Figure: ").endsWith(".png");
            Path file = Path.of(line.substring("Figure: ".length()));
            widths.add(ImageIO.read(file.toFile()).getWidth());
            Files.delete(file);
        }
        assertThat(widths).containsExactly(300, 7, 300);
    }

    private static String printed(Runnable showing) {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            showing.run();
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void numbersOfAnyFormAgree() {
        assertThatCode(() -> {
                    Notebook.expect(
                            "a.tensor", Tensor.of(DataType.DOUBLE, new double[][] {{1, 2}, {3, 4}}), 1, 2, 3, 4);
                    Notebook.expect("a.number", 3, 3);
                    Notebook.expect("a.truth", true, 1);
                    Notebook.expect("an.array", new float[] {0.5f, 0.25f}, 0.5, 0.25);
                    Notebook.expect("a.nested", new long[][] {{894, 106}, {12, 88}}, 894, 106, 12, 88);
                    Notebook.expect("a.list", List.of(1, 2.5, Tensor.of(3, 4)), 1, 2.5, 3, 4);
                    Notebook.expect("a.nan", Double.NaN, Double.NaN);
                    Notebook.expect("an.infinity", Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY);
                    Notebook.expect("a.zero", -0.0, 0.0);
                    Notebook.expect("a.large", 1e12 + 100, 1e12);
                    Notebook.expect("a.small", 1e-10, 0);
                })
                .doesNotThrowAnyException();
    }

    @Test
    void numbersThatDifferAreNamed() {
        assertThatThrownBy(() -> Notebook.expect("net.output", Tensor.of(1.0, 2.0), 1, 2.1))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith(
                        "expect: expected net.output = 2.1 at position 1; got 2.0, which is 1.0e-01 off. Look for");
        assertThatThrownBy(() -> Notebook.expect("net.output", 0.5, 0.5 + 1.1e-9))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> Notebook.expect("net.output", Double.NaN, 0)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> Notebook.expect("net.output", 0, Double.NaN)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> Notebook.expect("net.output", Double.POSITIVE_INFINITY, 1e300))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> Notebook.expect("net.output", 1e300, Double.POSITIVE_INFINITY))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> Notebook.expect("net.output", Tensor.of(1.0, 2.0), 1))
                .isInstanceOf(AssertionError.class)
                .hasMessage("expect: expected 1 numbers for net.output; got 2. Compare the shapes.");
    }

    @Test
    void whatCannotBeComparedIsRefused() {
        assertThatThrownBy(() -> Notebook.expect("net.output", "0.5", 0.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "expect: expected numbers as 'net.output'; got String. Pass a tensor, a list, or an array such as"
                                + " double[] or int[].");
        assertThatThrownBy(() -> Notebook.expect("net.output", Path.of("0.5"), 0.5))
                .isInstanceOf(IllegalArgumentException.class)
                .as("a path is an Iterable of paths")
                .hasMessageContaining("expected numbers as 'net.output'");
        assertThatThrownBy(() -> Notebook.expect("net.output", null, 0.5)).hasMessageContaining("got null");
        assertThatThrownBy(() -> Notebook.expect("net.output", List.of("a"), 0.5))
                .hasMessageContaining("got String");
        assertThatThrownBy(() -> Notebook.expect("net.output", 0.5)).hasMessageContaining("expected numbers to hold");
        assertThatThrownBy(() -> Notebook.expect("net.output", new double[0])).hasMessageContaining("got none");
        assertThatThrownBy(() -> Notebook.expect(" ", 0.5, 0.5)).hasMessageContaining("expected a name");
        assertThatThrownBy(() -> Notebook.expect("net.count", Long.MAX_VALUE, 1))
                .hasMessageContaining("a double holds");
    }
}
