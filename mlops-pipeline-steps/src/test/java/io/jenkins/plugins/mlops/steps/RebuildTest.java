package io.jenkins.plugins.mlops.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Page;
import io.jenkins.plugins.mlops.registry.ArchivedModel;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import io.jenkins.plugins.mlops.registry.rebuild.RebuildReport;
import io.jenkins.plugins.mlops.registry.rebuild.RegistryRebuild;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Loses the registry's database and gets it back from what the builds have on record. */
@WithJenkins
class RebuildTest {
    private static final String TWO_VERSIONS = Pipelines.onNode("""
            for (n in [1, 2]) {
              writeFile file: 'metrics.json', text: "{\\"accuracy\\": 0.9${n}}"
              evaluateModel metricsFile: 'metrics.json'
              writeFile file: 'model/w.json', text: "{\\"w\\": ${n}}"
              writeFile file: 'model/meta/about.txt', text: 'about'
              registerModel name: 'risk', path: 'model'
            }
            """);

    private static ModelRegistry registry() {
        return RegistryConnection.get().registry();
    }

    private static void lose(JenkinsRule j) throws Exception {
        RegistryConnection.get().close();
        try (Stream<Path> files = Files.walk(j.jenkins.getRootDir().toPath().resolve("mlops/registry"))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void putsBackWhatTheDatabaseLost(JenkinsRule j) throws Exception {
        j.buildAndAssertSuccess(Pipelines.job(j, "train", TWO_VERSIONS));
        ModelVersion before = registry().version("risk", 2);
        lose(j);

        RebuildReport dry = RegistryRebuild.get().run(true);
        assertThat(dry.restored()).containsExactly("risk version 1", "risk version 2");
        assertThat(registry().models(null, Page.Request.first(10)).items()).isEmpty();

        RebuildReport report = RegistryRebuild.get().run(false);

        assertThat(report.state()).isEqualTo("done");
        assertThat(report.problems()).isEmpty();
        assertThat(report.restored()).hasSize(2);
        ModelVersion after = registry().version("risk", 2);
        assertThat(after.digest()).isEqualTo(before.digest());
        assertThat(after.files()).isEqualTo(before.files());
        assertThat(after.metrics()).isEqualTo(before.metrics());
        assertThat(after.build()).isEqualTo(before.build());
        assertThat(after.source()).isEqualTo(before.source());
        assertThat(RegistryRebuild.get().run(false).present()).isEqualTo(2);
        assertThat(registry().verifyLedger().intact()).isTrue();
    }

    @Test
    void tellsWhatCannotBePutBack(JenkinsRule j) throws Exception {
        WorkflowRun run = j.buildAndAssertSuccess(Pipelines.job(j, "train", TWO_VERSIONS));
        ModelVersion first = registry().version("risk", 1);
        lose(j);
        Path archived = new File(run.getRootDir(), "archive")
                .toPath()
                .resolve(ArchivedModel.folder("risk", first.digest()))
                .resolve("w.json");
        Files.writeString(archived, "tampered");

        RebuildReport report = RegistryRebuild.get().run(false);

        assertThat(report.restored()).containsExactly("risk version 2");
        assertThat(report.problems()).hasSize(1);
        assertThat(report.problems().get(0)).contains("risk version 1", "changed or removed");
        assertThat(registry().version("risk", 2).number()).isEqualTo(2);
        assertThat(List.of(report.builds())).containsExactly(1);
    }
}
