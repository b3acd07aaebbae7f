package org.ndgrad.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Chooses the program: {@code steps}, {@code floor}, {@code dl4j} and {@code samediff} time training steps and print a
 * line for each. Anything else is for JMH.
 */
public final class Main {

    private static final Map<String, Supplier<Peer>> PEERS = Map.of(
            "steps", NdgradPeer::new,
            "floor", HandWrittenPeer::new,
            "dl4j", Dl4jPeer::new,
            "samediff", SameDiffPeer::new);

    private Main() {}

    /**
     * Runs one of the programs.
     *
     * @param args its name, and its own arguments; or arguments of JMH
     * @throws IOException if JMH cannot write its results
     */
    public static void main(String[] args) throws IOException {
        List<String> arguments = List.of(args);
        String program = arguments.isEmpty() ? "" : arguments.get(0);
        if (PEERS.containsKey(program)) {
            time(PEERS.get(program).get(), Workload.named(arguments.subList(1, arguments.size())));
        } else {
            org.openjdk.jmh.Main.main(args);
        }
    }

    /** Prints the name of each workload and how many microseconds a step takes. */
    private static void time(Peer peer, List<Workload> workloads) {
        PrintStream out = System.out;
        // SameDiff tells there what it differentiates.
        System.setOut(System.err);
        for (Workload workload : workloads) {
            double microseconds = peer.stopwatch().microseconds(peer.prepare(workload));
            out.printf(Locale.ROOT, "%s %.2f%n", workload.name(), microseconds);
        }
    }
}
