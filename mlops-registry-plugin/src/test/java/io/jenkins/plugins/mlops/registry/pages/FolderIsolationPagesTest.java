package io.jenkins.plugins.mlops.registry.pages;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Item;
import io.jenkins.mlops.registry.ModelVersion;
import java.net.HttpURLConnection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;
import org.htmlunit.Page;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * Two teams that share a model and data, each with a job of its own: no page tells either of the other's versions, by
 * list, search, count, order, trend, ledger, alias, endpoint, lineage, digest, card or address.
 */
@WithJenkins
class FolderIsolationPagesTest {
    private static final Map<String, String> OTHERS = Map.of("alpha", "beta", "beta", "alpha");

    private final Map<String, ModelVersion> shared = new LinkedHashMap<>();
    private JenkinsRule jenkins;

    @BeforeEach
    void fill(JenkinsRule rule) throws Exception {
        jenkins = rule;
        MockAuthorizationStrategy rights =
                new MockAuthorizationStrategy().grant(Jenkins.READ).everywhere().to("alpha", "beta");
        int build = 0;
        for (String team : List.of("alpha", "beta")) {
            WorkflowJob job = rule.createProject(WorkflowJob.class, team + "-job");
            rights.grant(Item.READ).onItems(job).to(team);
            build++;
            ModelVersion version = PagesFixture.version(
                    "shared", team + "-job", build, 0.7 + 0.1 * build, team + "-data", "model.json");
            shared.put(team, version);
            PagesFixture.request(version, team + "-alias", team + "-reason");
            PagesFixture.serve(version, team + "-endpoint", team + "-alias");
            PagesFixture.version(team + "-model", team + "-job", 10 + build, 0.9, team + "-data", team + ".json");
            PagesFixture.registry().describeVersion("shared", version.number(), team + "-description", "ada");
        }
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(rights);
    }

    /** The pages, with what must be on them for the team itself, so that an empty page proves nothing. */
    private Map<String, String> pages(String team, String other) {
        int number = shared.get(team).number();
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("mlops/", team + "-model");
        pages.put("mlops/?search=" + other, "No model of that name");
        pages.put("mlops/?search=shared&sort=newest&order=desc", "1\u20131 of 1");
        pages.put("mlops/?sort=waiting&order=desc", "1\u20132 of 2");
        pages.put("mlops/inbox/", "No promotion waits");
        pages.put("mlops/model/shared/", team + "-alias");
        pages.put("mlops/model/shared/?search=" + other, "No such version");
        pages.put("mlops/model/shared/?sort=metric:roc_auc&order=asc", "1\u20131 of 1");
        pages.put("mlops/model/shared/?metric=roc_auc", "version " + number);
        pages.put("mlops/model/shared/?alias=" + other + "-alias&at=2999-01-01T00:00", team + "-alias");
        pages.put("mlops/model/shared/version/" + number + "/", team + "-endpoint");
        pages.put("mlops/model/shared/version/" + number + "/card", team + "-description");
        pages.put("mlops/model/shared/version/" + number + "/card?format=json", team + "-description");
        pages.put("mlops/model/shared/compare/", "Compare versions");
        pages.put("mlops/model/shared/compare/?from=1&to=2", "that you may see");
        pages.put("mlops/digest/?value=" + PagesFixture.DATA, "2 versions of 2 models; 1 endpoint serves them now.");
        pages.put("mlops/digest/?value=" + shared.get(other).digest(), "No version of no model");
        return pages;
    }

    @Test
    void noPageTellsOfTheOthers() throws Exception {
        for (Map.Entry<String, String> team : OTHERS.entrySet()) {
            String other = team.getValue();
            JenkinsRule.WebClient client =
                    jenkins.createWebClient().withJavaScriptEnabled(false).login(team.getKey());
            for (Map.Entry<String, String> page : pages(team.getKey(), other).entrySet()) {
                Page answer = client.goTo(page.getKey(), null);
                // What was asked for stands in the form and in the addresses of the answer.
                String said =
                        answer.getWebResponse().getContentAsString().replaceAll("(value|href|action)=\"[^\"]*\"", "");
                String where = page.getKey() + " for " + team.getKey();
                assertThat(said).as(where).doesNotContain(other + "-");
                assertThat(said).as(where).doesNotContain(shared.get(other).digest());
                assertThat(Pattern.compile("shared/version/" + shared.get(other).number() + "/")
                                .matcher(answer.getWebResponse().getContentAsString())
                                .find())
                        .as(where)
                        .isFalse();
                assertThat(said).as(where).contains(page.getValue());
            }
        }
    }

    @Test
    void addressesOfTheOthersLeadNowhere() throws Exception {
        for (Map.Entry<String, String> team : OTHERS.entrySet()) {
            String other = team.getValue();
            JenkinsRule.WebClient client =
                    jenkins.createWebClient().withJavaScriptEnabled(false).login(team.getKey());
            String hidden = "mlops/model/shared/version/" + shared.get(other).number() + "/";
            for (String address : List.of(
                    hidden,
                    hidden + "card",
                    hidden + "card?format=json",
                    "mlops/model/" + other + "-model/",
                    "mlops/model/" + other + "-model/compare/",
                    "mlops/model/" + other + "-model/version/1/",
                    "mlops/model/shared/policy/")) {
                client.assertFails(address, HttpURLConnection.HTTP_NOT_FOUND);
            }
        }
    }
}
