package org.ndgrad.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CharRnnTest {

    @TempDir
    private Path folder;

    @Test
    void aFewBatchesLowerTheLossAndASampleIsWritten() {
        CharRnn.Result result = CharRnn.run(folder, 0, 1, 20);

        assertThat(result.trainLosses()).hasSize(20);
        assertThat(result.trainLosses().get(0)).isBetween(4.0, 4.7); // near that of a guess, the logarithm of 75
        assertThat(result.validationLosses())
                .singleElement()
                .satisfies(loss -> assertThat(loss).isBetween(1.0, 3.6));
        assertThat(result.sample()).startsWith("It is a truth").hasSizeGreaterThan(300);
        assertThat(folder.resolve("loss.png")).isNotEmptyFile();
    }
}
