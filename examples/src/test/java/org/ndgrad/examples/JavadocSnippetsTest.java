package org.ndgrad.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ndgrad.notebook.Install;

/** Compiles the Java in Javadoc, each block as the body of a method that has the names that readers have. */
class JavadocSnippetsTest {

    private static final List<String> MODULES = List.of("autograd", "nn", "nn/plot", "nn/onnx", "nn/notebook");

    private static final Pattern BLOCK = Pattern.compile("<pre>\\{@code\\R(.*?)\\R *\\* *}</pre>", Pattern.DOTALL);

    /** Those of a session, and those that a reader of these classes has. */
    private static final String IMPORTS = Install.imports() + """
            import java.nio.file.*;
            import org.ndgrad.autograd.ops.*;
            import org.ndgrad.notebook.*;
            import org.ndgrad.onnx.*;
            """;

    /** What snippets take for granted; a snippet may declare the same name itself. */
    private static final String READERS = IMPORTS + """
            class Readers {
                Tensor x, y, a, b, w, best, weight, logits, targets, padded, source, target, trainFeatures, testFeatures;
                Sequential model, other;
                Linear linear;
                Lstm lstm;
                Adam adam;
                Optimizer optimizer;
                LrScheduler schedule;
                Parameters parameters;
                AveragedParameters averages;
                Standardizer scaler;
                Trainer<Batch> trainer;
                History history;
                DataLoader<Batch> loader, validation;
                TensorDataset dataset;
                Rng rng;
                Path file;
                List<Path> files;
                int[] speakers;
                long[] trainRows, testRows;
                double validationLoss;
                double[] trainingLosses, validationLosses;
                double[][] pixels;
                int[] labels;
                int epoch;
                OnnxOptions options;
                Figure figure;
                RocAuc auc;
                AveragePrecision precision;
                record Normal(Tensor mean, Tensor logVariance) {}
                record Pair(Tensor left, Tensor right, Tensor target) {}
                Tensor read(Path file) { return x; }
                Tensor encoded(String line) { return x; }
                Stream<String> readLines(Path file) { return Stream.of(); }
                double train(Object... what) { return 0; }
            }
            """;

    /** The names that mean different things in different classes, or blocks of one. */
    private static final Map<String, String> OWN = Map.of(
            "DataLoader", "TensorDataset train = null;",
            "DataLoaderOptions", "TensorDataset train = null;",
            "ImageTransform", "TensorDataset train = null;",
            "Trainer", "DataLoader<Batch> train = null, test = null;",
            "TrainerBlock2", "Bilinear model = null;",
            "Checkpoints", "DataLoader<Batch> train = null;",
            "History", "DataLoader<Batch> train = null;",
            "OrdinalEncoder", "Table train = null, test = null;",
            "OneHotEncoder", "Table train = null, test = null;",
            "Scaler", "Tensor train = null;");

    @Test
    void everyBlockCompiles(@TempDir Path folder) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        List<JavaFileObject> sources = new ArrayList<>(List.of(source("Readers", READERS)));
        for (Path file : files()) {
            Matcher blocks = BLOCK.matcher(Files.readString(file));
            String name = file.getFileName().toString().replace(".java", "");
            for (int i = 1; blocks.find(); i++) {
                sources.add(source(name + "Block" + i, program(name, name + "Block" + i, blocks.group(1))));
            }
        }

        compiler.getTask(
                        null,
                        null,
                        problems,
                        List.of(
                                "-proc:none",
                                "-Xlint:none",
                                "-d",
                                folder.toString(),
                                "-cp",
                                System.getProperty("java.class.path")),
                        null,
                        sources)
                .call();

        assertThat(sources.size()).isGreaterThan(90);
        assertThat(problems.getDiagnostics().stream()
                        .filter(problem -> problem.getKind() == javax.tools.Diagnostic.Kind.ERROR)
                        .map(problem -> problem.getSource().getName() + ": " + problem.getMessage(Locale.ROOT)))
                .isEmpty();
    }

    private static List<Path> files() throws IOException {
        Path root = Path.of("").toAbsolutePath().getParent();
        List<Path> files = new ArrayList<>();
        for (String module : MODULES) {
            try (Stream<Path> all = Files.walk(root.resolve(module).resolve("src/main/java"))) {
                all.filter(file -> file.toString().endsWith(".java"))
                        // kernels are no API
                        .filter(file -> !file.toString().contains("kernels"))
                        .forEach(files::add);
            }
        }
        return files;
    }

    /** A block that begins with a static method is members of a class, any other the body of a method. */
    private static String program(String owner, String name, String block) {
        String code = block.replaceAll("(?m)^ *\\* ?", "")
                .replace("{ … }", "{}")
                .replaceAll("(?m)^ *…$", "")
                // the last line may be a value, as that of a cell
                .replaceFirst("\\)( *//.*)?\\z", ");");
        boolean isMember = code.startsWith("static ");
        return IMPORTS + "class " + name + " extends Readers {\n"
                + (isMember
                        ? code
                        : "void run() throws Exception {\n" + OWN.getOrDefault(name, OWN.getOrDefault(owner, "")) + code
                                + "\n}")
                + "\n}\n";
    }

    private static JavaFileObject source(String name, String code) {
        return new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return code;
            }
        };
    }
}
