package org.ndgrad.nn.conformance;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.common.base.Joiner;
import com.google.common.collect.ImmutableList;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.ndgrad.nn.conformance.Verdict.Outcome;

/**
 * What runners of cases have in common: {@code -DNAME.dir=FOLDER} says where the cases are, else they are the project's
 * own; {@code -DNAME.report=FILE} has a file written, a line a subject: its name and how many cases passed, failed and
 * were unsupported, with tabs between.
 */
public final class Runner {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private Runner() {}

    /** Returns the folder that was asked for, else the project's own of that name. */
    public static Path folder(String name) {
        String given = System.getProperty(name + ".dir");
        return given != null ? Path.of(given) : own(name);
    }

    /** Returns the folder with the project's own cases. */
    public static Path own(String name) {
        try {
            return Path.of(Runner.class.getResource("/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the files with cases. */
    public static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jsonl.gz"))
                    .sorted()
                    .collect(ImmutableList.toImmutableList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the cases of a file, which are its lines. */
    public static List<JsonNode> lines(Path file) {
        try (var lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            ImmutableList.Builder<JsonNode> cases = ImmutableList.builder();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                cases.add(JSON.readTree(line));
            }
            return cases.build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the report, if one was asked for, and the totals to standard output. */
    public static void report(String name, Map<String, ? extends Collection<Verdict>> bySubject) {
        String file = System.getProperty(name + ".report");
        if (file != null) {
            List<String> lines = bySubject.entrySet().stream()
                    .map(entry -> line(entry.getKey(), entry.getValue()))
                    .toList();
            try {
                Files.write(Path.of(file), lines);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        List<Verdict> all =
                bySubject.values().stream().flatMap(Collection::stream).toList();
        System.out.printf(
                "%d passed, %d failed, %d skipped%n",
                count(all, Outcome.PASSED), count(all, Outcome.FAILED), count(all, Outcome.UNSUPPORTED));
    }

    static String line(String subject, Collection<Verdict> verdicts) {
        return Joiner.on('\t')
                .join(
                        subject,
                        count(verdicts, Outcome.PASSED),
                        count(verdicts, Outcome.FAILED),
                        count(verdicts, Outcome.UNSUPPORTED));
    }

    private static long count(Collection<Verdict> verdicts, Outcome outcome) {
        return verdicts.stream().filter(verdict -> verdict.outcome() == outcome).count();
    }
}
