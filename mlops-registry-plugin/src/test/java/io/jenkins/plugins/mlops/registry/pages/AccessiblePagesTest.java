package io.jenkins.plugins.mlops.registry.pages;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.Util;
import io.jenkins.mlops.registry.DeploymentState;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.plugins.mlops.browser.Browser;
import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * Every page under the rules of axe-core, light and dark, wide and narrow: none of them is broken in a way that keeps
 * people out. Skipped, visibly, where no browser is installed. {@code -Dmlops.pictures=FOLDER} keeps pictures.
 */
@WithJenkins
class AccessiblePagesTest {
    private static final String PICTURES = System.getProperty("mlops.pictures");

    private Browser browser;

    @BeforeEach
    void open(JenkinsRule jenkins) throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, MlopsPermissions.VIEW)
                .everywhere()
                .to("viewer"));
        browser = Browser.open(jenkins.getURL());
    }

    @AfterEach
    void close() {
        if (browser != null) {
            browser.close();
        }
    }

    private static String axe() throws IOException {
        try (InputStream in = AccessiblePagesTest.class.getResourceAsStream("/axe.min.js")) {
            assertThat(in).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** A champion that its endpoint did not keep. */
    private static void takenBack(ModelVersion version) throws Exception {
        PagesFixture.request(version, "champion", "the best by far");
        PagesFixture.begin(version, "fraud-eu", "champion");
        PagesFixture.registry()
                .finishDeployment("fraud-eu" + version.number(), DeploymentState.ROLLED_BACK, null, "3 checks failed");
    }

    private static Map<String, String> pages() throws Exception {
        ModelVersion first = PagesFixture.version("churn", "open", 1, 0.93);
        ModelVersion second = PagesFixture.version("churn", "open", 2, 0.95);
        ModelVersion third = PagesFixture.version("churn", "open", 3, 0.96);
        takenBack(PagesFixture.version("fraud", "fraud", 4, 0.81));
        for (int i = 1; i <= 5; i++) {
            RetentionPageTest.old("prices", i, "prices");
        }
        PagesFixture.registry().setTag("prices", 2, "keep", "for the audit", "ada");
        RetentionPageTest.keepNewest("", 2, "keep");
        PagesFixture.request(first, "champion", "first");
        PagesFixture.serve(first, "churn-eu", "champion");
        PagesFixture.policy("churn", 2);
        PagesFixture.approve(PagesFixture.request(second, "champion", "better on every slice"), "eve", "looks good");
        PagesFixture.request(third, "challenger", "worth a look");
        PagesFixture.registry().describeModel("churn", "Who will leave within a month.", "ada");
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("models", "mlops/");
        pages.put("unfound", "mlops/?search=nothing");
        pages.put("inbox", "mlops/inbox/");
        pages.put("model", "mlops/model/churn/?alias=champion&at=2099-01-01T00:00");
        pages.put("version", "mlops/model/churn/version/2/");
        pages.put("compare", "mlops/model/churn/compare/?from=1&to=3");
        pages.put("policy", "mlops/model/churn/policy/");
        pages.put("digest", "mlops/digest/?value=" + Util.rawEncode(PagesFixture.DATA));
        pages.put("digest-asked", "mlops/digest/");
        pages.put("taken-back", "mlops/model/fraud/version/1/");
        pages.put("sweep", "mlops/sweep/");
        pages.put("retention", "mlops/model/prices/retention/?show=all");
        return pages;
    }

    @Test
    void breaksNoSeriousRule() throws Exception {
        Map<String, String> pages = pages();
        String axe = axe();
        browser.login("admin");
        List<String> broken = new ArrayList<>();
        for (boolean dark : new boolean[] {false, true}) {
            browser.dark(dark);
            for (int width : PICTURES != null ? new int[] {1600, 390} : new int[] {dark ? 390 : 1600}) {
                browser.size(width, 900);
                for (Map.Entry<String, String> page : pages.entrySet()) {
                    browser.go(page.getValue());
                    assertThat(browser.all(".mlops-page")).as(page.getKey()).hasSize(1);
                    broken.addAll(check(axe, page.getKey() + (dark ? " dark " : " light ") + width));
                    assertThat(browser.script("return document.documentElement.scrollWidth <= window.innerWidth"))
                            .as(page.getKey() + " " + width)
                            .isEqualTo(true);
                    if (PICTURES != null) {
                        String name = page.getKey() + (dark ? "-dark-" : "-light-") + width + ".png";
                        browser.picture(Path.of(PICTURES).resolve(name));
                        browser.size(width, 900);
                    }
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @SuppressWarnings("unchecked")
    private List<String> check(String axe, String where) {
        browser.script(axe);
        List<Map<String, Object>> violations = (List<Map<String, Object>>) browser.later("""
                const done = arguments[arguments.length - 1];
                axe.run(document.querySelector('#main-panel, main') || document.body)
                  .then((result) => done(result.violations.map((rule) => ({
                    id: rule.id, impact: rule.impact, nodes: rule.nodes.map((n) => n.html.slice(0, 160)).slice(0, 3)}))))
                  .catch((problem) => done([{id: String(problem), impact: 'critical', nodes: []}]));""");
        return violations.stream()
                .filter(rule -> List.of("serious", "critical").contains(String.valueOf(rule.get("impact"))))
                .map(rule -> where + ": " + rule.get("id") + " " + rule.get("nodes"))
                .toList();
    }
}
