package org.ndgrad.nn.conformance;

import com.google.common.base.Joiner;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.ndgrad.nn.conformance.Judge.Outcome;
import org.ndgrad.nn.conformance.Judge.Verdict;

/** What came of the cases of one operation; worked out once for all tests that ask. */
record Results(String op, List<Verdict> verdicts) {

    private record Key(Path file, Precision precision) {}

    private static final Map<Key, Results> KNOWN = new ConcurrentHashMap<>();

    /** Returns the folder with the project's own cases. */
    static Path ownCases() {
        return ownCases("/conformance");
    }

    static Path ownCases(String folder) {
        try {
            return Path.of(Results.class.getResource(folder).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static Results of(Path file, Precision precision) {
        return KNOWN.computeIfAbsent(new Key(file, precision), key -> judged(Case.read(file), precision));
    }

    /** Returns what came of the cases of a module. */
    static Results ofModule(Path file, Precision precision) {
        return KNOWN.computeIfAbsent(new Key(file, precision), key -> {
            List<Case> cases = Case.read(file);
            String module = cases.get(0).module();
            return new Results(
                    module,
                    cases.stream()
                            .map(given -> Modules.of(module)
                                    .map(row -> ModuleJudge.judge(given, row, precision))
                                    .orElseGet(() ->
                                            new Verdict(Outcome.UNSUPPORTED, given.id(), "there is no such layer")))
                            .collect(ImmutableList.toImmutableList()));
        });
    }

    /** Writes a line an operation, if a file is asked for, and says the totals. */
    static void report(Collection<Results> all, @Nullable String file) throws IOException {
        if (file != null) {
            Files.write(Path.of(file), all.stream().map(Results::line).toList());
        }
        System.out.printf(
                "%d passed, %d failed, %d skipped%n",
                count(all, Outcome.PASSED), count(all, Outcome.FAILED), count(all, Outcome.UNSUPPORTED));
    }

    private String line() {
        return Joiner.on('\t').join(op, count(Outcome.PASSED), count(Outcome.FAILED), count(Outcome.UNSUPPORTED));
    }

    private static long count(Collection<Results> all, Outcome outcome) {
        return all.stream().mapToLong(results -> results.count(outcome)).sum();
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
