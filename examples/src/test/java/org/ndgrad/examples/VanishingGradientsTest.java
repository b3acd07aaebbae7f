package org.ndgrad.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VanishingGradientsTest {

    @Test
    void onlyTheGradientsOfSigmoidsVanishAndNotWithBatchNorm(@TempDir Path folder) {
        String text = ProgramOutput.of(() -> {
            List<VanishingGradients.Result> results = VanishingGradients.run(folder, 0, 2);

            assertThat(results)
                    .extracting(VanishingGradients.Result::name)
                    .containsExactly("sigmoid", "tanh", "ReLU", "sigmoid", "tanh", "ReLU");
            assertThat(results).allSatisfy(result -> assertThat(result.norms()).hasSize(21));
            assertThat(fall(results.get(0))).isGreaterThan(1e9);
            assertThat(results.subList(1, 6))
                    .allSatisfy(
                            result -> assertThat(fall(result)).as(result.name()).isLessThan(100));
        });

        assertThat(text).contains("Norm of the weight gradient, layer by layer", "Picture: ");
        ProgramOutput.assertPictures(folder, "gradients.png");
    }

    /** Returns how many times the least norm the largest one is. */
    private static double fall(VanishingGradients.Result result) {
        return Collections.max(result.norms()) / Collections.min(result.norms());
    }
}
