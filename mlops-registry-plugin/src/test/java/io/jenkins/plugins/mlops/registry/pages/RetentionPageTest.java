package io.jenkins.plugins.mlops.registry.pages;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Item;
import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.Ledger;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Registration;
import io.jenkins.mlops.registry.VersionFile;
import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import io.jenkins.plugins.mlops.registry.retention.ModelRetention;
import io.jenkins.plugins.mlops.registry.retention.RetentionConfiguration;
import io.jenkins.plugins.mlops.registry.retention.RetentionSweep;
import java.net.HttpURLConnection;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What goes by rules of retention: shown, kept by a button, and over REST. */
@WithJenkins
class RetentionPageTest {
    private static final String HOSTILE = "<img src=x onerror=alert(1)>&'\"${7*7}";

    private JenkinsRule jenkins;

    @BeforeEach
    void users(JenkinsRule rule) throws Exception {
        jenkins = rule;
        WorkflowJob open = jenkins.createProject(WorkflowJob.class, "open");
        jenkins.createProject(WorkflowJob.class, "secret");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, MlopsPermissions.VIEW)
                .everywhere()
                .to("viewer")
                .grant(Jenkins.READ, MlopsPermissions.REGISTER)
                .everywhere()
                .to("ada")
                .grant(Item.READ)
                .onItems(open)
                .to("ada"));
    }

    private JenkinsRule.WebClient as(String user) throws Exception {
        return jenkins.createWebClient().withJavaScriptEnabled(false).login(user);
    }

    /** A version that is two hundred days old, less its number. */
    static ModelVersion old(String model, int number, String job) {
        String key = model + number;
        return PagesFixture.registry()
                .restore(
                        Registration.of(key, model, List.of(new VersionFile("m.bin", 2_048, Ledger.sha256(key))), "ada")
                                .withBuild(new BuildRef(job, number, null, null), null)
                                .withTags(Map.of("team", HOSTILE), HOSTILE),
                        number,
                        System.currentTimeMillis() - TimeUnit.DAYS.toMillis(200 - number));
    }

    static void keepNewest(String model, int newest, String tags) {
        ModelRetention rule = new ModelRetention(model);
        rule.setKeepNewest(newest);
        rule.setKeepTags(tags);
        RetentionConfiguration.get().setRules(List.of(rule));
    }

    private static HtmlPage press(HtmlPage page, int version) throws Exception {
        return ((HtmlElement) page.getFormByName("keep-" + version).querySelector("button")).click();
    }

    @Test
    void saysHowToSetARuleWhereThereIsNone() throws Exception {
        old("churn", 1, "open");
        assertThat(as("viewer").goTo("mlops/sweep/").asNormalizedText())
                .contains("No retention rule is set", "Manage Jenkins, System, MLOps retention")
                .doesNotContain("Set a rule");
        assertThat(as("admin").goTo("mlops/model/churn/retention/").asNormalizedText())
                .contains("No retention rule lets versions of this model go", "Set a rule");
    }

    @Test
    void listsWhatGoesAndWhatKeepsTheOthers() throws Exception {
        for (int i = 1; i <= 4; i++) {
            old("churn", i, "open");
        }
        old("other", 1, "open");
        PagesFixture.policy("churn", 0);
        PagesFixture.request(PagesFixture.registry().version("churn", 2), "champion", "good");
        keepNewest("", 1, "keep");

        HtmlPage models = as("viewer").goTo("mlops/sweep/");
        assertThat(models.asNormalizedText())
                .contains("the newest version; versions younger than a day; versions tagged keep")
                .containsPattern("churn\\s+2\\s+4\\.0 KiB\\s+the newest version");
        HtmlPage page = models.getAnchorByText("churn").click();
        assertThat(page.asNormalizedText())
                .contains("2 versions go at the next sweep, with files of 4.0 KiB.", "version 1", "version 3")
                .contains("1\u20132 of 2")
                .doesNotContain("version 2", "version 4");
        HtmlPage all = page.getAnchorByText("All versions").click();
        assertThat(all.asNormalizedText())
                .containsPattern("(?s)version 4.*one of the newest.*version 3.*goes.*version 2.*an alias points at it")
                .contains("it has served", "1\u20134 of 4");
        assertThat(all.querySelectorAll("form[action=keep]")).isEmpty();
        assertThat(as("viewer").goTo("mlops/model/churn/").asNormalizedText())
                .contains("2 versions go at the next sweep");
        assertThat(as("viewer").goTo("mlops/").querySelectorAll("a[href$='/mlops/sweep/']"))
                .hasSize(1);
        PagesFixture.registry().deleteVersion("other", 1, "admin");
        assertThat(as("viewer").goTo("mlops/model/other/retention/").asNormalizedText())
                .contains("Nothing goes at the next sweep.", "No version goes: something keeps each of them.");
    }

    @Test
    void isPaged() throws Exception {
        for (int i = 1; i <= 30; i++) {
            old("churn", i, "open");
        }
        keepNewest("churn", 1, "keep");
        HtmlPage page = as("viewer").goTo("mlops/model/churn/retention/");
        assertThat(page.asNormalizedText()).contains("1\u201325 of 29");
        HtmlPage next = page.getAnchorByText("Next").click();
        assertThat(next.asNormalizedText())
                .contains("26\u201329 of 29", "version 29")
                .doesNotContain("version 30");
        assertThat(as("viewer")
                        .goTo("mlops/model/churn/retention/?page=99999999&show=x")
                        .asNormalizedText())
                .contains("Fewer versions go");
    }

    @Test
    void keepsAVersionAndLeavesItToTheRuleAgain() throws Exception {
        for (int i = 1; i <= 3; i++) {
            old("churn", i, "open");
        }
        keepNewest("churn", 1, "audit, legal");

        HtmlPage kept = press(as("ada").goTo("mlops/model/churn/retention/"), 1);
        assertThat(kept.asNormalizedText())
                .contains("1 version goes at the next sweep", "version 2")
                .doesNotContain("version 1");
        assertThat(PagesFixture.registry().version("churn", 1).tags()).containsEntry("audit", "by ada");
        RetentionSweep.get().apply("admin");
        assertThat(PagesFixture.registry().version("churn", 1).number()).isEqualTo(1);

        HtmlPage all = as("ada").goTo("mlops/model/churn/retention/?show=all");
        assertThat(all.asNormalizedText())
                .contains("a tag keeps it", "Don't keep")
                .doesNotContain("version 2");
        HtmlPage left = press(all, 1);
        assertThat(left.getUrl().getQuery()).isEqualTo("show=all");
        assertThat(PagesFixture.registry().version("churn", 1).tags()).doesNotContainKey("audit");
        assertThat(RetentionSweep.preview("churn", null).total().versions()).isEqualTo(1);

        keepNewest("churn", 1, "");
        HtmlPage untaggable = as("ada").goTo("mlops/model/churn/retention/");
        assertThat(untaggable.asNormalizedText()).contains("The rule names no tag that keeps a version");
        assertThat(untaggable.querySelectorAll("form[action=keep]")).isEmpty();
    }

    @Test
    void refusesWhoMayNot() throws Exception {
        old("churn", 1, "open");
        old("churn", 2, "secret");
        old("churn", 3, "secret");
        keepNewest("churn", 1, "keep");
        String keep = "mlops/model/churn/retention/keep?keep=true&version=";

        assertThat(post("viewer", keep + 1, true)).isEqualTo(403);
        assertThat(post("ada", keep + 1, false)).as("no crumb").isEqualTo(403);
        assertThat(post("ada", keep + 2, true)).as("the page says why").isEqualTo(200);
        assertThat(post("ada", keep + "x", true)).isEqualTo(200);
        as("ada").assertFails(keep + 1, HttpURLConnection.HTTP_BAD_METHOD);
        assertThat(post("viewer", "mlops/models/churn/keep?version=1&keep=", true))
                .isEqualTo(403);
        assertThat(post("ada", "mlops/models/churn/keep?version=2&keep=", true)).isEqualTo(404);
        for (int number = 1; number <= 3; number++) {
            assertThat(PagesFixture.registry().version("churn", number).tags()).doesNotContainKey("keep");
        }
        assertThat(post("ada", "mlops/models/churn/keep?version=1&keep=", true)).isEqualTo(200);
        assertThat(PagesFixture.registry().version("churn", 1).tags()).containsKey("keep");
        assertThat(post("ada", "mlops/models/churn/keep?version=1&keep=false", true))
                .isEqualTo(200);
        assertThat(PagesFixture.registry().version("churn", 1).tags()).doesNotContainKey("keep");
    }

    private int post(String user, String path, boolean crumb) throws Exception {
        JenkinsRule.WebClient client = as(user).withThrowExceptionOnFailingStatusCode(false);
        client.getOptions().setPrintContentOnFailingStatusCode(false);
        WebRequest request = new WebRequest(new URL(client.getContextPath() + path), HttpMethod.POST);
        return client.getPage(crumb ? client.addCrumb(request) : request)
                .getWebResponse()
                .getStatusCode();
    }

    @Test
    void showsNoReaderMoreThanHisJobs() throws Exception {
        old("churn", 1, "open");
        old("churn", 2, "secret");
        old("churn", 3, "secret");
        old("payroll", 1, "secret");
        old("payroll", 2, "secret");
        keepNewest("", 1, "keep");

        assertThat(as("ada").goTo("mlops/sweep/").asNormalizedText())
                .contains("churn", "2.0 KiB", "1\u20131 of 1")
                .doesNotContain("payroll");
        assertThat(as("ada").goTo("mlops/model/churn/retention/?show=all").asNormalizedText())
                .contains("1 version goes", "1\u20131 of 1")
                .doesNotContain("version 2", "version 3", "secret");
        as("ada").assertFails("mlops/model/payroll/retention/", HttpURLConnection.HTTP_NOT_FOUND);
        as("ada").assertFails("mlops/models/payroll/retention", HttpURLConnection.HTTP_NOT_FOUND);
        JSONObject told = json("ada", "mlops/models/churn/retention?show=all");
        assertThat(told.getInt("total")).isEqualTo(1);
        assertThat(told.getJSONObject("goes").getInt("versions")).isEqualTo(1);
    }

    private JSONObject json(String user, String path) throws Exception {
        JenkinsRule.WebClient client = as(user);
        return JSONObject.fromObject(
                client.goTo(path, "application/json").getWebResponse().getContentAsString());
    }

    @Test
    void answersTheSameOverRest() throws Exception {
        for (int i = 1; i <= 120; i++) {
            old("churn", i, "open");
        }
        PagesFixture.registry().setTag("churn", 119, "keep", "", "ada");
        keepNewest("churn", 1, "keep");

        JSONObject first = json("viewer", "mlops/models/churn/retention");
        assertThat(first.getJSONObject("rule").getInt("keepNewest")).isEqualTo(1);
        assertThat(first.getString("keepTag")).isEqualTo("keep");
        assertThat(first.getJSONObject("goes").getLong("bytes")).isEqualTo(118 * 2_048);
        assertThat(first.getJSONArray("versions").size()).isEqualTo(100);
        assertThat(first.getJSONArray("versions").getJSONObject(0).getInt("version"))
                .isEqualTo(1);
        JSONObject last = json("viewer", "mlops/models/churn/retention?page=" + first.getString("nextPage"));
        assertThat(last.getJSONArray("versions").size()).isEqualTo(18);
        assertThat(last.has("nextPage")).isFalse();
        JSONObject all = json("viewer", "mlops/models/churn/retention?show=all");
        assertThat(all.getJSONArray("versions").getJSONObject(1).getString("keptBy"))
                .isEqualTo("[\"TAG\"]");
        as("viewer").assertFails("mlops/models/churn/retention?page=-1", HttpURLConnection.HTTP_BAD_REQUEST);
        JSONObject sum = json("viewer", "mlops/retention");
        assertThat(sum.getJSONArray("models").getJSONObject(0).getString("model"))
                .isEqualTo("churn");
        assertThat(sum.getJSONArray("versions").size()).isEqualTo(118);
    }

    @Test
    void showsHostileNamesAsWhatTheyAre() throws Exception {
        String model = "R&D <b>x 'a' \"b\"";
        for (int i = 1; i <= 2; i++) {
            old(model, i, "<i>open</i>");
        }
        ModelRetention rule = new ModelRetention("");
        rule.setKeepNewest(1);
        rule.setKeepTags(HOSTILE);
        RetentionConfiguration.get().setRules(List.of(rule));

        JenkinsRule.WebClient admin = as("admin");
        HtmlPage page = admin.goTo(Links.model(model).substring(1) + "retention/");
        for (HtmlPage shown : List.of(page, admin.goTo("mlops/sweep/"))) {
            assertThat(shown.querySelectorAll("main img, #main-panel img, #main-panel b > b, #main-panel i"))
                    .isEmpty();
            assertThat(shown.asNormalizedText()).contains(model, HOSTILE);
        }
        press(page, 1);
        assertThat(PagesFixture.registry().version(model, 1).tags()).containsEntry(HOSTILE, "by admin");
        assertThat(admin.goTo(Links.model(model).substring(1) + "retention/?show=all")
                        .asNormalizedText())
                .contains("a tag keeps it");
    }
}
