package io.jenkins.mlops.testbed.remoting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.thoughtworks.xstream.core.util.OrderRetainingMap;
import hudson.FilePath;
import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import hudson.slaves.DumbSlave;
import hudson.util.StreamTaskListener;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import jenkins.agents.ControllerToAgentCallable;
import jenkins.agents.ControllerToAgentFileCallable;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What travels to an agent and back, and what doesn't. */
@WithJenkins
class ActTest {
    record Size(String name, long bytes) implements Serializable {
        Size {
            if (bytes < 0) {
                throw new IllegalArgumentException("bytes must not be negative");
            }
        }
    }

    record Measure(TaskListener listener) implements ControllerToAgentFileCallable<Size> {
        @Override
        public Size invoke(File f, VirtualChannel channel) throws IOException {
            listener.getLogger().println("measuring");
            assertThat(Jenkins.getInstanceOrNull()).isNull();
            return new Size(f.getName(), Files.size(f.toPath()));
        }
    }

    record Carrying(Object cargo) implements ControllerToAgentFileCallable<Object> {
        @Override
        public Object invoke(File f, VirtualChannel channel) {
            return cargo;
        }
    }

    static final class Returning implements ControllerToAgentFileCallable<Object> {
        private static final long serialVersionUID = 1L;

        @Override
        public Object invoke(File f, VirtualChannel channel) {
            return new Object();
        }
    }

    record Backwards(FilePath there) implements ControllerToAgentCallable<String, IOException> {
        @Override
        public String call() throws IOException {
            try {
                return there.readToString();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }

    @Test
    void valuesTravelAndListenersTalkBack(JenkinsRule j) throws Exception {
        DumbSlave agent = j.createOnlineSlave();
        FilePath file = agent.getRootPath().child("dir/data.txt");
        file.write("12345", "UTF-8");
        assertThat(file.isRemote()).isTrue();
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        TaskListener listener = new StreamTaskListener(log, StandardCharsets.UTF_8);
        assertThat(file.act(new Measure(listener))).isEqualTo(new Size("data.txt", 5));
        assertThat(log.toString(StandardCharsets.UTF_8)).isEqualToIgnoringNewLines("measuring");
        assertThat(Jenkins.get()).isSameAs(j.jenkins);
    }

    @Test
    void whatCantBeSerializedDoesNotTravelEvenOnTheController(JenkinsRule j) throws Exception {
        FilePath here = j.jenkins.getRootPath();
        FilePath there = j.createOnlineSlave().getRootPath();
        for (FilePath where : List.of(here, there)) {
            assertThatThrownBy(() -> where.act(new Carrying(j.jenkins))).isInstanceOf(NotSerializableException.class);
            assertThatThrownBy(() -> where.act(new Returning())).isInstanceOf(NotSerializableException.class);
        }
        List<String> cargo = List.of("a");
        assertThat(here.act(new Carrying(cargo))).isEqualTo(cargo).isNotSameAs(cargo);
    }

    record Fetching(String what) implements ControllerToAgentFileCallable<Object> {
        @Override
        public Object invoke(File f, VirtualChannel channel) {
            return switch (what) {
                case "list" -> List.of(Map.of("a", 1), Set.of(2L), Arrays.asList(1.5));
                case "time" -> Duration.ofSeconds(90);
                case "array" -> new AtomicLong[0];
                case "enum" -> TimeUnit.DAYS;
                case "error" -> new IllegalStateException("thrown there");
                case "plugin's own" -> new Size("a", 1);
                case "atomic" -> new AtomicLong(1);
                case "random" -> new ArrayList<>(List.of(new Random(1)));
                case "lambda" -> (Supplier<String> & Serializable) () -> what;
                default -> new OrderRetainingMap();
            };
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "time", "array", "enum", "error", "plugin's own"})
    void aControllerReadsTheClassesOfPluginsAndPlainValues(String what, JenkinsRule j) throws Exception {
        Object answer = j.jenkins.getRootPath().act(new Fetching(what));
        assertThat(answer).hasSameClassAs(new Fetching(what).invoke(null, null));
    }

    @ParameterizedTest
    @CsvSource({
        "atomic, java.util.concurrent.atomic.AtomicLong",
        "random, java.util.Random",
        "lambda, java.lang.invoke.SerializedLambda",
        "library, com.thoughtworks.xstream.core.util.OrderRetainingMap"
    })
    void aControllerRefusesAllOtherClasses(String what, String name, JenkinsRule j) throws Exception {
        for (FilePath where :
                List.of(j.jenkins.getRootPath(), j.createOnlineSlave().getRootPath())) {
            assertThatThrownBy(() -> where.act(new Fetching(what)))
                    .isExactlyInstanceOf(IOException.class)
                    .hasMessageStartingWith("Failed to deserialize response to UserRequest:")
                    .hasRootCauseInstanceOf(SecurityException.class)
                    .hasRootCauseMessage("Rejected: " + name + "; see https://jenkins.io/redirect/class-filter/");
        }
    }

    @Test
    void anAgentTakesMoreButNothingDangerous(JenkinsRule j) throws Exception {
        FilePath there = j.createOnlineSlave().getRootPath();
        assertThatThrownBy(() -> there.act(new Carrying(new AtomicLong(3))))
                .hasMessageContaining("deserialize response");
        assertThatThrownBy(() -> there.act(new Carrying(new JSONObject())))
                .hasMessageContaining("Remote call")
                .hasRootCauseMessage("Rejected: net.sf.json.JSONObject; see https://jenkins.io/redirect/class-filter/");
    }

    @Test
    void anAgentCantReachTheController(JenkinsRule j) throws Exception {
        FilePath secret = j.jenkins.getRootPath().child("secret.txt");
        secret.write("s", "UTF-8");
        DumbSlave agent = j.createOnlineSlave();
        assertThatThrownBy(() -> agent.getChannel().call(new Backwards(secret)))
                .isInstanceOf(SecurityException.class)
                .hasMessageContaining("prohibited");
        FilePath own = agent.getRootPath().child("own.txt");
        own.write("mine", "UTF-8");
        assertThat(agent.getChannel().call(new Backwards(own))).isEqualTo("mine");
        j.disconnectSlave(agent);
        assertThatThrownBy(own::readToString).isInstanceOf(hudson.remoting.ChannelClosedException.class);
        assertThat(agent.getRootPath()).isNull();
    }

    @Test
    void patternsAreAnts(JenkinsRule j) throws Exception {
        FilePath root = j.jenkins.getRootPath().child("globs");
        for (String f : List.of("a.csv", "x/b.csv", "x/y/c.csv", "x/y/c.txt", ".git/config")) {
            root.child(f).write("", "UTF-8");
        }
        assertThat(root.list("**/*.csv")).hasSize(3);
        assertThat(root.list("*.csv")).hasSize(1);
        assertThat(root.list("x/")).hasSize(3);
        assertThat(root.list("**", "**/y/**")).hasSize(2);
        assertThat(root.list("a.csv, **/c.*")).hasSize(3);
    }
}
