package org.ndgrad.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * Several threads do, in random order, all that gives memory back, on leaves, models and graphs that they share, while
 * bystanders look at tensors of their own, which must stay as they are.
 *
 * <p>It hunts for a minute in each run of the tests; longer with {@code -Dhunt.seconds=3600}.
 */
class ThreadHuntTest {

    private static final int SECONDS = Integer.getInteger("hunt.seconds", 60);
    private static final int PATIENCE_SECONDS = 60;
    private static final int ACTORS = 4;
    private static final int BYSTANDERS = 2;

    private final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    private final Queue<Throwable> problems = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong looks = new AtomicLong();

    private interface Actor {
        void act(Random random);
    }

    private void start(String name, long seed, Actor actor) {
        Thread thread = new Thread(
                () -> {
                    Random random = new Random(seed);
                    while (System.nanoTime() < end && problems.isEmpty()) {
                        actor.act(random);
                    }
                },
                name);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((failed, problem) -> problems.add(problem));
        thread.start();
        threads.add(thread);
    }

    @Test
    void nobodysTensorsChange() throws InterruptedException {
        HuntActions actions = new HuntActions();
        for (int i = 0; i < ACTORS; i++) {
            start("actor " + i, i, actions::any);
        }
        for (int i = 0; i < BYSTANDERS; i++) {
            List<HuntActions.Filled> own = new ArrayList<>();
            start("bystander " + i, ACTORS + i, random -> look(own, random));
        }

        for (Thread thread : threads) {
            thread.join(TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()) + PATIENCE_SECONDS * 1000L);
            assertThat(thread.isAlive())
                    .as(() -> "%s stands still at %s".formatted(thread, Arrays.toString(thread.getStackTrace())))
                    .isFalse();
        }

        assertThat(problems).isEmpty();
        actions.checkLeaves();
        assertThat(looks).hasValueGreaterThan(SECONDS);
    }

    /** Looks at some tensors again and again, and now and then replaces one, in memory that just came back. */
    private void look(List<HuntActions.Filled> own, Random random) {
        if (own.size() < 8) {
            own.add(HuntActions.Filled.random(random));
        } else {
            own.set(random.nextInt(own.size()), HuntActions.Filled.random(random));
        }
        for (int i = 0; i < 4; i++) {
            own.forEach(HuntActions.Filled::check);
            looks.incrementAndGet();
        }
    }
}
