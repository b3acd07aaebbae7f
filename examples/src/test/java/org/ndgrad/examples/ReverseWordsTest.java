package org.ndgrad.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReverseWordsTest {

    @TempDir
    private Path folder;

    @Test
    void aFewStepsLowerTheLossAndFaultsAreCounted() {
        ReverseWords.Result result = ReverseWords.run(folder, 0, 2, 6);

        assertThat(result.losses()).hasSize(2);
        assertThat(result.losses().get(1)).isLessThan(result.losses().get(0));
        assertThat(result.shares())
                .hasSize(2)
                .allSatisfy(share -> assertThat(share).isLessThan(0.5));
        assertThat(folder.resolve("learning.png")).isNotEmptyFile();
    }
}
