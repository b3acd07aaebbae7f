package org.ndgrad.nn.io;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.google.common.collect.ImmutableMap;
import com.google.common.io.ByteStreams;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.TensorBytes;
import org.ndgrad.autograd.internal.Text;

/**
 * Files in the format of safetensors, which PyTorch, JAX and others open with the library of that name: tensors by name
 * and some text, and nothing that could be executed.
 *
 * <pre>{@code
 * Safetensors.saveFile(model.stateDict(), Path.of("model.safetensors"));
 * model.load(Safetensors.loadFile(Path.of("model.safetensors")));
 * }</pre>
 *
 * <p>A file is read only if it is what it should be: everything that it says about itself is checked before memory is
 * taken. Values are kept bit for bit. Unsigned types that no tensor has become the next wider signed one: U16 int32,
 * U32 and U64 int64. Types of fewer than eight bits and complex ones are refused.
 *
 * <p>Source: the format's description, github.com/huggingface/safetensors, 2026.
 */
public final class Safetensors {

    private static final String WHO = "Safetensors";
    private static final long LONGEST_HEADER = 100_000_000;
    private static final int ALIGNMENT = 8;
    private static final JsonFactory JSON = new JsonFactory();

    private Safetensors() {}

    /**
     * Returns the tensors of a file by name, in the order of the file. They require no gradients.
     *
     * @throws UncheckedIOException if there is no such file or it cannot be read
     * @throws IllegalArgumentException if it is no safetensors file
     */
    public static ImmutableMap<String, Tensor> loadFile(Path file) {
        return read(WHO, file, Safetensors::tensors);
    }

    static ImmutableMap<String, Tensor> tensors(FileChannel channel, SafetensorsHeader header) throws IOException {
        ImmutableMap.Builder<String, Tensor> tensors = ImmutableMap.builder();
        for (TensorEntry entry : header.entries().values()) {
            tensors.put(
                    entry.name(),
                    Elements.read(
                            channel, entry.name(), entry.type(), entry.shape().toArray()));
        }
        return tensors.buildOrThrow();
    }

    /**
     * Returns the text that a file holds beside tensors, {@code __metadata__}.
     *
     * @throws UncheckedIOException if there is no such file or it cannot be read
     * @throws IllegalArgumentException if it is no safetensors file
     */
    public static ImmutableMap<String, String> metadata(Path file) {
        return read(WHO, file, (channel, header) -> header.metadata());
    }

    /**
     * Writes tensors, as {@link #saveFile(Map, Path, Map)}, with the text {@code format: pt} that PyTorch's own files
     * have.
     */
    public static void saveFile(Map<String, Tensor> tensors, Path file) {
        saveFile(tensors, file, Map.of("format", "pt"));
    }

    /**
     * Writes tensors into a file. Until it is whole, one that was there before stays.
     *
     * @param tensors by name, of any layout; their values are written, not what was recorded
     * @param metadata further text by name
     * @throws UncheckedIOException if it cannot be written
     * @throws IllegalArgumentException if a tensor is named {@code __metadata__}, or a text is longer than 20 million
     *     characters
     */
    public static void saveFile(Map<String, Tensor> tensors, Path file, Map<String, String> metadata) {
        checkArgument(
                !tensors.containsKey(SafetensorsHeader.METADATA),
                "Safetensors: expected names other than %s, which is the format's own; got it. Rename that tensor.",
                SafetensorsHeader.METADATA);
        metadata.forEach((name, text) -> checkArgument(
                text.length() <= SafetensorsHeader.LONGEST_TEXT,
                "Safetensors: expected text of at most %s characters as '%s', which is what is read; got %s. Keep long"
                        + " lists of numbers as tensors.",
                SafetensorsHeader.LONGEST_TEXT,
                name,
                text.length()));
        List<Map.Entry<String, Tensor>> inOrder = new ArrayList<>(tensors.entrySet());
        inOrder.sort(Comparator.comparing((Map.Entry<String, Tensor> each) ->
                        -type(each.getValue()).alignment())
                .thenComparing(Map.Entry::getKey));
        AtomicFile.write(WHO, file, channel -> {
            writeHeader(channel, inOrder, metadata);
            for (Map.Entry<String, Tensor> each : inOrder) {
                TensorBytes.write(each.getValue(), channel);
            }
        });
    }

    private static FileType type(Tensor tensor) {
        return FileType.of(tensor.dtype())
                .orElseThrow(() -> new IllegalArgumentException(
                        "Safetensors: expected tensors of types " + FileType.BY_NAME.keySet() + "; got "
                                + Text.dtype(tensor) + ". Convert with to(DataType.…)."));
    }

    private static void writeHeader(
            WritableByteChannel channel, List<Map.Entry<String, Tensor>> tensors, Map<String, String> metadata)
            throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            if (!metadata.isEmpty()) {
                json.writeObjectFieldStart(SafetensorsHeader.METADATA);
                for (Map.Entry<String, String> each : metadata.entrySet()) {
                    json.writeStringField(each.getKey(), each.getValue());
                }
                json.writeEndObject();
            }
            long begin = 0;
            for (Map.Entry<String, Tensor> each : tensors) {
                FileType type = type(each.getValue());
                long[] shape = each.getValue().shape();
                long end = begin + each.getValue().numel() * type.bytes();
                json.writeObjectFieldStart(each.getKey());
                json.writeStringField("dtype", type.name());
                json.writeFieldName("shape");
                json.writeArray(shape, 0, shape.length);
                json.writeFieldName("data_offsets");
                json.writeArray(new long[] {begin, end}, 0, 2);
                json.writeEndObject();
                begin = end;
            }
            json.writeEndObject();
        }
        while (text.size() % ALIGNMENT != 0) {
            text.write(' ');
        }
        ByteBuffer head = ByteBuffer.allocate(Long.BYTES + text.size()).order(ByteOrder.LITTLE_ENDIAN);
        head.putLong(text.size()).put(text.toByteArray()).flip();
        while (head.hasRemaining()) {
            channel.write(head);
        }
    }

    /** What is done with an open file whose position is at the first tensor. */
    interface Reading<T> {
        T read(FileChannel channel, SafetensorsHeader header) throws IOException;
    }

    static <T> T read(String who, Path file, Reading<T> reading) {
        try (FileChannel channel = FileChannel.open(file)) {
            return reading.read(channel, readHeader(channel));
        } catch (BadFileException e) {
            throw Unreadable.bad(who, file, e, "Save it anew, or get another copy.");
        } catch (IOException e) {
            throw Unreadable.unreadable(who, file, e);
        }
    }

    private static SafetensorsHeader readHeader(FileChannel channel) throws IOException {
        long size = channel.size();
        if (size < Long.BYTES) {
            throw new BadFileException("at least 8 bytes, the length of the header", size + " bytes");
        }
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
            // a read may give less than was asked for
        }
        long length = bytes.flip().getLong();
        long most = Math.min(LONGEST_HEADER, size - Long.BYTES);
        if (length < 0 || length > most) {
            throw otherForm(bytes.array())
                    .orElseGet(() -> new BadFileException(
                            "a header of at most " + most + " bytes", Long.toUnsignedString(length) + " bytes"));
        }
        long rest = size - Long.BYTES - length;
        try {
            InputStream text = ByteStreams.limit(Channels.newInputStream(channel), length);
            SafetensorsHeader header =
                    SafetensorsHeader.read(new InputStreamReader(text, StandardCharsets.UTF_8.newDecoder()), rest);
            channel.position(Long.BYTES + length);
            return header;
        } catch (CharacterCodingException e) {
            throw new BadFileException("a header in UTF-8", "other bytes", e);
        }
    }

    /** Says what file it is that does not begin with a length. */
    private static Optional<BadFileException> otherForm(byte[] start) {
        String text = new String(start, StandardCharsets.ISO_8859_1);
        String expected = "a safetensors file";
        return text.startsWith("PK\3\4")
                ? Optional.of(new BadFileException(expected, "a zip archive, as files of Torch and Numpy.loadz are"))
                : text.startsWith("\u0093NUMPY")
                        ? Optional.of(new BadFileException(expected, "a file of Numpy.load"))
                        : Optional.empty();
    }
}
