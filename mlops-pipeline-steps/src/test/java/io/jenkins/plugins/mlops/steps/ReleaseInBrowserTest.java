package io.jenkins.plugins.mlops.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.FilePath;
import hudson.model.Item;
import hudson.model.Result;
import io.jenkins.mlops.registry.Deployment;
import io.jenkins.mlops.registry.LedgerFile;
import io.jenkins.mlops.registry.LedgerVerification;
import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.PromotionPolicy;
import io.jenkins.plugins.mlops.browser.Browser;
import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * A release manager's day: the example with real data waits for two of the managers, who decide in a real browser; a
 * third job is rejected, the release is rolled back, and the ledger tells of it all. Skipped, visibly, without a browser.
 */
@WithJenkins
class ReleaseInBrowserTest {
    private static final Path EXAMPLE =
            Path.of("").toAbsolutePath().resolveSibling("examples").resolve("breast-cancer");
    private static final String MODEL = "breast-cancer";

    private JenkinsRule j;
    private Browser browser;

    @BeforeEach
    void managers(JenkinsRule rule) throws Exception {
        j = rule;
        JenkinsRule.DummySecurityRealm realm = j.createDummySecurityRealm();
        realm.addGroups("bob", "managers");
        realm.addGroups("joe", "managers");
        j.jenkins.setSecurityRealm(realm);
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, MlopsPermissions.VIEW, MlopsPermissions.APPROVE)
                .everywhere()
                .to("bob", "joe", "eve"));
        registry().setPolicy(PromotionPolicy.byDefault().withModel(MODEL, 0).withApprovals("2 of managers"), "admin");
        browser = Browser.open(j.getURL());
    }

    @AfterEach
    void close() {
        if (browser != null) {
            browser.close();
        }
        for (Deployment endpoint : registry().endpoints()) {
            ProcessHandle.allProcesses()
                    .filter(process -> process.info().commandLine().orElse("").contains("mlops-endpoints")
                            && process.info().commandLine().orElse("").contains(endpoint.endpoint()))
                    .forEach(ProcessHandle::destroy);
        }
    }

    private static ModelRegistry registry() {
        return RegistryConnection.get().registry();
    }

    /** The example as a job of its own; the trainer is built by the first and lent to the others. */
    private WorkflowJob job(String name, Path from) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class, name);
        FilePath workspace = j.jenkins.getWorkspaceFor(job);
        boolean first = from.equals(EXAMPLE);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path relative = from.relativize(file);
                if (Files.isRegularFile(file)
                        && !(first && relative.startsWith("target"))
                        && !relative.startsWith("out")) {
                    Path copy = Path.of(workspace.getRemote()).resolve(relative);
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy);
                }
            }
        }
        String script = Files.readString(EXAMPLE.resolve("Jenkinsfile"));
        job.setDefinition(new CpsFlowDefinition(
                first ? script : script.replace("mvn -B -q -f pom.xml package", "ls target/breast-cancer.jar"), true));
        return job;
    }

    private WorkflowRun waits(WorkflowJob job) throws Exception {
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        j.waitForMessage("waits for", run);
        return run;
    }

    private void decides(String user, String decision, String comment) {
        Promotion promotion = registry().pending().get(0);
        browser.login(user).go("mlops/inbox/");
        browser.find("#comment-" + promotion.id()).sendKeys(comment);
        browser.leave(() -> browser.find("form[name='decide-" + promotion.id() + "'] button[value=" + decision + "]")
                .click());
    }

    private WorkflowRun approved(WorkflowJob job) throws Exception {
        WorkflowRun run = waits(job);
        decides("bob", "approve", "the evidence is good");
        assertThat(browser.text()).contains("still missing: 1 of managers");
        decides("joe", "approve", "so say I");
        return j.assertBuildStatusSuccess(j.waitForCompletion(run));
    }

    private int champion() {
        return registry().byAlias(MODEL, "champion").orElseThrow().number();
    }

    @Test
    void isApprovedByTwoRejectedForAThirdJobAndRolledBack() throws Exception {
        WorkflowJob first = job("first", EXAMPLE);
        WorkflowRun run = approved(first);
        j.assertLogContains("the endpoint answers:", run);
        assertThat(champion()).isEqualTo(1);
        Path built = Path.of(j.jenkins.getWorkspaceFor(first).getRemote());

        approved(job("second", built));
        assertThat(champion()).isEqualTo(2);

        WorkflowRun third = waits(job("third", built));
        browser.login("eve").go("mlops/inbox/");
        assertThat(browser.all("button[value=approve]")).isEmpty();
        assertThat(browser.text()).contains("You are none of the approvers that the policy names.");
        decides("bob", "reject", "no reason to change again");
        j.assertBuildStatus(Result.FAILURE, j.waitForCompletion(third));
        assertThat(champion()).isEqualTo(2);

        browser.login("joe").go("mlops/model/" + MODEL + "/version/2/");
        browser.open("mlops-rollback");
        browser.find("#mlops-rollback-champion").sendKeys("complaints from the ward");
        browser.leave(() ->
                browser.find("form[name=rollback-champion] button[type=submit]").click());
        assertThat(browser.text()).contains("complaints from the ward");
        assertThat(champion()).isEqualTo(1);
        assertThat(browser.complaints()).isEmpty();

        ledgerTells();
    }

    private static void ledgerTells() throws IOException {
        StringWriter out = new StringWriter();
        LedgerVerification written = LedgerFile.write(registry(), out);
        assertThat(written.intact()).as(written.explanation()).isTrue();
        assertThat(LedgerFile.verify(new StringReader(out.toString()), null).intact())
                .isTrue();
        assertThat(out.toString()).contains("no reason to change again", "complaints from the ward");
        String tampered = out.toString().replace("no reason to change again", "go ahead with this one!!");
        assertThat(LedgerFile.verify(new StringReader(tampered), null).intact()).isFalse();
    }
}
