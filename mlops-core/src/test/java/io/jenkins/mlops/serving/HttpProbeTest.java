package io.jenkins.mlops.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpProbeTest {
    private final HttpProbe probe = new HttpProbe();

    private static ProbeRequest get(String url) {
        return ProbeRequest.get(url, 20_000);
    }

    @Test
    void answerComesWithStatusBodyAndLatency() throws Exception {
        try (Answering server = new Answering(e -> Answering.send(e, 200, "{\"ready\":true}"))) {
            ProbeResult result = probe.probe(get(server.url() + "/v2/health/ready"));
            assertThat(result.successful()).isTrue();
            assertThat(result.body()).isEqualTo("{\"ready\":true}");
            assertThat(result.error()).isEmpty();
            assertThat(server.asked).containsExactly("GET /v2/health/ready");
        }
    }

    @Test
    void postSendsJson() throws Exception {
        AtomicReference<String> body = new AtomicReference<>();
        AtomicReference<String> type = new AtomicReference<>();
        try (Answering server = new Answering(e -> {
            body.set(new String(e.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            type.set(e.getRequestHeaders().getFirst("Content-Type"));
            Answering.send(e, 200, "{}");
        })) {
            probe.probe(ProbeRequest.post(server.url(), "{\"ä\":1}", 20_000));
            assertThat(body).hasValue("{\"ä\":1}");
            assertThat(type).hasValue("application/json");
        }
    }

    @Test
    void errorComesWithTheFirstPartOfItsBody() throws Exception {
        try (Answering server =
                new Answering(e -> Answering.send(e, 500, "Traceback\n\n  boom " + "x".repeat(5_000)))) {
            ProbeResult result = probe.probe(get(server.url()));
            assertThat(result.successful()).isFalse();
            assertThat(result.summary())
                    .startsWith("HTTP 500: Traceback boom xxx")
                    .hasSizeLessThan(400);
        }
    }

    @Test
    void nobodyThere() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = socket.getLocalPort();
        }
        ProbeResult result = probe.probe(get("http://127.0.0.1:" + port));
        assertThat(result.status()).isZero();
        assertThat(result.error()).contains("nothing answers at http://127.0.0.1:" + port);
    }

    @Test
    void slowAnswerIsGivenUp() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        try (Answering server = new Answering(e -> await(done))) {
            ProbeResult result = probe.probe(ProbeRequest.get(server.url(), 100));
            assertThat(result.error()).contains("wasn't answered within 100 ms");
            done.countDown();
        }
    }

    @Test
    void slowBodyIsGivenUp() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        try (Answering server = new Answering(e -> {
            e.sendResponseHeaders(200, 1_000);
            e.getResponseBody().write('{');
            e.getResponseBody().flush();
            await(done);
        })) {
            ProbeResult result = probe.probe(ProbeRequest.get(server.url(), 200));
            assertThat(result.error()).contains("wasn't answered within 200 ms");
            done.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void hugeBodyIsCut() throws Exception {
        try (Answering server = new Answering(e -> {
            e.sendResponseHeaders(200, 0);
            byte[] chunk = "x".repeat(8_192).getBytes(StandardCharsets.UTF_8);
            try (OutputStream out = e.getResponseBody()) {
                for (int i = 0; i < 100_000; i++) {
                    out.write(chunk);
                }
            } catch (IOException gone) {
                // The probe has hung up, as it should.
                return;
            }
        })) {
            ProbeResult result = probe.probe(get(server.url()));
            assertThat(result.truncated()).isTrue();
            assertThat(result.body()).hasSize(HttpProbe.MAX_BODY);
        }
    }

    @Test
    void redirectWithinTheOriginIsFollowedForAGet() throws Exception {
        try (Answering server = new Answering(e -> {
            if (e.getRequestURI().getPath().equals("/a")) {
                Answering.redirect(e, 302, "/b");
            } else {
                Answering.send(e, 200, "there");
            }
        })) {
            assertThat(probe.probe(get(server.url() + "/a")).body()).isEqualTo("there");
            ProbeResult post = probe.probe(ProbeRequest.post(server.url() + "/a", "{}", 20_000));
            assertThat(post.error()).contains("isn't followed for a POST");
        }
    }

    @Test
    void redirectToAnotherOriginIsNotFollowedAndGetsNoSecret() throws Exception {
        List<String> secrets = new ArrayList<>();
        try (Answering other = new Answering(e -> {
                    secrets.add(e.getRequestHeaders().getFirst("Authorization"));
                    Answering.send(e, 200, "thanks");
                });
                Answering server = new Answering(e -> Answering.redirect(e, 307, other.url() + "/steal"))) {
            ProbeResult result = probe.probe(get(server.url()), Map.of("Authorization", "Bearer canary"));
            assertThat(result.error()).contains("redirected to another origin").doesNotContain("canary");
            assertThat(other.asked).isEmpty();
            assertThat(secrets).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "//evil.example/x", "http://127.0.0.1@evil.example/", "ht!tp:// x"})
    void redirectToSomethingOddIsNotFollowed(String location) throws Exception {
        try (Answering server = new Answering(e -> Answering.redirect(e, 302, location))) {
            assertThat(probe.probe(get(server.url())).error()).contains("redirected to another origin");
        }
    }

    @Test
    void circleOfRedirectsEnds() throws Exception {
        try (Answering server = new Answering(e -> Answering.redirect(e, 302, "/again"))) {
            assertThat(probe.probe(get(server.url())).error()).contains("isn't followed so often");
            assertThat(server.asked).hasSize(4);
        }
    }

    @Test
    void addressThatIsNotAllowedIsNotAsked() throws Exception {
        try (Answering server = new Answering(e -> Answering.send(e, 200, ""))) {
            HttpProbe narrow = new HttpProbe(address -> address.getPath().startsWith("/ok"));
            assertThat(narrow.probe(get(server.url() + "/no")).error()).contains("isn't allowed");
            assertThat(server.asked).isEmpty();
            assertThat(narrow.probe(get(server.url() + "/ok")).status()).isEqualTo(200);
        }
    }

    @Test
    void resetAndGarbageAreErrorsInWords() throws Exception {
        for (String answer : List.of("", "SSH-2.0-OpenSSH_9.2\r\n", "HTTP/1.1 99999999 x\r\n\r\n")) {
            try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
                Thread server = new Thread(() -> answerOnce(socket, answer));
                server.setDaemon(true);
                server.start();
                ProbeResult result = probe.probe(get("http://127.0.0.1:" + socket.getLocalPort()));
                assertThat(result.status()).isZero();
                assertThat(result.error()).as(answer).isNotBlank();
            }
        }
    }

    private static void answerOnce(ServerSocket socket, String answer) {
        while (!socket.isClosed()) {
            try (Socket connection = socket.accept()) {
                connection.getInputStream().read();
                connection.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
                connection.getOutputStream().flush();
            } catch (IOException e) {
                return;
            }
        }
    }

    @Test
    void secretWithForbiddenCharactersIsNotQuoted() throws Exception {
        ProbeResult result = probe.probe(get("http://127.0.0.1:9"), Map.of("X-Token", "canary\nInjected: yes"));
        assertThat(result.error()).contains("X-Token").doesNotContain("canary");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ftp://host/",
                "http://",
                "http:///path",
                "http://user:pass@host/",
                "http://host/#part",
                "host:80",
                "http://ho st/"
            })
    void addressMustBeHttpWithoutSecrets(String url) {
        assertThatThrownBy(() -> get(url))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("pass@"));
    }

    @Test
    void requestShowsNoBody() {
        assertThat(ProbeRequest.post("http://h/x", "{\"secret\":1}", 1)).hasToString("POST http://h/x");
    }
}
