package io.jenkins.mlops.monitor.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WatchedUrlTest {
    private final List<String> asked = new ArrayList<>();
    private volatile String content = "one";
    private volatile String etag;
    private volatile String modified;
    private volatile String location;
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        var headers = exchange.getRequestHeaders();
        asked.add(exchange.getRequestMethod() + " " + headers.getFirst("If-None-Match") + " "
                + headers.getFirst("If-Modified-Since") + " " + headers.getFirst("Authorization"));
        if (location != null && exchange.getRequestURI().getPath().equals("/")) {
            exchange.getResponseHeaders().set("Location", location);
            exchange.sendResponseHeaders(302, -1);
            return;
        }
        if (etag != null) {
            exchange.getResponseHeaders().set("ETag", etag);
        }
        if (modified != null) {
            exchange.getResponseHeaders().set("Last-Modified", modified);
        }
        if (etag != null && etag.equals(headers.getFirst("If-None-Match"))) {
            exchange.sendResponseHeaders(304, -1);
            return;
        }
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(200, head ? -1 : bytes.length);
        if (!head) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    private URI uri(String host) {
        return URI.create("http://" + host + ":" + server.getAddress().getPort() + "/");
    }

    private WatchedUrl watched(boolean byContent, long most) {
        return new WatchedUrl(
                uri("127.0.0.1"), at -> at.getHost().equals("127.0.0.1"), byContent, most, Duration.ofSeconds(20));
    }

    @Test
    void entityTagsSpareTheContent() throws Exception {
        etag = "\"v1\"";
        DataState one = watched(false, 100).look(null, null);
        assertThat(one.digest()).isEqualTo("etag:\"v1\"");
        assertThat(watched(false, 100).look(one, null)).isSameAs(one);
        etag = "\"v2\"";
        assertThat(watched(false, 100).look(one, null).same(one)).isFalse();
        assertThat(asked).allMatch(line -> line.startsWith("HEAD"));
    }

    @Test
    void timesOfChangeAndContents() throws Exception {
        modified = "Wed, 21 Oct 2015 07:28:00 GMT";
        DataState byTime = watched(false, 100).look(null, null);
        assertThat(byTime.digest()).startsWith("modified:Wed, 21 Oct 2015");
        watched(false, 100).look(byTime, null);
        assertThat(asked.get(asked.size() - 1)).contains("Wed, 21 Oct 2015 07:28:00 GMT");
        modified = null;
        DataState one = watched(false, 100).look(null, null);
        assertThat(one.digest()).startsWith("sha256:7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed");
        content = "two";
        assertThat(watched(false, 100).look(one, null).same(one)).isFalse();
        content = "one";
        etag = "\"flaps\"";
        assertThat(watched(true, 100).look(null, null).same(one)).isTrue();
    }

    @Test
    void limitsHold() {
        content = "x".repeat(101);
        assertThatThrownBy(() -> watched(true, 100).look(null, null)).hasMessageContaining("more than 100 bytes");
    }

    @Test
    void redirectsLeadOnlyWhereItIsAllowedAndTakeNoSecretAlong() throws Exception {
        location = "/data";
        etag = "\"v1\"";
        assertThat(watched(false, 100).look(null, "Bearer s3cret").digest()).isEqualTo("etag:\"v1\"");
        location = uri("localhost") + "data";
        assertThatThrownBy(() -> watched(false, 100).look(null, "Bearer s3cret"))
                .hasMessageContaining("may not be called")
                .hasMessageNotContaining("s3cret");
        asked.clear();
        new WatchedUrl(uri("127.0.0.1"), at -> true, false, 100, Duration.ofSeconds(20)).look(null, "Bearer s3cret");
        assertThat(asked.get(0)).endsWith("Bearer s3cret");
        assertThat(asked.get(1)).endsWith("null");
        location = uri("127.0.0.1").toString();
        assertThatThrownBy(() -> watched(false, 100).look(null, null)).hasMessageContaining("redirects more than");
        location = "http:// broken";
        assertThatThrownBy(() -> watched(false, 100).look(null, null)).hasMessageContaining("no address");
    }
}
