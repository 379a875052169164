package io.jenkins.mlops.testbed.web;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Api;
import hudson.model.RootAction;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.AccessDeniedException3;
import hudson.util.FormValidation;
import java.net.URL;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.assertj.core.api.Assertions;
import org.htmlunit.HttpMethod;
import org.htmlunit.Page;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.POST;

/** The rules by which requests reach objects, and what they need to pass. */
@WithJenkins
class WebTest {
    @TestExtension
    public static final class Thing implements RootAction {
        static volatile String changed;

        @Override
        public String getIconFileName() {
            return "symbol-cube";
        }

        @Override
        public String getDisplayName() {
            return "Thing";
        }

        @Override
        public String getUrlName() {
            return "thing";
        }

        public String getDangerous() {
            return "a<b>&\"'";
        }

        public Part getPart(String name) {
            return name.startsWith("p") ? new Part(name) : null;
        }

        public List<String> getNames() {
            return List.of("x", "y");
        }

        public HttpResponse doHello(@QueryParameter String who, @QueryParameter int times) {
            return HttpResponses.text(("hello " + who + " ").repeat(times));
        }

        @WebMethod(name = "odd-name")
        public HttpResponse odd() {
            return HttpResponses.text("odd");
        }

        @RequirePOST
        public HttpResponse doChange(@QueryParameter String to) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            changed = to;
            return HttpResponses.ok();
        }

        @POST
        public FormValidation doCheckName(@QueryParameter String value) {
            return value.isEmpty() ? FormValidation.error("Say a <name>") : FormValidation.ok();
        }

        public Object getSecret() {
            return (StaplerProxy) () -> {
                Jenkins.get().checkPermission(Jenkins.ADMINISTER);
                return new Part("secret");
            };
        }

        public void doGone() {
            throw HttpResponses.notFound();
        }
    }

    @ExportedBean(defaultVisibility = 2)
    public static final class Part {
        private final String name;

        Part(String name) {
            this.name = name;
        }

        @Exported
        public String getName() {
            return name;
        }

        @Exported
        public Map<String, Double> getMetrics() {
            return Map.of("auc", 0.5, "odd", Double.NaN);
        }

        @Exported
        public List<Part> getParts() {
            return name.length() > 3 ? List.of() : List.of(new Part(name + "1"), new Part("[]"));
        }

        public Api getApi() {
            return new Api(this);
        }

        public HttpResponse doIndex() {
            return HttpResponses.text("part " + name);
        }
    }

    private static String text(Page p) {
        return p.getWebResponse().getContentAsString();
    }

    @Test
    void pathsLeadToMethodsGettersAndViews(JenkinsRule j) throws Exception {
        JenkinsRule.WebClient wc = j.createWebClient();
        assertThat(text(wc.goTo("thing/hello?who=you&times=2", "text/plain"))).isEqualTo("hello you hello you ");
        assertThat(text(wc.goTo("thing/odd-name", "text/plain"))).isEqualTo("odd");
        assertThat(text(wc.goTo("thing/part/p%2F1/", "text/plain"))).isEqualTo("part p/1");
        assertThat(text(wc.goTo("thing/part/p1", "text/plain"))).isEqualTo("part p1");
        assertThat(wc.goTo("thing/").getTitleText()).isEqualTo("Thing - Jenkins");
        assertThat(wc.goTo("").getAnchorByText("Thing").getHrefAttribute()).endsWith("/thing");
        wc.assertFails("thing/odd", 404);
        wc.assertFails("thing/part/q1", 404);
        wc.assertFails("thing/names/0", 404);
        wc.assertFails("thing/dangerous", 404);
        wc.assertFails("thing/gone", 404);
        wc.assertFails("thing/hello?times=x", 400);
    }

    @Test
    void viewsEscapeWhatTheyShow(JenkinsRule j) throws Exception {
        HtmlPage page = j.createWebClient().goTo("thing/");
        assertThat(page.getElementById("value").asNormalizedText()).isEqualTo("a<b>&\"'");
        assertThat(page.getElementById("value").getAttribute("title")).isEqualTo("a<b>&\"'");
        assertThat(text(page)).contains("a&lt;b&gt;&amp;").doesNotContain("a<b>");
        assertThat(page.getElementById("greeting").asNormalizedText()).isEqualTo("Good day, a<b>&\"'!");
        assertThat(page.getElementById("choice").asNormalizedText()).isEqualTo("fallback yes");
        assertThat(page.getElementById("items").asNormalizedText()).isEqualTo("x,y,");
        assertThat(page.getElementById("included").asNormalizedText()).isEqualTo("from Part p9");
        assertThat(page.getWebResponse().getResponseHeaderValue("Content-Security-Policy"))
                .contains("script-src 'report-sample' 'self'");
    }

    @Test
    void changesNeedPostCrumbAndPermission(JenkinsRule j) throws Exception {
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ)
                .everywhere()
                .to("bob"));
        Thing.changed = null;
        JenkinsRule.WebClient admin = j.createWebClient().login("admin");
        admin.assertFails("thing/change?to=x", 405);
        admin.assertFails("thing/checkName?value=", 404);
        URL url = new URL(j.getURL(), "thing/change?to=x");
        admin.setThrowExceptionOnFailingStatusCode(false);
        assertThat(admin.<Page>getPage(new WebRequest(url, HttpMethod.POST))
                        .getWebResponse()
                        .getStatusCode())
                .isEqualTo(403);
        assertThat(Thing.changed).isNull();
        assertThat(admin.<Page>getPage(admin.addCrumb(new WebRequest(url, HttpMethod.POST)))
                        .getWebResponse()
                        .getStatusCode())
                .isEqualTo(200);
        assertThat(Thing.changed).isEqualTo("x");

        JenkinsRule.WebClient bob = j.createWebClient().login("bob");
        bob.setThrowExceptionOnFailingStatusCode(false);
        assertThat(bob.<Page>getPage(bob.addCrumb(new WebRequest(url, HttpMethod.POST)))
                        .getWebResponse()
                        .getResponseHeaderValue("X-Required-Permission"))
                .isEqualTo("hudson.model.Hudson.Administer");
        bob.assertFails("thing/secret/", 403);
        assertThat(text(admin.goTo("thing/secret/", "text/plain"))).isEqualTo("part secret");
        j.createWebClient().assertFails("thing/", 403);

        JenkinsRule.WebClient token = j.createWebClient().withBasicApiToken("admin");
        assertThat(token.<Page>getPage(new WebRequest(new URL(j.getURL(), "thing/change?to=y"), HttpMethod.POST))
                        .getWebResponse()
                        .getStatusCode())
                .isEqualTo(200);
        assertThat(Thing.changed).isEqualTo("y");
        JenkinsRule.WebClient wrong = j.createWebClient().withBasicCredentials("admin", "wrong");
        wrong.assertFails("thing/", 401);

        try (ACLContext ignored = ACL.as(hudson.model.User.getById("bob", true))) {
            Assertions.assertThatThrownBy(() -> Jenkins.get().checkPermission(Jenkins.ADMINISTER))
                    .isInstanceOf(AccessDeniedException3.class)
                    .hasMessage("bob is missing the Overall/Administer permission");
        }
    }

    @Test
    void jobsAndBuildsHavePages(JenkinsRule j) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class, "a job");
        job.setDefinition(new CpsFlowDefinition(
                "node { writeFile file: 'out/a b.txt', text: '<kept>'; archiveArtifacts 'out/*'; echo '<script>' }",
                true));
        WorkflowRun run = j.buildAndAssertSuccess(job);
        JenkinsRule.WebClient wc = j.createWebClient();
        assertThat(wc.goTo("").getAnchorByText("a job").getHrefAttribute()).isEqualTo("/jenkins/job/a%20job/");
        assertThat(wc.getPage(job).getElementById("buildHistory").asNormalizedText())
                .contains("#1");
        HtmlPage page = wc.getPage(run);
        assertThat(page.asNormalizedText()).contains("out/a b.txt");
        assertThat(text(page.getAnchorByText("out/a b.txt").click())).isEqualTo("<kept>");
        assertThat(wc.getPage(run, "console").getElementById("out").getTextContent())
                .contains("<script>");
        assertThat(text(wc.goTo(run.getUrl() + "consoleText", "text/plain"))).contains("Finished: SUCCESS");
        assertThat(wc.getJSON(job.getUrl() + "lastSuccessfulBuild/api/json?tree=number,result,building")
                        .getJSONObject()
                        .toString())
                .contains("\"number\":1", "\"result\":\"SUCCESS\"", "\"building\":false");
        wc.assertFails(run.getUrl() + "artifact/..%2F..%2Fbuild.xml", 404);
        wc.assertFails(job.getUrl() + "2/", 404);
    }

    @Test
    void theApiShowsExportedPropertiesByTreeAndDepth(JenkinsRule j) throws Exception {
        JenkinsRule.WebClient wc = j.createWebClient();
        JSONObject all = wc.getJSON("thing/part/p1/api/json").getJSONObject();
        assertThat(all.getString("name")).isEqualTo("p1");
        assertThat(all.getJSONObject("metrics").getDouble("auc")).isEqualTo(0.5);
        assertThat(all.getJSONObject("metrics").getString("odd")).isEqualTo("NaN");
        assertThat(text(wc.goTo("thing/part/p1/api/json?tree=parts[name]{0,1}", "application/json")))
                .isEqualTo("{\"_class\":\"" + Part.class.getName() + "\",\"parts\":[{\"_class\":\""
                        + Part.class.getName() + "\",\"name\":\"p11\"}]}");
        assertThat(text(wc.goTo("thing/part/p1/api/xml?tree=name", null)))
                .isEqualTo("<part _class='" + Part.class.getName() + "'><name>p1</name></part>");
    }
}
