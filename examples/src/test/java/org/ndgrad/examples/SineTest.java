package org.ndgrad.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SineTest {

    @Test
    void medianTestLossOfTenSeedsIsBelow1e4() {
        List<Sine.Fit> fits = LongStream.range(0, 10).mapToObj(Sine::fit).toList();

        assertThat(fits)
                .allSatisfy(fit -> assertThat(fit.parts())
                        .extracting(part -> (int) part.size())
                        .containsExactly(141, 29, 30));
        assertThat(Sine.median(fits, fit -> fit.best(Sine.TEST))).isLessThan(1e-4);
        // After the last epoch it is 8.7e-5 where this was written, but Adam leaps: another processor or JDK rounds
        // differently somewhere in 300 epochs, and draws that number anew.
        assertThat(Sine.median(fits, fit -> fit.last(Sine.TEST))).isLessThan(1e-3);
    }

    @Test
    void fromPyTorchsWeightsTheLossesArePyTorchs() {
        List<Double> losses = Sine.lossesFromGivenWeights();

        assertThat(losses).hasSize(300);
        assertThat(losses.get(0)).isCloseTo(0.47847945095468397, withinPercentage(1e-7));
        assertThat(losses.get(1)).isCloseTo(1.2712414873718458, withinPercentage(1e-7));
        assertThat(losses.get(9)).isCloseTo(0.10125214244480613, withinPercentage(1e-7));
        assertThat(losses.get(99)).isCloseTo(2.938608607160784e-4, withinPercentage(1));
    }
}
