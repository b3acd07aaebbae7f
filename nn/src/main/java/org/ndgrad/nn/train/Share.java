package org.ndgrad.nn.train;

import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableMap;
import java.util.Map;

/** How many of all samples are right. */
final class Share {

    private static final String RIGHT = "right";
    private static final String ALL = "all";

    private final String who;
    private long right;
    private long all;

    Share(String who) {
        this.who = who;
    }

    void add(boolean isRight) {
        right += isRight ? 1 : 0;
        all++;
    }

    double value() {
        checkSamples(who, all);
        return (double) right / all;
    }

    void reset() {
        right = 0;
        all = 0;
    }

    ImmutableMap<String, Object> stateDict() {
        return ImmutableMap.of(RIGHT, right, ALL, all);
    }

    void load(Map<String, ?> state) {
        MetricState read = new MetricState(who, state, RIGHT, ALL);
        long newRight = read.count(RIGHT);
        long newAll = read.count(ALL);
        read.check(newRight <= newAll, "no more samples that are right than there are");
        right = newRight;
        all = newAll;
    }

    /** Refuses to say anything about no samples. */
    static void checkSamples(String who, long count) {
        checkState(count > 0, "%s: expected at least one sample; got none. Call update before compute.", who);
    }
}
