package org.ndgrad.nn.train;

import static com.google.common.base.Preconditions.checkState;

/** How many of all samples are right. */
final class Share {

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

    /** Refuses to say anything about no samples. */
    static void checkSamples(String who, long count) {
        checkState(count > 0, "%s: expected at least one sample; got none. Call update before compute.", who);
    }
}
