package io.jenkins.plugins.mlops.registry.rest;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.cli.CLICommandInvoker;
import hudson.model.Item;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Promotion;
import java.util.Map;
import jenkins.model.Jenkins;
import org.htmlunit.WebResponse;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Two users, each with a job of his own: neither finds the other's models by any list, search or address. */
@WithJenkins
class FolderIsolationTest {
    private static final String[] LISTS = {
        "mlops/models/",
        "mlops/models/?search=model",
        "mlops/models/?search=BETA-MODEL",
        "mlops/models/?search=alpha-model",
        "mlops/promotions/",
        "mlops/endpoints",
        "mlops/servedAt?time=2100-01-01T00:00:00Z",
        "mlops/servedAt?time=2100-01-01T00:00:00Z&model=alpha-model",
        "mlops/servedAt?time=2100-01-01T00:00:00Z&endpoint=beta-model-endpoint"
    };

    private static final Map<String, String> OTHERS = Map.of("alpha", "beta", "beta", "alpha");

    private final Map<String, Promotion> promotions = new java.util.HashMap<>();

    @BeforeEach
    void fill(JenkinsRule j) throws Exception {
        MockAuthorizationStrategy rights =
                new MockAuthorizationStrategy().grant(Jenkins.READ).everywhere().to("alpha", "beta");
        for (String user : OTHERS.keySet()) {
            WorkflowJob job = j.createProject(WorkflowJob.class, user + "-job");
            rights.grant(Item.READ).onItems(job).to(user);
            ModelVersion version = RegistryFixture.version(user + "-model", user + "-job");
            promotions.put(user, RegistryFixture.promote(version, "champion"));
            RegistryFixture.serve(version, user + "-model-endpoint");
        }
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(rights);
    }

    @Test
    void listsAndSearchesTellOfOnesOwnOnly(JenkinsRule j) throws Exception {
        for (Map.Entry<String, String> user : OTHERS.entrySet()) {
            int own = 0;
            for (String list : LISTS) {
                WebResponse answer = RegistryFixture.get(j, user.getKey(), list);
                assertThat(answer.getStatusCode()).as(list).isEqualTo(200);
                assertThat(answer.getContentAsString())
                        .as(list + " for " + user.getKey())
                        .doesNotContain(user.getValue() + "-");
                own += answer.getContentAsString().contains(user.getKey() + "-model") ? 1 : 0;
            }
            assertThat(own)
                    .as("lists that tell " + user.getKey() + " of his own")
                    .isGreaterThanOrEqualTo(4);
        }
    }

    @Test
    void addressesOfOthersLeadNowhere(JenkinsRule j) throws Exception {
        for (Map.Entry<String, String> user : OTHERS.entrySet()) {
            for (String who : new String[] {user.getKey(), user.getValue()}) {
                int status = who.equals(user.getKey()) ? 200 : 404;
                for (String address : new String[] {
                    "mlops/models/" + user.getKey() + "-model/",
                    "mlops/models/" + user.getKey() + "-model/version?number=1",
                    "mlops/models/" + user.getKey() + "-model/version?alias=champion",
                    "mlops/promotions/" + promotions.get(user.getKey()).id() + "/"
                }) {
                    WebResponse answer = RegistryFixture.get(j, who, address);
                    assertThat(answer.getStatusCode())
                            .as(address + " for " + who)
                            .isEqualTo(status);
                    if (status == 404) {
                        assertThat(answer.getContentAsString()).doesNotContain("sha256", user.getKey() + "-job");
                    }
                }
                WebResponse history =
                        RegistryFixture.get(j, who, "mlops/models/" + user.getKey() + "-model/promotions");
                if (status == 404) {
                    assertThat(history.getContentAsString()).doesNotContain("sha256", user.getKey() + "-job");
                }
            }
        }
    }

    @Test
    void commandsTellOfOnesOwnOnly(JenkinsRule j) {
        for (Map.Entry<String, String> user : OTHERS.entrySet()) {
            CLICommandInvoker.Result models = new CLICommandInvoker(j, "mlops-models")
                    .asUser(user.getKey())
                    .invoke();
            assertThat(models.stdout()).contains(user.getKey()).doesNotContain(user.getValue());
            assertThat(new CLICommandInvoker(j, "mlops-models")
                            .asUser(user.getKey())
                            .invokeWithArgs(user.getValue() + "-model")
                            .returnCode())
                    .isEqualTo(5);
        }
    }
}
