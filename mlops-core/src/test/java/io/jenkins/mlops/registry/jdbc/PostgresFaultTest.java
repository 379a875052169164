package io.jenkins.mlops.registry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.mlops.gate.Verdict;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.PromotionPolicy;
import io.jenkins.mlops.registry.RegistryException;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a PostgreSQL server adds: a second controller, lost connections, a newer schema, no server at all. */
class PostgresFaultTest {
    @Test
    void twoControllersShareOneNumbering() throws Exception {
        try (JdbcModelRegistry one = new JdbcModelRegistry(PostgresServer.openEmpty(), Clock.systemUTC());
                JdbcModelRegistry other = new JdbcModelRegistry(PostgresServer.open(), Clock.systemUTC())) {
            Set<Integer> numbers = new ConcurrentSkipListSet<>();
            List<Throwable> failures = new ArrayList<>();
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 8; t++) {
                int thread = t;
                threads.add(new Thread(() -> {
                    try {
                        for (int i = 0; i < 10; i++) {
                            ModelVersion version = (thread % 2 == 0 ? one : other)
                                    .register(Samples.registration(thread + "-" + i, "m"));
                            numbers.add(version.number());
                        }
                    } catch (RuntimeException e) {
                        synchronized (failures) {
                            failures.add(e);
                        }
                    }
                }));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(failures).isEmpty();
            assertThat(numbers).hasSize(80);
            assertThat(one.model("m").latestVersion()).isEqualTo(80);
            assertThat(other.verifyLedger().explanation()).endsWith("fit together");
        }
    }

    @Test
    void twoControllersTakeDecisionsAtTheSameMoment() throws Exception {
        try (JdbcModelRegistry one = new JdbcModelRegistry(PostgresServer.openEmpty(), Clock.systemUTC());
                JdbcModelRegistry other = new JdbcModelRegistry(PostgresServer.open(), Clock.systemUTC())) {
            one.setPolicy(PromotionPolicy.byDefault().withApprovals("1 of anyone"), "admin");
            for (int round = 0; round < 10; round++) {
                ModelVersion version = one.register(Samples.registration("v" + round, "m"));
                Promotion asked =
                        one.requestPromotion(Samples.request(one, "p" + round, version, "champion", Verdict.PASS));
                AtomicInteger taken = new AtomicInteger();
                List<Thread> people = new ArrayList<>();
                for (JdbcModelRegistry controller : List.of(one, other)) {
                    boolean approves = controller == one;
                    people.add(new Thread(() -> {
                        try {
                            controller.decide(Samples.decision(asked, approves, approves ? "bob" : "cat"));
                            taken.incrementAndGet();
                        } catch (RegistryException.Conflict e) {
                            assertThat(e).hasMessageContaining("already");
                        }
                    }));
                }
                people.forEach(Thread::start);
                for (Thread person : people) {
                    person.join();
                }
                Promotion decided = other.promotion(asked.id());
                assertThat(taken).hasValue(1);
                assertThat(decided.decisions()).hasSize(1);
                assertThat(decided.state().isApplied())
                        .isEqualTo(decided.decisions().get(0).approve());
            }
            assertThat(one.verifyLedger().explanation()).endsWith("fit together");
        }
    }

    @Test
    void goesOnWhenTheServerCutsItsConnections() throws Exception {
        try (JdbcModelRegistry registry = new JdbcModelRegistry(PostgresServer.openEmpty(), Clock.systemUTC())) {
            registry.register(Samples.registration("before", "m"));
            try (Connection connection = PostgresServer.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE application_name = 'jenkins-mlops'");
            }
            assertThat(registry.register(Samples.registration("after", "m")).number())
                    .isEqualTo(2);
            assertThat(registry.model("m").latestVersion()).isEqualTo(2);
            assertThat(registry.readOnlyReason()).isEmpty();
            assertThat(registry.verifyLedger().intact()).isTrue();
        }
    }

    @Test
    void refusesANewerSchema() throws Exception {
        PostgresServer.openEmpty().close();
        try (Connection connection = PostgresServer.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE mlops_schema_history SET version = '700' WHERE version = '1'");
        }
        assertThatThrownBy(PostgresServer::open)
                .isInstanceOf(RegistryException.Unavailable.class)
                .hasMessageContaining("schema version 700")
                .hasMessageContaining(PostgresServer.url());
    }

    @Test
    void saysThatNobodyAnswers() {
        assertThatThrownBy(() -> RegistryDatabase.openPostgres(
                        "jdbc:postgresql://localhost:1/x?connectTimeout=2", "ann", "s3cret"))
                .isInstanceOf(RegistryException.Unavailable.class)
                .hasMessageContaining("can't be reached")
                .hasMessageContaining("localhost:1")
                .hasMessageNotContaining("s3cret");
    }
}
