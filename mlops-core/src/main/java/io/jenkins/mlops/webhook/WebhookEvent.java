package io.jenkins.mlops.webhook;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One thing that a webhook tells.
 *
 * @param id tells events apart: the same event sent again has the same
 * @param summary what happened, on one line, for people
 * @param attributes what a build may want to know, by name; values are texts of the sender and never trusted
 */
public record WebhookEvent(String id, String summary, Map<String, String> attributes) {
    private static final int MAX_TEXT = 300;
    private static final int MAX_ATTRIBUTES = 50;

    public WebhookEvent {
        if (id == null || id.isBlank()) {
            throw new IllegalArgumentException("expected the id of an event");
        }
        summary = line(summary);
        TreeMap<String, String> bounded = new TreeMap<>();
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            if (bounded.size() < MAX_ATTRIBUTES && attribute.getValue() != null) {
                bounded.put(line(attribute.getKey()), line(attribute.getValue()));
            }
        }
        attributes = Collections.unmodifiableMap(bounded);
    }

    /** One line without control characters, cut where it is long. */
    static String line(String text) {
        String one = text.replaceAll("[\\p{C}\\s]+", " ").trim();
        return one.length() > MAX_TEXT ? one.substring(0, MAX_TEXT) + "..." : one;
    }
}
