package org.ndgrad.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverfittingTest {

    @Test
    void everyRemedyHelps(@TempDir Path folder) {
        String text = ProgramOutput.of(() -> {
            List<Overfitting.Run> runs = Overfitting.run(folder, 0, 150);

            assertThat(runs).hasSize(5);
            double without = last(runs.get(0).validation());
            assertThat(last(runs.get(0).train())).isLessThan(0.02);
            assertThat(runs.subList(1, 5))
                    .allSatisfy(run -> assertThat(last(run.validation())).isLessThan(0.75 * without));
            assertThat(runs.get(4).validation()).hasSizeLessThan(150);
        });

        assertThat(text).contains("40 noisy points to learn from");
        ProgramOutput.assertPictures(folder, "overfitting.png");
    }

    private static double last(List<Double> losses) {
        return losses.get(losses.size() - 1);
    }
}
