package io.jenkins.mlops.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads the small JSON and YAML files that training scripts leave behind; errors name the file and the place. */
final class FileReading {
    /** Longest file that is read, in bytes. */
    static final int MAX_BYTES = 4_000_000;

    private static final ObjectMapper JSON = JsonMapper.builder(
                    JsonFactory.builder().streamReadConstraints(constraints()).build())
            // Python's json module writes NaN and Infinity bare.
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS.mappedFeature())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            // A parameter of 0.10 stays 0.10.
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private FileReading() {}

    private static StreamReadConstraints constraints() {
        return StreamReadConstraints.builder()
                .maxNestingDepth(100)
                .maxNumberLength(400)
                .maxStringLength(MAX_BYTES)
                .maxNameLength(10_000)
                .build();
    }

    /** Decodes UTF-8, a byte order mark allowed; refuses what is too long or not UTF-8. */
    static String text(String name, byte[] content) {
        if (content.length > MAX_BYTES) {
            throw new JsonException(name + " has " + content.length + " bytes, at most " + MAX_BYTES
                    + " are read. Write large outputs to a file of their own");
        }
        try {
            CharBuffer text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(content));
            return text.length() > 0 && text.charAt(0) == '\uFEFF'
                    ? text.subSequence(1, text.length()).toString()
                    : text.toString();
        } catch (CharacterCodingException e) {
            throw new JsonException(name + " is not UTF-8; save it as UTF-8", e);
        }
    }

    /** The content of a {@code .json}, {@code .yaml} or {@code .yml} file (or {@code .lock}, which is YAML). */
    static JsonNode tree(String name, byte[] content) {
        String text = text(name, content);
        if (text.isBlank()) {
            throw new JsonException(name + " is empty; expected a JSON or YAML mapping of names to values");
        }
        boolean json = name.toLowerCase(Locale.ROOT).endsWith(".json");
        JsonNode tree;
        try {
            tree = json ? JSON.readTree(text) : YamlTree.read(text);
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null
                    ? ""
                    : " at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            throw new JsonException(name + " is not JSON" + where + ": " + firstLine(e.getOriginalMessage()), e);
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            String where =
                    mark == null ? "" : " at line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1);
            throw new JsonException(name + " is not YAML" + where + ": " + firstLine(e.getProblem()), e);
        } catch (YAMLException e) {
            throw new JsonException(name + " is not YAML: " + firstLine(e.getMessage()), e);
        }
        if (!tree.isObject()) {
            throw new JsonException(name + " must hold a mapping of names to values, found "
                    + tree.getNodeType().name().toLowerCase(Locale.ROOT));
        }
        return tree;
    }

    private static String firstLine(String text) {
        return String.valueOf(text).lines().findFirst().orElse("");
    }
}
