package io.jenkins.plugins.mlops.monitor.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import hudson.model.Item;
import hudson.model.Result;
import io.jenkins.mlops.data.DataFormat;
import io.jenkins.mlops.data.DatasetSnapshot;
import io.jenkins.plugins.mlops.registry.RegistryConfiguration;
import io.jenkins.plugins.mlops.registry.lineage.LineageAction;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class DataChangedTriggerTest {
    @TempDir
    Path folder;

    private static WorkflowJob job(JenkinsRule j, String name, String script) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    /** The first build sets the trigger, whose first look notes what is there. */
    private static WorkflowJob started(JenkinsRule j, String name, String script) throws Exception {
        WorkflowJob job = job(j, name, script);
        j.assertBuildStatusSuccess(job.scheduleBuild2(0));
        PollingPool.get().await();
        return job;
    }

    private static WorkflowJob watching(JenkinsRule j, String name, DataSource... sources) throws Exception {
        WorkflowJob job = job(j, name, "echo 'built'");
        job.addTrigger(new DataChangedTrigger(null, List.of(sources)));
        PollingPool.get().await();
        return job;
    }

    private static void look(JenkinsRule j, WorkflowJob job) throws Exception {
        ParameterizedJobMixIn.getTrigger(job, DataChangedTrigger.class).run();
        PollingPool.get().await();
        j.waitUntilNoActivity();
    }

    private static DataChangedCause cause(WorkflowRun run) {
        return run.getCause(DataChangedCause.class);
    }

    private Path csv(JenkinsRule j, String content) throws Exception {
        TriggerConfiguration.get().setControllerPaths(folder.toString());
        return Files.writeString(folder.resolve("train.csv"), content);
    }

    private static String log(WorkflowJob job) throws Exception {
        return Files.readString(DataPoll.logFile(job));
    }

    @Test
    void aChangedFileStartsABuildAndAnUntouchedOneDoesNot(JenkinsRule j) throws Exception {
        Path file = csv(j, "x,y\n1,2\n");
        WorkflowJob job = started(
                j,
                "declarative",
                "pipeline { agent none\n triggers { dataChanged(spec: 'H/5 * * * *', minimumNewRows: 2, sources: [files(path: '"
                        + file + "')]) }\n stages { stage('x') { steps { echo 'ran' } } } }");
        assertThat(job.getLastBuild().getNumber()).isEqualTo(1);
        assertThat(ParameterizedJobMixIn.getTrigger(job, DataChangedTrigger.class)
                        .getSpec())
                .isEqualTo("H/5 * * * *");

        look(j, job);
        assertThat(job.getLastBuild().getNumber()).isEqualTo(1);
        Files.writeString(file, "x,y\n1,2\n3,4\n");
        look(j, job);
        assertThat(job.getLastBuild().getNumber()).as("one new row of two").isEqualTo(1);
        Files.writeString(file, "x,y\n1,2\n3,4\n5,6\n");
        look(j, job);
        assertThat(job.getLastBuild().getNumber()).isEqualTo(2);
        DataChangedCause cause = cause(job.getLastBuild());
        assertThat(cause.getNewRows()).isEqualTo(2);
        assertThat(cause.getShortDescription())
                .startsWith(file + " on the controller changed: sha256:")
                .contains("rows 1 -> 3 (+2), files 1, bytes 8 -> 16 (+8)");
        // The build has set its triggers again: still nothing new.
        look(j, job);
        assertThat(job.getLastBuild().getNumber()).isEqualTo(2);
    }

    @Test
    void scriptedPropertiesSetItToo(JenkinsRule j) throws Exception {
        Path file = csv(j, "x\n1\n");
        WorkflowJob job = started(
                j,
                "scripted",
                "properties([pipelineTriggers([dataChanged(sources: [files(path: '" + file + "')])])])\necho 'ran'");
        assertThat(ParameterizedJobMixIn.getTrigger(job, DataChangedTrigger.class)
                        .getSpec())
                .isEqualTo(DataChangedTrigger.DEFAULT_SPEC);
        Files.writeString(file, "x\n2\n");
        look(j, job);
        assertThat(cause(job.getLastBuild())).isNotNull();
    }

    @Test
    void aDisabledJobIsToldWhenItTakesBuildsAgain(JenkinsRule j) throws Exception {
        Path file = csv(j, "x\n1\n");
        WorkflowJob job = watching(j, "disabled", new FilesSource(file.toString()));
        job.setDisabled(true);
        Files.writeString(file, "x\n2\n");
        look(j, job);
        look(j, job);
        assertThat(job.getLastBuild()).isNull();
        assertThat(log(job)).contains("the job takes no builds now");
        job.setDisabled(false);
        look(j, job);
        look(j, job);
        assertThat(job.getLastBuild().getNumber()).isEqualTo(1);
    }

    @Test
    void whatIsTakenOutOfTheQueueStaysOut(JenkinsRule j) throws Exception {
        Path file = csv(j, "x\n1\n");
        WorkflowJob job = watching(j, "cancelled", new FilesSource(file.toString()));
        job.setConcurrentBuild(false);
        job.setDefinition(new CpsFlowDefinition("semaphore 'wait'", true));
        SemaphoreStep.waitForStart("wait/1", job.scheduleBuild2(0).waitForStart());
        Files.writeString(file, "x\n2\n");
        for (int i = 0; i < 2; i++) {
            ParameterizedJobMixIn.getTrigger(job, DataChangedTrigger.class).run();
            PollingPool.get().await();
            assertThat(job.getQueueItem().getCauses()).hasSize(1);
        }
        j.jenkins.getQueue().cancel(job.getQueueItem());
        SemaphoreStep.success("wait/1", null);
        look(j, job);
        look(j, job);
        assertThat(log(job)).doesNotContain("changed");
        assertThat(job.getLastBuild().getNumber()).isEqualTo(1);
    }

    @Test
    void filesOfTheControllerAreWatchedOnlyWhereAnAdministratorAllows(JenkinsRule j) throws Exception {
        Path allowed = Files.createDirectories(folder.resolve("allowed"));
        Path secret = Files.writeString(folder.resolve("secret.txt"), "x");
        Files.createSymbolicLink(allowed.resolve("link"), secret);
        TriggerConfiguration.get().setControllerPaths(allowed.toString());
        for (String path : List.of(
                secret.toString(),
                allowed + "/../secret.txt",
                allowed + "/link",
                allowed + "/absent",
                j.jenkins.getRootDir() + "/secrets/master.key",
                "relative.csv")) {
            for (String label : List.of("", "built-in")) {
                FilesSource source = new FilesSource(path);
                source.setLabel(label);
                WorkflowJob job = watching(j, "job" + Math.abs((path + label).hashCode()), source);
                assertThat(log(job)).as(path).containsAnyOf("is not there, or not in a folder", "an absolute path");
            }
        }
        assertThatThrownBy(() -> TriggerConfiguration.get().setControllerPaths("relative"))
                .hasMessageContaining("absolute path");
        assertThat(TriggerConfiguration.get().getControllerPaths()).isEqualTo(allowed.toString());
    }

    @Test
    void filesOfAnAgentAreReadThere(JenkinsRule j) throws Exception {
        j.createOnlineSlave(hudson.model.Label.get("data"));
        Path file = Files.writeString(folder.resolve("a.csv"), "x\n1\n");
        FilesSource source = new FilesSource(file.toString());
        source.setLabel("data");
        WorkflowJob job = watching(j, "agent", source);
        Files.writeString(file, "x\n2\n");
        look(j, job);
        assertThat(cause(job.getLastBuild()).getSource()).isEqualTo(file + " on data");
        FilesSource nowhere = new FilesSource(file.toString());
        nowhere.setLabel("gone");
        assertThat(log(watching(j, "nowhere", nowhere)))
                .contains("Expected an agent with the label 'gone' that is online")
                .contains("not before");
    }

    @Test
    void addressesAreAskedWhereTheirHostIsAllowed(JenkinsRule j) throws Exception {
        String[] tag = {"\"one\""};
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("ETag", tag[0]);
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/train.csv";
            WorkflowJob refused = watching(j, "refused", new UrlSource(url));
            assertThat(log(refused)).contains("The controller may not call");
            RegistryConfiguration.get().setAllowedHosts("127.0.0.1");
            WorkflowJob job = watching(j, "url", new UrlSource(url));
            look(j, job);
            assertThat(job.getLastBuild()).isNull();
            tag[0] = "\"two\"";
            look(j, job);
            assertThat(cause(job.getLastBuild()).getShortDescription()).contains("etag:\"one\" -> etag:\"two\"");
            UrlSource secret = new UrlSource(url);
            secret.setCredentialsId("absent");
            assertThat(log(watching(j, "absent", secret))).contains("Expected credentials of the id 'absent'");
        } finally {
            server.stop(0);
        }
    }

    private static void record(WorkflowRun run, String digit) throws Exception {
        LineageAction.of(run)
                .record(
                        new DatasetSnapshot(
                                "train", "sha256:" + digit.repeat(64), "sha256", 1, 5, DataFormat.CSV, null, List.of()),
                        "train");
    }

    @Test
    void aDatasetOfAnotherJobIsLookedAtWhenItsBuildEnds(JenkinsRule j) throws Exception {
        WorkflowJob recording = job(j, "prepare", "echo 'prepared'");
        WorkflowRun first = j.assertBuildStatusSuccess(recording.scheduleBuild2(0));
        record(first, "a");
        WorkflowJob job = watching(j, "train", new DatasetSource("train", "prepare"));
        look(j, job);
        assertThat(job.getLastBuild()).isNull();
        WorkflowRun second = j.assertBuildStatusSuccess(recording.scheduleBuild2(0));
        record(second, "b");
        // As when the build ends, by which time it has recorded.
        new DataBuildListener().onFinalized(second);
        PollingPool.get().await();
        j.waitUntilNoActivity();
        assertThat(cause(job.getLastBuild()).getToDigest()).isEqualTo("sha256:" + "b".repeat(64));
        assertThat(log(watching(j, "other", new DatasetSource("other", "prepare"))))
                .contains("has recorded a dataset 'other'");
        assertThat(log(watching(j, "lost", new DatasetSource("train", "nowhere"))))
                .contains("There is no job 'nowhere'");
    }

    @Test
    void thePageShowsWhatWasSeenToThoseWhoMayReadTheJob(JenkinsRule j) throws Exception {
        Path file = csv(j, "x\n1\n");
        Path hostile = Files.writeString(folder.resolve("<img src=x onerror=alert(1)>.csv"), "x\n1\n");
        WorkflowJob job = watching(
                j,
                "page",
                new FilesSource(file.toString()),
                new FilesSource(hostile.toString()),
                new FilesSource("/absent"));
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("nobody", "reader", "builder")
                .grant(Item.READ)
                .everywhere()
                .to("reader", "builder")
                .grant(Item.BUILD)
                .everywhere()
                .to("builder"));
        String page = job.getUrl() + "mlops-data/";
        String html =
                j.createWebClient().login("reader").goTo(page).getWebResponse().getContentAsString();
        assertThat(html)
                .contains("Unchanged", "Failing", "is not there, or not in a folder", "&lt;img src=x")
                .doesNotContain("<img src=x")
                .doesNotContain("action=\"look\"");
        j.createWebClient().login("nobody").assertFails(page, 404);
        assertThat(status(j, "builder", HttpMethod.GET, page + "look")).isEqualTo(405);
        assertThat(status(j, "reader", HttpMethod.POST, page + "look")).isEqualTo(403);
        Files.writeString(file, "x\n2\n");
        assertThat(status(j, "builder", HttpMethod.POST, page + "look")).isLessThan(400);
        PollingPool.get().await();
        j.waitUntilNoActivity();
        assertThat(cause(job.getLastBuild())).isNotNull();
    }

    private static int status(JenkinsRule j, String user, HttpMethod method, String path) throws Exception {
        JenkinsRule.WebClient client = j.createWebClient().login(user).withThrowExceptionOnFailingStatusCode(false);
        client.setRedirectEnabled(false);
        WebRequest request = new WebRequest(new URL(j.getURL(), path), method);
        return client.getPage(method == HttpMethod.POST ? client.addCrumb(request) : request)
                .getWebResponse()
                .getStatusCode();
    }

    @Test
    void badArgumentsAreRefusedInWords(JenkinsRule j) throws Exception {
        List<String> scripts = new ArrayList<>(List.of(
                "dataChanged(sources: [])| expected from 1 to 50 sources",
                "dataChanged(spec: 'now and then', sources: [files(path: '/x')])| Invalid input",
                "dataChanged(minimumNewRows: -1, sources: [files(path: '/x')])| minimumNewRows",
                "dataChanged(sources: [url(url: 'file:///etc/passwd')])| an http or https address",
                "dataChanged(sources: [url(url: 'https://u:p@h/')])| without user and password",
                "dataChanged(sources: [dvc(url: 'ext::sh -c id')])| the address of a Git repository",
                "dataChanged(sources: [jdbc(url: 'jdbc:h2:mem:x', query: 'SELECT 1', credentialsId: 'x')])| jdbc:postgresql",
                "dataChanged(sources: [s3(bucket: 'b', region: 'a b')])| a region such as"));
        for (int i = 0; i < scripts.size(); i++) {
            String[] parts = scripts.get(i).split("\\| ");
            WorkflowJob job = job(j, "bad" + i, "properties([pipelineTriggers([" + parts[0] + "])])");
            WorkflowRun run = j.assertBuildStatus(Result.FAILURE, job.scheduleBuild2(0));
            assertThat(JenkinsRule.getLog(run)).as(parts[0]).contains(parts[1].trim());
        }
    }
}
