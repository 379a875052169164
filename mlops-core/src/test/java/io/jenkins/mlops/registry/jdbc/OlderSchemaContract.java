package io.jenkins.mlops.registry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.jenkins.mlops.gate.Verdict;
import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.monitor.MonitorRecord;
import io.jenkins.mlops.monitor.signal.SignalTrack;
import io.jenkins.mlops.registry.AliasChange;
import io.jenkins.mlops.registry.DeploymentState;
import io.jenkins.mlops.registry.ModelCatalog;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.registry.PolicyRevision;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.PromotionPolicy;
import io.jenkins.mlops.registry.PromotionState;
import io.jenkins.mlops.registry.ServedQuery;
import io.jenkins.mlops.registry.VersionListing;
import io.jenkins.mlops.registry.VersionQuery;
import io.jenkins.mlops.tracking.MetricPoint;
import io.jenkins.mlops.tracking.RunBatch;
import io.jenkins.mlops.tracking.RunStatus;
import io.jenkins.mlops.tracking.TrackedRun;
import io.jenkins.mlops.tracking.TrackingStore;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a registry of an earlier schema when the present code opens it; the same on every database. */
abstract class OlderSchemaContract {
    private static final String CHAMPION = "champion";

    private final TestClock clock = new TestClock();

    /** An empty database. */
    abstract DataSource empty() throws Exception;

    /** Opens that database. */
    abstract RegistryDatabase open() throws Exception;

    /** Makes schema 1 with the rows that the code of its time wrote, and takes it to a later schema. */
    private DataSource filled(int schema) throws Exception {
        DataSource source = empty();
        SchemaVersions.migrate(source, 1, 1);
        String rows;
        try (InputStream in = OlderSchemaContract.class.getResourceAsStream("rows-of-schema-1.sql")) {
            rows = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            for (String change : rows.split(";\n")) {
                statement.execute(change);
            }
        }
        SchemaVersions.migrate(source, 1, schema);
        return source;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 21})
    void everythingIsThereAndGoesOn(int schema) throws Exception {
        filled(schema);
        clock.advance(60_000);
        try (RegistryDatabase database = open()) {
            JdbcModelRegistry registry = new JdbcModelRegistry(database, clock);
            assertThat(registry.verifyLedger().explanation()).isEqualTo("31 entries fit together");
            versionsAreThere(registry);
            listsAreThere(registry);
            promotionsAreThere(registry);
            endpointsAreThere(registry);
            pointsAreThere(new JdbcTrackingStore(database, clock));

            promotionsGoOn(registry);
            runsGoOn(new JdbcTrackingStore(database, clock));
            assertThat(registry.register(Samples.registration("v2", "m")).number())
                    .isEqualTo(2);
            assertThat(registry.register(Samples.registration("v4", "m")).number())
                    .isEqualTo(4);
            assertThat(registry.verifyLedger().explanation()).endsWith("fit together");
        }
        try (RegistryDatabase again = open()) {
            JdbcModelRegistry registry = new JdbcModelRegistry(again, clock);
            assertThat(registry.model("m").latestVersion()).isEqualTo(4);
            assertThat(registry.verifyLedger().explanation()).endsWith("fit together");
        }
    }

    @Test
    void aCrashBetweenTheSchemaAndThePointsIsMadeGood() throws Exception {
        DataSource source = filled(1);
        try (Connection connection = source.getConnection();
                Sql sql = new Sql(connection)) {
            RowPoints.setAside(sql);
            RowPoints.setAside(sql);
        }
        SchemaVersions.migrate(source, 1, false);
        try (RegistryDatabase database = open()) {
            pointsAreThere(new JdbcTrackingStore(database, clock));
        }
        try (RegistryDatabase again = open()) {
            pointsAreThere(new JdbcTrackingStore(again, clock));
        }
    }

    @Test
    void monitorsInAlarmAreFoundThoughTheirAlarmsWereNeverCounted() throws Exception {
        DataSource source = filled(95);
        String alarm = "[" + Json.write(SignalTrack.quiet("drift", 1)).replace("\"OK\"", "\"ALARM\"") + "]";
        String quiet = "[" + Json.write(SignalTrack.quiet("drift \"state\":\"ALARM\"", 1)) + "]";
        try (Connection connection = source.getConnection();
                Sql sql = new Sql(connection)) {
            int monitor = 0;
            for (String[] row :
                    new String[][] {{alarm, null}, {quiet, "{\"tracks\":" + alarm + "}"}, {quiet, "{}"}, {"[]", null}
                    }) {
                sql.update(
                        "INSERT INTO mlops_monitor (name, name_hash, model, endpoint, job, config, enabled, created_millis,"
                                + " changed_millis, looked_millis, failures, failure, revision, tracks, health)"
                                + " VALUES (" + Sql.marks(15) + ")",
                        "m" + monitor,
                        "h" + monitor++,
                        "iris",
                        "",
                        "",
                        "{}",
                        true,
                        1L,
                        1L,
                        0L,
                        0,
                        "",
                        0L,
                        row[0],
                        row[1]);
            }
        }
        try (RegistryDatabase database = open()) {
            JdbcMonitorStore store = new JdbcMonitorStore(database, clock);
            assertThat(store.wantingAttention(3)).isEqualTo(2);
            assertThat(store.wantingAttention(3, 10))
                    .extracting(MonitorRecord::id)
                    .containsExactly("m0", "m1");
        }
    }

    /** As it was while migration 85 was there and 80 was not yet. */
    @Test
    void aMigrationThatIsMissingBelowTheNewestIsMadeGood() throws Exception {
        DataSource source = filled(21);
        open().close();
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            for (String index : List.of("value", "model")) {
                statement.execute("DROP INDEX mlops_version_metric_" + index);
            }
            for (String index : List.of("model", "number", "created", "model_created")) {
                statement.execute("DROP INDEX mlops_version_" + index);
            }
            statement.execute("DROP TABLE mlops_model_metric");
            statement.execute("DROP TABLE mlops_version_text");
            statement.execute("ALTER TABLE mlops_version_metric DROP COLUMN job_id");
            statement.execute("ALTER TABLE mlops_version_metric DROP COLUMN listed");
            statement.execute("CREATE INDEX mlops_version_metric_value ON mlops_version_metric (metric_id)");
            statement.execute("CREATE INDEX mlops_version_metric_model ON mlops_version_metric (model_id)");
            statement.execute("DELETE FROM \"mlops_schema_history\" WHERE \"version\" = '80'");
        }
        try (RegistryDatabase database = open()) {
            listsAreThere(new JdbcModelRegistry(database, clock));
        }
    }

    private static void versionsAreThere(JdbcModelRegistry registry) {
        assertThat(registry.versions(VersionQuery.all(), Page.Request.first(10)).items())
                .extracting(ModelVersion::number)
                .containsExactly(3, 2, 1);
        ModelVersion second = registry.version("m", 2);
        assertThat(second.files()).hasSize(2);
        assertThat(second.authors()).containsExactly("ann");
        assertThat(second.metrics()).containsEntry("auc", 0.92).containsEntry("loss", Double.NaN);
        assertThat(second.tags()).containsEntry("stage", "candidate");
        assertThat(registry.model("m").aliases()).isEqualTo(Map.of(CHAMPION, 2, "canary", 1));
        assertThat(registry.model("m").tags()).containsEntry("owner", "ann");
        assertThat(registry.evaluations("m", 1)).hasSize(1);
        assertThat(registry.headlineMetrics("team/train", "auc", 0, 10)).hasSize(3);
        assertThat(registry.versionsOf("team/train", 3)).hasSize(1);
        assertThat(registry.isBuildDeleted("team/train", 3)).isTrue();
        assertThat(registry.versionsByData(second.dataDigests().get(0))).hasSize(3);
    }

    private static void listsAreThere(JdbcModelRegistry registry) {
        for (String search : new String[] {null, "candidate", "ANN", "a6812e", "none of them"}) {
            for (String metric : new String[] {null, "auc", "loss"}) {
                VersionListing query = new VersionListing("m", null, search, metric, true, 0, 10);
                assertThat(registry.catalog().versions(query))
                        .isEqualTo(ModelCatalog.walking(registry).versions(query));
            }
        }
        assertThat(registry.catalog()
                        .versions(new VersionListing("m", null, "candidate", "auc", true, 0, 10))
                        .items())
                .extracting(ModelVersion::number)
                .containsExactly(3, 2, 1);
    }

    private static void promotionsAreThere(JdbcModelRegistry registry) {
        assertThat(registry.promotionsOf("m", Page.Request.first(10)).items())
                .extracting(Promotion::state)
                .containsExactly(
                        PromotionState.APPLIED,
                        PromotionState.AWAITING_APPROVAL,
                        PromotionState.REJECTED,
                        PromotionState.APPLIED,
                        PromotionState.VERIFIED);
        assertThat(registry.aliasHistory("m", CHAMPION))
                .extracting(AliasChange::version)
                .containsExactly(2, 1);
        assertThat(registry.hasValidPromotion("m", 2, registry.version("m", 2).digest(), CHAMPION))
                .isTrue();
        assertThat(registry.policy("m").approvals())
                .isEqualTo(registry.pending().get(0).policy().approvals())
                .contains("2 of group:managers", "risk", "user:rita");
        PromotionPolicy free = registry.policy("free");
        assertThat(free.approvals()).isEmpty();
        assertThat(free.restoreAlias()).isTrue();
        assertThat(free.expiryMillis()).isEqualTo(3_600_000);
        assertThat(free.changeWindows()).isEmpty();
        assertThat(registry.policyHistory("free"))
                .extracting(PolicyRevision::setBy)
                .containsExactly("admin");
    }

    private static void endpointsAreThere(JdbcModelRegistry registry) {
        assertThat(registry.serving("iris").orElseThrow().state()).isEqualTo(DeploymentState.SERVING);
        assertThat(registry.deployment("d1").orElseThrow().detailJson()).isEqualTo("{\"pid\":1}");
        assertThat(registry.endpointsAt(new ServedQuery(1_700_000_050_000L, "m", null), Page.Request.first(5))
                        .items())
                .extracting(served -> served.version().number())
                .containsExactly(2);
    }

    private static TrackedRun first(TrackingStore store) {
        return store.runsOfBuild("team/train", 1).get(0);
    }

    private static void pointsAreThere(TrackingStore store) {
        TrackedRun run = first(store);
        assertThat(run.status()).isEqualTo(RunStatus.FINISHED);
        assertThat(run.params()).containsEntry("note", "a 'quoted' ümlaut");
        assertThat(run.inputs()).hasSize(1);
        assertThat(run.metrics().values())
                .extracting(MetricPoint::key, MetricPoint::value, MetricPoint::step)
                .containsExactlyInAnyOrder(
                        tuple("loss", 1.0 / 200, 199L),
                        tuple("auc", 0.90 + 4 / 100.0, 4L),
                        tuple("odd/nan", Double.NaN, 0L),
                        tuple("odd/inf", Double.NEGATIVE_INFINITY, -3L));
        List<MetricPoint> loss =
                store.metricHistory(run.id(), "loss", Page.Request.first(1_000)).items();
        assertThat(loss).hasSize(200);
        for (int i = 0; i < loss.size(); i++) {
            assertThat(loss.get(i).step()).isEqualTo(i);
            assertThat(loss.get(i).value()).isEqualTo(1.0 / (i + 1));
            assertThat(loss.get(i).timestampMillis()).isEqualTo(loss.get(0).timestampMillis() + i);
        }
        assertThat(store.metricHistory(run.id(), "auc", Page.Request.first(10)).items())
                .hasSize(5);
    }

    private void promotionsGoOn(JdbcModelRegistry registry) {
        Promotion waiting = registry.pending().get(0);
        assertThat(waiting.approvalsMissing()).isEqualTo(2);
        waiting = registry.decide(Samples.decision(waiting, true, "max", "managers"));
        waiting = registry.decide(Samples.decision(waiting, true, "rita"));
        assertThat(waiting.state()).isEqualTo(PromotionState.APPLIED);
        assertThat(registry.confirmApplied())
                .extracting(Promotion::state)
                .containsExactly(PromotionState.VERIFIED, PromotionState.VERIFIED, PromotionState.VERIFIED);
        assertThat(registry.rollback("r", "m", CHAMPION, 0, "bob", "slow").version())
                .isEqualTo(2);
        Promotion asked = registry.requestPromotion(
                Samples.request(registry, "p9", registry.version("m", 1), CHAMPION, Verdict.PASS));
        assertThat(asked.state()).isEqualTo(PromotionState.AWAITING_APPROVAL);
    }

    private static void runsGoOn(TrackingStore store) {
        TrackedRun run = first(store);
        store.log(run.id(), new RunBatch(List.of(new MetricPoint("loss", 0.001, 1, 200)), Map.of(), Map.of()));
        assertThat(store.run(run.id()).metrics().get("loss").value()).isEqualTo(0.001);
        assertThat(store.metricHistory(run.id(), "loss", Page.Request.first(1_000))
                        .items())
                .hasSize(201);
    }
}
