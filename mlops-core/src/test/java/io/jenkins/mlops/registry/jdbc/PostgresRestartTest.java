package io.jenkins.mlops.registry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.mlops.gate.Verdict;
import io.jenkins.mlops.registry.ApprovalRule;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.PromotionPolicy;
import io.jenkins.mlops.registry.PromotionState;
import io.jenkins.mlops.registry.RegistryException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A PostgreSQL server of its own, really restarted under a registry that goes on being called. */
class PostgresRestartTest {
    private static final int WRITERS = 4;
    private static final int EACH = 15;

    @TempDir
    Path directory;

    private final Map<String, Integer> acknowledged = new ConcurrentHashMap<>();
    private final Queue<Throwable> refusals = new ConcurrentLinkedQueue<>();
    private final Queue<Throwable> surprises = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean over = new AtomicBoolean();

    private EmbeddedPostgres start(int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(directory.resolve("data"))
                .setCleanDataDirectory(false)
                .setPort(port)
                .setPGStartupWait(Duration.ofSeconds(60))
                .setConnectConfig("connectTimeout", "20")
                .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void everyCallFailsClearlyOrSucceedsWholeAndServiceGoesOn() throws Exception {
        int port = freePort();
        EmbeddedPostgres server;
        try {
            server = start(port);
        } catch (IOException | RuntimeException e) {
            Assumptions.abort("PostgreSQL could not be started here: " + e);
            return;
        }
        String url = "jdbc:postgresql://localhost:" + port + "/postgres?connectTimeout=5";
        try (JdbcModelRegistry registry =
                new JdbcModelRegistry(RegistryDatabase.openPostgres(url, "postgres", null), Clock.systemUTC())) {
            registry.setPolicy(
                    PromotionPolicy.byDefault().withApprovals(List.of(new ApprovalRule(2, Set.of()))), "admin");
            ModelVersion candidate = registry.register(Samples.registration("candidate", "promoted"));
            Promotion asked =
                    registry.requestPromotion(Samples.request(registry, "p", candidate, "champion", Verdict.PASS));
            Promotion half = registry.decide(Samples.decision(asked, true, "bob"));

            CountDownLatch before = new CountDownLatch(WRITERS * EACH);
            CountDownLatch after = new CountDownLatch(WRITERS * EACH);
            AtomicBoolean restarted = new AtomicBoolean();
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < WRITERS; t++) {
                int writer = t;
                threads.add(new Thread(() -> write(registry, writer, restarted, before, after)));
            }
            threads.add(new Thread(() -> read(registry)));
            threads.forEach(Thread::start);

            assertThat(before.await(60, TimeUnit.SECONDS)).isTrue();
            server.close();
            server = start(port);
            restarted.set(true);
            assertThat(after.await(120, TimeUnit.SECONDS)).isTrue();
            over.set(true);
            for (Thread thread : threads) {
                thread.join();
            }

            assertThat(surprises).isEmpty();
            assertThat(refusals).allSatisfy(refusal -> assertThat(refusal).hasMessageContaining("localhost:" + port));
            acknowledged.forEach((key, number) -> assertThat(
                            registry.register(Samples.registration(key, "m")).number())
                    .as(key)
                    .isEqualTo(number));
            assertThat(Set.copyOf(acknowledged.values())).hasSize(acknowledged.size());
            assertThat(registry.model("m").latestVersion()).isEqualTo(acknowledged.size());
            assertThat(registry.promotion(asked.id())).isEqualTo(half);
            assertThat(registry.decide(Samples.decision(half, true, "cat")).state())
                    .isEqualTo(PromotionState.APPLIED);
            assertThat(registry.readOnlyReason()).isEmpty();
            assertThat(registry.verifyLedger().explanation()).endsWith("fit together");
        } finally {
            server.close();
        }
    }

    /** Registers one version after the other; asks again, by the same key, for what was not acknowledged. */
    private void write(
            JdbcModelRegistry registry,
            int writer,
            AtomicBoolean restarted,
            CountDownLatch before,
            CountDownLatch after) {
        for (int i = 0; !over.get(); i++) {
            String key = writer + "-" + i;
            while (!acknowledged.containsKey(key)) {
                attempt(() -> acknowledged.put(
                        key, registry.register(Samples.registration(key, "m")).number()));
                if (!surprises.isEmpty()) {
                    return;
                }
            }
            (restarted.get() ? after : before).countDown();
        }
    }

    private void read(JdbcModelRegistry registry) {
        while (!over.get() && surprises.isEmpty()) {
            attempt(() -> assertThat(registry.model("promoted").latestVersion()).isEqualTo(1));
        }
    }

    private void attempt(Runnable call) {
        try {
            call.run();
        } catch (RegistryException.Unavailable e) {
            refusals.add(e);
        } catch (RuntimeException | Error e) {
            surprises.add(e);
        }
    }
}
