package org.ndgrad.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ndgrad.nn.data.TensorDataset;

class DigitsTest {

    @TempDir
    private Path folder;

    @Test
    void dataAreAllDigitsAsInkOnPaper() {
        TensorDataset data = Digits.data();

        assertThat(data.features().shape()).containsExactly(1797, 1, 8, 8);
        assertThat(data.features().min().item()).isZero();
        assertThat(data.features().max().item()).isEqualTo(1);
        assertThat(data.targets().bincount().toLongArray())
                .containsExactly(178, 182, 177, 183, 181, 182, 181, 179, 174, 180);
    }

    @Test
    void someEpochsLearnALot() {
        Digits.Result result = Digits.train(3, 2);

        assertThat(result.test().size()).isEqualTo(359);
        assertThat(result.trainLosses().get(1)).isLessThan(result.trainLosses().get(0));
        assertThat(result.testAccuracies().get(1)).isGreaterThan(0.9);
        Digits.draw(result, folder);
        ProgramOutput.assertPictures(folder, "learning.png", "predictions.png");
    }
}
