package io.jenkins.plugins.mlops.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.ExtensionList;
import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.monitor.Look;
import io.jenkins.mlops.monitor.MonitorRecord;
import io.jenkins.mlops.monitor.MonitorStore;
import io.jenkins.mlops.monitor.Severity;
import io.jenkins.mlops.monitor.SignalState;
import io.jenkins.mlops.monitor.signal.SignalTrack;
import io.jenkins.mlops.monitor.window.ReadingState;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The list of many monitors: a page at a time, what wants attention first. */
@WithJenkins
class EndpointsListTest {
    private static final String HOSTILE = "<script>alert('x')</script>";

    private JenkinsRule j;

    @BeforeEach
    void fill(JenkinsRule rule) {
        j = rule;
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ)
                .everywhere()
                .to("nobody"));
        for (int i = 1; i <= 120; i++) {
            store().save(monitor("m" + i, i != 3));
        }
        state("m100", SignalState.ALARM, "amount " + HOSTILE);
        state("m20", SignalState.ALARM, "amount drifted");
        state("m3", SignalState.ALARM, "but it is switched off");
        state("m7", SignalState.SUSPECT, "country");
        state("m8", SignalState.OK, "");
        for (int i = 0; i < 3; i++) {
            store().failed("m50", "agent 'gpu' is offline", 1);
        }
    }

    private static MonitorStore store() {
        return RegistryConnection.get().monitors();
    }

    private static MonitorRecord monitor(String id, boolean enabled) {
        return new MonitorRecord(id, "churn", "churn-eu", "train", "{}", enabled, 0, 0, 0, 0, "", 0);
    }

    private static void state(String id, SignalState state, String evidence) {
        SignalTrack track = new SignalTrack("drift", state, Severity.WARNING, 5, 5, 1, "1", 1, "w1", evidence);
        long revision = store().monitor(id).orElseThrow().revision();
        assertThat(store().keep(new Look(
                        id,
                        revision,
                        new ReadingState(List.of(), Long.MIN_VALUE, 0),
                        List.of(),
                        List.of(track),
                        List.of(),
                        77)))
                .isTrue();
    }

    private String page(String query) throws Exception {
        JenkinsRule.WebClient client = j.createWebClient();
        client.setJavaScriptEnabled(false); // another plugin's, which isn't there
        return client.login("admin")
                .goTo("mlops-endpoints/" + query)
                .getWebResponse()
                .getContentAsString();
    }

    private JsonNode json(String user, String query) throws Exception {
        return Json.tree(j.createWebClient()
                .login(user)
                .goTo("mlops-endpoints/api/json" + query, "application/json")
                .getWebResponse()
                .getContentAsString());
    }

    private List<String> names(String query) throws Exception {
        List<String> names = new ArrayList<>();
        StreamSupport.stream(json("admin", query).path("monitors").spliterator(), false)
                .forEach(monitor -> names.add(monitor.path("name").asText()));
        return names;
    }

    @Test
    void showsAPageAtATimeWithWhatWantsAttentionFirst() throws Exception {
        JsonNode first = json("admin", "");
        assertThat(first.path("monitors")).hasSize(50);
        assertThat(first.path("monitorsTotal").asLong()).isEqualTo(120);
        assertThat(first.path("limit").asInt()).isEqualTo(50);
        assertThat(first.path("endpointsTotal").asLong()).isZero();
        assertThat(names("")).startsWith("m20", "m100", "m50", "m7", "m1", "m2", "m4", "m5");
        List<String> last = names("?page=2");
        assertThat(last).hasSize(20).endsWith("m120", "m8", "m3");
        assertThat(json("admin", "?page=2").path("monitorsOffset").asInt()).isEqualTo(100);
        assertThat(names("?page=999999999")).isEmpty();
        assertThat(names("?page=-1&limit=soon&sort=other&state=other")).hasSize(50);
        assertThat(names("?limit=1000000")).hasSize(120);
        assertThat(names("?sort=name")).startsWith("m1", "m2", "m3", "m4");
        assertThat(names("?sort=name&order=desc")).startsWith("m120", "m119");
        assertThat(names("?sort=looked&order=desc&limit=5")).startsWith("m3", "m7", "m8", "m20", "m100");

        assertThat(page(""))
                .contains("1\u201350 of 120", "page=1#monitors", "monitor/m20/")
                .doesNotContain(HOSTILE, "monitor/m119/");
        assertThat(page("?page=2&search=m")).contains("101\u2013120 of 120", "search=m&amp;page=1#monitors");
    }

    @Test
    void findsByTextAndState() throws Exception {
        assertThat(names("?search=M10"))
                .containsExactly("m100", "m10", "m101", "m102", "m103", "m104", "m105", "m106", "m107", "m108", "m109");
        assertThat(names("?search=DRIFTED")).containsExactly("m20");
        assertThat(names("?state=alarm")).containsExactly("m20", "m100", "m3");
        assertThat(names("?state=attention")).containsExactly("m20", "m100", "m50");
        assertThat(names("?state=failing")).containsExactly("m50");
        assertThat(names("?state=suspect")).containsExactly("m7");
        assertThat(names("?state=ok")).containsExactly("m8");
        assertThat(json("admin", "?state=ok")
                        .path("monitors")
                        .path(0)
                        .path("evidence")
                        .asText())
                .as("without a colon before nothing")
                .isEqualTo("drift");
        assertThat(names("?state=off")).containsExactly("m3");
        assertThat(json("admin", "?state=unseen").path("monitorsTotal").asLong())
                .isEqualTo(115);
        assertThat(page("?state=alarm")).contains("<option value=\"alarm\" selected=\"selected\">");
        assertThat(page("?search=%3Cscript%3Ealert('x')"))
                .doesNotContain("<script>alert(")
                .contains("No endpoint matches");
        assertThat(page("?search=absent")).contains("No monitor matches.");
    }

    @Test
    void tellsAndCountsOnlyWhatTheReaderMaySee() throws Exception {
        JsonNode nothing = json("nobody", "");
        assertThat(nothing.path("monitors")).isEmpty();
        assertThat(nothing.path("monitorsTotal").asLong()).isZero();
    }

    @Test
    void theAdministratorsMessageIsShortAndLeadsToAll() throws Exception {
        for (int i = 60; i < 90; i++) {
            state("m" + i, SignalState.ALARM, "amount");
        }
        EndpointAlarm alarm = ExtensionList.lookupSingleton(EndpointAlarm.class);
        assertThat(alarm.isActivated()).isTrue();
        assertThat(alarm.getMonitorCount()).isEqualTo(33);
        assertThat(alarm.getMonitors()).hasSize(10);
        String message =
                j.createWebClient().login("admin").goTo("").getWebResponse().getContentAsString();
        assertThat(message)
                .contains("mlops-endpoints/?state=attention", "Show no endpoint and all 33 monitors", "monitor/m67/")
                .doesNotContain("monitor/m68/", "monitor/m69/");
    }
}
