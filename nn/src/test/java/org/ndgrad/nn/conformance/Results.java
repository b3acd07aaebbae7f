package org.ndgrad.nn.conformance;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.ndgrad.nn.conformance.Verdict.Outcome;

/** What came of the cases of one operation; worked out once for all tests that ask. */
record Results(String op, List<Verdict> verdicts) {

    private record Key(Path file, Precision precision) {}

    private static final Map<Key, Results> KNOWN = new ConcurrentHashMap<>();

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

    /** Writes the report that was asked for, and says the totals. */
    static void report(String runner, Collection<Results> all) {
        Map<String, List<Verdict>> verdicts = new LinkedHashMap<>();
        all.forEach(results -> verdicts.put(results.op(), results.verdicts()));
        Runner.report(runner, verdicts);
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
