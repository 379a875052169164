package org.jvnet.hudson.test;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Label;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.TopLevelItem;
import hudson.model.User;
import hudson.security.AbstractPasswordBasedSecurityRealm;
import hudson.security.GroupDetails;
import hudson.slaves.DumbSlave;
import hudson.util.StreamTaskListener;
import io.jenkins.mlops.testbed.harness.Await;
import io.jenkins.mlops.testbed.harness.TestHost;
import io.jenkins.mlops.testbed.host.AgentComputer;
import io.jenkins.mlops.testbed.web.Login;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Future;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn;
import net.sf.json.JSON;
import net.sf.json.JSONObject;
import org.htmlunit.FailingHttpStatusCodeException;
import org.htmlunit.HttpMethod;
import org.htmlunit.Page;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.util.NameValuePair;
import org.htmlunit.util.WebResponseWrapper;
import org.htmlunit.xml.XmlPage;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.xml.sax.SAXException;

/** Starts a controller for a test and offers what tests do with one. */
public class JenkinsRule {
    public Jenkins jenkins;
    public String contextPath = "/jenkins";
    protected int localPort;
    private final TestHost host = new TestHost();

    public JenkinsRule() {}

    public void before() throws Throwable {
        host.start(localPort, contextPath);
        jenkins = host.jenkins();
        localPort = host.port();
    }

    public void after() throws Exception {
        jenkins = null;
        host.stop();
    }

    public Jenkins getInstance() {
        return jenkins;
    }

    public URL getURL() throws IOException {
        return host.url();
    }

    public <T extends TopLevelItem> T createProject(Class<T> type, String name) throws IOException {
        return jenkins.createProject(type, name);
    }

    public <T extends TopLevelItem> T createProject(Class<T> type) throws IOException {
        return jenkins.createProject(type, createUniqueProjectName());
    }

    protected String createUniqueProjectName() {
        return "test" + jenkins.getItems().size();
    }

    public File createTmpDir() throws IOException {
        return Files.createTempDirectory(host.home().toPath(), "tmp").toFile();
    }

    public DumbSlave createSlave() throws Exception {
        return createSlave("", null);
    }

    public DumbSlave createSlave(@CheckForNull Label l) throws Exception {
        return createSlave(l == null ? "" : l.getExpression(), null);
    }

    public DumbSlave createSlave(@CheckForNull String labels, @CheckForNull hudson.EnvVars env) throws Exception {
        return createSlave("slave" + jenkins.getNodes().size(), labels, env);
    }

    public DumbSlave createSlave(
            @NonNull String nodeName, @CheckForNull String labels, @CheckForNull hudson.EnvVars env) throws Exception {
        DumbSlave slave = new DumbSlave(nodeName, createTmpDir().getPath(), null);
        slave.setLabelString(labels == null ? "" : labels);
        jenkins.addNode(slave);
        return slave;
    }

    public DumbSlave createOnlineSlave() throws Exception {
        return createSlave();
    }

    public DumbSlave createOnlineSlave(@CheckForNull Label l) throws Exception {
        return createSlave(l);
    }

    public void disconnectSlave(DumbSlave agent) throws Exception {
        if (agent.toComputer() instanceof AgentComputer computer) {
            computer.disconnect("disconnected by the test");
        }
    }

    public void waitOnline(hudson.model.Slave s) throws Exception {
        Await.until(
                () -> s.toComputer() instanceof AgentComputer c && c.isOnline(),
                "agent " + s.getNodeName() + " online");
    }

    @NonNull
    public String createApiToken(@NonNull User user) {
        return Login.newToken(user.getId());
    }

    public DummySecurityRealm createDummySecurityRealm() {
        return new DummySecurityRealm();
    }

    /** A realm where everybody's password is the name. */
    public static class DummySecurityRealm extends AbstractPasswordBasedSecurityRealm {
        private final Map<String, Set<String>> groupsByUser = new TreeMap<>();

        DummySecurityRealm() {}

        @Override
        protected UserDetails authenticate2(String username, String password) throws AuthenticationException {
            if (!username.equals(password)) {
                throw new BadCredentialsException(username);
            }
            return loadUserByUsername2(username);
        }

        @Override
        public UserDetails loadUserByUsername2(String username) throws UsernameNotFoundException {
            List<GrantedAuthority> authorities = new ArrayList<>();
            authorities.add(AUTHENTICATED_AUTHORITY2);
            groupsByUser.getOrDefault(username, Set.of()).forEach(g -> authorities.add(new SimpleGrantedAuthority(g)));
            return new org.springframework.security.core.userdetails.User(username, "", authorities);
        }

        @Override
        public GroupDetails loadGroupByGroupname2(String groupname, boolean fetchMembers)
                throws UsernameNotFoundException {
            if (groupsByUser.values().stream().noneMatch(groups -> groups.contains(groupname))) {
                throw new UsernameNotFoundException(groupname);
            }
            return new GroupDetails() {
                @Override
                public String getName() {
                    return groupname;
                }
            };
        }

        public void addGroups(String username, String... groups) {
            groupsByUser.computeIfAbsent(username, u -> new TreeSet<>()).addAll(Arrays.asList(groups));
        }
    }

    // Builds

    public <R extends Run> R assertBuildStatus(Result status, R r) throws Exception {
        if (status != r.getResult()) {
            throw new AssertionError("unexpected build status of " + r + ": expected " + status + " but was "
                    + r.getResult() + "; build log was:\n------\n" + getLog(r) + "\n------");
        }
        return r;
    }

    public <R extends Run> R assertBuildStatus(Result status, Future<? extends R> r) throws Exception {
        if (r == null) {
            throw new AssertionError("build was actually scheduled: expected a future but there is none");
        }
        return assertBuildStatus(status, r.get());
    }

    public <R extends Run> R assertBuildStatusSuccess(R r) throws Exception {
        return assertBuildStatus(Result.SUCCESS, r);
    }

    public <R extends Run> R assertBuildStatusSuccess(Future<? extends R> r) throws Exception {
        return assertBuildStatus(Result.SUCCESS, r);
    }

    public <J extends Job<J, R> & ParameterizedJobMixIn.ParameterizedJob<J, R>, R extends Run<J, R> & Queue.Executable>
            R buildAndAssertSuccess(@NonNull J job) throws Exception {
        return buildAndAssertStatus(Result.SUCCESS, job);
    }

    public <J extends Job<J, R> & ParameterizedJobMixIn.ParameterizedJob<J, R>, R extends Run<J, R> & Queue.Executable>
            R buildAndAssertStatus(@NonNull Result status, @NonNull J job) throws Exception {
        return assertBuildStatus(status, job.scheduleBuild2(0));
    }

    public void assertLogContains(String substring, Run run) throws IOException {
        String log = getLog(run);
        if (!log.contains(substring)) {
            throw new AssertionError("Expected a string containing \"" + substring + "\" but the log was:\n" + log);
        }
    }

    public void assertLogNotContains(String substring, Run run) throws IOException {
        String log = getLog(run);
        if (log.contains(substring)) {
            throw new AssertionError("Expected no string containing \"" + substring + "\" but the log was:\n" + log);
        }
    }

    public static String getLog(Run run) throws IOException {
        return new String(run.getLogInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    public <R extends Run<?, ?>> R waitForCompletion(R r) throws InterruptedException {
        Await.until(() -> !r.isBuilding() && !r.isLogUpdated(), r + " completed");
        return r;
    }

    public <R extends Run<?, ?>> R waitForMessage(String message, R r) throws IOException, InterruptedException {
        Await.until(
                () -> {
                    if (getLog(r).contains(message)) {
                        return true;
                    }
                    if (!r.isLogUpdated() && !getLog(r).contains(message)) {
                        throw new AssertionError(
                                "Expected a log containing \"" + message + "\" but the build is over:\n" + getLog(r));
                    }
                    return false;
                },
                "log of " + r + " contains \"" + message + "\"");
        return r;
    }

    public boolean isSomethingHappening() {
        if (!jenkins.getQueue().isEmpty()) {
            return true;
        }
        return Arrays.stream(jenkins.getComputers()).anyMatch(c -> !c.isIdle());
    }

    public void waitUntilNoActivity() throws Exception {
        waitUntilNoActivityUpTo(Integer.MAX_VALUE);
    }

    public void waitUntilNoActivityUpTo(int timeout) throws Exception {
        Await.until(() -> !isSomethingHappening(), "no activity", timeout);
    }

    public TaskListener createTaskListener() {
        return StreamTaskListener.fromStdout();
    }

    public <V> V executeOnServer(java.util.concurrent.Callable<V> c) throws Exception {
        return createWebClient().executeOnServer(c);
    }

    // Pages

    public HtmlPage submit(HtmlForm form) throws Exception {
        for (HtmlElement e : form.getElementsByTagName("button")) {
            if (!"button".equals(e.getAttribute("type"))) {
                return (HtmlPage) e.click();
            }
        }
        for (HtmlElement e : form.getElementsByTagName("input")) {
            if ("submit".equals(e.getAttribute("type"))) {
                return (HtmlPage) e.click();
            }
        }
        throw new AssertionError("No submit button in " + form.asXml());
    }

    public JSONWebResponse getJSON(@NonNull String path) throws IOException {
        return createWebClient().getJSON(path);
    }

    public WebClient createWebClient() {
        return new WebClient();
    }

    /** An answer in JSON. */
    public static class JSONWebResponse extends WebResponseWrapper {
        public JSONWebResponse(WebResponse webResponse) throws IllegalArgumentException {
            super(webResponse);
        }

        public JSONObject getJSONObject() {
            return JSONObject.fromObject(getContentAsString());
        }
    }

    /** A browser for the test's controller. */
    public class WebClient extends org.htmlunit.WebClient {
        private static final long serialVersionUID = 1L;

        public WebClient() {
            getOptions().setJavaScriptEnabled(true);
            getOptions().setFetchPolyfillEnabled(true);
            getOptions().setCssEnabled(false);
            getCookieManager().setCookiesEnabled(true);
            getOptions().setThrowExceptionOnScriptError(true);
            getOptions().setTimeout(60_000);
        }

        public WebClient login(String username, String password) throws Exception {
            return login(username, password, false);
        }

        public WebClient login(String username) throws Exception {
            return login(username, username);
        }

        public WebClient login(String username, String password, boolean rememberMe) throws Exception {
            WebRequest request = new WebRequest(new URL(getContextPath() + "j_spring_security_check"), HttpMethod.POST);
            request.setRequestParameters(
                    List.of(new NameValuePair("j_username", username), new NameValuePair("j_password", password)));
            boolean strict = isThrowExceptionOnFailingStatusCode();
            setThrowExceptionOnFailingStatusCode(false);
            Page page = getPage(request);
            setThrowExceptionOnFailingStatusCode(strict);
            if (page.getUrl().getPath().endsWith("/loginError")) {
                throw new AssertionError("Login as " + username + " failed");
            }
            return this;
        }

        public boolean isThrowExceptionOnFailingStatusCode() {
            return getOptions().isThrowExceptionOnFailingStatusCode();
        }

        public void setThrowExceptionOnFailingStatusCode(boolean enabled) {
            getOptions().setThrowExceptionOnFailingStatusCode(enabled);
        }

        public WebClient withThrowExceptionOnFailingStatusCode(boolean enabled) {
            setThrowExceptionOnFailingStatusCode(enabled);
            return this;
        }

        public boolean isJavaScriptEnabled() {
            return getOptions().isJavaScriptEnabled();
        }

        public void setJavaScriptEnabled(boolean enabled) {
            getOptions().setJavaScriptEnabled(enabled);
        }

        public WebClient withJavaScriptEnabled(boolean enabled) {
            setJavaScriptEnabled(enabled);
            return this;
        }

        public boolean isRedirectEnabled() {
            return getOptions().isRedirectEnabled();
        }

        public void setRedirectEnabled(boolean enabled) {
            getOptions().setRedirectEnabled(enabled);
        }

        public WebClient withRedirectEnabled(boolean enabled) {
            setRedirectEnabled(enabled);
            return this;
        }

        public HtmlPage getPage(Run r) throws IOException, SAXException {
            return getPage(r, "");
        }

        public HtmlPage getPage(Run r, String relative) throws IOException, SAXException {
            return goTo(r.getUrl() + relative);
        }

        public HtmlPage getPage(Item item) throws IOException, SAXException {
            return getPage(item, "");
        }

        public HtmlPage getPage(Item item, String relative) throws IOException, SAXException {
            return goTo(item.getUrl() + relative);
        }

        @Override
        @SuppressWarnings("unchecked")
        public Page getPage(String url) throws IOException, FailingHttpStatusCodeException {
            return super.getPage(url);
        }

        public HtmlPage goTo(String relative) throws IOException, SAXException {
            Page p = goTo(relative, "text/html");
            if (p instanceof HtmlPage html) {
                return html;
            }
            throw new AssertionError("Expected text/html but instead the content type was "
                    + p.getWebResponse().getContentType());
        }

        public Page goTo(String relative, @CheckForNull String expectedContentType) throws IOException, SAXException {
            Page p = super.getPage(getContextPath() + relative);
            if (expectedContentType != null
                    && !expectedContentType.equals(p.getWebResponse().getContentType())) {
                throw new AssertionError("Expected content type " + expectedContentType + " but was "
                        + p.getWebResponse().getContentType());
            }
            return p;
        }

        public XmlPage goToXml(String path) throws IOException, SAXException {
            Page page = goTo(path, null);
            if (page instanceof XmlPage xml) {
                return xml;
            }
            throw new AssertionError("Expected XML but instead the content type was "
                    + page.getWebResponse().getContentType());
        }

        public void assertFails(String url, int statusCode) throws Exception {
            boolean strict = isThrowExceptionOnFailingStatusCode();
            setThrowExceptionOnFailingStatusCode(true);
            try {
                super.getPage(getContextPath() + url);
            } catch (FailingHttpStatusCodeException e) {
                if (e.getStatusCode() != statusCode) {
                    throw new AssertionError(
                            url + " should have failed with " + statusCode + " but gave " + e.getStatusCode(), e);
                }
                return;
            } finally {
                setThrowExceptionOnFailingStatusCode(strict);
            }
            throw new AssertionError(url + " should have been rejected but produced a page");
        }

        public String getContextPath() throws IOException {
            return getURL().toExternalForm();
        }

        public WebRequest addCrumb(WebRequest req) {
            JSONObject crumb = crumb();
            List<NameValuePair> parameters = new ArrayList<>(req.getRequestParameters());
            if (req.getRequestBody() == null && req.getHttpMethod() == HttpMethod.POST) {
                parameters.add(new NameValuePair(crumb.getString("crumbRequestField"), crumb.getString("crumb")));
                req.setRequestParameters(parameters);
            } else {
                req.setAdditionalHeader(crumb.getString("crumbRequestField"), crumb.getString("crumb"));
            }
            return req;
        }

        private JSONObject crumb() {
            try {
                return getJSON("crumbIssuer/api/json").getJSONObject();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        public URL createCrumbedUrl(String relativePath) throws IOException {
            JSONObject crumb = crumb();
            String separator = relativePath.contains("?") ? "&" : "?";
            return new URL(getContextPath() + relativePath + separator + crumb.getString("crumbRequestField") + "="
                    + crumb.getString("crumb"));
        }

        @NonNull
        public WebClient withBasicCredentials(@NonNull String login, @NonNull String passwordOrToken) {
            return withBasicCredentials(login + ':' + passwordOrToken);
        }

        @NonNull
        public WebClient withBasicCredentials(@NonNull String loginAndPassword) {
            String encoded = Base64.getEncoder().encodeToString(loginAndPassword.getBytes(StandardCharsets.UTF_8));
            addRequestHeader("Authorization", "Basic " + encoded);
            return this;
        }

        @NonNull
        public WebClient withBasicApiToken(@NonNull User user) {
            return withBasicCredentials(user.getId(), createApiToken(user));
        }

        @NonNull
        public WebClient withBasicApiToken(@NonNull String userId) {
            return withBasicApiToken(User.getOrCreateByIdOrFullName(userId));
        }

        public <V> V executeOnServer(final java.util.concurrent.Callable<V> c) throws Exception {
            return host.executeOnServer(this, c);
        }

        public JSONWebResponse getJSON(@NonNull String path) throws IOException {
            WebRequest request = new WebRequest(new URL(getContextPath() + path), HttpMethod.GET);
            request.setAdditionalHeader("Accept", "application/json");
            return new JSONWebResponse(this.<Page>getPage(request).getWebResponse());
        }

        public JSONWebResponse postJSON(@NonNull String path, @NonNull JSON json) throws IOException {
            return send(HttpMethod.POST, path, json);
        }

        public JSONWebResponse putJSON(@NonNull String path, @NonNull JSON json) throws IOException {
            return send(HttpMethod.PUT, path, json);
        }

        private JSONWebResponse send(HttpMethod method, String path, JSON json) throws IOException {
            WebRequest request = new WebRequest(new URL(getContextPath() + path), method);
            request.setRequestBody(json.toString());
            addCrumb(request);
            request.setAdditionalHeader("Content-Type", "application/json");
            request.setAdditionalHeader("Accept", "application/json");
            return new JSONWebResponse(this.<Page>getPage(request).getWebResponse());
        }
    }
}
