package org.ndgrad.notebook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.google.common.base.Splitter;
import com.google.common.io.Resources;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells Jupyter of the kernel <em>Java (ndgrad)</em>: writes {@code kernels/ndgrad/kernel.json} in Jupyter's folder of
 * the user, or the one that {@code JUPYTER_DATA_DIR} names. It runs the Java that runs this, with the class path of
 * this.
 */
public final class Install {

    /** What silences warnings about ND4J on JDK 24 and newer, and is skipped by older ones. */
    private static final List<String> FLAGS = List.of(
            "-XX:+IgnoreUnrecognizedVMOptions",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Djava.awt.headless=true",
            "-Dslf4j.internal.verbosity=ERROR",
            "-Dfile.encoding=UTF-8");

    private static final String IMPORTS = "imports.jsh";
    private static final String KERNEL_JAR = "rapaio-jupyter-kernel.jar";

    private Install() {}

    /**
     * Installs the kernel and prints where.
     *
     * @param args nothing, or the jar of rapaio-jupyter-kernel, which otherwise is
     *     {@code kernel/rapaio-jupyter-kernel.jar} beside the jar that is run
     */
    public static void main(String[] args) {
        Path folder = dataFolder(System.getenv(), System.getProperty("os.name"), System.getProperty("user.home"))
                .resolve("kernels")
                .resolve("ndgrad");
        List<String> entries = Splitter.on(File.pathSeparatorChar)
                .omitEmptyStrings()
                .splitToList(System.getProperty("java.class.path"));
        Path kernelJar = args.length > 0 ? Path.of(args[0]) : beside(Path.of(entries.get(0)));
        if (!Files.isRegularFile(kernelJar)) {
            throw new IllegalArgumentException(
                    "jupyter-install: expected the kernel's jar; got no file %s. Run 'mvn package' first, or name the jar."
                            .formatted(kernelJar));
        }
        String classPath = Stream.concat(entries.stream(), Stream.of(kernelJar.toString()))
                .map(entry -> Path.of(entry).toAbsolutePath().normalize().toString())
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
        install(folder, classPath);
        System.out.println("Installed the kernel \"Java (ndgrad)\" in " + folder);
        System.out.println("Start Jupyter with: jupyter lab");
    }

    static void install(Path folder, String classPath) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(IMPORTS), imports());
            Files.writeString(folder.resolve("kernel.json"), json(classPath, folder.resolve(IMPORTS)));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "jupyter-install: expected a folder that can be written to; got %s (%s). Set JUPYTER_DATA_DIR to another."
                            .formatted(folder, e),
                    e);
        }
    }

    /**
     * Returns the imports that each session begins with.
     *
     * @return a line for each, with its end
     */
    public static String imports() {
        try {
            return Resources.toString(Resources.getResource(Install.class, IMPORTS), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns where Jupyter looks for the kernels of a user. */
    static Path dataFolder(Map<String, String> environment, String system, String home) {
        String named = environment.get("JUPYTER_DATA_DIR");
        if (named != null && !named.isBlank()) {
            return Path.of(named);
        }
        String name = system.toLowerCase(Locale.ROOT);
        if (name.contains("mac")) {
            return Path.of(home, "Library", "Jupyter");
        }
        if (name.contains("windows")) {
            String appData = environment.get("APPDATA");
            return appData == null || appData.isBlank()
                    ? Path.of(home, ".jupyter", "data")
                    : Path.of(appData, "jupyter");
        }
        String data = environment.get("XDG_DATA_HOME");
        return data == null || data.isBlank() ? Path.of(home, ".local", "share", "jupyter") : Path.of(data, "jupyter");
    }

    private static Path beside(Path program) {
        Path folder = Objects.requireNonNullElse(program.toAbsolutePath().getParent(), Path.of(""));
        return folder.resolve("kernel").resolve(KERNEL_JAR);
    }

    private static String json(String classPath, Path imports) throws IOException {
        boolean isWindows = File.separatorChar == '\\';
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", isWindows ? "java.exe" : "java")
                .toString());
        command.addAll(FLAGS);
        command.addAll(List.of("-cp", classPath, Kernel.class.getName(), "{connection_file}"));
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text).useDefaultPrettyPrinter()) {
            json.writeStartObject();
            json.writeArrayFieldStart("argv");
            for (String argument : command) {
                json.writeString(argument);
            }
            json.writeEndArray();
            json.writeStringField("display_name", "Java (ndgrad)");
            json.writeStringField("language", "java");
            json.writeStringField("interrupt_mode", isWindows ? "message" : "signal"); // Kernel hears the signal
            json.writeObjectFieldStart("env");
            json.writeStringField("RJK_INIT_SCRIPT", imports.toString());
            json.writeEndObject();
            json.writeEndObject();
        }
        return text + "\n";
    }
}
