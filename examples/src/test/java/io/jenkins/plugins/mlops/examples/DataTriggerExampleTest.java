package io.jenkins.plugins.mlops.examples;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Cause;
import io.jenkins.plugins.mlops.monitor.trigger.DataChangedCause;
import io.jenkins.plugins.mlops.monitor.trigger.DataChangedTrigger;
import io.jenkins.plugins.mlops.monitor.trigger.PollingPool;
import io.jenkins.plugins.mlops.monitor.trigger.TriggerConfiguration;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import jenkins.model.ParameterizedJobMixIn;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A changed CSV starts a build with the right cause, an untouched one doesn't, a restart in between changes nothing. */
class DataTriggerExampleTest {
    private static final Path EXAMPLE = Path.of("").toAbsolutePath().resolve("data-trigger");

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    Path folder;

    private static WorkflowJob job(JenkinsRule j) {
        return j.jenkins.getItemByFullName("data-trigger", WorkflowJob.class);
    }

    /** As the clock does by the crontab. */
    private static int look(JenkinsRule j) throws Exception {
        ParameterizedJobMixIn.getTrigger(job(j), DataChangedTrigger.class).run();
        PollingPool.get().await();
        j.waitUntilNoActivity();
        return job(j).getLastBuild().getNumber();
    }

    private static void append(Path file, int rows) throws Exception {
        Files.writeString(file, "999,40,50.0,1\n".repeat(rows), StandardCharsets.UTF_8, StandardOpenOption.APPEND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Jenkinsfile", "Jenkinsfile.declarative"})
    void aChangedFileIsTrainedOnOnce(String jenkinsfile) throws Throwable {
        Path file = Files.copy(EXAMPLE.resolve("data/customers.csv"), folder.resolve("customers.csv"));
        String script = "env.DATA_FILE = '" + file + "'\n"
                + Files.readString(EXAMPLE.resolve(jenkinsfile), StandardCharsets.UTF_8);
        sessions.then(j -> {
            TriggerConfiguration.get().setControllerPaths(folder.toString());
            WorkflowJob job = j.createProject(WorkflowJob.class, "data-trigger");
            job.setDefinition(new CpsFlowDefinition(script, true));
            j.buildAndAssertSuccess(job);
            PollingPool.get().await();
            Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_000L));
            assertThat(look(j)).as("untouched, but for its time").isEqualTo(1);
            append(file, 12);
            assertThat(look(j)).isEqualTo(2);
            Cause cause = job.getLastBuild().getCause(DataChangedCause.class);
            assertThat(cause.getShortDescription()).contains("rows 200 -> 212 (+12)");
            append(file, 5);
            assertThat(look(j)).as("five new rows of ten").isEqualTo(2);
        });
        append(file, 5);
        sessions.then(j -> {
            assertThat(look(j))
                    .as("ten new rows, five of them while Jenkins was down")
                    .isEqualTo(3);
            assertThat(look(j)).isEqualTo(3);
        });
    }
}
