package io.jenkins.mlops.registry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.mlops.gate.Verdict;
import io.jenkins.mlops.registry.ApprovalRule;
import io.jenkins.mlops.registry.DeploymentRequest;
import io.jenkins.mlops.registry.DeploymentState;
import io.jenkins.mlops.registry.EvaluationRecord;
import io.jenkins.mlops.registry.Ledger;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.registry.PolicyOrigin;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.PromotionPolicy;
import io.jenkins.mlops.registry.PromotionState;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.tracking.MetricPoint;
import io.jenkins.mlops.tracking.RunBatch;
import io.jenkins.mlops.tracking.RunStart;
import io.jenkins.mlops.tracking.RunStatus;
import io.jenkins.mlops.tracking.TrackedRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A registry that is taken from one database to another, and files that must not be. */
class RegistryFileTest {
    private static final String TEXT = "caf\u00e9 \ud83d\ude80 \"quoted\"\n<b>\\";

    private final TestClock clock = new TestClock();
    private final List<RegistryDatabase> open = new ArrayList<>();

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        open.forEach(RegistryDatabase::close);
    }

    private RegistryDatabase database(String kind, String name) throws Exception {
        RegistryDatabase database = kind.equals("postgres")
                ? PostgresServer.openEmpty()
                : RegistryDatabase.openEmbedded(directory.resolve(name));
        open.add(database);
        return database;
    }

    private JdbcModelRegistry registry(RegistryDatabase database) {
        return new JdbcModelRegistry(database, clock);
    }

    private void fill(RegistryDatabase database) {
        JdbcModelRegistry registry = registry(database);
        registry.setPolicy(
                PromotionPolicy.byDefault()
                        .withModel("strict", 0)
                        .withApprovals(List.of(new ApprovalRule(1, Set.of("risk")))),
                "ann");
        ModelVersion one = registry.register(Samples.registration("a", "free"));
        registry.register(Samples.registration("b", "free"));
        ModelVersion strict = registry.register(Samples.registration("c", "strict"));
        registry.describeVersion("free", 1, TEXT, "ann");
        registry.setModelTag("free", "owner", TEXT, "ann");
        registry.requestPromotion(Samples.request(registry, "p1", one, "champion", Verdict.PASS));
        registry.override("over", "free", 2, "champion", "root", "urgent");
        registry.rollback("back", "free", "champion", 1, "ann", "no");
        registry.override("again", "free", 2, "champion", "root", "urgent");
        Promotion asked =
                registry.requestPromotion(Samples.request(registry, "p2", strict, "champion", Verdict.INCONCLUSIVE));
        assertThat(asked.state()).isEqualTo(PromotionState.REJECTED);
        Promotion waits = registry.requestPromotion(Samples.request(registry, "p3", strict, "shadow", Verdict.PASS));
        registry.decide(Samples.decision(waits, true, "rita", "risk"));
        registry.requestPromotion(Samples.request(registry, "p4", strict, "champion", Verdict.PASS));
        registry.recordEvaluation(new EvaluationRecord(
                "e",
                "free",
                1,
                "run-a",
                null,
                Map.of("auc", Double.POSITIVE_INFINITY, "f1", Double.NaN),
                "{\"text\":\"\u2028\"}",
                "sha256:" + Ledger.sha256("e"),
                Samples.build(3),
                8));
        registry.beginDeployment(new DeploymentRequest(
                "d",
                "iris",
                "process",
                "free",
                2,
                registry.version("free", 2).digest(),
                "champion",
                false,
                null,
                Samples.build(5),
                "deployer"));
        registry.finishDeployment("d", DeploymentState.SERVING, "http://localhost:1/", "");
        registry.deleteVersion("free", 1, "ann");
        registry.buildDeleted(Samples.build(9));
        JdbcTrackingStore tracking = new JdbcTrackingStore(database, clock);
        TrackedRun run = tracking.createRun(new RunStart(
                "r", tracking.experiment("fraud").id(), null, "ann", 5, Map.of("k", TEXT), Samples.build(3), null));
        tracking.log(
                run.id(),
                new RunBatch(
                        List.of(new MetricPoint("loss", -0.0, 1, 2), new MetricPoint("loss", Double.NaN, 2, 3)),
                        Map.of("lr", "0.1"),
                        Map.of()));
        tracking.update(run.id(), RunStatus.FINISHED, null, null);
    }

    private static String export(RegistryDatabase database) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RegistryFile.write(database, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private Path file(String content) throws IOException {
        return Files.writeString(directory.resolve("registry.jsonl"), content);
    }

    @ParameterizedTest
    @CsvSource({"embedded, embedded", "embedded, postgres", "postgres, embedded"})
    void movesToAnotherDatabase(String from, String to) throws Exception {
        RegistryDatabase source = database(from, "from");
        fill(source);
        String export = export(source);
        RegistryDatabase target = database(to, "to");

        RegistryFile.Content content = RegistryFile.read(target, file(export));

        assertThat(content.tables()).containsEntry("version", 3L).containsEntry("decision", 1L);
        assertThat(content.rows()).isEqualTo(export.lines().count() - 2);
        assertThat(export(target)).isEqualTo(export);
        JdbcModelRegistry registry = registry(target);
        assertThat(registry.verifyLedger().intact()).isTrue();
        assertThat(registry.model("free").tags()).containsEntry("owner", TEXT);
        assertThat(registry.serving("iris")).isPresent();
        // It lives on: numbers, ids and the chain go on where they were.
        assertThat(registry.register(Samples.registration("d", "free")).number())
                .isEqualTo(3);
        Promotion pending = registry.pending().get(0);
        assertThat(registry.decide(Samples.decision(pending, true, "rita", "risk"))
                        .state())
                .isEqualTo(PromotionState.APPLIED);
        assertThat(registry.verifyLedger().intact()).isTrue();
        assertThat(new JdbcTrackingStore(target, clock).experiment("new").id()).isNotBlank();
    }

    @Test
    void anEmptyRegistryMovesToo() throws Exception {
        String export = export(database("embedded", "from"));
        RegistryDatabase target = database("embedded", "to");

        RegistryFile.read(target, file(export));

        assertThat(export(target)).isEqualTo(export);
        assertThat(registry(target).register(Samples.registration("d", "m")).number())
                .isEqualTo(1);
        assertThat(registry(target).verifyLedger().intact()).isTrue();
    }

    @Test
    void isRefusedWhereSomethingIs() throws Exception {
        RegistryDatabase source = database("embedded", "from");
        fill(source);
        Path file = file(export(source));
        RegistryDatabase used = database("embedded", "used");
        registry(used).createModel("m", "", "ann");
        RegistryDatabase tracked = database("embedded", "tracked");
        new JdbcTrackingStore(tracked, clock).experiment("e");
        RegistryDatabase ruled = database("embedded", "ruled");
        registry(ruled).setPolicy(PromotionPolicy.byDefault(), "ann");

        for (RegistryDatabase database : List.of(source, used, tracked, ruled)) {
            String before = export(database);
            assertThatThrownBy(() -> RegistryFile.read(database, file))
                    .isInstanceOf(RegistryException.Conflict.class)
                    .hasMessageContaining("Only an empty registry");
            assertThat(export(database)).isEqualTo(before);
        }
    }

    @Test
    void policiesOfTheConfigurationGiveWay() throws Exception {
        RegistryDatabase source = database("embedded", "from");
        fill(source);
        String export = export(source);
        RegistryDatabase target = database("embedded", "to");
        registry(target).setPolicy(PromotionPolicy.byDefault().withOrigin(PolicyOrigin.CONFIGURATION), "SYSTEM");

        RegistryFile.read(target, file(export));

        assertThat(export(target)).isEqualTo(export);
    }

    /** A file that was tampered with by somebody who knows how its end is made. */
    private static String resealed(String content) throws IOException {
        String body = content.substring(0, content.lastIndexOf("{\"end\""));
        String end =
                "{\"end\":{\"rows\":" + (body.lines().count() - 1) + ",\"sha256\":\"" + Ledger.sha256(body) + "\"}}\n";
        return body + end;
    }

    private void refused(String content, String message) throws Exception {
        RegistryDatabase target = database("embedded", "to" + open.size());
        String before = export(target);
        Path file = file(content);

        assertThatThrownBy(() -> RegistryFile.read(target, file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageContaining("othing was imported");
        assertThat(export(target)).isEqualTo(before);
    }

    @Test
    void damageIsRefusedBeforeAnythingChanges() throws Exception {
        RegistryDatabase source = database("embedded", "from");
        fill(source);
        String whole = export(source);
        UnaryOperator<String> withoutALine = text -> text.replaceFirst("\\{\"version_tag\":.*\n", "");

        refused("", "cut off");
        refused("\n", "is not one row");
        refused("{}\n", "is not one row");
        refused("{\"a\":1}\n", "does not say what the file is");
        refused("PK\u0003\u0004", "can't be read");
        refused(whole.substring(0, whole.length() / 2), "");
        refused(whole.substring(0, whole.lastIndexOf("{\"end\"")), "cut off");
        refused(whole + "{\"model\":{\"id\":9}}\n", "stands after the file's end");
        refused(whole.replace("\"lr\"", "\"lx\""), "the file was changed");
        refused(withoutALine.apply(whole), "the file was changed");
        refused(resealed(whole.replace("{\"version\":{", "{\"nonsense\":{")), "is no row of a table");
        refused(resealed(whole.replaceFirst("\"number\":2", "\"number\":\"two\"")), "can't stand there");
        refused(resealed(whole.replaceFirst("\"number\":2", "\"numero\":2")), "does not name");
        refused(resealed(whole.replaceFirst("\"points\":\"[^\"]*\"", "\"points\":\"?\"")), "can't stand there");
        refused(whole.replaceFirst("\"format\":1", "\"format\":2"), "install the newer plugin");
        refused(whole.replaceFirst("\"schema\":\\d+", "\"schema\":99999"), "install the newer plugin");
        refused(resealed(whole.replaceFirst("\"columns\":\\[", "\"columns\":[\"color\",")), "which no registry has");
    }

    @Test
    void theLedgerInTheFileMustHold() throws Exception {
        RegistryDatabase source = database("embedded", "from");
        fill(source);
        String whole = export(source);

        refused(resealed(whole.replaceFirst("\"actor\":\"ann\"", "\"actor\":\"eve\"")), "ledger in the file is broken");
        refused(resealed(whole.replaceFirst("\\{\"ledger_head\".*\n", "")), "its head says null");
        // The rows are in order, yet they tell another story than the ledger does.
        refused(
                resealed(whole.replaceFirst("(\"alias\":\"champion\",\"model_id\":\\d+,\"number\":)\\d+", "$199")),
                "contradicts its own ledger");
        refused(resealed(whole.replaceFirst("(\\{\"version_tag\":.*\n)", "$1$1")), "contradicts itself");
    }

    @Test
    void aFileOfAnOlderSchemaTakesTheDefaults() throws Exception {
        RegistryDatabase source = database("embedded", "from");
        fill(source);
        String whole = export(source);
        String older = resealed(whole.replaceFirst("\"schema\":\\d+", "\"schema\":1")
                .replaceFirst(",\"apply_millis\"", "")
                .replaceAll(",?\"apply_millis\":\\d+", ""));
        RegistryDatabase target = database("embedded", "to");

        RegistryFile.read(target, file(older));

        assertThat(export(target)).isEqualTo(whole);
    }

    @Test
    void aFullDiskSaysSoAndLeavesTheRegistryAlone() throws Exception {
        RegistryDatabase source = database("embedded", "from");
        fill(source);
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };

        assertThatThrownBy(() -> RegistryFile.write(source, full))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("No space left");
        assertThat(registry(source).readOnlyReason()).isEmpty();
        assertThat(export(source)).contains("\"end\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"embedded", "postgres"})
    void noTableIsForgotten(String kind) throws Exception {
        RegistryDatabase database = database(kind, "from");

        Set<String> tables = database.read(sql -> Set.copyOf(sql.list(
                "SELECT table_name FROM information_schema.tables WHERE table_name LIKE 'mlops%'",
                row -> row.getString(1).substring("mlops_".length()))));

        assertThat(RegistryFile.write(database, OutputStream.nullOutputStream())
                        .tables()
                        .keySet())
                .containsAll(tables.stream()
                        .filter(name -> !Set.of("schema_history", "run_token", "model_metric", "version_text")
                                .contains(name))
                        .toList());
        assertThat(registry(database).models(null, Page.Request.first(1)).items())
                .isEmpty();
    }
}
