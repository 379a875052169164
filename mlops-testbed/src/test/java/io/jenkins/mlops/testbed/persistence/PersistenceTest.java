package io.jenkins.mlops.testbed.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.thoughtworks.xstream.converters.ConversionException;
import com.thoughtworks.xstream.core.util.OrderRetainingMap;
import hudson.Extension;
import hudson.model.Action;
import hudson.model.InvisibleAction;
import hudson.model.Result;
import hudson.model.Run;
import hudson.util.Secret;
import hudson.util.XStream2;
import java.io.File;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import jenkins.model.GlobalConfiguration;
import jenkins.model.RunAction2;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;
import org.kohsuke.stapler.DataBoundSetter;

/** What is there again after a restart. */
class PersistenceTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    static final class Note extends InvisibleAction implements RunAction2 {
        private transient Run<?, ?> run;
        private transient String how;
        private final List<String> lines = new ArrayList<>(List.of("<a> & b"));

        @Override
        public void onAttached(Run<?, ?> r) {
            run = r;
            how = "attached";
        }

        @Override
        public void onLoad(Run<?, ?> r) {
            run = r;
            how = "loaded";
        }
    }

    /** A record is written, but XStream can't read it back. */
    record Recorded(String text) implements Action {
        @Override
        public String getIconFileName() {
            return null;
        }

        @Override
        public String getDisplayName() {
            return null;
        }

        @Override
        public String getUrlName() {
            return null;
        }
    }

    @Extension
    public static final class Settings extends GlobalConfiguration {
        private String text;

        public Settings() {
            load();
        }

        public String getText() {
            return text;
        }

        @DataBoundSetter
        public void setText(String text) {
            this.text = text;
            save();
        }
    }

    @Test
    void aBuildIsReadAgainWithWhatCanBeRead() throws Throwable {
        sessions.then(j -> {
            WorkflowJob job = j.createProject(WorkflowJob.class, "job");
            job.setDefinition(new CpsFlowDefinition("echo 'x'; currentBuild.result = 'UNSTABLE'", true));
            WorkflowRun run = j.assertBuildStatus(Result.UNSTABLE, job.scheduleBuild2(0));
            Note note = new Note();
            run.addAction(new Recorded("lost"));
            run.addAction(note);
            assertThat(note.how).isEqualTo("attached");
            run.keepLog(true);
            run.save();
            assertThat(Files.readString(new File(run.getRootDir(), "build.xml").toPath()))
                    .contains("<string>&lt;a&gt; &amp; b</string>")
                    .contains("<result>UNSTABLE</result>");
            SystemCredentialsProvider.getInstance()
                    .getCredentials()
                    .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "token", "", Secret.fromString("hush")));
            SystemCredentialsProvider.getInstance().save();
            assertThat(Files.readString(new File(j.jenkins.getRootDir(), "credentials.xml").toPath()))
                    .doesNotContain("hush");
            GlobalConfiguration.all().get(Settings.class).setText("kept");
        });
        sessions.then(j -> {
            WorkflowJob job = j.jenkins.getItemByFullName("job", WorkflowJob.class);
            assertThat(job.getNextBuildNumber()).isEqualTo(2);
            WorkflowRun run = job.getLastBuild();
            assertThat(run.getResult()).isEqualTo(Result.UNSTABLE);
            assertThat(run.isBuilding()).isFalse();
            assertThat(run.isKeepLog()).isTrue();
            Note note = run.getAction(Note.class);
            assertThat(note.how).isEqualTo("loaded");
            assertThat(note.run).isSameAs(run);
            assertThat(note.lines).containsExactly("<a> & b");
            assertThat(run.getAction(Recorded.class)).isNull();
            assertThat(CredentialsProvider.findCredentialById("token", StringCredentials.class, run)
                            .getSecret()
                            .getPlainText())
                    .isEqualTo("hush");
            assertThat(GlobalConfiguration.all().get(Settings.class).getText()).isEqualTo("kept");
            j.assertLogContains("x", run);
        });
    }

    static final class Holder {
        private final Object held;

        Holder(Object held) {
            this.held = held;
        }
    }

    @Test
    void keepsTheClassesOfPluginsAndPlainValues() {
        XStream2 xs = new XStream2();
        for (Object kept : List.of(
                new ArrayList<>(List.of(1, 2)),
                List.of(1, 2, 3),
                Collections.unmodifiableMap(new LinkedHashMap<>(Map.of("a", 1.5))),
                new TreeMap<>(Map.of("k", "v")),
                TimeUnit.DAYS,
                new int[] {1},
                new Holder("x"))) {
            Holder back = (Holder) xs.fromXML(xs.toXML(new Holder(kept)));
            assertThat(back.held).hasSameClassAs(kept);
        }
    }

    @Test
    void refusesTheClassesOfLibrariesAndOfTheJdkThatAreNotListed() {
        XStream2 xs = new XStream2();
        for (Object offender : List.of(
                Map.of("a", 1, "b", 2),
                Set.of(1, 2, 3),
                Instant.EPOCH,
                Duration.ZERO,
                new AtomicLong(),
                new OrderRetainingMap(),
                new JSONObject())) {
            String name = offender.getClass().getName();
            assertThatThrownBy(() -> xs.toXML(new Holder(offender)))
                    .hasMessage("Failed to serialize " + Holder.class.getName() + "#held")
                    .hasRootCauseInstanceOf(UnsupportedOperationException.class)
                    .hasRootCauseMessage("Refusing to marshal " + name
                            + " for security reasons; see https://www.jenkins.io/redirect/class-filter/");
        }
        assertThatThrownBy(() -> xs.fromXML("<java.util.Random/>"))
                .isInstanceOf(ConversionException.class)
                .hasMessageStartingWith("Refusing to unmarshal java.util.Random for security reasons");
    }
}
