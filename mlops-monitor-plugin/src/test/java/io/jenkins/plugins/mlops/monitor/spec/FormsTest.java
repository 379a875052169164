package io.jenkins.plugins.mlops.monitor.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.ExtensionList;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.RootAction;
import hudson.model.Run;
import hudson.util.Secret;
import io.jenkins.plugins.mlops.monitor.hook.CloudEventHook;
import io.jenkins.plugins.mlops.monitor.hook.HookTrigger;
import io.jenkins.plugins.mlops.monitor.hook.JsonHook;
import io.jenkins.plugins.mlops.monitor.hook.S3Hook;
import io.jenkins.plugins.mlops.monitor.trigger.DataChangedTrigger;
import io.jenkins.plugins.mlops.monitor.trigger.DvcSource;
import io.jenkins.plugins.mlops.monitor.trigger.FilesSource;
import io.jenkins.plugins.mlops.monitor.trigger.UrlSource;
import io.jenkins.plugins.mlops.registry.RegistryConfiguration;
import io.jenkins.plugins.mlops.registry.notice.NoticeConfiguration;
import io.jenkins.plugins.mlops.registry.notice.WebhookNotifier;
import io.jenkins.plugins.mlops.registry.policy.ModelPolicy;
import io.jenkins.plugins.mlops.registry.retention.ModelRetention;
import io.jenkins.plugins.mlops.registry.retention.RetentionConfiguration;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** What a form shows and saves again is what was there, whoever wrote it; an untouched new one is the defaults. */
@WithJenkins
class FormsTest {
    private JenkinsRule j;

    @BeforeEach
    void host(JenkinsRule rule) {
        j = rule;
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "hook", "", Secret.fromString("s")));
    }

    /** A page with the form of one object. */
    @TestExtension
    public static final class FormPage implements RootAction {
        private Class<?> type;
        private Object shown;
        private Object saved;

        @CheckForNull
        @Override
        public String getIconFileName() {
            return null;
        }

        @Override
        public String getDisplayName() {
            return "Form";
        }

        @Override
        public String getUrlName() {
            return "form";
        }

        @CheckForNull
        public Object getInstance() {
            return shown;
        }

        public Descriptor<?> getDescriptor() {
            return Jenkins.get().getDescriptorOrDie(type.asSubclass(Describable.class));
        }

        @RequirePOST
        public HttpResponse doSubmit(StaplerRequest2 request) throws Exception {
            JSONObject form = request.getSubmittedForm();
            if (shown instanceof GlobalConfiguration configuration) {
                configuration.configure(request, form);
            } else {
                saved = request.bindJSON(type, form);
            }
            return HttpResponses.redirectViaContextPath("form/");
        }
    }

    /** What is saved when a form is opened, touched in the named fields, and saved. */
    private <T> T save(Class<T> type, @CheckForNull T shown, String... fields) throws Exception {
        FormPage page = j.jenkins.getExtensionList(RootAction.class).get(FormPage.class);
        page.type = type;
        page.shown = shown;
        page.saved = null;
        HtmlForm form = j.createWebClient().goTo("form/").getFormByName("config");
        for (int i = 0; i < fields.length; i += 2) {
            form.getInputsByName("_." + fields[i]).get(0).setValue(fields[i + 1]);
        }
        j.submit(form);
        return type.cast(page.saved);
    }

    private <T> void assertThatItIsKept(Class<T> type, T given) throws Exception {
        assertThat(Run.XSTREAM2.toXML(save(type, given))).isEqualTo(Run.XSTREAM2.toXML(given));
    }

    private static MonitorSpec monitor(String name) {
        ColumnExpectationSpec amount = new ColumnExpectationSpec("amount");
        amount.setMin(0.0);
        amount.setTypes(List.of("integer", "number"));
        amount.setRequired(false);
        ColumnExpectationSpec country = new ColumnExpectationSpec("country");
        country.setAllowed(List.of("AT", "<DE> & \"more\"", " of blanks "));
        country.setMaxMissing(0);
        country.setTolerated(0.25);
        country.setSeverity("critical");
        EndpointHealthSpec health = new EndpointHealthSpec();
        health.setMetrics("/metrics");
        health.setMetricsCredentialsId("hook");
        health.setMaxErrorShare(0);
        health.setMaxLatency99("1s");
        health.setMinimumRequests(5);
        PredictionValueSpec value = new PredictionValueSpec();
        value.setTruePositive(10);
        value.setFalseNegative(-5.5);
        value.setMinimum(0.0);
        MannersSpec manners = new MannersSpec();
        manners.setQuietHours(List.of("22:00-06:00", "Sat,Sun"));
        manners.setTimeZone("Europe/Vienna");
        manners.setMinutesPerWeek(90.5);
        manners.setOnWarning("note");
        MonitorSpec spec = new MonitorSpec(name, "churn", "/logs");
        spec.setWindow("1000 rows");
        spec.setColumns(List.of("amount", "country of birth"));
        spec.setExcept(List.of("id"));
        spec.setExpectations(List.of(amount, country));
        spec.setHealth(health);
        spec.setValue(value);
        spec.setManners(manners);
        spec.setSkew(false);
        spec.setDriftShare(0.25);
        spec.setHelplessAfter(0);
        spec.setEveryMinutes(60);
        spec.setRetraining("automatic");
        spec.setJob("train");
        return spec;
    }

    @Test
    void aMonitorIsKeptWithEveryOption() throws Exception {
        assertThatItIsKept(MonitorSpec.class, monitor("churn"));
        MonitorSpec recorded = new MonitorSpec("recorded", "m", "");
        recorded.setRecorderCredentialsId("hook");
        assertThatItIsKept(MonitorSpec.class, recorded);
        assertThatItIsKept(
                MonitorJobProperty.class, new MonitorJobProperty(List.of(monitor("churn"), monitor("second"))));
        assertThat(Run.XSTREAM2.toXML(save(MonitorEndpointStep.class, new MonitorEndpointStep(monitor("churn")))
                        .getMonitor()))
                .isEqualTo(Run.XSTREAM2.toXML(monitor("churn")));
    }

    @Test
    void anUntouchedNewFormIsTheDefaults() throws Exception {
        assertThat(Run.XSTREAM2.toXML(save(MonitorSpec.class, null, "name", "churn", "model", "churn")))
                .isEqualTo(Run.XSTREAM2.toXML(new MonitorSpec("churn", "churn", "")));
        assertThat(Run.XSTREAM2.toXML(save(ColumnExpectationSpec.class, null)))
                .isEqualTo(Run.XSTREAM2.toXML(new ColumnExpectationSpec("")));
        assertThat(Run.XSTREAM2.toXML(save(EndpointHealthSpec.class, null)))
                .isEqualTo(Run.XSTREAM2.toXML(new EndpointHealthSpec()));
        assertThat(Run.XSTREAM2.toXML(save(PredictionValueSpec.class, null)))
                .isEqualTo(Run.XSTREAM2.toXML(new PredictionValueSpec()));
        assertThat(Run.XSTREAM2.toXML(save(MannersSpec.class, null))).isEqualTo(Run.XSTREAM2.toXML(new MannersSpec()));
        assertThat(Run.XSTREAM2.toXML(save(RecordFeedbackStep.class, null)))
                .isEqualTo(Run.XSTREAM2.toXML(new RecordFeedbackStep("", "")));
    }

    @Test
    void triggersAreKeptWithEveryOption() throws Exception {
        DvcSource dvc = new DvcSource("https://git.example.org/data.git");
        dvc.setRef("v1");
        dvc.setFile("data/raw.csv.dvc");
        UrlSource url = new UrlSource("https://example.org/data.csv");
        url.setByContent(true);
        url.setCredentialsId("hook");
        DataChangedTrigger data =
                new DataChangedTrigger("H * * * *", List.of(dvc, url, new FilesSource("/data/*.csv")));
        data.setMinimumNewRows(100);
        assertThatItIsKept(DataChangedTrigger.class, data);

        CloudEventHook event = new CloudEventHook("hook");
        event.setType("org.x.*");
        event.setSource("/s");
        JsonHook json = new JsonHook("hook");
        json.setPointer("/data/status");
        json.setExpected(" done ");
        json.setIdPointer("/id");
        S3Hook s3 = new S3Hook("hook");
        s3.setBucket("data");
        assertThatItIsKept(HookTrigger.class, new HookTrigger(List.of(event, json, s3)));
    }

    @Test
    void listsOfAdministratorsCanBeEmptied() throws Exception {
        MonitorConfiguration monitors = ExtensionList.lookupSingleton(MonitorConfiguration.class);
        monitors.setMonitors(List.of(monitor("churn")));
        RegistryConfiguration.get().setPolicies(List.of(new ModelPolicy("churn")));
        RegistryConfiguration.get().setAllowedHosts("example.org");
        RetentionConfiguration.get().setRules(List.of(new ModelRetention("churn")));
        NoticeConfiguration.get().setNotifiers(List.of(new WebhookNotifier("https://example.org/hook")));

        // What remains of their forms once every row was taken away.
        for (GlobalConfiguration each : List.of(
                monitors, RegistryConfiguration.get(), RetentionConfiguration.get(), NoticeConfiguration.get())) {
            FormPage page = j.jenkins.getExtensionList(RootAction.class).get(FormPage.class);
            page.shown = each;
            JenkinsRule.WebClient client = j.createWebClient();
            WebRequest request = new WebRequest(new URL(j.getURL(), "form/submit"), HttpMethod.POST);
            request.setRequestParameters(new ArrayList<>(List.of(new NameValuePair("json", "{}"))));
            client.addCrumb(request);
            client.withRedirectEnabled(false)
                    .withThrowExceptionOnFailingStatusCode(false)
                    .getPage(request);
        }

        assertThat(monitors.getMonitors()).isEmpty();
        assertThat(RegistryConfiguration.get().getPolicies()).isEmpty();
        assertThat(RegistryConfiguration.get().getAllowedHosts()).isEqualTo("example.org");
        assertThat(RetentionConfiguration.get().getRules()).isEmpty();
        assertThat(NoticeConfiguration.get().getNotifiers()).isEmpty();
    }
}
