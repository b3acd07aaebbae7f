package org.ndgrad.nn.io;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableLongArray;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What is in a file of tensors, found without a tensor; prints as a table. */
final class Contents {

    /** As many lines as a person looks at. */
    private static final int MOST_LINES = 10_000;

    private static final int LONGEST_TEXT = 100;
    private static final List<String> TITLES = List.of("name", "type", "shape", "bytes", "finite");

    private final String kind;
    private final List<List<String>> rows = new ArrayList<>(List.of(TITLES));
    private final List<String> values = new ArrayList<>();
    private long tensors;
    private long elements;
    private long bytes;
    private long notFinite;
    private long moreValues;

    Contents(String kind) {
        this.kind = kind;
    }

    /**
     * Reads a file.
     *
     * @throws UncheckedIOException if there is no such file or it cannot be read
     * @throws IllegalArgumentException if it is bad
     */
    static Contents of(Path file) {
        byte[] first = first(file);
        if (NpyHeader.isMagic(first)) {
            Contents contents = new Contents("NumPy array");
            Numpy.read(file, (name, header, channel) -> contents.add(name, header, channel));
            return contents;
        }
        boolean isZip = first.length > 1 && first[0] == 'P' && first[1] == 'K';
        boolean isPickle = first.length > 1 && first[0] == (byte) 0x80 && first[1] > 0 && first[1] <= 5;
        if (isPickle || (isZip && isTorch(file))) {
            return TorchContents.of(file);
        }
        if (isZip) {
            Contents contents = new Contents("NumPy arrays");
            Numpy.readAll(file, (name, header, channel) -> contents.add(name, header, channel));
            return contents;
        }
        return Safetensors.read("Safetensors", file, (channel, header) -> {
            boolean isCheckpoint = Checkpoint.isCheckpoint(header);
            Contents contents = new Contents(isCheckpoint ? "checkpoint" : "safetensors");
            for (TensorEntry entry : header.entries().values()) {
                long count = (entry.end() - entry.begin()) / entry.type().bytes();
                contents.add(
                        entry.name(),
                        entry.type(),
                        entry.shape(),
                        Elements.areFinite(channel, entry.type(), ByteOrder.LITTLE_ENDIAN, count));
            }
            if (isCheckpoint) {
                contents.addStates(Checkpoint.read(header.metadata(), header.entries()::get));
            } else {
                header.metadata().forEach(contents::add);
            }
            return contents;
        });
    }

    private void addStates(Checkpoint.Saved saved) {
        ImmutableMap.of("", saved.parts(), "default_rng", saved.defaultRng(), "values", saved.values())
                .forEach((name, state) -> forEach(name, state, (path, value) -> {
                    if (!(value instanceof TensorEntry)) {
                        add(path, value);
                    }
                }));
    }

    /** Goes through maps, and through lists of more than plain values, down to what is neither. */
    static void forEach(String name, @Nullable Object value, BiConsumer<String, @Nullable Object> function) {
        String prefix = name.isEmpty() ? "" : name + '.';
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            map.forEach((key, each) -> forEach(prefix + key, each, function));
        } else if (value instanceof List<?> list && !list.stream().allMatch(Contents::isPlain)) {
            for (int i = 0; i < list.size(); i++) {
                forEach(prefix + i, list.get(i), function);
            }
        } else {
            function.accept(name.isEmpty() ? "(the value)" : name, value);
        }
    }

    private static boolean isPlain(@Nullable Object value) {
        return value == null || value instanceof String || value instanceof Number || value instanceof Boolean;
    }

    private static boolean isTorch(Path file) {
        try (Archive zip = Archive.open(file)) {
            return zip.entries().keySet().stream().anyMatch(Torch::isPickle);
        } catch (BadFileException e) {
            throw Unreadable.bad("inspect", file, e, "Save it anew, or get another copy.");
        } catch (IOException e) {
            throw Unreadable.unreadable("inspect", file, e);
        }
    }

    private static byte[] first(Path file) {
        try (InputStream bytes = Files.newInputStream(file)) {
            return bytes.readNBytes(Long.BYTES);
        } catch (IOException e) {
            throw Unreadable.unreadable("inspect", file, e);
        }
    }

    private Contents add(String name, NpyHeader header, ReadableByteChannel channel) throws IOException {
        add(
                name,
                header.type(),
                header.shape(),
                Elements.areFinite(channel, header.type(), header.order(), header.count()));
        return this;
    }

    void add(String name, FileType type, ImmutableLongArray shape, boolean isFinite) {
        long size = type.bytes(shape);
        tensors++;
        elements += size / type.bytes();
        bytes += size;
        notFinite += isFinite ? 0 : 1;
        if (rows.size() <= MOST_LINES) {
            rows.add(List.of(
                    BadFileException.line(name, LONGEST_TEXT),
                    type.title(),
                    shape.toString(),
                    number(size),
                    isFinite ? "yes" : "NO"));
        }
    }

    /** Adds what is no tensor. */
    void add(String name, @Nullable Object value) {
        if (values.size() < MOST_LINES) {
            values.add(BadFileException.line(name, LONGEST_TEXT) + " = "
                    + BadFileException.line(String.valueOf(value), LONGEST_TEXT));
        } else {
            moreValues++;
        }
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Returns all as text: a line for each tensor, what they are together, and what is beside them. */
    String table() {
        int[] widths = IntStream.range(0, TITLES.size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                String cell = row.get(column);
                boolean isNumber = column == TITLES.indexOf("bytes");
                line.append(
                                isNumber
                                        ? Strings.padStart(cell, widths[column], ' ')
                                        : Strings.padEnd(cell, widths[column], ' '))
                        .append("  ");
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        long more = tensors - (rows.size() - 1);
        if (more > 0) {
            text.append("… and ").append(number(more)).append(" more tensors\n");
        }
        text.append("%s: %s %s, %s elements, %s bytes; %s\n"
                .formatted(
                        kind,
                        number(tensors),
                        tensors == 1 ? "tensor" : "tensors",
                        number(elements),
                        number(bytes),
                        notFinite == 0 ? "all values finite" : number(notFinite) + " of them NOT FINITE"));
        values.forEach(value -> text.append(value).append('\n'));
        if (moreValues > 0) {
            text.append("… and ").append(number(moreValues)).append(" more values\n");
        }
        return text.toString();
    }
}
