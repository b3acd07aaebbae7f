package org.ndgrad.nn.io;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Iterables;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.optim.Optimizer;

/**
 * Reads {@code .pt} and {@code .pth} files, which {@code torch.save} has written: state dicts, and dicts and lists of
 * tensors and plain values. To write files that PyTorch opens, see {@link Safetensors}.
 *
 * <pre>{@code
 * model.load(Torch.loadStateDict(Path.of("model.pt")));
 * model.load(Torch.loadStateDict(Path.of("checkpoint.pt"), "model")); // torch.save({"model": …, "epoch": 3}, …)
 * }</pre>
 *
 * <p>Nothing in a file is executed. Whatever is more than tensors of dense layout and plain values, such as a whole
 * model, is refused by name. Tensors are as in PyTorch: type, bits, strides, and which of them share memory; but one
 * that PyTorch keeps as a negative view, such as the imaginary parts of a conjugate, has negated numbers of its own.
 *
 * <p>Source: PyTorch 2.13, torch/serialization.py, the zip form that has been written since 1.6.
 */
public final class Torch {

    private static final int LONGEST_PICKLE = 1 << 26;
    private static final String ADVICE = "Save model.state_dict() with torch.save.";
    private static final String OLD = "Files of PyTorch before 1.6 are to be saved anew by a newer one.";
    private static final String PICKLE = "data.pkl";
    private static final String BYTE_ORDER = "byteorder";

    private Torch() {}

    /**
     * Returns what was saved: a map of texts or whole numbers to values, or a value alone. Values are tensors, maps,
     * lists, texts, {@code Long}, {@code Double}, {@code Boolean} and null; none can be changed, but tensors.
     *
     * @throws UncheckedIOException if there is no such file or it cannot be read
     * @throws IllegalArgumentException if it is none of PyTorch, or holds more than this
     */
    public static @Nullable Object load(Path file) {
        return read(
                file,
                (zip, prefix, pickle) -> Pickle.read(pickle, new TorchStorages(zip, prefix, new TorchTensors(zip))));
    }

    /** What is done with an open file. */
    interface Reading<T> {
        @Nullable
        T read(Archive zip, String prefix, ByteBuffer pickle) throws IOException;
    }

    static <T> @Nullable T read(Path file, Reading<T> reading) {
        try (Archive zip = Archive.open(file)) {
            String prefix = check(zip);
            return reading.read(zip, prefix, ByteBuffer.wrap(bytes(zip, prefix + PICKLE)));
        } catch (BadFileException e) {
            throw Unreadable.bad("Torch", file, e, e.getCause() instanceof ZipException ? OLD : ADVICE);
        } catch (IOException e) {
            throw Unreadable.unreadable("Torch", file, e);
        }
    }

    /**
     * Returns tensors by name: the state dict that was saved, or that stands in a saved dict under some keys.
     *
     * @param keys that lead to it, from the outermost dict inwards; none if it was saved alone
     * @throws UncheckedIOException if there is no such file or it cannot be read
     * @throws IllegalArgumentException if it is no file of PyTorch, or there is no such state dict in it
     */
    public static ImmutableMap<String, Tensor> loadStateDict(Path file, String... keys) {
        Object value = at(file, keys);
        checkArgument(
                value instanceof Map<?, ?> map
                        && map.entrySet().stream()
                                .allMatch(each -> each.getKey() instanceof String && each.getValue() instanceof Tensor),
                "Torch: expected tensors by name in %s; got %s. Name the entry that holds them, as in"
                        + " loadStateDict(file, \"model\").",
                file,
                describe(value));
        ImmutableMap.Builder<String, Tensor> tensors = ImmutableMap.builder();
        ((Map<?, ?>) value).forEach((name, tensor) -> tensors.put((String) name, (Tensor) tensor));
        return tensors.buildOrThrow();
    }

    /**
     * Lets an optimizer go on from the state that one of PyTorch was saved with: its tensors, learning rates and
     * options.
     *
     * <p>None stands for what PyTorch takes for it, a tensor of one element for its number, and options that PyTorch
     * did not have when the file was saved for false.
     *
     * @param optimizer of the same kind and of the same parameters in the same order, which is that of
     *     {@code model.parameters()}
     * @param keys that lead to the state, from the outermost dict inwards, {@code "optimizer"}
     * @throws UncheckedIOException if there is no such file or it cannot be read
     * @throws IllegalArgumentException if it is no file of PyTorch, there is no such state in it, or it does not fit
     *     the optimizer, which then stays as it was
     */
    public static void loadOptimizer(Path file, Optimizer optimizer, String... keys) {
        Object value = at(file, keys);
        checkArgument(
                value instanceof Map<?, ?> map && map.containsKey("param_groups") && map.containsKey("state"),
                "Torch: expected the state of an optimizer in %s; got %s. Name the entry that holds it, as in"
                        + " loadOptimizer(file, optimizer, \"optimizer\").",
                file,
                describe(value));
        optimizer.load(TorchOptimizers.state((Map<?, ?>) value, optimizer));
    }

    private static @Nullable Object at(Path file, String... keys) {
        Object value = load(file);
        for (String key : keys) {
            checkArgument(
                    value instanceof Map<?, ?> map && map.containsKey(key),
                    "Torch: expected an entry '%s' in %s; got %s. Take one that is there.",
                    key,
                    file,
                    describe(value));
            value = ((Map<?, ?>) value).get(key);
        }
        return value;
    }

    private static String describe(@Nullable Object value) {
        return value instanceof Map<?, ?> map
                ? "a dict of " + Iterables.limit(map.keySet(), 10)
                : value == null ? "None" : "a " + value.getClass().getSimpleName();
    }

    /** Refuses what is compressed; returns what all names of entries begin with. */
    private static String check(Archive zip) throws IOException {
        String prefix = null;
        for (ZipEntry entry : zip.entries().values()) {
            if (entry.getMethod() != ZipEntry.STORED) {
                throw new BadFileException("entries that are not compressed", entry.getName());
            }
            if (isPickle(entry.getName())) {
                prefix = entry.getName().substring(0, entry.getName().length() - PICKLE.length());
            }
        }
        if (prefix == null) {
            throw new BadFileException("an entry " + PICKLE, "none");
        }
        String order = prefix + BYTE_ORDER;
        String bytes =
                zip.entries().containsKey(order) ? new String(bytes(zip, order), StandardCharsets.UTF_8) : "little";
        if (!bytes.equals("little")) {
            throw new BadFileException("bytes in the order 'little'", bytes);
        }
        return prefix;
    }

    static boolean isPickle(String entry) {
        return entry.endsWith('/' + PICKLE);
    }

    private static byte[] bytes(Archive zip, String name) throws IOException {
        ZipEntry entry = checkNotNull(zip.entries().get(name));
        if (entry.getSize() > LONGEST_PICKLE) {
            throw new BadFileException("a " + name + " of at most " + LONGEST_PICKLE + " bytes", entry.getSize() + "");
        }
        byte[] bytes = zip.read(entry, InputStream::readAllBytes);
        if (bytes.length < entry.getSize()) {
            throw new BadFileException("entry '" + name + "' of " + entry.getSize() + " bytes", "fewer");
        }
        return bytes;
    }
}
