package io.jenkins.mlops.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * S3 event notifications as MinIO and other stores post them: {@code {"Records": [...]}}.
 *
 * @param bucket the wanted bucket; empty for every one
 * @param prefix what a key must begin with; empty for any
 * @param suffix what a key must end with; empty for any
 */
public record S3Format(String bucket, String prefix, String suffix) implements WebhookFormat {
    @Override
    public List<WebhookEvent> events(WebhookRequest request) throws WebhookException {
        JsonNode records = request.json().path("Records");
        if (!records.isArray()) {
            throw new WebhookException("expected an S3 event notification with Records");
        }
        List<WebhookEvent> events = new ArrayList<>();
        for (JsonNode record : records) {
            String name = record.path("eventName").asText("").replaceFirst("^s3:", "");
            String in = record.path("s3").path("bucket").path("name").asText("");
            JsonNode object = record.path("s3").path("object");
            String key = decoded(object.path("key").asText(""));
            if (in.isEmpty() || key.isEmpty()) {
                throw new WebhookException("a record lacks the name of its bucket or the key of its object");
            }
            boolean change = name.startsWith("ObjectCreated") || name.startsWith("ObjectRemoved");
            if (!change
                    || !bucket.isEmpty() && !bucket.equals(in)
                    || !key.startsWith(prefix)
                    || !key.endsWith(suffix)) {
                continue;
            }
            if (events.size() >= MAX_EVENTS) {
                throw new WebhookException("expected at most " + MAX_EVENTS + " records");
            }
            Map<String, String> attributes = new LinkedHashMap<>();
            attributes.put("event", name);
            attributes.put("bucket", in);
            attributes.put("key", key);
            attributes.put("etag", object.path("eTag").asText(""));
            attributes.put("size", object.path("size").asText(""));
            String id = String.join(
                    "\n",
                    "s3",
                    name,
                    in,
                    key,
                    object.path("eTag").asText(""),
                    object.path("sequencer").asText(record.path("eventTime").asText("")));
            events.add(new WebhookEvent(id, name + " of " + in + "/" + key, attributes));
        }
        return events;
    }

    private static String decoded(String key) throws WebhookException {
        try {
            return URLDecoder.decode(key, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException x) {
            throw new WebhookException("the key of an object is not URL-encoded", x);
        }
    }
}
