package io.jenkins.plugins.mlops.registry.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.CodeRef;
import io.jenkins.mlops.registry.Ledger;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.PromotionState;
import io.jenkins.mlops.registry.Registration;
import io.jenkins.mlops.registry.VersionFile;
import io.jenkins.plugins.mlops.browser.Browser;
import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** What people do on the pages, in a real browser; skipped, visibly, where none is installed. */
@WithJenkins
class PagesInBrowserTest {
    private static final String HOSTILE =
            "<script>document.title='hacked'</script>'\"><img src=x onerror=\"document.title='hacked'\"> &amp; ${7*7}";

    private Browser browser;

    @BeforeEach
    void open(JenkinsRule jenkins) throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(
                        Jenkins.READ,
                        MlopsPermissions.VIEW,
                        MlopsPermissions.APPROVE,
                        MlopsPermissions.REQUEST_PROMOTION,
                        MlopsPermissions.REGISTER)
                .everywhere()
                .to("ada", "bob", "eve", "joe"));
        browser = Browser.open(jenkins.getURL());
    }

    @AfterEach
    void close() {
        if (browser != null) {
            assertThat(browser.complaints()).isEmpty();
            browser.close();
        }
    }

    private void submit(String form, String button) {
        browser.leave(() -> browser.find("form[name='" + form + "'] " + button).click());
    }

    @Test
    void asksApprovesWithTwoPeopleAndRollsBack() throws Exception {
        ModelVersion first = PagesFixture.version("churn", "open", 1, 0.93);
        PagesFixture.request(first, "champion", "first");
        ModelVersion second = PagesFixture.version("churn", "open", 2, 0.95);
        PagesFixture.policy("churn", 2);

        browser.login("eve").go("mlops/model/churn/version/2/");
        browser.open("mlops-request");
        assertThat(browser.find("#mlops-request-alias").getDomProperty("value")).isEqualTo("champion");
        browser.find("#mlops-request-reason").sendKeys("better on every slice");
        submit("request", "button[type=submit]");
        assertThat(browser.text()).contains("awaiting approval", "better on every slice");
        Promotion promotion = PagesFixture.registry().pending().get(0);

        browser.login("bob").go("mlops/inbox/");
        assertThat(browser.find(".jenkins-badge").getText()).isEqualTo("1");
        browser.find("#comment-" + promotion.id()).sendKeys("the evidence is good");
        submit("decide-" + promotion.id(), "button[value=approve]");
        assertThat(browser.text()).contains("still missing: 1 of anyone", "You have decided already");

        browser.login("joe").go("mlops/inbox/");
        submit("decide-" + promotion.id(), "button[value=approve]");
        assertThat(browser.text()).contains("No promotion waits for a decision");
        assertThat(PagesFixture.registry().byAlias("churn", "champion")).contains(second);

        browser.go("mlops/model/churn/version/2/");
        browser.open("mlops-rollback");
        browser.find("#mlops-rollback-champion").sendKeys("complaints");
        submit("rollback-champion", "button[type=submit]");
        assertThat(browser.text()).contains("rollback", "complaints");
        assertThat(PagesFixture.registry().byAlias("churn", "champion")).contains(first);
    }

    @Test
    void rejectsAndSaysWhatIsRefused() throws Exception {
        PagesFixture.policy("churn", 2);
        Promotion promotion =
                PagesFixture.request(PagesFixture.version("churn", "open", 1, 0.93), "champion", "please");
        browser.login("bob").go("mlops/model/churn/version/1/");
        PagesFixture.approve(promotion, "eve", "");
        submit("decide-" + promotion.id(), "button[value=reject]");
        assertThat(browser.find("[role=alert]").getText()).contains("has changed since it was shown");
        browser.find("#comment-" + promotion.id()).sendKeys("worse in the south");
        submit("decide-" + promotion.id(), "button[value=reject]");
        assertThat(browser.text()).contains("rejected", "worse in the south");
        assertThat(PagesFixture.registry().promotion(promotion.id()).state()).isEqualTo(PromotionState.REJECTED);
    }

    @Test
    void searchesSortsAndComparesWithoutACrumbInTheAddress() throws Exception {
        for (int i = 1; i <= 3; i++) {
            PagesFixture.version("churn", "open", i, 0.9 + 0.02 * i);
        }
        PagesFixture.registry().createModel("fraud", "", "ada");
        browser.login("ada").go("mlops/");
        browser.find("input[name=search]").sendKeys("CHU");
        browser.leave(() -> browser.find("input[name=search]").sendKeys(Keys.ENTER));
        assertThat(browser.address()).endsWith("/mlops/?search=CHU");
        assertThat(browser.text()).contains("1\u20131 of 1").doesNotContain("fraud");
        browser.leave(() -> browser.find("td a.mlops-strong").click());

        browser.leave(() -> browser.find("th[aria-sort] a").click());
        assertThat(browser.find("tbody td[role=rowheader] a").getText()).isEqualTo("version 1");
        browser.find("input[name=from][value='1']").click();
        browser.find("input[name=to][value='3']").click();
        browser.leave(() -> browser.find("#mlops-compare button").click());
        assertThat(browser.address()).endsWith("/compare/?from=1&to=3");
        assertThat(browser.text()).contains("Compare versions of churn", "+0.0400", "trees");
        WebElement legend = browser.all(".mlops-legend button").get(0);
        legend.click();
        assertThat(legend.getDomAttribute("aria-pressed")).isEqualTo("false");
        assertThat(browser.all("svg.mlops-chart .mlops-line[visibility=hidden]"))
                .hasSize(1);
    }

    @Test
    void worksByKeyboardAlone() throws Exception {
        ModelVersion first = PagesFixture.version("churn", "open", 1, 0.93);
        PagesFixture.version("churn", "open", 2, 0.95);
        PagesFixture.request(first, "champion", "");
        browser.login("ada").go("mlops/model/churn/version/1/");
        WebElement opener = browser.find("[data-mlops-opens=mlops-request]");
        opener.sendKeys(Keys.ENTER);
        browser.await(it -> it.find("#mlops-request").isDisplayed());
        assertThat(browser.script("return document.activeElement.id")).isEqualTo("mlops-request-alias");
        browser.find("#mlops-request-alias").sendKeys(Keys.ESCAPE);
        browser.await(it -> !it.find("#mlops-request").isDisplayed());
        assertThat(browser.script("return document.activeElement.dataset.mlopsOpens"))
                .isEqualTo("mlops-request");

        WebElement graph = browser.find(".mlops-canvas__view");
        String before = browser.find("svg.mlops-lineage").getDomAttribute("width");
        graph.sendKeys("+");
        browser.await(
                it -> !it.find("svg.mlops-lineage").getDomAttribute("width").equals(before));
        graph.sendKeys("0");
        browser.await(
                it -> it.find("svg.mlops-lineage").getDomAttribute("width").equals(before));
        WebElement data = browser.find("svg.mlops-lineage a[href*='/mlops/digest/']");
        browser.leave(() -> data.sendKeys(Keys.ENTER));
        assertThat(browser.text()).contains("2 versions of 1 model", "was made from this data");

        browser.go("mlops/model/churn/");
        browser.find("svg.mlops-chart").sendKeys(Keys.ARROW_RIGHT);
        assertThat(browser.find(".mlops-readout").getText()).isEqualTo("v1: 0.8900");
        browser.find("svg.mlops-chart").sendKeys(Keys.END);
        assertThat(browser.find(".mlops-readout").getText()).isEqualTo("v2: 0.9100");
    }

    @Test
    void showsHostileNamesAsWhatTheyAre() throws Exception {
        String name = "R&D <b>x 'a' \"b\" #1";
        PagesFixture.policy(name, 1);
        ModelVersion version = PagesFixture.version(name, "open", 1, 0.93, HOSTILE, "<img src=x>.json");
        Promotion promotion = PagesFixture.request(version, "champion", HOSTILE);
        PagesFixture.registry().describeModel(version.model(), HOSTILE, "ada");
        PagesFixture.approve(
                PagesFixture.request(
                        PagesFixture.version(version.model(), "open", 2, 0.9, HOSTILE, "b"), "production", HOSTILE),
                "eve",
                HOSTILE);
        PagesFixture.registry()
                .register(Registration.of(
                                "hostile",
                                name,
                                List.of(new VersionFile("<img src=x>", 1, Ledger.sha256("hostile"))),
                                HOSTILE)
                        .withBuild(
                                new BuildRef("open <b>", 3, null, null),
                                new CodeRef("https://git.example/<b>", HOSTILE, "0123456789", true, HOSTILE))
                        .withAuthors(Set.of(HOSTILE))
                        .withMetrics(Map.of(HOSTILE, 0.5, "roc_auc", 0.5))
                        .withTags(Map.of(HOSTILE, HOSTILE), HOSTILE)
                        .withSource(null, "{\"inputs\": [{\"name\": \"<script>1</script>\", \"type\": \"<b>\"}]}"));
        RetentionPageTest.keepNewest("", 1, HOSTILE.replace(",", ""));
        String model = Links.model(version.model()).substring(1);
        browser.login("admin");
        for (String page : List.of(
                "mlops/",
                "mlops/inbox/",
                model,
                model + "?search=" + hudson.Util.rawEncode(HOSTILE) + "&metric=" + hudson.Util.rawEncode(HOSTILE),
                model + "?alias=" + hudson.Util.rawEncode(HOSTILE) + "&at=" + hudson.Util.rawEncode(HOSTILE),
                model + "version/1/",
                model + "version/3/",
                model + "compare/?from=1&to=2",
                model + "compare/?from=2&to=3",
                model + "policy/",
                model + "retention/?show=all",
                "mlops/sweep/",
                "mlops/digest/?value=" + PagesFixture.DATA,
                "mlops/digest/?value=" + hudson.Util.rawEncode(HOSTILE),
                "mlops/?search=" + hudson.Util.rawEncode(HOSTILE))) {
            browser.go(page);
            assertThat(browser.script("return document.title")).as(page).isNotEqualTo("hacked");
            assertThat(browser.all("main img, main script, #main-panel script"))
                    .as(page)
                    .isEmpty();
            assertThat(browser.script("return document.documentElement.scrollWidth <= window.innerWidth"))
                    .as(page)
                    .isEqualTo(true);
        }
        browser.go(model + "version/1/");
        assertThat(browser.text()).contains(HOSTILE, "<img src=x>.json");
        browser.go(model + "version/3/");
        assertThat(browser.text()).contains(HOSTILE, "<img src=x>", "<script>1</script>");
        assertThat(promotion.reason()).isNotEmpty();
    }

    @Test
    void movesAboutInALineageOfTwoHundredBoxes() throws Exception {
        for (int i = 1; i <= 66; i++) {
            ModelVersion version = PagesFixture.version("model-" + i % 7, "job-" + i % 5, i, 0.9);
            PagesFixture.request(version, "alias-" + i, "");
            PagesFixture.serve(version, "endpoint-" + i, "alias-" + i);
        }
        browser.login("ada").go("mlops/digest/?value=" + PagesFixture.DATA);
        browser.await(it -> it.all("svg.mlops-lineage .mlops-node").size() > 2);
        assertThat(browser.all("svg.mlops-lineage .mlops-node").size()).isBetween(170, 220);
        assertThat(browser.text()).contains("66 versions of 7 models", "66 endpoints serve them now");
        assertThat(browser.find("svg.mlops-lineage").getDomProperty("textContent"))
                .contains("2 more versions", "job-3", "14 builds");
        if (System.getProperty("mlops.pictures") != null) {
            browser.picture(Path.of(System.getProperty("mlops.pictures"), "lineage-200.png"));
            browser.size(1280, 900);
        }
        List<WebElement> links = browser.all("svg.mlops-lineage a[href*='/version/']");
        WebElement last = links.get(links.size() - 1);
        browser.script("arguments[0].focus()", last);
        browser.await(it -> Boolean.TRUE.equals(it.script("""
                const box = arguments[0].getBoundingClientRect();
                const view = document.querySelector('.mlops-canvas__view').getBoundingClientRect();
                return box.top >= view.top && box.bottom <= view.bottom && box.left >= view.left && box.right <= view.right;
                """, last)));
        Object overlapping = browser.script("""
                const boxes = [...document.querySelectorAll('svg.mlops-lineage .mlops-node rect')]
                  .map((e) => e.getBoundingClientRect());
                let count = 0;
                boxes.forEach((a, i) => boxes.slice(i + 1).forEach((b) => {
                  if (a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom) count++; }));
                return count;""");
        assertThat(overlapping).isEqualTo(0L);
        assertThat(browser.all(".mlops-node--traced").size()).isBetween(4, 6);

        WebElement field = browser.find("[data-mlops-find]");
        field.sendKeys("endpoint-17");
        assertThat(browser.find("[data-mlops-found]").getText()).isEqualTo("1 box");
        field.sendKeys(Keys.ENTER);
        assertThat(browser.all(".mlops-node--found.mlops-node--traced")).hasSize(1);
        browser.find("[data-mlops-zoom=fit]").click();
        assertThat(browser.script("""
                const view = document.querySelector('.mlops-canvas__view');
                return view.scrollHeight <= view.clientHeight + 1 && view.scrollWidth <= view.clientWidth + 1;""")).isEqualTo(true);
    }

    @Test
    void fitsPhonesAndLargeLetters() throws Exception {
        for (int i = 1; i <= 3; i++) {
            PagesFixture.version("a-model-with-a-rather-long-name-for-a-phone", "open", i, 0.9);
        }
        ModelVersion version = PagesFixture.registry().version("a-model-with-a-rather-long-name-for-a-phone", 2);
        PagesFixture.policy(version.model(), 1);
        PagesFixture.request(version, "champion", "please");
        RetentionPageTest.keepNewest("", 1, "keep");
        String model = "mlops/model/" + version.model() + "/";
        browser.login("bob");
        // 200 % zoom of a window of 780 pixels is a window of 390.
        browser.size(390, 800);
        for (String page : List.of(
                "mlops/",
                "mlops/inbox/",
                model,
                model + "version/2/",
                model + "compare/?from=1&to=2",
                model + "retention/?show=all",
                "mlops/sweep/",
                "mlops/digest/")) {
            browser.go(page);
            // The window takes its new size, and the page its new shape, when the browser comes to it.
            browser.await(it -> Boolean.TRUE.equals(it.script(
                    "return window.innerWidth === 390 && document.documentElement.scrollWidth <= window.innerWidth")));
        }
    }

    @Test
    void namesEverythingForThoseWhoHear() throws Exception {
        ModelVersion version = PagesFixture.version("churn", "open", 1, 0.93);
        PagesFixture.version("churn", "open", 2, 0.95);
        PagesFixture.policy("churn", 1);
        PagesFixture.request(version, "champion", "please");
        RetentionPageTest.keepNewest("", 1, "keep");
        browser.login("admin");
        for (String page : List.of(
                "mlops/",
                "mlops/inbox/",
                "mlops/model/churn/",
                "mlops/model/churn/version/1/",
                "mlops/model/churn/compare/?from=1&to=2",
                "mlops/model/churn/policy/",
                "mlops/model/churn/retention/?show=all",
                "mlops/sweep/",
                "mlops/digest/?value=" + PagesFixture.DATA)) {
            browser.go(page);
            Object nameless = browser.script("""
                    const named = (e) => e.getAttribute('aria-label') || e.getAttribute('aria-labelledby')
                      || (e.labels && e.labels.length) || e.textContent.trim() || e.title;
                    const bad = [];
                    document.querySelectorAll('.mlops-page input:not([type=hidden]), .mlops-page select,'
                      + ' .mlops-page textarea, .mlops-page button, .mlops-page a[href], .mlops-page [role=region],'
                      + ' .mlops-page [role=toolbar], .mlops-page dialog')
                      .forEach((e) => { if (!named(e)) bad.push(e.outerHTML.slice(0, 120)); });
                    document.querySelectorAll('.mlops-page svg[role=img]').forEach((e) => {
                      if (!e.querySelector('title')) bad.push(e.outerHTML.slice(0, 120)); });
                    const ids = [...document.querySelectorAll('[id]')].map((e) => e.id);
                    ids.filter((id, i) => ids.indexOf(id) !== i).forEach((id) => bad.push('twice: ' + id));
                    document.querySelectorAll('.mlops-page [style], .mlops-page script, .mlops-page [onclick]')
                      .forEach((e) => bad.push('inline: ' + e.outerHTML.slice(0, 120)));
                    return bad;""");
            assertThat((List<?>) nameless).as(page).isEmpty();
            assertThat(browser.all("h1")).as(page).hasSize(1);
        }
    }
}
