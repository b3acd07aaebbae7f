package org.ndgrad.notebooks;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jshell.JShell;

/** The JShell form of a notebook: its text is comments, and what a cell ends with is shown. */
final class Script {

    /** JShell takes a line that could be the end for the end: the dot goes to the end of the line above. */
    private static final Pattern LEADING_DOT = Pattern.compile("\\R(\\h*)\\.");

    private Script() {}

    static String of(Source source) {
        StringBuilder script = new StringBuilder();
        boolean begun = false;
        try (JShell shell = JShell.builder().executionEngine("local").build()) {
            for (Source.Cell cell : source.cells()) {
                if (cell.code() && !begun) {
                    script.append(Imports.oneLine()).append("\n\n");
                    begun = true;
                }
                script.append(cell.code() ? code(cell, shell) : comment(cell)).append("\n\n");
            }
        }
        return script.append("/exit\n").toString();
    }

    private static String code(Source.Cell cell, JShell shell) {
        return Statement.split(cell, shell.sourceCodeAnalysis()).stream()
                .map(statement -> LEADING_DOT.matcher(statement.source()).replaceAll(".\n$1"))
                .collect(Collectors.joining());
    }

    private static String comment(Source.Cell cell) {
        return cell.text().lines().map(line -> ("// " + line).strip()).collect(Collectors.joining("\n"));
    }
}
