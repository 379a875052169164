package io.jenkins.plugins.mlops.monitor.hook;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import io.jenkins.mlops.webhook.JsonFormat;
import io.jenkins.mlops.webhook.WebhookFormat;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Any JSON, judged by one value in it. */
public final class JsonHook extends Hook {
    private String pointer = "";
    private String expected = "";
    private String idPointer = "";

    @DataBoundConstructor
    public JsonHook(String credentialsId) {
        super(credentialsId);
    }

    public String getPointer() {
        return pointer;
    }

    /** A JSON Pointer to the value that decides, such as {@code /data/status}; empty to take every request. */
    @DataBoundSetter
    public void setPointer(@CheckForNull String pointer) {
        String given = Util.fixNull(pointer).trim();
        new JsonFormat(given, expected, idPointer);
        this.pointer = given;
    }

    public String getExpected() {
        return expected;
    }

    /** The value that must stand there; empty for any. */
    @DataBoundSetter
    public void setExpected(@CheckForNull String expected) {
        this.expected = Util.fixNull(expected);
    }

    public String getIdPointer() {
        return idPointer;
    }

    /** A JSON Pointer to the id of the event; empty to tell events apart by their whole bodies. */
    @DataBoundSetter
    public void setIdPointer(@CheckForNull String idPointer) {
        String given = Util.fixNull(idPointer).trim();
        new JsonFormat(pointer, expected, given);
        this.idPointer = given;
    }

    @Override
    protected WebhookFormat format() {
        return new JsonFormat(pointer, expected, idPointer);
    }

    @Override
    public String kind() {
        return "json";
    }

    /** Describes the hook. */
    @Extension
    @Symbol("jsonEvent")
    public static final class DescriptorImpl extends HookDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.JsonHook_displayName();
        }
    }
}
