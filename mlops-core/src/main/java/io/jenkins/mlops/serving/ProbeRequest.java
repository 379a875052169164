package io.jenkins.mlops.serving;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One HTTP request to an endpoint.
 *
 * @param method {@code GET} or {@code POST}
 * @param url where to, http or https
 * @param body JSON text of a {@code POST}; {@code null} for a {@code GET}
 * @param headers further headers; no secret belongs here when the request goes to an agent
 * @param timeoutMillis time for the whole exchange, the last byte of the answer included; 1 ms to 10 minutes
 */
public record ProbeRequest(
        String method, String url, @CheckForNull String body, Map<String, String> headers, long timeoutMillis)
        implements Serializable {
    /** Most characters that the body of a request may have. */
    public static final int MAX_BODY = 1024 * 1024;

    public ProbeRequest {
        method = Checks.text("the method of a request", method, 16).toUpperCase(Locale.ROOT);
        if (!method.equals("GET") && !method.equals("POST")) {
            throw new IllegalArgumentException("the method must be GET or POST; found: " + Checks.quote(method));
        }
        Checks.address("the URL of a request", url);
        if (body != null) {
            Checks.text("the body of a request", body, MAX_BODY);
        }
        if (method.equals("POST") == (body == null)) {
            throw new IllegalArgumentException("a POST needs a body and a GET has none; found a " + method
                    + (body == null ? " without" : " with") + " one");
        }
        Map<String, String> copy = new TreeMap<>();
        for (Map.Entry<String, String> header : headers.entrySet()) {
            String name = Checks.name("the name of a header", header.getKey());
            String value = Checks.text("the header " + name, header.getValue(), Checks.TEXT);
            if (value.indexOf('\r') >= 0 || value.indexOf('\n') >= 0) {
                throw new IllegalArgumentException("the header " + name + " holds a line break; remove it");
            }
            copy.put(name, value);
        }
        headers = Collections.unmodifiableMap(copy);
        Checks.range("the timeout in ms", timeoutMillis, 1, 600_000);
    }

    /** Returns a {@code GET} without further headers. */
    public static ProbeRequest get(String url, long timeoutMillis) {
        return new ProbeRequest("GET", url, null, Collections.emptyMap(), timeoutMillis);
    }

    /** Returns a {@code POST} of a JSON text without further headers. */
    public static ProbeRequest post(String url, String json, long timeoutMillis) {
        return new ProbeRequest("POST", url, json, Collections.emptyMap(), timeoutMillis);
    }

    /** Shows method and URL; bodies and headers never reach a log. */
    @Override
    public String toString() {
        return method + " " + url;
    }
}
