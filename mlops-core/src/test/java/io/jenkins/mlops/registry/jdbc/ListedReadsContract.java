package io.jenkins.mlops.registry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.Ledger;
import io.jenkins.mlops.registry.ModelListing;
import io.jenkins.mlops.registry.ModelListing.Order;
import io.jenkins.mlops.registry.Registration;
import io.jenkins.mlops.registry.VersionFile;
import io.jenkins.mlops.registry.VersionListing;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What the lists of pages may read, in statements and rows, on every database: what they show, and not what there is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ListedReadsContract {
    private static final int VERSIONS = 2_000;
    private static final int MODELS = 60;
    private static final int LIMIT = 10;
    private static final Set<String> OPEN = Set.of("job 0", "job 1", "job 2");
    private static final String DATA = "sha256:" + Ledger.sha256("data");

    private RegistryDatabase database;

    abstract RegistryDatabase openEmpty(Path directory) throws Exception;

    @BeforeAll
    void fill(@TempDir Path directory) throws Exception {
        database = openEmpty(directory);
        database.write(tx -> {
            for (int i = 0; i < VERSIONS; i++) {
                String model = i % 2 == 0 ? "large" : "model " + i % MODELS;
                VersionChanges.register(
                        tx,
                        Registration.of(
                                        "version " + i,
                                        model,
                                        List.of(new VersionFile("model.bin", i, Ledger.sha256("file " + i))),
                                        "ann")
                                .withBuild(new BuildRef("job " + i % 4, i + 1, null, null), null)
                                .withRun("run", List.of(DATA))
                                .withMetrics(i % 20 == 0 ? Map.of() : Map.of("auc", i % 997 / 1000.0))
                                .withTags(Map.of("team", "core"), "build " + i),
                        1_700_000_000_000L + i);
            }
            return null;
        });
        // So that the database knows how much there is, as it does after a while.
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("ANALYZE");
        }
    }

    @AfterAll
    void close() {
        database.close();
    }

    private void takes(int statements, long rows, RegistryDatabase.Reading<?> reading) throws SQLException {
        CountedReads.Taken taken = CountedReads.of(database, reading);
        assertThat(taken.rows()).as(() -> String.join("\n\n", taken.plans())).isLessThanOrEqualTo(rows);
        assertThat(taken.statements())
                .as(() -> String.join("\n\n", taken.plans()))
                .isLessThanOrEqualTo(statements);
    }

    @Test
    void listsModels() throws SQLException {
        for (Order order : Order.values()) {
            takes(10, 400, sql -> ListedModels.of(sql, new ModelListing(null, null, order, true, 0, LIMIT)));
            takes(12, 800, sql -> ListedModels.of(sql, new ModelListing("model", OPEN, order, true, 0, LIMIT)));
        }
    }

    @Test
    void listsVersionsByNumber() throws SQLException {
        for (boolean descending : new boolean[] {true, false}) {
            takes(
                    10,
                    200,
                    sql -> ListedVersions.of(sql, new VersionListing("large", null, null, null, descending, 0, LIMIT)));
            takes(
                    11,
                    200,
                    sql -> ListedVersions.of(sql, new VersionListing("large", OPEN, null, null, descending, 0, LIMIT)));
        }
    }

    @Test
    void listsVersionsByAMetric() throws SQLException {
        for (boolean descending : new boolean[] {true, false}) {
            takes(
                    10,
                    250,
                    sql -> ListedVersions.of(
                            sql, new VersionListing("large", null, null, "auc", descending, 0, LIMIT)));
            takes(
                    11,
                    250,
                    sql -> ListedVersions.of(
                            sql, new VersionListing("large", OPEN, null, "auc", descending, 0, LIMIT)));
        }
    }

    @Test
    void drawsTrends() throws SQLException {
        takes(4, 150, sql -> JdbcModelCatalog.trends(sql, Map.of("large", "auc"), null, 20));
        takes(5, 200, sql -> JdbcModelCatalog.trends(sql, Map.of("large", "auc"), OPEN, 20));
    }
}
