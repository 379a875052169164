package io.jenkins.mlops.registry.mlflow;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.jenkins.mlops.http.ConnectFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a server whose certificate is not good: what to do, and never trust it silently. */
class RemoteTlsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    static Path directory;

    private static KeyStore keys;
    private static SSLContext before;

    @BeforeAll
    static void makeCertificates() throws Exception {
        keytool("ca", "CN=Test CA", List.of("-ext", "bc=ca:true"));
        keytool("good", "CN=good", List.of("-signer", "ca", "-ext", "san=ip:127.0.0.1"));
        keytool("other", "CN=other", List.of("-signer", "ca", "-ext", "san=dns:mlflow.example.com"));
        keytool(
                "expired",
                "CN=expired",
                List.of("-signer", "ca", "-ext", "san=ip:127.0.0.1", "-startdate", "-10d", "-validity", "5"));
        keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(directory.resolve("keys.p12"))) {
            keys.load(in, PASSWORD);
        }
        KeyStore trusted = empty();
        trusted.setCertificateEntry("ca", keys.getCertificate("ca"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext trusting = SSLContext.getInstance("TLS");
        trusting.init(null, trust.getTrustManagers(), null);
        before = SSLContext.getDefault();
        SSLContext.setDefault(trusting);
    }

    @AfterAll
    static void restore() {
        SSLContext.setDefault(before);
    }

    private static KeyStore empty() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, PASSWORD);
        return store;
    }

    private static void keytool(String alias, String name, List<String> more) throws Exception {
        List<String> command = Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-keyalg",
                                "EC",
                                "-alias",
                                alias,
                                "-dname",
                                name,
                                "-keystore",
                                directory.resolve("keys.p12").toString(),
                                "-storepass",
                                new String(PASSWORD)),
                        more.stream())
                .toList();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private static HttpServer server(String alias) throws Exception {
        KeyStore own = empty();
        own.setKeyEntry(alias, keys.getKey(alias, PASSWORD), PASSWORD, keys.getCertificateChain(alias));
        KeyManagerFactory manager = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        manager.init(own, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(manager.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        return started(server);
    }

    private static HttpServer started(HttpServer server) {
        server.createContext("/version", exchange -> {
            exchange.sendResponseHeaders(200, 6);
            exchange.getResponseBody().write("3.11.2".getBytes(US_ASCII));
            exchange.close();
        });
        server.start();
        return server;
    }

    private static Capabilities ask(HttpServer server) throws Exception {
        try {
            return ask(server.getAddress().getPort());
        } finally {
            server.stop(0);
        }
    }

    private static Capabilities ask(int port) throws Exception {
        MlflowHttp http = new MlflowHttp(
                new ServerAddress("https://127.0.0.1:" + port),
                () -> RemoteCredentials.ofToken("s3cret"),
                address -> true,
                Clock.systemUTC(),
                millis -> {},
                Duration.ofSeconds(20));
        return new MlflowClient(http).detect();
    }

    private static void assertRefused(HttpServer server, String... words) {
        assertThatThrownBy(() -> ask(server))
                .isInstanceOf(RemoteException.class)
                .hasMessageContainingAll("https://127.0.0.1:", "can't be reached")
                .hasMessageContainingAll(words)
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void aCertificateOfATrustedAuthorityIsTaken() throws Exception {
        assertThat(ask(server("good")).version()).isEqualTo("3.11.2");
    }

    @Test
    void noOtherCertificateIsTaken() throws Exception {
        assertRefused(server("expired"), "expired", "renewed");
        assertRefused(server("other"), "for another host", "use the name that the certificate has");
        SSLContext trusting = SSLContext.getDefault();
        SSLContext.setDefault(before);
        try {
            assertRefused(server("good"), "signed by nobody whom Jenkins trusts", "trust store");
        } finally {
            SSLContext.setDefault(trusting);
        }
    }

    @Test
    void aServerThatSpeaksNoTlsIsSaidTo() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
            Thread server = new Thread(() -> {
                while (!plain.isClosed()) {
                    try (Socket socket = plain.accept()) {
                        socket.getInputStream().read(new byte[4_096]);
                        socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
                    } catch (IOException e) {
                        continue; // given up by the client, or closed at the end
                    }
                }
            });
            server.setDaemon(true);
            server.start();
            assertThatThrownBy(() -> ask(plain.getLocalPort()))
                    .hasMessageContainingAll("speaks no TLS", "http instead of https");
        }
    }

    @Test
    void aHostThatIsUnknownOrClosedIsSaidToBe() {
        ConnectException unknown = new ConnectException();
        unknown.initCause(new UnresolvedAddressException());
        assertThat(ConnectFailure.reason(unknown)).contains("name is unknown");
        assertThat(ConnectFailure.reason(new ConnectException())).contains("connection refused");
        assertThat(ConnectFailure.reason(new IllegalStateException("a\u0000b"))).isEqualTo("a?b");
        assertThat(ConnectFailure.reason(new IllegalStateException())).isEqualTo("IllegalStateException");
    }
}
