package io.jenkins.mlops.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A request as it came in: its headers, by names in lower case, and its body. */
public final class WebhookRequest {
    private final Map<String, String> headers;
    private final byte[] body;

    /**
     * @param headers names in any case
     * @param body the bytes as they were sent, which signatures are made of; not copied, so not to be changed
     */
    public WebhookRequest(Map<String, String> headers, byte[] body) {
        TreeMap<String, String> lower = new TreeMap<>();
        headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
        this.headers = Collections.unmodifiableMap(lower);
        this.body = body;
    }

    /** The value of a header; null if there is none. */
    @CheckForNull
    public String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    Map<String, String> headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }

    /** The media type without its parameters, in lower case. */
    String mediaType() {
        String type = header("content-type");
        if (type == null) {
            return "";
        }
        int semicolon = type.indexOf(';');
        return (semicolon < 0 ? type : type.substring(0, semicolon)).trim().toLowerCase(Locale.ROOT);
    }

    /**
     * The body as JSON.
     *
     * @throws WebhookException if it is none
     */
    JsonNode json() throws WebhookException {
        try {
            JsonNode tree = Json.tree(new String(body, StandardCharsets.UTF_8));
            if (tree.isMissingNode()) {
                throw new WebhookException("the body is empty");
            }
            return tree;
        } catch (JsonException x) {
            throw new WebhookException("the body is not JSON", x);
        }
    }
}
