package io.jenkins.mlops.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.mlops.monitor.trigger.DataState;
import io.jenkins.mlops.monitor.trigger.WatchedBucket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Against a real S3 server that checks signatures (S3Proxy over its memory store), and against servers that are none. */
class S3BucketTest {
    private static final AccessKey KEY = new AccessKey("reader", "a secret/with+odd=characters");
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static BlobStoreContext store;
    private static S3Proxy server;

    @BeforeAll
    static void start() throws Exception {
        store = ContextBuilder.newBuilder("transient")
                .credentials("x", "x")
                .overrides(new Properties())
                .build(BlobStoreContext.class);
        server = S3Proxy.builder()
                .blobStore(store.getBlobStore())
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, KEY.id(), KEY.secret())
                .build();
        server.start();
        blobs().createContainerInLocation(null, "data");
    }

    @AfterAll
    static void stop() throws Exception {
        server.stop();
        store.close();
    }

    private static BlobStore blobs() {
        return store.getBlobStore();
    }

    private static void put(String key, String text) {
        blobs().putBlob("data", blobs().blobBuilder(key).payload(text).build());
    }

    private static S3Bucket bucket(AccessKey key, String name) {
        URI endpoint = URI.create("http://127.0.0.1:" + server.getPort());
        return new S3Bucket(endpoint, "us-east-1", name, key, Clock.systemUTC(), DEADLINE);
    }

    @Test
    void listsOverPagesWhatThePrefixNames() throws Exception {
        for (int i = 0; i < 1_005; i++) {
            put(String.format("many/part %04d+ü.csv", i), "x");
        }
        put("other/a.csv", "x");
        List<String> keys = new ArrayList<>();
        bucket(KEY, "data").list("many/part ", object -> keys.add(object.key()));
        assertThat(keys).hasSize(1_005).first().isEqualTo("many/part 0000+ü.csv");
        assertThat(keys).doesNotHaveDuplicates().allMatch(key -> key.startsWith("many/part "));
    }

    @Test
    void seesNewChangedAndRemovedObjects() throws Exception {
        WatchedBucket watched = new WatchedBucket(bucket(KEY, "data"), "train/");
        put("train/a.csv", "1,2\n");
        DataState one = watched.look();
        assertThat(watched.look()).isEqualTo(one);
        put("train/a.csv", "1,3\n");
        DataState changed = watched.look();
        assertThat(changed.same(one)).isFalse();
        assertThat(changed.bytes()).isEqualTo(4);
        put("train/b.csv", "5,6\n");
        DataState two = watched.look();
        assertThat(two.files()).isEqualTo(2);
        assertThat(two.same(changed)).isFalse();
        blobs().removeBlob("data", "train/b.csv");
        assertThat(watched.look()).isEqualTo(changed);
    }

    @Test
    void saysWhatTheStoreRefuses() {
        assertThatThrownBy(
                        () -> bucket(new AccessKey("reader", "wrong"), "data").list("", o -> {}))
                .isInstanceOf(S3Exception.class)
                .hasMessageContaining("answered 403")
                .hasMessageContaining("check the credentials")
                .hasMessageNotContaining("wrong");
        assertThatThrownBy(() -> bucket(KEY, "absent").list("", o -> {}))
                .hasMessageContaining("there is no such bucket");
    }

    private static URI answering(int status, String body) throws Exception {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        http.start();
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    private static void list(URI endpoint, Duration deadline) throws Exception {
        new S3Bucket(endpoint, "r", "data", null, Clock.systemUTC(), deadline).list("", o -> {});
    }

    @Test
    void garbageIsNoListing() throws Exception {
        String[] garbage = {
            "",
            "not xml",
            "<html><body>login</body></html>",
            "<ListBucketResult><Contents><Key>a</Key></Contents></ListBucketResult>",
            "<ListBucketResult><Contents><Key>a</Key><Size>many</Size></Contents></ListBucketResult>",
            "<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>",
            "<ListBucketResult><IsTruncated>true</IsTruncated>"
                    + "<NextContinuationToken>again</NextContinuationToken></ListBucketResult>",
            "<ListBucketResult><Contents><Key>a",
            "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>"
                    + "<ListBucketResult><Contents><Key>&e;</Key><Size>1</Size></Contents></ListBucketResult>"
        };
        for (String body : garbage) {
            URI endpoint = answering(200, body);
            assertThatThrownBy(() -> list(endpoint, DEADLINE)).as(body).isInstanceOf(S3Exception.class);
        }
    }

    @Test
    void slowAnswersAreGivenUp() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("<ListBucketResult>".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            try {
                end.await();
            } catch (InterruptedException x) {
                Thread.currentThread().interrupt();
            }
        });
        http.start();
        try {
            URI endpoint = URI.create("http://127.0.0.1:" + http.getAddress().getPort());
            assertThatThrownBy(() -> list(endpoint, Duration.ofMillis(200)))
                    .hasMessageContaining("was not answered within 200 ms");
        } finally {
            end.countDown();
            http.stop(0);
        }
    }

    @Test
    void refusesWhatIsNoEndpointOrBucket() {
        for (String endpoint : List.of("file:///etc", "https://user:secret@host", "ftp://host", "https://host?x=y")) {
            assertThatThrownBy(() -> new S3Bucket(URI.create(endpoint), "r", "data", null, Clock.systemUTC(), DEADLINE))
                    .as(endpoint)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        for (String name : List.of("", "../x", "a b", "a/b", "a?b")) {
            assertThatThrownBy(() -> bucket(KEY, name)).as(name).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
