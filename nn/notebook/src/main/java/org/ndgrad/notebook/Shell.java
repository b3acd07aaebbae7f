package org.ndgrad.notebook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jdk.jshell.tool.JavaShellToolBuilder;

/**
 * JShell with everything imported: tensors are printed whole, errors are short, Ctrl-C stops a long computation.
 *
 * <pre>
 * java -jar examples/target/examples.jar jshell
 * </pre>
 */
public final class Shell {

    /**
     * Commands of JShell, for a mode of our own: values are printed whole and at the left, so that columns stay below
     * each other. It begins from nothing, since JShell reads this before it knows its own modes.
     */
    private static final String MODE = """
            /set mode ndgrad -quiet
            /set prompt ndgrad 'java> ' '   .> '
            /set truncation ndgrad 100000
            /set format ndgrad pre '|  '
            /set format ndgrad post '%n'
            /set format ndgrad errorpre '|  '
            /set format ndgrad errorpost '%n'
            /set format ndgrad errorline '{post}{pre}    {err}'
            /set format ndgrad display ''
            /set format ndgrad display '{value}   // {name}{post}' expression-added,modified,replaced-ok-primary
            /set format ndgrad display '{value}{post}' varvalue-added,modified,replaced-ok-primary
            /set format ndgrad unmet '{unresolved} is declared' unresolved1,unresolved2-error0
            /set format ndgrad unmet ' this is corrected: {errors}' unresolved0-error1,error2
            /set format ndgrad unmet '{unresolved} is declared, and this is corrected: {errors}' unresolved1,unresolved2-error1,error2
            /set format ndgrad display '{pre}{name} cannot be used until{unmet}{post}' defined,notdefined-added,modified,replaced-primary
            /set format ndgrad display '{pre}{name} cannot be used until{unmet}{post}' used
            """;

    private Shell() {}

    /**
     * Opens the shell.
     *
     * @param args options and scripts of JShell's own, if any
     * @throws IllegalStateException if JShell does not start
     */
    public static void main(String[] args) {
        try {
            Path imports = script(Install.imports());
            Path mode = script(MODE);
            try {
                run(imports, mode, args);
            } finally {
                Files.deleteIfExists(imports);
                Files.deleteIfExists(mode);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "jshell: expected a temporary folder that can be written to; got none (%s). Set -Djava.io.tmpdir=FOLDER."
                            .formatted(e),
                    e);
        }
    }

    private static void run(Path imports, Path mode, String[] args) {
        List<String> options = new ArrayList<>(List.of(
                "--class-path",
                System.getProperty("java.class.path"),
                "--execution",
                ShellExecution.NAME,
                "--startup",
                "DEFAULT",
                "--startup",
                imports.toString(),
                "--feedback",
                "ndgrad",
                mode.toString()));
        options.addAll(List.of(args));
        try {
            JavaShellToolBuilder.builder().run(options.toArray(String[]::new));
        } catch (Exception e) {
            throw new IllegalStateException(
                    "jshell: expected JShell to start; got %s. Use a JDK, not a JRE without its modules.".formatted(e),
                    e);
        }
    }

    private static Path script(String lines) throws IOException {
        return Files.writeString(Files.createTempFile("ndgrad", ".jsh"), lines);
    }
}
