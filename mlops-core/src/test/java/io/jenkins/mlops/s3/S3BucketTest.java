package io.jenkins.mlops.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.mlops.monitor.trigger.DataState;
import io.jenkins.mlops.monitor.trigger.WatchedBucket;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real S3 server that checks signatures (S3Proxy over its memory store), and against servers that are none. */
class S3BucketTest {
    private static final AccessKey KEY = S3Server.KEY;
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static S3Server server;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws Exception {
        server = new S3Server();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static void put(String key, String text) {
        server.put(key, text);
    }

    private static S3Bucket bucket(AccessKey key, String name) {
        return server.bucket(key, name);
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
        server.remove("train/b.csv");
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
        return new LoopbackServer(exchange -> {
                    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(status, bytes.length);
                    exchange.getResponseBody().write(bytes);
                })
                .address();
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
            "<ListBucketResult><Contents><Key>a</Key><Size>1</Size><LastModified>yesterday</LastModified></Contents>"
                    + "</ListBucketResult>",
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
        LoopbackServer http = new LoopbackServer(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("<ListBucketResult>".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            await(end);
        });
        try {
            URI endpoint = http.address();
            assertThatThrownBy(() -> list(endpoint, Duration.ofMillis(200)))
                    .hasMessageContaining("was not answered within 200 ms");
        } finally {
            end.countDown();
            http.close();
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

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException x) {
            Thread.currentThread().interrupt();
        }
    }

    private static S3Object listed(String key) throws Exception {
        List<S3Object> objects = new ArrayList<>();
        bucket(KEY, "data").list(key, objects::add);
        assertThat(objects).hasSize(1);
        return objects.get(0);
    }

    @Test
    void fetchesWhatWasListed() throws Exception {
        String key = "logs/day=2026-11-29/a b+ü%..//c.jsonl";
        put(key, "content\n");
        S3Object object = listed(key);
        assertThat(object.storedMillis())
                .isBetween(System.currentTimeMillis() - 60_000, System.currentTimeMillis() + 1);
        assertThat(object.archived()).isFalse();
        Path target = folder.resolve("target");
        Files.writeString(target, "what was there before");
        assertThat(bucket(KEY, "data").fetch(object, target)).isEqualTo(S3Bucket.Fetched.WHOLE);
        assertThat(target).hasContent("content\n");
        put(key, "other content\n");
        assertThat(bucket(KEY, "data").fetch(object, target)).isEqualTo(S3Bucket.Fetched.CHANGED);
        server.remove(key);
        assertThat(bucket(KEY, "data").fetch(object, target)).isEqualTo(S3Bucket.Fetched.GONE);
        assertThat(target).hasContent("content\n");
        assertThat(folder.toFile().list()).containsExactly("target");
    }

    @Test
    void whatIsNotWholeIsNotThere() throws Exception {
        put("logs/a.csv", "content\n");
        S3Object object = listed("logs/a.csv");
        Path target = folder.resolve("target");
        assertThatThrownBy(
                        () -> bucket(new AccessKey("reader", "wrong"), "data").fetch(object, target))
                .hasMessageContaining("answered 403")
                .hasMessageContaining("right to read")
                .hasMessageNotContaining("wrong");
        byte[] more = "content\nand more".getBytes(StandardCharsets.UTF_8);
        LoopbackServer longer = new LoopbackServer(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(more);
        });
        LoopbackServer shorter = new LoopbackServer(exchange -> {
            exchange.sendResponseHeaders(200, 3);
            exchange.getResponseBody().write(more, 0, 3);
        });
        // Says that eight bytes come, and hangs up after three.
        LoopbackServer cut = new LoopbackServer(exchange -> {
            exchange.sendResponseHeaders(200, 8);
            exchange.getResponseBody().write(more, 0, 3);
            exchange.getResponseBody().flush();
        });
        LoopbackServer broken = new LoopbackServer(exchange -> exchange.sendResponseHeaders(503, -1));
        for (LoopbackServer http : List.of(longer, shorter, cut, broken)) {
            S3Bucket bucket = new S3Bucket(http.address(), "r", "data", null, Clock.systemUTC(), DEADLINE);
            assertThatThrownBy(() -> bucket.fetch(object, target)).isInstanceOf(IOException.class);
            http.close();
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void saysWhatIsArchivedAndWhen() throws Exception {
        S3Page page = S3Page.parse(("<ListBucketResult><Contents><Key>a</Key><Size>1</Size>"
                        + "<LastModified>2026-11-29T12:00:00.000Z</LastModified><StorageClass>DEEP_ARCHIVE</StorageClass>"
                        + "</Contents><Contents><Key>b</Key><Size>1</Size><StorageClass>GLACIER_IR</StorageClass>"
                        + "</Contents></ListBucketResult>")
                .getBytes(StandardCharsets.UTF_8));
        assertThat(page.objects())
                .containsExactly(
                        new S3Object(
                                "a",
                                "",
                                1,
                                Instant.parse("2026-11-29T12:00:00Z").toEpochMilli(),
                                true),
                        new S3Object("b", "", 1, 0, false));
    }
}
