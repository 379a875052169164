package io.jenkins.mlops.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * CloudEvents 1.0 over HTTP, structured ({@code application/cloudevents+json}) or binary (headers {@code ce-...}).
 *
 * <p>Source: CloudEvents specification 1.0.2 with its HTTP Protocol Binding. Producers make {@code source} and {@code
 * id} together unique.
 *
 * @param type the wanted type; with {@code *} at its end, every type that begins so; empty for every one
 * @param source the wanted source; empty for every one
 */
public record CloudEventFormat(String type, String source) implements WebhookFormat {
    private static final List<String> REQUIRED = List.of("specversion", "id", "source", "type");
    private static final List<String> SHOWN = List.of("id", "source", "type", "subject", "time");

    @Override
    public List<WebhookEvent> events(WebhookRequest request) throws WebhookException {
        Map<String, String> attributes = new LinkedHashMap<>();
        if (request.mediaType().equals("application/cloudevents+json")) {
            JsonNode body = request.json();
            for (String name : attributeNames()) {
                if (body.path(name).isTextual()) {
                    attributes.put(name, body.path(name).asText());
                }
            }
        } else {
            for (String name : attributeNames()) {
                String header = decoded(request.header("ce-" + name));
                if (header != null) {
                    attributes.put(name, header);
                }
            }
        }
        for (String name : REQUIRED) {
            if (attributes.getOrDefault(name, "").isBlank()) {
                throw new WebhookException("expected a CloudEvent, structured or binary; it lacks " + name);
            }
        }
        if (!attributes.remove("specversion").startsWith("1.")) {
            throw new WebhookException("expected a CloudEvent of version 1");
        }
        boolean typed = type.endsWith("*")
                ? attributes.get("type").startsWith(type.substring(0, type.length() - 1))
                : type.isEmpty() || type.equals(attributes.get("type"));
        if (!typed || !source.isEmpty() && !source.equals(attributes.get("source"))) {
            return List.of();
        }
        String subject = attributes.get("subject");
        return List.of(new WebhookEvent(
                "cloudevent " + attributes.get("source") + "\n" + attributes.get("id"),
                attributes.get("type") + " from " + attributes.get("source")
                        + (subject == null ? "" : " on " + subject),
                attributes));
    }

    private static List<String> attributeNames() {
        List<String> names = new java.util.ArrayList<>(SHOWN);
        names.add("specversion");
        return names;
    }

    /** Header values are percent-encoded where they hold other than printable ASCII. */
    @CheckForNull
    private static String decoded(@CheckForNull String value) throws WebhookException {
        if (value == null || value.indexOf('%') < 0) {
            return value;
        }
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException x) {
            throw new WebhookException("a header of the CloudEvent is not percent-encoded", x);
        }
    }
}
