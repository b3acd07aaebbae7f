package org.ndgrad.notebooks;

import java.util.stream.Collectors;
import jdk.jshell.JShell;

/** The JShell form of a notebook: its text is comments, and what a cell ends with is shown. */
final class Script {

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
                .map(Statement::source)
                .collect(Collectors.joining());
    }

    private static String comment(Source.Cell cell) {
        return cell.text().lines().map(line -> ("// " + line).strip()).collect(Collectors.joining("\n"));
    }
}
