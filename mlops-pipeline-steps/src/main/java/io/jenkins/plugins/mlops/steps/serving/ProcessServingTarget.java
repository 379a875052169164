package io.jenkins.plugins.mlops.steps.serving;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.FilePath;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.model.Node;
import io.jenkins.mlops.serving.ProcessEffects;
import io.jenkins.mlops.serving.ProcessSpec;
import io.jenkins.mlops.serving.ReleaseFiles;
import io.jenkins.mlops.serving.RolloutEffects;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Serves a model by a process on the machine of the workspace, which outlives build and agent. */
public final class ProcessServingTarget extends ServingTarget {
    private static final long serialVersionUID = 1L;

    /** Folder below the agent's root in which the endpoints of a machine keep their files. */
    private static final String STATE = "mlops-endpoints";

    private final ArrayList<String> command;
    private ArrayList<String> files = new ArrayList<>();
    private LinkedHashMap<String, String> env = new LinkedHashMap<>();
    private String host = ProcessSpec.LOOPBACK;
    private int port;
    private int stopSeconds = 10;

    /**
     * @param command the program and its arguments, passed without a shell; <code>{model}</code> becomes the path of
     *     the model's files, <code>{port}</code> the port to listen on
     */
    @DataBoundConstructor
    public ProcessServingTarget(List<String> command) {
        this.command = strings(command);
    }

    private static ArrayList<String> strings(@CheckForNull List<?> given) {
        ArrayList<String> copy = new ArrayList<>();
        if (given != null) {
            given.forEach(word -> copy.add(String.valueOf(word)));
        }
        return copy;
    }

    public List<String> getCommand() {
        return Collections.unmodifiableList(command);
    }

    public List<String> getFiles() {
        return Collections.unmodifiableList(files);
    }

    /** Files and folders of the workspace that the process needs beside the model; copied, so that they stay. */
    @DataBoundSetter
    public void setFiles(@CheckForNull List<String> files) {
        this.files = strings(files);
    }

    public Map<String, String> getEnv() {
        return Collections.unmodifiableMap(env);
    }

    /** Environment variables of the process. They are kept on the agent's disk: no secrets. */
    @DataBoundSetter
    public void setEnv(@CheckForNull Map<String, ?> env) {
        this.env = new LinkedHashMap<>();
        if (env != null) {
            env.forEach((name, value) -> this.env.put(String.valueOf(name), String.valueOf(value)));
        }
    }

    public String getHost() {
        return host;
    }

    /** The address to listen on and to name in the endpoint's URL; 127.0.0.1 where none is given. */
    @DataBoundSetter
    public void setHost(@CheckForNull String host) {
        String given = Util.fixEmptyAndTrim(host);
        this.host = given == null ? ProcessSpec.LOOPBACK : given;
    }

    public int getPort() {
        return port;
    }

    /** A fixed port for the endpoint; 0 gives each version a free one. */
    @DataBoundSetter
    public void setPort(int port) {
        this.port = port;
    }

    public int getStopSeconds() {
        return stopSeconds;
    }

    /** How long the process may take to end by itself before it is killed. */
    @DataBoundSetter
    public void setStopSeconds(int stopSeconds) {
        this.stopSeconds = stopSeconds;
    }

    @Override
    public String kind() {
        return "process";
    }

    @Override
    public RolloutEffects prepare(Release release) throws IOException, InterruptedException {
        Node node = release.node();
        FilePath workspace = release.workspace();
        if (node == null || workspace == null) {
            throw new IOException("the target process needs a machine: put the step inside node or an agent");
        }
        FilePath root = node.getRootPath();
        if (root == null) {
            throw new IOException("the agent " + node.getNodeName() + " is offline");
        }
        AgentHost machine = new AgentHost(root);
        String state = root.child(STATE).getRemote();
        ReleaseFiles.Copied copied =
                machine.call(new CopyFiles(workspace.getRemote(), files, state, release.endpoint(), release.id()));
        FilePath model = new ModelDownload(release.version()).into(new FilePath(root.getChannel(), copied.directory()));
        release.listener()
                .getLogger()
                .println("[mlops] the files of version " + release.version().number() + " are at " + model.getRemote());
        ProcessSpec spec = new ProcessSpec(
                        release.endpoint(),
                        release.id(),
                        command,
                        env,
                        copied.directory(),
                        "",
                        host,
                        port,
                        state,
                        TimeUnit.SECONDS.toMillis(stopSeconds))
                .withPlaceholder("model", model.getRemote());
        return new ProcessEffects(
                machine,
                spec,
                String.valueOf(release.version().number()),
                release.version().digest(),
                release.check());
    }

    /** Describes the target {@code process}. */
    @Extension
    @Symbol("process")
    public static final class DescriptorImpl extends Descriptor<ServingTarget> {
        @Override
        public String getDisplayName() {
            return Messages.ProcessServingTarget_displayName();
        }
    }
}
