package org.ndgrad.examples;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.ndgrad.nn.io.Inspect;
import org.ndgrad.notebook.Install;
import org.ndgrad.notebook.Shell;

/**
 * Lists the examples, or runs one of them by name.
 *
 * <pre>
 * java -jar examples/target/examples.jar                   lists them
 * java -jar examples/target/examples.jar breast-cancer     runs one
 * java -jar examples/target/examples.jar inspect FILE      prints what is in a file of tensors
 * java -jar examples/target/examples.jar jshell            opens a shell with everything imported
 * java -jar examples/target/examples.jar jupyter-install   installs the kernel for Jupyter
 * </pre>
 */
public final class Main {

    private static final String COMMAND = "java -jar examples/target/examples.jar";
    private static final int USER_MISTAKE = 2;

    private static final List<Example> EXAMPLES = List.of(
            new Example(
                    "breast-cancer",
                    "a network learns to tell benign from malignant tumors (options: seed, CSV file)",
                    BreastCancer::main),
            new Example("iris", "a small network tells three species of iris apart (option: seed)", Iris::main),
            new Example(
                    "wine", "growers told by their wines, with five-fold cross-validation (option: seed)", Wine::main),
            new Example(
                    "diabetes",
                    "ridge regression by gradient descent beside the answer of the formula (option: seed)",
                    Diabetes::main),
            new Example(
                    "perceptron",
                    "single neurons and a 2-2-1 network by hand, then height and weight",
                    Perceptron::main),
            new Example(
                    "one-hidden-layer",
                    "a 2-3-1 network forward and backward, then three tasks for one hidden layer",
                    OneHiddenLayer::main),
            new Example(
                    "from-scratch",
                    "dense layers by numbers, what defeats a perceptron, and the network that it doesn't",
                    FromScratch::main),
            new Example("sine", "the XOR network and its delta rule, then the sine fitted by Adam", Sine::main),
            new Example(
                    "gaussian-pair",
                    "two clouds of points, by a flawed backward pass and by the true gradient",
                    GaussianPair::main),
            new Example(
                    "vanishing-gradients",
                    "how far back gradients reach in a deep network, without and with batch norm (option: seed)",
                    VanishingGradients::main),
            new Example(
                    "overfitting",
                    "a network learns 40 points by heart, and four ways against it (option: seed)",
                    Overfitting::main),
            new Example(
                    "digits",
                    "a convolutional network with batch normalization reads handwritten digits (option: seed)",
                    Digits::main),
            new Example(
                    "fashion-mnist",
                    "an MLP and a small convolutional network tell clothes apart (options: seed, folder of IDX files)",
                    FashionMnist::main),
            new Example(
                    "variational-autoencoder",
                    "pictures of digits pressed into two numbers, and drawn from two random ones (option: seed)",
                    VariationalAutoencoder::main),
            new Example(
                    "char-rnn",
                    "an LSTM reads Pride and Prejudice and learns to write like it (option: seed)",
                    CharRnn::main),
            new Example(
                    "reverse-words", "a transformer learns to write words backward (option: seed)", ReverseWords::main),
            new Example(
                    "from-pytorch",
                    "a network saved by PyTorch gets a new head and reads digits (options: file, file to write)",
                    FromPytorch::main),
            new Example(
                    "resume",
                    "a training is stopped within an epoch, goes on from a file, and ends the same (option: seed)",
                    Resume::main),
            new Example(
                    "inspect",
                    "no example: prints what is in a file of safetensors, NumPy or PyTorch, or a checkpoint (its name)",
                    Inspect::main),
            new Example(
                    "jshell",
                    "no example: opens a shell with everything imported (options: those of jshell)",
                    Shell::main),
            new Example(
                    "jupyter-install",
                    "no example: tells Jupyter of the kernel \"Java (ndgrad)\" (option: the kernel's jar)",
                    Install::main));

    private record Example(String name, String summary, Consumer<String[]> program) {}

    private Main() {}

    /**
     * Runs the example named first with the other arguments; without any, lists all. An unknown name ends the JVM with
     * exit code 2.
     *
     * @param args the name of an example and its own arguments, or nothing
     */
    public static void main(String[] args) {
        prepareConsole();
        if (args.length == 0) {
            System.out.println("Examples; run one with: " + COMMAND + " NAME");
            EXAMPLES.forEach(example -> System.out.printf("  %-25s%s%n", example.name(), example.summary()));
            return;
        }
        Optional<Example> example =
                EXAMPLES.stream().filter(e -> e.name().equals(args[0])).findFirst();
        if (example.isEmpty()) {
            System.err.println("examples: expected one of "
                    + String.join(", ", EXAMPLES.stream().map(Example::name).toList())
                    + "; got '" + args[0] + "'. Without a name, all are listed with a summary.");
            System.exit(USER_MISTAKE);
        }
        silenceUnsafeWarning();
        example.orElseThrow().program().accept(Arrays.copyOfRange(args, 1, args.length));
    }

    /** Prints mathematical signs also where the locale is plain ASCII, as in containers. */
    private static void prepareConsole() {
        if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("windows")) {
            System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
        }
    }

    /**
     * Keeps JDK 24 and newer from warning that JavaCPP, below ND4J, uses sun.misc.Unsafe. The manifest of a jar can
     * grant native access, but cannot hold the option --sun-misc-unsafe-memory-access=allow.
     */
    private static void silenceUnsafeWarning() {
        try {
            Field warned = Class.forName("sun.misc.Unsafe").getDeclaredField("memoryAccessWarned");
            warned.setAccessible(true);
            warned.setBoolean(null, true);
        } catch (ReflectiveOperationException | RuntimeException e) {
            // An older JDK does not warn; on a newer one the warning may stay.
        }
    }
}
