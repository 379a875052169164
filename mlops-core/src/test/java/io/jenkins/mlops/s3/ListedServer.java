package io.jenkins.mlops.s3;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** An object store on a loopback port whose objects were stored when a test says so, and which fails when it is told. */
public final class ListedServer implements AutoCloseable {
    /** An object of it. */
    public record Stored(byte[] bytes, String etag, long millis, String storageClass) {}

    private final LoopbackServer http;
    private final Map<String, Stored> objects = new ConcurrentSkipListMap<>();
    private final Map<String, Integer> failing = new ConcurrentSkipListMap<>();
    private final List<String> fetched = new CopyOnWriteArrayList<>();
    private final List<Runnable> afterListing = new CopyOnWriteArrayList<>();

    private volatile String keyId = "";

    public ListedServer() throws IOException {
        http = new LoopbackServer(this::answer);
    }

    public void put(String key, String text, long millis) {
        put(key, text, millis, "STANDARD");
    }

    public void put(String key, String text, long millis, String storageClass) {
        objects.put(
                key,
                new Stored(
                        text.getBytes(StandardCharsets.UTF_8),
                        Integer.toHexString(text.hashCode()),
                        millis,
                        storageClass));
    }

    public void remove(String key) {
        objects.remove(key);
    }

    /** Answers requests for an object with a status; 0 to send it again. */
    public void fail(String key, int status) {
        failing.put(key, status);
    }

    /** Does something once, between the next listing and what follows. */
    public void afterListing(Runnable change) {
        afterListing.add(change);
    }

    /** The keys of the objects that were sent since the last call, in their order. */
    public List<String> fetched() {
        List<String> keys = new ArrayList<>(fetched);
        fetched.clear();
        return keys;
    }

    /** Asks for requests that are signed by a key of this id; whether the signature is right, it can't tell. */
    public void askFor(String id) {
        keyId = id;
    }

    public URI address() {
        return http.address();
    }

    public S3Bucket bucket() {
        return new S3Bucket(http.address(), "us-east-1", "data", null, Clock.systemUTC(), Duration.ofSeconds(30));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String signed = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        if (!keyId.isEmpty() && !signed.startsWith("AWS4-HMAC-SHA256 Credential=" + keyId + "/")) {
            send(exchange, 403, new byte[0]);
            return;
        }
        URI address = exchange.getRequestURI();
        if (address.getRawQuery() != null) {
            byte[] listing = listing(address.getQuery()).getBytes(StandardCharsets.UTF_8);
            List<Runnable> changes = new ArrayList<>(afterListing);
            afterListing.clear();
            changes.forEach(Runnable::run);
            send(exchange, 200, listing);
            return;
        }
        String key = address.getPath().substring("/data/".length());
        Stored object = objects.get(key);
        int status = failing.getOrDefault(key, 0);
        String asked = exchange.getRequestHeaders().getFirst("If-Match");
        if (status != 0) {
            send(exchange, status, new byte[0]);
        } else if (object == null) {
            send(exchange, 404, new byte[0]);
        } else if (!('"' + object.etag() + '"').equals(asked)) {
            send(exchange, 412, new byte[0]);
        } else {
            fetched.add(key);
            send(exchange, 200, object.bytes());
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    private String listing(String query) {
        String prefix = query.substring(query.indexOf("prefix=") + "prefix=".length());
        StringBuilder xml = new StringBuilder("<ListBucketResult>");
        new TreeMap<>(objects).forEach((key, object) -> {
            if (key.startsWith(prefix)) {
                xml.append("<Contents><Key>")
                        .append(key)
                        .append("</Key><ETag>\"")
                        .append(object.etag())
                        .append("\"</ETag><Size>")
                        .append(object.bytes().length)
                        .append("</Size><LastModified>")
                        .append(Instant.ofEpochMilli(object.millis()))
                        .append("</LastModified><StorageClass>")
                        .append(object.storageClass())
                        .append("</StorageClass></Contents>");
            }
        });
        return xml.append("</ListBucketResult>").toString();
    }

    @Override
    public void close() {
        http.close();
    }
}
