package org.ndgrad.examples;

import com.google.common.primitives.Longs;

/** The seed that an example may be given: of everything random in it. */
final class Seed {

    private static final int USER_MISTAKE = 2;

    private Seed() {}

    /** Returns the only argument, or 0 if there is none; what is no whole number ends the JVM with exit code 2. */
    static long of(String example, String... args) {
        Long seed = args.length == 0 ? Long.valueOf(0) : Longs.tryParse(args[0]);
        if (seed == null || args.length > 1) {
            System.err.printf(
                    "%s: expected a seed, a whole number; got '%s'. Try: %s 0%n",
                    example, String.join(" ", args), example);
            System.exit(USER_MISTAKE);
            return 0;
        }
        return seed;
    }
}
