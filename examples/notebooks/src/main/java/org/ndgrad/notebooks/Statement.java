package org.ndgrad.notebooks;

import java.util.ArrayList;
import java.util.List;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;

/**
 * A piece of a cell that JShell takes at once.
 *
 * @param source its text, with what stands before it; a value's is {@code show(…);}
 * @param line where it begins in the notebook's source
 * @param declares whether it declares something
 */
record Statement(String source, int line, boolean declares) {

    /** Returns the pieces of a cell; an expression at its end without a semicolon is shown. */
    static List<Statement> split(Source.Cell cell, SourceCodeAnalysis analysis) {
        List<Statement> statements = new ArrayList<>();
        String text = cell.text();
        String rest = text;
        int line = cell.line();
        while (!rest.isBlank()) {
            CompletionInfo info = analysis.analyzeCompletion(rest);
            String remaining = info.source() == null ? "" : info.remaining();
            String source = rest.substring(0, rest.length() - remaining.length());
            boolean value = remaining.isBlank() && !source.endsWith(";") && Syntax.isExpression(source);
            statements.add(new Statement(value ? shown(source) : source, line, !value && Syntax.declares(source)));
            line += (int) source.chars().filter(c -> c == '\n').count();
            rest = remaining;
        }
        return statements;
    }

    private static String shown(String expression) {
        String blank = expression.substring(
                0, expression.length() - expression.stripLeading().length());
        return blank + "show(" + expression.strip() + (expression.contains("//") ? "\n" : "") + ");";
    }
}
