package org.ndgrad.nn.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableLongArray;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the header of a safetensors file says, believed only after all of it was checked against the size of the file.
 *
 * @param entries in the order of the file, by name
 */
record SafetensorsHeader(ImmutableMap<String, TensorEntry> entries, ImmutableMap<String, String> metadata) {

    static final String METADATA = "__metadata__";

    /** An entry has depth 3; real files have nothing deeper. */
    private static final int DEEPEST = 16;

    /** The most characters of a text in the metadata. */
    static final int LONGEST_TEXT = 20_000_000;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(LONGEST_TEXT)
                    .maxNumberLength(20)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .build();

    /**
     * Reads a header.
     *
     * @param json its text
     * @param size how many bytes of tensors follow
     * @throws BadFileException if the text is none, or says what cannot be
     */
    static SafetensorsHeader read(Reader json, long size) throws IOException {
        Map<String, TensorEntry> entries = new LinkedHashMap<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        try (JsonParser parser = JSON.createParser(json)) {
            expect(parser, parser.nextToken(), JsonToken.START_OBJECT, "a header that is a JSON object");
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                if (name.equals(METADATA)) {
                    readMetadata(parser, metadata);
                } else {
                    entries.put(name, readEntry(parser, name));
                }
            }
            if (parser.nextToken() != null) {
                throw new BadFileException("a header that is one JSON object", "more text after it");
            }
        } catch (JsonEOFException e) {
            throw new BadFileException("a header of whole JSON", "the end of the text", e);
        } catch (JsonProcessingException e) {
            throw new BadFileException("a header of correct JSON", e.getOriginalMessage(), e);
        }
        List<TensorEntry> inOrder = new ArrayList<>(entries.values());
        inOrder.sort(Comparator.comparingLong(TensorEntry::begin).thenComparingLong(TensorEntry::end));
        checkOrder(inOrder, size);
        ImmutableMap.Builder<String, TensorEntry> named = ImmutableMap.builder();
        inOrder.forEach(entry -> named.put(entry.name(), entry));
        return new SafetensorsHeader(named.buildOrThrow(), ImmutableMap.copyOf(metadata));
    }

    private static void readMetadata(JsonParser parser, Map<String, String> metadata) throws IOException {
        expect(parser, parser.currentToken(), JsonToken.START_OBJECT, METADATA + " to be an object of texts");
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            expect(parser, parser.nextToken(), JsonToken.VALUE_STRING, METADATA + " to be an object of texts");
            metadata.put(key, parser.getText());
        }
    }

    private static TensorEntry readEntry(JsonParser parser, String name) throws IOException {
        String who = "tensor '" + name + "'";
        String dtype = null;
        ImmutableLongArray shape = null;
        ImmutableLongArray offsets = null;
        expect(parser, parser.currentToken(), JsonToken.START_OBJECT, who + " to be an object");
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "dtype" -> {
                    expect(parser, parser.currentToken(), JsonToken.VALUE_STRING, "the dtype of " + who + " as text");
                    dtype = parser.getText();
                }
                case "shape" -> shape = readNumbers(parser, "the shape of " + who, TensorEntry.MOST_DIMS);
                case "data_offsets" -> offsets = readNumbers(parser, "data_offsets of " + who, 2);
                default -> parser.skipChildren();
            }
        }
        return entry(name, who, dtype, shape, offsets);
    }

    private static ImmutableLongArray readNumbers(JsonParser parser, String what, int most) throws IOException {
        ImmutableLongArray.Builder numbers = ImmutableLongArray.builder();
        String expected = what + " as a list of whole numbers from 0 on, at most " + most;
        expect(parser, parser.currentToken(), JsonToken.START_ARRAY, expected);
        int count = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            expect(parser, parser.currentToken(), JsonToken.VALUE_NUMBER_INT, expected);
            long number = parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER ? -1 : parser.getLongValue();
            if (number < 0 || count == most) {
                throw new BadFileException(expected, count == most ? "more" : parser.getText());
            }
            numbers.add(number);
            count++;
        }
        return numbers.build();
    }

    private static TensorEntry entry(
            String name,
            String who,
            @Nullable String dtype,
            @Nullable ImmutableLongArray shape,
            @Nullable ImmutableLongArray offsets)
            throws BadFileException {
        if (dtype == null || shape == null || offsets == null || offsets.length() != 2) {
            throw new BadFileException(who + " with dtype, shape and two data_offsets", "fewer");
        }
        FileType type = FileType.BY_NAME.get(dtype);
        if (type == null) {
            throw new BadFileException(who + " of a type among " + FileType.BY_NAME.keySet(), dtype);
        }
        TensorEntry entry = new TensorEntry(name, type, shape, offsets.get(0), offsets.get(1));
        long bytes = type.bytes(shape);
        if (bytes < 0 || entry.end() - entry.begin() != bytes) {
            throw new BadFileException(
                    "%s of type %s and shape %s to have %s bytes"
                            .formatted(who, dtype, shape, bytes < 0 ? "fewer than 2^63" : bytes),
                    "data_offsets " + offsets);
        }
        return entry;
    }

    /** Refuses holes, overlaps, and what the file does not have or nobody claims. */
    private static void checkOrder(List<TensorEntry> entries, long size) throws BadFileException {
        long end = 0;
        for (TensorEntry entry : entries) {
            if (entry.begin() != end) {
                throw new BadFileException(
                        "tensor '%s' to begin where the one before ends, at byte %s".formatted(entry.name(), end),
                        "byte " + entry.begin());
            }
            end = entry.end();
        }
        if (end != size) {
            throw new BadFileException("tensors of " + end + " bytes, as the header says", size + " bytes");
        }
    }

    private static void expect(JsonParser parser, @Nullable JsonToken token, JsonToken wanted, String what)
            throws IOException {
        if (token != wanted) {
            throw new BadFileException(what, token == null ? "the end of the text" : parser.getText());
        }
    }
}
