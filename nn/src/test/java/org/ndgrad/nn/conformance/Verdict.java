package org.ndgrad.nn.conformance;

/** What came of a case; the reason is empty if it passed. */
public record Verdict(Outcome outcome, String id, String reason) {

    /** Passed, failed, or called in a way that this library does not offer. */
    public enum Outcome {
        PASSED,
        FAILED,
        UNSUPPORTED
    }

    /** Runs a case that throws if it fails. */
    public static Verdict of(String id, Runnable run) {
        try {
            run.run();
            return new Verdict(Outcome.PASSED, id, "");
        } catch (Unsupported e) {
            return new Verdict(Outcome.UNSUPPORTED, id, e.getMessage());
        } catch (Disagreement e) {
            return new Verdict(Outcome.FAILED, id, e.getMessage());
        } catch (RuntimeException e) {
            String where = e.getStackTrace().length == 0 ? "" : " at " + e.getStackTrace()[0];
            return new Verdict(Outcome.FAILED, id, "threw " + e + where);
        }
    }

    /** Says that a call is not offered, and why. */
    public static class Unsupported extends RuntimeException {
        public Unsupported(String reason) {
            super(reason);
        }
    }

    /** Says what differs from what is expected. */
    public static final class Disagreement extends RuntimeException {
        public Disagreement(String message) {
            super(message);
        }
    }
}
