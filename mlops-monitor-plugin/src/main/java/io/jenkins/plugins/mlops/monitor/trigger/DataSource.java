package io.jenkins.plugins.mlops.monitor.trigger;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.ExtensionPoint;
import hudson.model.Describable;
import hudson.model.Job;
import io.jenkins.mlops.monitor.trigger.DataState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import jenkins.model.Jenkins;

/** Data that is watched for changes. */
public abstract class DataSource implements Describable<DataSource>, ExtensionPoint {
    /** What is watched, on one line for people; without secrets. */
    public abstract String describe();

    /**
     * All that makes another source of it when it changes: what was seen of one source says nothing about another. Without
     * secrets, and the same after a restart.
     */
    protected abstract String identity();

    /**
     * Looks at the data. May wait; never called on a thread that Jenkins shares.
     *
     * @param job the job whose trigger asks, for its credentials
     * @param before what the last look returned; null for the first
     * @param countRows whether rows matter, where counting them costs
     * @throws IOException saying what went wrong, for people; the next look comes later
     */
    protected abstract DataState look(Job<?, ?> job, @CheckForNull DataState before, boolean countRows)
            throws IOException, InterruptedException;

    /** A name for files, from the identity. */
    final String key() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((getClass().getSimpleName() + "\0" + identity()).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException x) {
            throw new IllegalStateException("every Java platform has SHA-256", x);
        }
    }

    @Override
    public DataSourceDescriptor getDescriptor() {
        return (DataSourceDescriptor) Jenkins.get().getDescriptorOrDie(getClass());
    }
}
