package org.ndgrad.nn.io;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Prints what is in a file of tensors: names, types, shapes, sizes, and whether all values are finite.
 *
 * <pre>
 * java -cp … org.ndgrad.nn.io.Inspect model.safetensors
 * </pre>
 *
 * <p>The file may be one of safetensors (such as a checkpoint), of NumPy ({@code .npy}, {@code .npz}) or of PyTorch
 * ({@code .pt}, {@code .pth}); its first bytes tell, not its name. Nothing in it is executed, and no tensor is made:
 * bytes go by, so that a file may be larger than memory.
 */
public final class Inspect {

    private static final int BAD = 2;

    /** As much of a message as a person reads, whose parts are bounded where they come from files. */
    private static final int LONGEST_MESSAGE = 2000;

    private Inspect() {}

    /**
     * Prints what is in a file. If it is bad or is not there, prints one line to the error stream and ends the JVM with
     * exit code 2.
     *
     * @param args the file
     */
    public static void main(String[] args) {
        int code = run(args, System.out, System.err);
        if (code != 0) {
            System.exit(code);
        }
    }

    /** Returns the exit code. */
    static int run(String[] args, PrintStream out, PrintStream error) {
        String message;
        if (args.length == 1) {
            try {
                out.print(Contents.of(Path.of(args[0])).table());
                out.flush();
                return 0;
            } catch (InvalidPathException e) {
                message = "inspect: expected the name of a file; got '" + args[0] + "'. Name one that is there.";
            } catch (IllegalArgumentException | UncheckedIOException e) {
                message = e.getMessage();
            } catch (OutOfMemoryError e) {
                message = "inspect: expected a file that can be looked at with this much memory; got " + args[0]
                        + ". If it is a good one, give Java more: -Xmx1g.";
            }
        } else {
            message = "inspect: expected one file; got " + args.length
                    + " arguments. Name a file of safetensors, NumPy or PyTorch.";
        }
        error.println(BadFileException.line(String.valueOf(message), LONGEST_MESSAGE));
        return BAD;
    }
}
