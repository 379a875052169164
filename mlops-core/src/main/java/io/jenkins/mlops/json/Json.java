package io.jenkins.mlops.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * The suite's one way to write values as JSON and to read them again.
 *
 * <p>Records are written by their components, maps by sorted keys, absent values not at all; NaN and the infinities are
 * the strings {@code "NaN"}, {@code "Infinity"} and {@code "-Infinity"}, as in MLflow. On the way in, unknown members
 * are ignored (a newer version may have written them), a member that stands twice is refused, and so is what is deeper
 * than {@value #MAX_DEPTH} or longer than {@value #MAX_CHARACTERS} characters.
 */
public final class Json {
    /** Longest text that is read, in UTF-16 units. */
    public static final int MAX_CHARACTERS = 16_000_000;
    /** Deepest nesting that is read or written. */
    public static final int MAX_DEPTH = 200;

    private static final JsonMapper MAPPER = JsonMapper.builder(com.fasterxml.jackson.core.JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(400)
                            .maxStringLength(MAX_CHARACTERS)
                            .maxNameLength(10_000)
                            .maxDocumentLength(4L * MAX_CHARACTERS)
                            .build())
                    .streamWriteConstraints(StreamWriteConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .build();

    private Json() {}

    /** Writes a record, a map, a collection, a text, a number or a boolean on one line. */
    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new JsonException(
                    "A " + value.getClass().getSimpleName() + " can't be written as JSON: " + e.getOriginalMessage(),
                    e);
        }
    }

    /**
     * Reads a value of the given type.
     *
     * @throws JsonException when the text is too long, not JSON or not of that shape; the message says where
     */
    public static <T> T read(String text, Class<T> type) {
        try {
            return present(MAPPER.readValue(bounded(text), type), type.getSimpleName());
        } catch (JsonProcessingException e) {
            throw broken(e, type.getSimpleName());
        }
    }

    /** As {@link #read(String, Class)}, for generic types such as {@code List<VersionFile>}. */
    public static <T> T read(String text, TypeReference<T> type) {
        try {
            return present(MAPPER.readValue(bounded(text), type), type.getType().getTypeName());
        } catch (JsonProcessingException e) {
            throw broken(e, type.getType().getTypeName());
        }
    }

    /** Reads any JSON value as a tree. */
    public static JsonNode tree(String text) {
        try {
            return MAPPER.readTree(bounded(text));
        } catch (JsonProcessingException e) {
            throw broken(e, "JSON value");
        }
    }

    /** Turns a tree into a value of the given type. */
    public static <T> T convert(JsonNode tree, Class<T> type) {
        try {
            return present(MAPPER.treeToValue(tree, type), type.getSimpleName());
        } catch (JsonProcessingException e) {
            throw broken(e, type.getSimpleName());
        }
    }

    private static <T> T present(T value, String type) {
        if (value == null) {
            throw new JsonException("Expected a " + type + ", found null");
        }
        return value;
    }

    private static String bounded(String text) {
        if (text.length() > MAX_CHARACTERS) {
            throw new JsonException("The JSON text has " + text.length() + " characters, at most " + MAX_CHARACTERS
                    + " are read; it begins with: " + text.substring(0, 60));
        }
        return text;
    }

    private static JsonException broken(JsonProcessingException e, String type) {
        // A record's own refusal says what is wrong better than "Cannot construct instance".
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof IllegalArgumentException && cause.getMessage() != null) {
                return new JsonException("Not a valid " + type + where(e) + ": " + cause.getMessage(), e);
            }
        }
        return new JsonException("Not a valid " + type + where(e) + ": " + readable(e.getOriginalMessage()), e);
    }

    /** Jackson's message without its remark in brackets about where an open bracket stands and why it hides the text. */
    private static String readable(String message) {
        int remark = message.indexOf(" (start marker at ");
        return remark < 0 ? message : message.substring(0, remark);
    }

    private static String where(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
    }
}
