package org.ndgrad.benchmarks;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Chooses the program.
 *
 * <ul>
 *   <li>{@code steps}, {@code floor}, {@code dl4j} and {@code samediff} time training steps, all or those named behind
 *       it, and print a line for each: its name and microseconds;
 *   <li>{@code growth} prints how time grows with size;
 *   <li>{@code cliffs} times operations that are prone to be slow, all or those named behind it;
 *   <li>{@code soak} trains for long and watches the memory;
 *   <li>{@code report} renders what {@code compare.py} has measured; it is run in the folder of the project;
 *   <li>anything else is for JMH.
 * </ul>
 */
public final class Main {

    private Main() {}

    /**
     * Runs one of the programs.
     *
     * @param args its name, and its own arguments; or arguments of JMH
     * @throws Exception if it fails
     */
    public static void main(String[] args) throws Exception {
        List<String> arguments = List.of(args);
        String program = arguments.isEmpty() ? "" : arguments.get(0);
        List<String> rest = arguments.subList(Math.min(1, args.length), args.length);
        switch (program) {
            case "steps" -> time(new NdgradPeer(), rest);
            case "floor" -> time(new HandWrittenPeer(), rest);
            case "dl4j" -> time(new Dl4jPeer(), rest);
            case "samediff" -> time(new SameDiffPeer(), rest);
            case "growth" -> new GrowthCurves(System.out).print();
            case "cliffs" -> Cliffs.print(System.out, rest);
            case "soak" -> System.exit(Soak.run(System.out, rest));
            case "report" -> Report.write(Path.of(""));
            default -> org.openjdk.jmh.Main.main(args);
        }
    }

    /** Prints the name of each workload and how many microseconds a step takes. */
    private static void time(Peer peer, List<String> names) {
        PrintStream out = System.out;
        // SameDiff tells there what it differentiates.
        System.setOut(System.err);
        for (Workload workload : Workload.named(names)) {
            double microseconds = peer.stopwatch().microseconds(peer.prepare(workload));
            out.printf(Locale.ROOT, "%s %.2f%n", workload.name(), microseconds);
        }
    }
}
