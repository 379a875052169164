package io.jenkins.mlops.registry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.mlops.registry.RegistryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedStoreTest {
    private static final int ROWS = 640;

    @Test
    void weighsWhatIsSavedAgainstTheTimeThatItTakes() {
        assertThat(EmbeddedStore.isWorthCompacting(2_200L << 20, 160L << 20)).isTrue();
        assertThat(EmbeddedStore.isWorthCompacting(60L << 20, 1L << 20)).isFalse();
        assertThat(EmbeddedStore.isWorthCompacting(2_200L << 20, 300L << 20)).isFalse();
        assertThat(EmbeddedStore.isWorthCompacting(300L << 20, 150L << 20)).isFalse();
    }

    @Test
    void leavesTheSpaceOfWhatIsSuperseded(@TempDir Path directory) throws IOException {
        try (RegistryDatabase database = RegistryDatabase.openEmbedded(directory)) {
            Random random = new Random(1);
            List<Object[]> rows = new ArrayList<>();
            for (int i = 0; i < ROWS; i++) {
                byte[] points = new byte[1 << 17];
                random.nextBytes(points);
                rows.add(new Object[] {i, points});
            }
            database.write(tx -> {
                tx.batch(
                        "INSERT INTO mlops_metric_segment (run_id, metric_id, first_step, first_millis, points)"
                                + " VALUES (?, 0, 0, 0, ?)",
                        rows);
                return null;
            });
            database.write(tx -> tx.update("DELETE FROM mlops_metric_segment WHERE run_id > 0"));
            assertThat(Files.size(directory.resolve("registry.mv.db"))).isGreaterThan(ROWS << 17);
        }
        assertThat(Files.size(directory.resolve("registry.mv.db"))).isLessThan(2 << 20);
        assertThat(directory.resolve("registry.trace.db")).doesNotExist();
        try (RegistryDatabase again = RegistryDatabase.openEmbedded(directory)) {
            int left = again.read(sql -> sql.first("SELECT COUNT(*) FROM mlops_metric_segment", row -> row.getInt(1))
                    .orElseThrow());
            assertThat(left).isEqualTo(1);
        }
    }

    /** H2 commits each step of a migration: what is there after some of them is no schema that anybody knows. */
    @ParameterizedTest
    @ValueSource(ints = {0, 70})
    void anUpgradeThatIsBrokenOffBeginsAnew(int schema, @TempDir Path directory) throws Exception {
        Path live = Files.createDirectory(directory.resolve("live"));
        if (schema > 0) {
            SchemaVersions.migrate(older(live), 1, schema);
            Files.createFile(live.resolve("registry.format"));
        }
        FullDisk.register();
        FullDisk.fillAfter(2);
        try {
            assertThatThrownBy(() -> RegistryDatabase.openEmbedded(live, FullDisk.SCHEME))
                    .isInstanceOf(RegistryException.Unavailable.class);
        } finally {
            FullDisk.makeRoom();
        }
        // What another process finds after a few steps more, and its note of the last one not yet there.
        Path found = Files.createDirectory(directory.resolve("found"));
        Path before = Files.copy(live.resolve("registry.before"), found.resolve("registry.before"));
        if (schema > 0) {
            Files.copy(before, found.resolve("registry.mv.db"));
            Files.createFile(found.resolve("registry.format"));
        }
        DataSource half = older(found);
        SchemaVersions.migrate(half, 1, SchemaVersions.NEWEST);
        try (Connection connection = half.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM \"" + SchemaVersions.HISTORY + "\" WHERE \"version\" = '"
                    + SchemaVersions.NEWEST + "'");
        }
        try (RegistryDatabase database = RegistryDatabase.openEmbedded(found)) {
            int version = database.read(sql -> RegistryDatabase.schemaVersion(sql, ""));
            assertThat(version).isEqualTo(SchemaVersions.NEWEST);
        }
        assertThat(before).doesNotExist();
    }

    private static DataSource older(Path directory) {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:" + directory.resolve("registry")
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH");
        source.setUser("mlops");
        source.setPassword("");
        return source;
    }
}
