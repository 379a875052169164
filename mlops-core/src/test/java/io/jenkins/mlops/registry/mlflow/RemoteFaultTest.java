package io.jenkins.mlops.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.registry.jdbc.RegistryDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a bad server, a bad network and a crash do to a registry that is followed: delay, nothing else. */
class RemoteFaultTest {
    private static final StandInMlflow.Fault BUSY =
            StandInMlflow.status(429, "application/json", "{}", "Retry-After", "1");
    private static final StandInMlflow.Fault DOWN =
            StandInMlflow.status(503, "text/html", "<html>Service Unavailable</html>");

    @TempDir
    Path directory;

    private StandInMlflow server;
    private MirrorFixture fixture;

    @BeforeEach
    void open() throws Exception {
        server = new StandInMlflow(StandInMlflow.Dialect.V2_12);
        reopen(server.url());
        fixture.run();
    }

    private void reopen(String url) throws IOException {
        if (fixture != null) {
            fixture.close();
        }
        MirrorFixture before = fixture;
        RegistryDatabase database =
                before == null ? MirrorFixture.openEmpty(directory) : RegistryDatabase.openEmbedded(directory);
        fixture = new MirrorFixture(database, url, Duration.ofSeconds(10), false);
        if (before != null) {
            fixture.archive.putAll(before.archive);
            fixture.clock.millis.set(before.clock.millis.get());
        }
    }

    @AfterEach
    void close() {
        fixture.close();
        server.close();
    }

    private void later() throws InterruptedException {
        fixture.clock.millis.addAndGet(600_000);
        fixture.run();
    }

    private void assertOnce() {
        assertThat(fixture.store.tasks(null, 10)).isEmpty();
        assertThat(server.versions("churn")).hasSize(1);
        assertThat(server.runs).hasSize(1);
        assertThat(server.holder("churn", "champion")).isEqualTo(1);
        assertThat(fixture.store.drifts(null)).isEmpty();
        assertThat(fixture.store.state().orElseThrow().failure()).isEmpty();
    }

    private ModelVersion promoted() {
        ModelVersion version = fixture.register("churn", "one");
        fixture.promote(version, "champion");
        return version;
    }

    @Test
    void aServerThatIsDownForAWhileGetsAllOfItInOrder() throws Exception {
        int port = server.port();
        server.close();
        ModelVersion first = promoted();
        fixture.run();
        assertThat(fixture.store.state().orElseThrow().failure()).contains("can't be reached");
        assertThat(fixture.store.state().orElseThrow().waiting()).isPositive();
        reopen("http://127.0.0.1:" + port); // a restart of the controller meanwhile
        fixture.promote(fixture.register("churn", "two"), "champion");
        fixture.registry.rollback("back", "churn", "champion", first.number(), "ada", "");
        later();
        assertThat(fixture.store.state().orElseThrow().failure()).isNotEmpty();
        server = new StandInMlflow(StandInMlflow.Dialect.V2_12, port);
        later();
        assertThat(fixture.store.tasks(null, 10)).isEmpty();
        assertThat(server.versions("churn")).hasSize(2);
        assertThat(server.tags("churn", 1)).containsEntry("mlops.version", "1");
        assertThat(server.holder("churn", "champion")).isEqualTo(1);
        assertThat(fixture.store.state().orElseThrow().failure()).isEmpty();
        assertThat(fixture.registry.verifyLedger().intact()).isTrue();
    }

    /** Each call that makes something anew is done, and its answer is lost; then the controller is killed. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "registered-models/create",
                "experiments/create",
                "runs/create",
                "runs/log-batch",
                "runs/update",
                "runs/set-tag",
                "model-versions/create",
                "registered-models/alias",
                "model/MLmodel"
            })
    void whatWasDoneBeforeAKillIsNotDoneTwice(String path) throws Exception {
        promoted();
        for (int i = 0; i < MlflowHttp.ATTEMPTS; i++) {
            server.afterwards(path, StandInMlflow.RESET);
        }
        fixture.run();
        assertThat(fixture.store.tasks(null, 10)).isNotEmpty();
        reopen(server.url());
        later();
        later();
        later();
        assertOnce();
    }

    @Test
    void aKillBetweenTheServersAnswerAndTheMarkInTheOutboxChangesNothing() throws Exception {
        promoted();
        fixture.run();
        assertOnce();
        for (RemoteTask.Kind kind : List.of(RemoteTask.Kind.VERSION, RemoteTask.Kind.ALIAS)) {
            fixture.store.enqueue(
                    new RemoteTask.About("churn", kind, kind == RemoteTask.Kind.ALIAS ? "champion" : "1"));
        }
        fixture.store.unlink("churn", 1); // as if the answer had come, and the link not been written
        fixture.run();
        assertOnce();
        assertThat(fixture.store.link("churn", 1)).isPresent();
    }

    @Test
    void whatHealsAtOnceIsTriedAgainInTheSameCall() throws Exception {
        promoted();
        server.instead("registered-models/get", BUSY);
        server.instead("registered-models/get", DOWN);
        server.instead("runs/set-tag", StandInMlflow.RESET);
        fixture.run();
        assertOnce();
    }

    @Test
    void aServerThatWantsToBeLeftAloneIs() throws Exception {
        promoted();
        server.instead(
                "registered-models/create", StandInMlflow.status(429, "application/json", "{}", "Retry-After", "3600"));
        fixture.run();
        int calls = server.calls.size();
        later();
        assertThat(server.paths().subList(calls, server.calls.size()))
                .as("looked at, and not written to")
                .noneMatch(call -> call.contains("create"));
        fixture.clock.millis.addAndGet(3_600_000);
        fixture.run();
        assertOnce();
    }

    @Test
    void aServerThatIsBackGetsAtOnceWhatWaitedForIt() throws Exception {
        promoted();
        int port = server.port();
        server.close();
        for (int attempt = 0; attempt < 8; attempt++) {
            later();
        }
        long due = fixture.store.tasks("churn", 1).get(0).dueMillis();
        assertThat(due).isGreaterThan(fixture.clock.millis() + MirrorFixture.POLL);
        reopen("http://127.0.0.1:" + port); // a restart of the controller: calls are made again at once
        server = new StandInMlflow(StandInMlflow.Dialect.V2_12, port);
        fixture.poll(); // a minute later, while the task has to wait for ten
        assertOnce();
    }

    @Test
    void whatTheServerRefusesIsShownAndHoldsUpNothingElse() throws Exception {
        server.instead(
                "registered-models/create",
                StandInMlflow.status(
                        400,
                        "application/json",
                        "{\"error_code\":\"INVALID_PARAMETER_VALUE\",\"message\":\"bad <b>name</b>\"}"));
        fixture.registry.createModel("bad", "", "ada");
        promoted();
        fixture.run();
        assertThat(server.holder("churn", "champion")).isEqualTo(1);
        assertThat(fixture.store.tasks(null, 10)).singleElement().satisfies(task -> {
            assertThat(task.refused()).isTrue();
            assertThat(task.model()).isEqualTo("bad");
            assertThat(task.message()).contains("INVALID_PARAMETER_VALUE", "bad name");
        });
        assertThat(fixture.store.state().orElseThrow().refused()).isEqualTo(1);
        fixture.registry.describeModel("bad", "not so bad", "ada");
        fixture.run();
        assertThat(fixture.store.tasks(null, 10)).isEmpty();
        assertThat(server.models).containsKey("bad");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not json", "[]", "<html>log in</html>", "{\"model_version\": {\"version\": \"x\"}}"})
    void garbageIsNoAnswer(String body) throws Exception {
        promoted();
        server.instead("model-versions/create", StandInMlflow.status(200, "text/html", body));
        fixture.run();
        assertThat(fixture.store.state().orElseThrow().failure()).isNotEmpty();
        assertThat(fixture.registry.byAlias("churn", "champion")).isPresent();
        later();
        assertOnce();
    }

    @Test
    void anAnswerWithoutEndIsCutOff() throws Exception {
        promoted();
        server.instead("registered-models/create", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] spaces = " ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 64; i++) {
                exchange.getResponseBody().write(spaces);
            }
            return true;
        });
        fixture.run();
        assertThat(fixture.store.state().orElseThrow().failure()).contains("more than");
        later();
        assertOnce();
    }

    @Test
    void aServerThatNeverEndsItsAnswerIsGivenUp() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        fixture.close();
        fixture = new MirrorFixture(
                RegistryDatabase.openEmbedded(directory), server.url(), Duration.ofMillis(500), false);
        promoted();
        server.instead("registered-models/create", exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return true;
        });
        fixture.run();
        over.countDown();
        assertThat(fixture.store.state().orElseThrow().failure()).contains("did not answer", "within");
    }

    @Test
    void credentialsDontLeaveTheirOrigin() throws Exception {
        fixture.credentials = RemoteCredentials.ofUser("jenkins", "s3cret");
        try (StandInMlflow other = new StandInMlflow(StandInMlflow.Dialect.V3)) {
            promoted();
            server.instead(
                    "registered-models/get",
                    StandInMlflow.status(302, "text/html", "", "Location", other.url() + "/api/2.0/mlflow/x"));
            fixture.run();
            assertThat(other.calls).isEmpty();
            assertThat(fixture.store.state().orElseThrow().failure())
                    .contains("redirects to", "not followed")
                    .doesNotContain("s3cret");
        }
        server.instead(
                "registered-models/get",
                StandInMlflow.status(
                        307, "text/html", "", "Location", "/api/2.0/mlflow/registered-models/get?name=churn"));
        later();
        assertOnce();
        assertThat(server.calls).allSatisfy(call -> assertThat(call.path()).doesNotContain("s3cret"));
    }

    @Test
    void wrongCredentialsAreTheAdministratorsToMend() throws Exception {
        server.password = "jenkins:right";
        fixture.credentials = RemoteCredentials.ofUser("jenkins", "wrong-one");
        promoted();
        fixture.run();
        assertThat(fixture.store.state().orElseThrow().failure())
                .contains("401")
                .doesNotContain("wrong-one");
        int calls = server.calls.size();
        fixture.run();
        assertThat(server.calls).as("not hammered, lest the account be locked").hasSizeLessThanOrEqualTo(calls + 2);
        fixture.credentials = RemoteCredentials.ofUser("jenkins", "right");
        later();
        assertOnce();
        assertThat(RemoteCredentials.ofToken("abc").toString()).doesNotContain("abc");
        assertThatThrownBy(() -> RemoteCredentials.ofToken("a\r\nb")).hasMessageNotContaining("a\r\nb");
    }

    @Test
    void hostsThatAreNotAllowedAreNotCalled() throws Exception {
        int calls = server.calls.size();
        fixture.allowed = address -> false;
        promoted();
        later();
        assertThat(server.calls).hasSize(calls);
        assertThat(fixture.store.state().orElseThrow().failure()).contains("allowed hosts");
        fixture.allowed = address -> true;
        later();
        assertOnce();
    }

    @Test
    void afterSeveralFailuresTheServerIsLeftAlone() throws Exception {
        MirrorFixture.Hands clock = new MirrorFixture.Hands();
        Breaker breaker = new Breaker(clock);
        for (int i = 1; i < Breaker.FAILURES; i++) {
            breaker.failed();
        }
        assertThat(breaker.remainingMillis()).isZero();
        breaker.failed();
        assertThat(breaker.remainingMillis()).isEqualTo(30_000);
        clock.millis.addAndGet(30_000);
        assertThat(breaker.remainingMillis()).isZero();
        breaker.failed();
        assertThat(breaker.remainingMillis()).isEqualTo(60_000);
        for (int i = 0; i < 20; i++) {
            breaker.failed();
        }
        assertThat(breaker.remainingMillis()).isEqualTo(600_000);
        breaker.succeeded();
        assertThat(breaker.remainingMillis()).isZero();

        server.close();
        for (int i = 0; i < 2 * Breaker.FAILURES; i++) {
            assertThatThrownBy(() -> fixture.client.model("churn")).isInstanceOf(RemoteException.class);
        }
        assertThatThrownBy(() -> fixture.client.model("churn")).hasMessageContaining("left alone");
    }

    @Test
    void aFileThatIsNoLongerTheOneRegisteredIsNotHandedOn() throws Exception {
        ModelVersion version = promoted();
        String sha256 = version.files().get(0).sha256();
        byte[] good = fixture.archive.get(sha256);
        byte[] evil = good.clone();
        evil[0]++;
        fixture.archive.put(sha256, evil);
        fixture.run();
        assertThat(server.versions("churn")).isEmpty();
        assertThat(fixture.store.tasks(null, 10)).anySatisfy(task -> {
            assertThat(task.refused()).isTrue();
            assertThat(task.message()).contains("another than the one that was registered");
        });
        fixture.archive.put(sha256, good);
        fixture.clock.millis.addAndGet(7 * 3_600_000L);
        fixture.run();
        fixture.run();
        assertOnce();
        assertThat(server.files.values()).anySatisfy(bytes -> assertThat(bytes).isEqualTo(good));
    }

    @Test
    void filesThatAreGoneLeaveTheVersionWithoutThem() throws Exception {
        promoted();
        fixture.archive.clear();
        fixture.run();
        assertOnce();
        assertThat(server.files).isEmpty();
        assertThat(server.versions("churn").get(0).path("source").asText()).startsWith("https://ci.example/");
    }

    @Test
    void importsTakeNothingThatLeadsElsewhereOrIsTooLarge() throws Exception {
        server.addVersion("theirs", "s3://bucket/model", "");
        server.addVersion("theirs", "mlflow-artifacts:/1/../../etc", "");
        server.addVersion("theirs", "mlflow-artifacts:/1/big", "");
        server.addVersion("theirs", "mlflow-artifacts:/1/evil", "");
        server.files.put("1/big/model.bin", new byte[100]);
        server.files.put("1/evil/..", new byte[1]);
        Path archive = directory.resolve("imported");
        RemoteImport small = new RemoteImport(fixture.registry, fixture.store, fixture.client, archive, 99);
        for (int number = 1; number <= 5; number++) {
            int version = number;
            assertThatThrownBy(() -> small.bring("theirs", version, "bob"))
                    .as("version " + number)
                    .isInstanceOf(RemoteException.class);
        }
        assertThat(archive).isEmptyDirectory();
        assertThatThrownBy(() -> fixture.registry.model("theirs")).isInstanceOf(RegistryException.NotFound.class);
        assertThat(RemoteFiles.path("mlflow-artifacts:/1/%2e%2e/x")).isNull();
        assertThat(RemoteFiles.path("mlflow-artifacts://host:5000/1/a/b")).isEqualTo("1/a/b");
        assertThat(RemoteFiles.path("file:///etc/passwd")).isNull();

        server.instead("model.bin", exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write(new byte[50]);
            exchange.getResponseBody().flush();
            throw new IOException("cut off");
        });
        RemoteImport large = new RemoteImport(fixture.registry, fixture.store, fixture.client, archive, 1_000);
        assertThatThrownBy(() -> large.bring("theirs", 3, "bob")).isInstanceOf(RemoteException.class);
        assertThat(archive).isEmptyDirectory();
        assertThat(large.bring("theirs", 3, "bob").bytes()).isEqualTo(100);
    }

    @Test
    void addressesAreCheckedAndEscaped() {
        for (String bad : List.of(
                "",
                "mlflow",
                "ftp://h/",
                "http://user:pw@h/",
                "http://h/?a=b",
                "http://h/#x",
                "http:///x",
                "http://h /")) {
            assertThatThrownBy(() -> new ServerAddress(bad))
                    .as(bad)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining("pw");
        }
        ServerAddress below = new ServerAddress("https://h.example/mlflow/ ");
        assertThat(below.resolve("/x", java.util.Map.of("n", "a b&\u00fc/")))
                .hasToString("https://h.example/mlflow/x?n=a%20b%26%C3%BC%2F");
        assertThat(Failures.retryAfter("120", fixture.clock)).isEqualTo(120_000);
        assertThat(Failures.retryAfter("Tue, 14 Nov 2023 22:14:20 GMT", fixture.clock))
                .isEqualTo(60_000);
        assertThat(Failures.retryAfter("soon", fixture.clock)).isZero();
    }
}
