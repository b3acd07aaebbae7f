package org.ndgrad.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.awt.image.BufferedImage;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.Supplier;

/** Measures how long drawing takes. */
final class Stopwatch {

    private static final Duration HANGS = Duration.ofSeconds(30);

    private Stopwatch() {}

    /**
     * Returns what {@code drawing} draws; fails if its thread computes for more than two seconds, however busy the
     * machine is.
     */
    static BufferedImage inTwoSeconds(Supplier<BufferedImage> drawing) {
        return assertTimeoutPreemptively(HANGS, () -> {
            long start = time();
            BufferedImage image = drawing.get();
            assertThat(Duration.ofNanos(time() - start)).isLessThan(Duration.ofSeconds(2));
            return image;
        });
    }

    private static long time() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
