package io.jenkins.mlops.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.PromotionPolicy;
import io.jenkins.mlops.registry.RegisteredModel;
import io.jenkins.mlops.registry.jdbc.RegistryDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A registry that a server follows, of each version, in good days. */
class RemoteMirrorTest {
    @TempDir
    Path directory;

    private StandInMlflow server;
    private MirrorFixture fixture;

    private void open(StandInMlflow.Dialect dialect) throws Exception {
        server = new StandInMlflow(dialect);
        fixture = new MirrorFixture(MirrorFixture.openEmpty(directory), server.url());
        fixture.run();
    }

    @AfterEach
    void close() {
        fixture.close();
        server.close();
    }

    private void assertInStep() {
        assertThat(fixture.store.tasks(null, 100)).isEmpty();
        assertThat(fixture.store.state().orElseThrow().failure()).isEmpty();
        assertThat(fixture.registry.verifyLedger().intact()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(StandInMlflow.Dialect.class)
    void aVersionComesWithItsFilesTagsAndWayBack(StandInMlflow.Dialect dialect) throws Exception {
        open(dialect);
        ModelVersion version = fixture.register("churn", "one");
        Promotion promotion = fixture.promote(version, "champion");
        fixture.run();
        assertInStep();
        assertThat(server.holder("churn", "champion")).isEqualTo(1);
        assertThat(server.tags("churn", 1))
                .containsEntry("team", "fraud")
                .containsEntry("mlops.version", "1")
                .containsEntry("mlops.digest", version.digest())
                .containsEntry("mlops.build", "team/train#7")
                .containsEntry("mlops.build_url", "https://ci.example/job/team/job/train/7/")
                .containsEntry("mlops.run_id", "run-of-jenkins")
                .containsEntry("mlops.commit", "0123456789abcdef")
                .containsEntry("mlops.promotion.champion", promotion.id())
                .containsEntry("mlops.deployment_job_run_state", "RUNNING");
        var made = server.versions("churn").get(0);
        assertThat(made.path("description").asText()).isEqualTo("made by one");
        String source = made.path("source").asText();
        assertThat(source).startsWith("mlflow-artifacts:/1/").endsWith("/artifacts/model");
        String folder = source.substring("mlflow-artifacts:/".length());
        assertThat(server.files).containsOnlyKeys(folder + "/MLmodel", folder + "/data/weights \u00fc.bin");
        assertThat(new String(server.files.get(folder + "/MLmodel"), StandardCharsets.UTF_8))
                .isEqualTo("flavors of one");
        StandInMlflow.Run run = server.runs.values().iterator().next();
        assertThat(run.status).isEqualTo("FINISHED");
        assertThat(run.metrics).isEqualTo(Map.of("auc", 0.9));
        assertThat(run.tags)
                .containsEntry("mlops.run_id", "run-of-jenkins")
                .containsEntry("mlflow.source.name", "https://ci.example/job/team/job/train/7/")
                .containsEntry("mlflow.source.git.commit", "0123456789abcdef");

        int calls = server.calls.size();
        fixture.run();
        assertThat(server.calls).as("nothing to do, nothing asked").hasSize(calls);
        fixture.registry.confirmApplied();
        fixture.run();
        assertThat(server.tags("churn", 1)).containsEntry("mlops.deployment_job_run_state", "SUCCEEDED");
        assertInStep();
    }

    @ParameterizedTest
    @EnumSource(StandInMlflow.Dialect.class)
    void whatChangesInTheRegistryChangesThere(StandInMlflow.Dialect dialect) throws Exception {
        open(dialect);
        fixture.promote(fixture.register("churn", "one"), "champion");
        ModelVersion second = fixture.register("churn", "two");
        fixture.run();
        fixture.promote(second, "champion");
        fixture.promote(second, "shadow");
        fixture.registry.setTag("churn", 1, "team", null, "ada");
        fixture.registry.setTag("churn", 1, "owner", "bob", "ada");
        fixture.registry.describeVersion("churn", 1, "retired", "ada");
        fixture.registry.describeModel("churn", "who leaves", "ada");
        fixture.registry.setModelTag("churn", "area", "crm", "ada");
        fixture.run();
        assertInStep();
        assertThat(server.holder("churn", "champion")).isEqualTo(2);
        assertThat(server.tags("churn", 1)).containsEntry("owner", "bob").doesNotContainKey("team");
        assertThat(server.versions("churn").get(0).path("description").asText()).isEqualTo("retired");
        assertThat(server.models.get("churn").description).isEqualTo("who leaves");
        assertThat(server.models.get("churn").tags).containsEntry("area", "crm");

        fixture.registry.deleteAlias("churn", "champion", "ada");
        fixture.registry.deleteAlias("churn", "shadow", "ada");
        fixture.registry.setModelTag("churn", "area", null, "ada");
        fixture.registry.deleteVersion("churn", 1, "ada");
        fixture.run();
        assertInStep();
        assertThat(server.holder("churn", "champion")).isZero();
        assertThat(server.models.get("churn").aliases).isEmpty();
        assertThat(server.models.get("churn").tags).isEmpty();
        assertThat(server.tags("churn", 1)).containsEntry("mlops.deleted", "true");
        assertThat(fixture.poll()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(StandInMlflow.Dialect.class)
    void anAliasThatIsMovedThereIsFoundShownAndPutBackByPolicy(StandInMlflow.Dialect dialect) throws Exception {
        open(dialect);
        fixture.promote(fixture.register("churn", "one"), "champion");
        fixture.register("churn", "two");
        fixture.run();
        server.moveOutside("churn", "champion", 2);
        assertThat(fixture.poll()).containsExactly(new Drift("churn", "champion", 1, 2, 0));
        assertThat(fixture.poll()).as("known by now").isEmpty();
        assertThat(fixture.store.drifts("churn")).singleElement().satisfies(drift -> {
            assertThat(drift.found()).isEqualTo(2);
            assertThat(drift.display()).contains("'champion'", "version 2", "version 1");
        });
        assertThat(fixture.ledger("remote.drifted")).singleElement().asString().contains("\"foundThere\":2");
        assertThat(server.holder("churn", "champion"))
                .as("not without a policy")
                .isEqualTo(2);
        RegisteredModel model = fixture.registry.model("churn");
        assertThat(model.aliases()).isEqualTo(Map.of("champion", 1));

        fixture.registry.setPolicy(
                PromotionPolicy.byDefault().withModel("churn", 0).withRestoreAlias(true), "admin");
        fixture.poll();
        assertThat(server.holder("churn", "champion")).isEqualTo(1);
        fixture.poll();
        assertThat(fixture.store.drifts(null)).isEmpty();
        assertThat(fixture.ledger("remote.restored")).hasSize(1);
        assertThat(fixture.ledger("remote.drift-ended")).hasSize(1);

        server.moveOutside("churn", "champion", 2);
        fixture.mirror.ask("churn");
        assertThat(fixture.run()).as("told by a webhook").hasSize(1);
        assertThat(server.holder("churn", "champion")).isEqualTo(1);
        assertThat(fixture.store.drifts(null)).isEmpty();
        assertThat(fixture.ledger("remote.drifted").get(1)).contains("\"by\":\"webhook\"");
        assertInStep();
    }

    @Test
    void aPromotionOfTheVersionEndsTheDrift() throws Exception {
        open(StandInMlflow.Dialect.V2_12);
        fixture.promote(fixture.register("churn", "one"), "champion");
        ModelVersion second = fixture.register("churn", "two");
        fixture.run();
        server.moveOutside("churn", "champion", 2);
        fixture.poll();
        assertThat(fixture.store.drifts(null)).hasSize(1);
        fixture.promote(second, "champion");
        fixture.poll();
        assertThat(fixture.store.drifts(null)).isEmpty();
        assertThat(server.holder("churn", "champion")).isEqualTo(2);
    }

    @Test
    void anAliasThatIsAddedOrTakenAwayIsDriftAndAMoveUnderWayIsNone() throws Exception {
        open(StandInMlflow.Dialect.V3);
        ModelVersion one = fixture.register("churn", "one");
        fixture.promote(one, "champion");
        fixture.run();
        server.models.get("churn").aliases.put("wild", 1);
        server.models.get("churn").aliases.remove("champion");
        fixture.promote(fixture.register("churn", "two"), "shadow");
        assertThat(fixture.poll())
                .containsExactlyInAnyOrder(
                        new Drift("churn", "champion", 1, 0, 0), new Drift("churn", "wild", 0, 1, 0));
        assertThat(server.holder("churn", "shadow")).isEqualTo(2);
        fixture.store.restore(fixture.store.drifts("churn").get(0), "bob");
        fixture.store.restore(fixture.store.drifts("churn").get(1), "bob");
        fixture.poll();
        fixture.poll();
        assertThat(fixture.store.drifts(null)).isEmpty();
        assertThat(server.models.get("churn").aliases).isEqualTo(Map.of("champion", 1, "shadow", 2));
    }

    @Test
    void aModelThatIsDeletedThereIsFoundAndCanBePutBack() throws Exception {
        open(StandInMlflow.Dialect.V3);
        fixture.promote(fixture.register("churn", "one"), "champion");
        fixture.run();
        server.models.remove("churn");
        assertThat(fixture.poll()).singleElement().satisfies(drift -> {
            assertThat(drift.alias()).isEmpty();
            assertThat(drift.display()).contains("gone");
        });
        fixture.store.restore(fixture.store.drifts("churn").get(0), "bob");
        fixture.poll();
        assertThat(server.holder("churn", "champion")).isEqualTo(1);
        assertThat(server.runs).as("its files are there already").hasSize(1);
        fixture.poll();
        assertThat(fixture.store.drifts(null)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(StandInMlflow.Dialect.class)
    void aVersionThatOthersRegisterIsShownAndCanBeImported(StandInMlflow.Dialect dialect) throws Exception {
        open(dialect);
        fixture.register("churn", "one");
        fixture.run();
        server.files.put("9/abc/artifacts/model/MLmodel", "theirs".getBytes(StandardCharsets.UTF_8));
        server.files.put("9/abc/artifacts/model/data/empty", new byte[0]);
        server.addVersion("churn", "mlflow-artifacts:/9/abc/artifacts/model", "abc");
        fixture.poll();
        assertThat(fixture.store.outside("churn", 10))
                .containsExactly(new OutsideVersion(
                        "churn", 2, "mlflow-artifacts:/9/abc/artifacts/model", "abc", "eve", 1_700_000_000_000L));
        assertThat(fixture.ledger("remote.versions-found")).hasSize(1);

        RemoteImport remoteImport =
                new RemoteImport(fixture.registry, fixture.store, fixture.client, directory.resolve("imported"), 1_000);
        ModelVersion imported = remoteImport.bring("churn", 2, "bob");
        assertThat(imported.number()).isEqualTo(2);
        assertThat(imported.files()).extracting(file -> file.path()).containsExactly("MLmodel", "data/empty");
        assertThat(imported.source()).startsWith(RemoteImport.SCHEME);
        assertThat(imported.authors()).containsExactly("eve");
        assertThat(directory
                        .resolve("imported")
                        .resolve(imported.source().substring(RemoteImport.SCHEME.length()))
                        .resolve("MLmodel"))
                .hasContent("theirs");
        assertThat(remoteImport.bring("churn", 2, "bob")).isEqualTo(imported);
        fixture.promote(imported, "champion");
        fixture.poll();
        assertInStep();
        assertThat(server.versions("churn"))
                .as("it is not registered there once more")
                .hasSize(2);
        assertThat(server.holder("churn", "champion")).isEqualTo(2);
        assertThat(fixture.store.outside("churn", 10)).isEmpty();
        assertThat(fixture.registry.evaluations("churn", 2)).as("no evidence").isEmpty();
    }

    @Test
    void oneThatFollowsFromNowOnBringsTheHoldersOfAliasesOrEverything() throws Exception {
        server = new StandInMlflow(StandInMlflow.Dialect.V2_12);
        fixture = new MirrorFixture(MirrorFixture.openEmpty(directory), server.url());
        fixture.register("churn", "one");
        fixture.promote(fixture.register("churn", "two"), "champion");
        fixture.register("other", "three");
        fixture.run();
        assertThat(server.models.keySet()).containsExactly("churn");
        assertThat(server.tags("churn", 1)).containsEntry("mlops.version", "2");
        assertThat(fixture.poll()).isEmpty();
        fixture.close();
        server.close();

        server = new StandInMlflow(StandInMlflow.Dialect.V2_12);
        fixture = new MirrorFixture(
                RegistryDatabase.openEmbedded(directory), server.url(), java.time.Duration.ofSeconds(30), true);
        fixture.run();
        assertThat(server.versions("churn")).hasSize(2);
        assertThat(server.versions("other")).hasSize(1);
        assertThat(server.holder("churn", "champion")).isEqualTo(2);
    }

    @Test
    void aServerThatTakesNoFilesGetsVersionsThatLeadToJenkins() throws Exception {
        server = new StandInMlflow(StandInMlflow.Dialect.V2_12);
        server.servesArtifacts = false;
        fixture = new MirrorFixture(MirrorFixture.openEmpty(directory), server.url());
        fixture.run();
        fixture.register("churn", "one");
        fixture.run();
        assertInStep();
        assertThat(server.versions("churn").get(0).path("source").asText())
                .startsWith("https://ci.example/job/team/job/train/7/artifact/");
        assertThat(fixture.store.state().orElseThrow().offers()).contains("takes no files");
    }

    @Test
    void aModelOfTheSameNameThatIsThereAlreadyIsJoined() throws Exception {
        open(StandInMlflow.Dialect.V3);
        server.addVersion("churn", "s3://theirs/model", "");
        fixture.promote(fixture.register("churn", "one"), "champion");
        fixture.run();
        assertInStep();
        assertThat(server.holder("churn", "champion")).as("by its number there").isEqualTo(2);
        fixture.poll();
        assertThat(fixture.store.outside("churn", 10)).hasSize(1);
        assertThat(fixture.store.drifts(null)).isEmpty();
    }
}
