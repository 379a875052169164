package io.jenkins.mlops.registry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.Ledger;
import io.jenkins.mlops.registry.ModelListing;
import io.jenkins.mlops.registry.ModelListing.Order;
import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.registry.Registration;
import io.jenkins.mlops.registry.VersionFile;
import io.jenkins.mlops.registry.VersionListing;
import io.jenkins.mlops.registry.VersionQuery;
import io.jenkins.mlops.search.Condition;
import io.jenkins.mlops.search.Field;
import io.jenkins.mlops.search.Lifecycle;
import io.jenkins.mlops.search.Operator;
import io.jenkins.mlops.search.Query;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
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
            tx.update("INSERT INTO mlops_alias (model_id, alias, number)"
                    + " SELECT id, 'champion', 7 FROM mlops_model WHERE name = 'large'");
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

    /** Of 1,000 versions, 950 of them with a value. */
    @Test
    void looksForAPageFromTheNearerEnd() throws SQLException {
        for (boolean descending : new boolean[] {true, false}) {
            for (Set<String> jobs : Arrays.asList(null, OPEN)) {
                // Those without a value are found by asking for each version.
                for (int offset : new int[] {100, 930, 970, 985}) {
                    VersionListing byMetric = new VersionListing("large", jobs, null, "auc", descending, offset, LIMIT);
                    takes(12, offset < 900 ? 800 : 4_300, sql -> ListedVersions.of(sql, byMetric));
                }
                for (int offset : new int[] {100, 900, 990}) {
                    VersionListing byNumber = new VersionListing("large", jobs, null, null, descending, offset, LIMIT);
                    takes(11, 350, sql -> ListedVersions.of(sql, byNumber));
                }
            }
        }
    }

    /** What a text is searched for in, once for each version, and then those that have it. */
    @Test
    void searchesVersions() throws SQLException {
        String digest = Ledger.sha256("file 40");
        for (String metric : new String[] {null, "auc"}) {
            for (String search : new String[] {"build 42", digest, "sha256:" + digest.substring(0, 20), "v40"}) {
                VersionListing query = new VersionListing("large", null, search, metric, true, 0, LIMIT);
                takes(12, 4_300, sql -> ListedVersions.of(sql, query));
            }
        }
        takes(8, 60, sql -> VersionRows.byAlias(sql, "large", "champion"));
    }

    @Test
    void searchesTheVersionsOfAllModels() throws SQLException {
        Page.Request first = Page.Request.first(LIMIT);
        VersionQuery all = VersionQuery.all();
        for (VersionQuery query : List.of(
                all,
                all.ofModel("large"),
                all.byMetric("auc", null, null, true),
                all.byMetric("auc", 0.2, 0.9, false),
                all.ofModel("large").byMetric("auc", null, null, true))) {
            takes(10, 250, sql -> VersionSearch.search(sql, query, first));
            // A thousand are read to see that there are many.
            takes(11, 1_400, sql -> VersionSearch.search(sql, query.withTags(Map.of("team", "core")), first));
        }
        Condition large = new Condition(Field.ATTRIBUTE, "name", Operator.EQ, "large");
        for (List<Condition> conditions : List.of(List.<Condition>of(), List.of(large))) {
            takes(8, 200, sql -> VersionSearch.search(sql, new Query(conditions, List.of(), Lifecycle.ACTIVE), first));
            for (String order : new String[] {"creation_timestamp", "version_number"}) {
                for (boolean descending : new boolean[] {true, false}) {
                    Query query = new Query(
                            conditions,
                            List.of(new io.jenkins.mlops.search.Order(Field.ATTRIBUTE, order, descending)),
                            Lifecycle.ACTIVE);
                    takes(8, 450, sql -> VersionSearch.search(sql, query, first));
                }
            }
        }
    }

    @Test
    void drawsTrends() throws SQLException {
        takes(4, 150, sql -> JdbcModelCatalog.trends(sql, Map.of("large", "auc"), null, 20));
        takes(5, 200, sql -> JdbcModelCatalog.trends(sql, Map.of("large", "auc"), OPEN, 20));
    }
}
