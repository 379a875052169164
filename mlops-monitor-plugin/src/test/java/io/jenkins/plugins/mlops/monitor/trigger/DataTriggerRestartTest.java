package io.jenkins.plugins.mlops.monitor.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jenkins.model.ParameterizedJobMixIn;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

class DataTriggerRestartTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    Path folder;

    private static WorkflowJob job(JenkinsRule j) {
        return j.jenkins.getItemByFullName("job", WorkflowJob.class);
    }

    private static void look(JenkinsRule j) throws Exception {
        ParameterizedJobMixIn.getTrigger(job(j), DataChangedTrigger.class).run();
        PollingPool.get().await();
        j.waitUntilNoActivity();
    }

    @Test
    void aRestartNeitherFiresTwiceNorMisses() throws Throwable {
        Path file = Files.writeString(folder.resolve("a.csv"), "x\n1\n");
        sessions.then(j -> {
            TriggerConfiguration.get().setControllerPaths(folder.toString());
            WorkflowJob job = j.createProject(WorkflowJob.class, "job");
            job.setDefinition(new CpsFlowDefinition("echo 'built'", true));
            job.addTrigger(new DataChangedTrigger(null, List.of(new FilesSource(file.toString()))));
            PollingPool.get().await();
        });
        sessions.then(j -> {
            look(j);
            assertThat(job(j).getLastBuild()).as("nothing has changed").isNull();
        });
        // While Jenkins is down.
        Files.writeString(file, "x\n2\n");
        sessions.then(j -> {
            look(j);
            assertThat(job(j).getLastBuild().getNumber()).isEqualTo(1);
            // Seen and kept, but no build could be made of it before Jenkins ends.
            Files.writeString(file, "x\n3\n");
            job(j).setDisabled(true);
            job(j).save();
            look(j);
            assertThat(job(j).getLastBuild().getNumber()).isEqualTo(1);
        });
        sessions.then(j -> {
            job(j).setDisabled(false);
            job(j).save();
            look(j);
            assertThat(job(j).getLastBuild().getNumber()).isEqualTo(2);
            assertThat(job(j).getLastBuild().getCause(DataChangedCause.class).getShortDescription())
                    .contains("changed");
        });
        sessions.then(j -> {
            look(j);
            look(j);
            assertThat(job(j).getLastBuild().getNumber()).isEqualTo(2);
        });
    }
}
