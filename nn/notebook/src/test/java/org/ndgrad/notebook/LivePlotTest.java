package org.ndgrad.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ndgrad.autograd.Functions.zeros;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.ndgrad.nn.Linear;
import org.ndgrad.nn.Losses;
import org.ndgrad.nn.data.Batch;
import org.ndgrad.nn.optim.Sgd;
import org.ndgrad.nn.train.Trainer;
import org.ndgrad.nn.train.TrainerOptions;

class LivePlotTest {

    private final List<Rendering> shown = new ArrayList<>();

    @AfterEach
    void noNotebook() {
        Notebook.placeBy(Optional::empty);
    }

    private static void train() {
        Linear model = new Linear(2, 1);
        Trainer.of(
                        model,
                        Losses::mseLoss,
                        new Sgd(model.parameters(), 0.1),
                        TrainerOptions.defaults().withQuiet(true).withCallbacks(new LivePlot(3)))
                .fit(List.of(new Batch(zeros(2, 2), zeros(2, 1))), 3);
    }

    @Test
    void barGivesWayToCurves() {
        Notebook.placeBy(() -> Optional.of(value -> shown.add((Rendering) value)));
        train();

        assertThat(shown.get(0).html().orElseThrow()).contains("<progress").contains("max=\"3\"");
        Rendering last = shown.get(shown.size() - 1);
        assertThat(last.text()).startsWith("epoch 3 of 3, loss ").endsWith(" s");
        assertThat(last.html().orElseThrow()).doesNotContain("<progress").contains("<img");
    }

    @Test
    void withoutNotebookNothingIsShown() {
        train();

        assertThat(shown).isEmpty();
        assertThatThrownBy(() -> new LivePlot(0)).hasMessageStartingWith("LivePlot: expected at least 1 epoch; got 0.");
    }
}
