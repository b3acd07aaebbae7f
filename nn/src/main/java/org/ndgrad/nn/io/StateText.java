package org.ndgrad.nn.io;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ndgrad.autograd.Tensor;

/**
 * States as JSON: maps, lists, texts, numbers and booleans as they are; in the place of a tensor its name among the
 * tensors beside the text, {@code {"$tensor": name}}; and what JSON has no number for as {@code {"$number": "NaN"}}.
 * Keys that begin with a dollar sign get a second one.
 */
final class StateText {

    private static final String MARK = "$";
    private static final String TENSOR = "$tensor";
    private static final String NUMBER = "$number";
    private static final int DEEPEST = 64;

    private static final ImmutableMap<String, Double> NUMBERS =
            List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY).stream()
                    .collect(ImmutableMap.toImmutableMap(number -> Double.toString(number), number -> number));

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .streamWriteConstraints(
                    StreamWriteConstraints.builder().maxNestingDepth(DEEPEST).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII) // UTF-8 has no half of a pair, which a text may hold
            .build();

    /** What becomes of the tensors that a text names. */
    interface Tensors {
        /** Returns it, or null if there is no such tensor. */
        @Nullable
        Object named(String name);
    }

    private StateText() {}

    /**
     * Returns a state as text.
     *
     * @param tensors gets its tensors, named by where they stand
     * @throws IllegalArgumentException if something in it is none of what a state may hold
     */
    static String write(Map<String, ?> state, Map<String, Tensor> tensors) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            write(json, "", state, tensors);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "Checkpoint: expected a state of at most " + DEEPEST + " levels; got more: " + e.getMessage()
                            + ". Keep flatter maps and lists.",
                    e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, String path, @Nullable Object value, Map<String, Tensor> tensors)
            throws IOException {
        if (value instanceof Tensor tensor) {
            checkArgument(
                    tensors.put(path, tensor) == null,
                    "Checkpoint: expected one tensor of the name '%s'; got two. Rename a part or a layer.",
                    path);
            json.writeStartObject();
            json.writeStringField(TENSOR, path);
            json.writeEndObject();
        } else if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (Map.Entry<?, ?> each : map.entrySet()) {
                String key = String.valueOf(each.getKey());
                json.writeFieldName(key.startsWith(MARK) ? MARK + key : key);
                write(json, path.isEmpty() ? key : path + '.' + key, each.getValue(), tensors);
            }
            json.writeEndObject();
        } else if (value instanceof Iterable<?> list) {
            json.writeStartArray();
            int i = 0;
            for (Object each : list) {
                write(json, path + '.' + i++, each, tensors);
            }
            json.writeEndArray();
        } else {
            writePlain(json, path, value);
        }
    }

    private static void writePlain(JsonGenerator json, String path, @Nullable Object value) throws IOException {
        if (value instanceof String text) {
            json.writeString(text);
        } else if (value instanceof Boolean isTrue) {
            json.writeBoolean(isTrue);
        } else if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            if (Double.isFinite(number)) {
                json.writeNumber(number);
            } else {
                json.writeStartObject();
                json.writeStringField(NUMBER, Double.toString(number));
                json.writeEndObject();
            }
        } else if (value instanceof Long
                || value instanceof Integer
                || value instanceof Short
                || value instanceof Byte) {
            json.writeNumber(((Number) value).longValue());
        } else {
            throw new IllegalArgumentException("Checkpoint: expected tensors, numbers, booleans, texts, lists and maps;"
                    + " got "
                    + (value == null ? "null" : "a " + value.getClass().getName()) + " as '" + path
                    + "'. Keep it as one of these.");
        }
    }

    /**
     * Reads a state.
     *
     * @param tensors those beside the text
     * @throws BadFileException if the text is none that {@link #write} makes
     */
    static ImmutableMap<String, Object> read(String text, Tensors tensors) throws IOException {
        try (JsonParser json = JSON.createParser(text)) {
            json.nextToken();
            Object value = read(json, tensors);
            if (!(value instanceof ImmutableMap<?, ?>) || json.nextToken() != null) {
                throw new BadFileException("a state that is one JSON object", "something else");
            }
            return asState(value);
        } catch (JsonProcessingException e) {
            throw new BadFileException("a state in correct JSON", e.getOriginalMessage(), e);
        }
    }

    /** Casts what was read as a map, whose keys are texts. */
    @SuppressWarnings("unchecked")
    static ImmutableMap<String, Object> asState(Object map) {
        return (ImmutableMap<String, Object>) map;
    }

    private static Object read(JsonParser json, Tensors tensors) throws IOException {
        JsonToken token = json.currentToken();
        return switch (token == null ? JsonToken.NOT_AVAILABLE : token) {
            case START_OBJECT -> readMap(json, tensors);
            case START_ARRAY -> {
                ImmutableList.Builder<Object> list = ImmutableList.builder();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    list.add(read(json, tensors));
                }
                yield list.build();
            }
            case VALUE_STRING -> json.getText();
            case VALUE_NUMBER_INT -> json.getLongValue();
            case VALUE_NUMBER_FLOAT -> json.getDoubleValue();
            case VALUE_TRUE, VALUE_FALSE -> json.getBooleanValue();
            default ->
                throw new BadFileException(
                        "a state of maps, lists, texts, numbers and booleans", String.valueOf(token));
        };
    }

    private static Object readMap(JsonParser json, Tensors tensors) throws IOException {
        ImmutableMap.Builder<String, Object> map = ImmutableMap.builder();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            json.nextToken();
            if (key.startsWith(MARK) && !key.startsWith(MARK + MARK)) {
                return special(json, key, tensors);
            }
            map.put(key.startsWith(MARK) ? key.substring(MARK.length()) : key, read(json, tensors));
        }
        return map.buildOrThrow();
    }

    private static Object special(JsonParser json, String key, Tensors tensors) throws IOException {
        String text = json.currentToken() == JsonToken.VALUE_STRING ? json.getText() : "no text";
        if (json.nextToken() != JsonToken.END_OBJECT) {
            throw new BadFileException("nothing beside " + key, "more");
        }
        Object value = key.equals(TENSOR) ? tensors.named(text) : key.equals(NUMBER) ? NUMBERS.get(text) : null;
        if (value == null) {
            throw new BadFileException("a tensor that is in the file, or a number", key + " " + text);
        }
        return value;
    }
}
