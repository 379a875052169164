package io.jenkins.mlops.webhook;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Any JSON, judged by one rule: a JSON Pointer (RFC 6901) and the value that must stand there.
 *
 * @param pointer where to look, such as {@code /data/status}; empty for every request
 * @param expected the value that must stand there, as text; empty if anything but null may
 * @param idPointer where the event's id stands; empty to tell requests apart by their whole bodies
 */
public record JsonFormat(String pointer, String expected, String idPointer) implements WebhookFormat {
    /** @throws IllegalArgumentException if a pointer is none */
    public JsonFormat {
        compile(pointer);
        compile(idPointer);
    }

    private static JsonPointer compile(String pointer) {
        try {
            return JsonPointer.compile(pointer);
        } catch (IllegalArgumentException x) {
            throw new IllegalArgumentException(
                    "expected a JSON Pointer such as /data/status, found '" + pointer + "'", x);
        }
    }

    @Override
    public List<WebhookEvent> events(WebhookRequest request) throws WebhookException {
        JsonNode body = request.json();
        Map<String, String> attributes = new LinkedHashMap<>();
        if (!pointer.isEmpty()) {
            JsonNode found = body.at(compile(pointer));
            boolean fits = !found.isMissingNode()
                    && !found.isNull()
                    && (expected.isEmpty()
                            || found.isValueNode() && found.asText().equals(expected));
            if (!fits) {
                return List.of();
            }
            attributes.put("value", found.isValueNode() ? found.asText() : found.toString());
        }
        String id = new String(request.body(), StandardCharsets.UTF_8);
        if (!idPointer.isEmpty()) {
            JsonNode found = body.at(compile(idPointer));
            if (!found.isValueNode() || found.isNull()) {
                throw new WebhookException("expected the id of the event at " + idPointer);
            }
            id = found.asText();
            attributes.put("id", id);
        }
        String value = attributes.get("value");
        return List.of(new WebhookEvent(
                "json " + id,
                value == null ? "a request came" : pointer + " is " + WebhookEvent.line(value),
                attributes));
    }
}
