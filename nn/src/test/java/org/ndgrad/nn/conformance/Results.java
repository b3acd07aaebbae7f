package org.ndgrad.nn.conformance;

import com.google.common.collect.ImmutableList;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.ndgrad.nn.conformance.Judge.Outcome;
import org.ndgrad.nn.conformance.Judge.Verdict;

/** What came of the cases of one operation; worked out once for all tests that ask. */
record Results(String op, List<Verdict> verdicts) {

    private record Key(Path file, Precision precision) {}

    private static final Map<Key, Results> KNOWN = new ConcurrentHashMap<>();

    /** Returns the folder with the project's own cases. */
    static Path ownCases() {
        try {
            return Path.of(Results.class.getResource("/conformance").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static Results of(Path file, Precision precision) {
        return KNOWN.computeIfAbsent(new Key(file, precision), key -> judged(Case.read(file), precision));
    }

    private static Results judged(List<Case> cases, Precision precision) {
        String op = cases.get(0).op();
        return new Results(
                op,
                cases.stream()
                        .map(given -> Calls.of(op)
                                .map(row -> Judge.judge(given, row.call(), precision))
                                .orElseGet(() ->
                                        new Verdict(Outcome.UNSUPPORTED, given.id(), "there is no such operation")))
                        .collect(ImmutableList.toImmutableList()));
    }

    long count(Outcome outcome) {
        return verdicts.stream().filter(verdict -> verdict.outcome() == outcome).count();
    }

    boolean passedWhole() {
        return count(Outcome.PASSED) == verdicts.size();
    }

    /** Returns the verdicts that say this, a line each. */
    List<String> reasons(Outcome outcome) {
        return verdicts.stream()
                .filter(verdict -> verdict.outcome() == outcome)
                .map(verdict -> verdict.id() + ": " + verdict.reason())
                .collect(ImmutableList.toImmutableList());
    }
}
