package org.ndgrad.nn;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.train.History;

/** Here is no module that draws. */
class PainterTest {

    @Test
    void withoutPicturesItIsSaidWhatBringsThem() {
        var history = new History();
        history.add(Map.of("loss", 1.0));
        var model = new Linear(2, 1);
        Tensor x = Tensor.zeros(1, 2);

        assertThatThrownBy(history::plot)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("History.plot: expected a module that draws; got none on the class path."
                        + " Add the dependency org.ndgrad:ndgrad-plot beside ndgrad-nn, of the same version.");
        assertThatThrownBy(() -> model.plotBoundary(x, Tensor.of(0)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("plotBoundary: expected a module that draws");
    }
}
