package org.ndgrad.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BreastCancerTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void testAccuracyIsAtLeast95Percent(long seed) {
        BreastCancer.Result result = BreastCancer.train(BreastCancer.data(), seed);

        assertThat(result.train().size()).isEqualTo(456);
        assertThat(result.test().size()).isEqualTo(113);
        assertThat(result.testAccuracy()).isGreaterThanOrEqualTo(0.95);
        assertThat(result.testLosses().get(29)).isLessThan(result.testLosses().get(0));
    }

    @Test
    void sameSeedGivesTheSameLosses() {
        BreastCancer.Result first = BreastCancer.train(BreastCancer.data(), 3);
        BreastCancer.Result second = BreastCancer.train(BreastCancer.data(), 3);

        assertThat(second.testLosses()).isEqualTo(first.testLosses());
    }

    @Test
    void missingFileIsNamed() throws Exception {
        expectMistake("no-such.csv", "breast-cancer", "0", "no-such.csv");
    }

    @Test
    void malformedFileIsNamedWithLineAndColumn() throws Exception {
        Files.writeString(folder.resolve("bad.csv"), "2,2,a,b\n1.5,2.5,0\n1.5,oops,1\n");

        expectMistake("bad.csv, line 3, column 2: expected a number; got 'oops'", "breast-cancer", "0", "bad.csv");
    }

    @Test
    void classOtherThan0And1IsNamedWithRowAndColumn() throws Exception {
        Files.writeString(folder.resolve("three.csv"), "rows,features\n" + "1.5,2.5,0\n".repeat(10) + "1.5,2.5,2\n");

        expectMistake("row 11, column 3: expected a class, 0 or 1", "breast-cancer", "0", "three.csv");
    }

    @Test
    void seedThatIsNoNumberIsRefused() throws Exception {
        expectMistake("expected a seed, a whole number", "breast-cancer", "first");
    }

    private void expectMistake(String message, String... args) throws Exception {
        Launch launch = Launch.in(folder, args);

        assertThat(launch.exitCode()).isEqualTo(2);
        assertThat(launch.out()).isEmpty();
        assertThat(launch.err())
                .singleElement()
                .asString()
                .startsWith("breast-cancer: ")
                .contains(message);
    }
}
