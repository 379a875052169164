package org.jenkinsci.plugins.workflow.support.steps.build;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.model.Result;
import hudson.model.Run;
import java.io.IOException;
import java.io.Serializable;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** A build as a Jenkinsfile sees it: {@code currentBuild} and its neighbours. */
public final class RunWrapper implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String externalizableId;
    private final boolean currentBuild;

    public RunWrapper(Run<?, ?> build, boolean currentBuild) {
        this.externalizableId = build.getExternalizableId();
        this.currentBuild = currentBuild;
    }

    @CheckForNull
    public Run<?, ?> getRawBuild() {
        return Run.fromExternalizableId(externalizableId);
    }

    private Run<?, ?> build() throws AbortException {
        Run<?, ?> run = getRawBuild();
        if (run == null) {
            throw new AbortException("No build record " + externalizableId + " could be located.");
        }
        return run;
    }

    private Run<?, ?> changeable() throws AbortException {
        if (!currentBuild) {
            throw new AbortException("can only set properties of the current build");
        }
        return build();
    }

    @Whitelisted
    public void setResult(String result) throws AbortException {
        changeable().setResult(Result.fromString(result));
    }

    @Whitelisted
    public void setDescription(String description) throws IOException {
        changeable().setDescription(description);
    }

    @Whitelisted
    public void setDisplayName(String name) throws IOException {
        changeable().setDisplayName(name);
    }

    @Whitelisted
    public void setKeepLog(boolean keep) throws IOException {
        changeable().keepLog(keep);
    }

    @Whitelisted
    public int getNumber() throws AbortException {
        return build().getNumber();
    }

    @CheckForNull
    @Whitelisted
    public String getResult() throws AbortException {
        Result result = build().getResult();
        return result == null ? null : result.toString();
    }

    @Whitelisted
    public String getCurrentResult() throws AbortException {
        Result result = build().getResult();
        return (result == null ? Result.SUCCESS : result).toString();
    }

    @Whitelisted
    public boolean resultIsBetterOrEqualTo(String other) throws AbortException {
        return Result.fromString(getCurrentResult()).isBetterOrEqualTo(Result.fromString(other));
    }

    @Whitelisted
    public boolean resultIsWorseOrEqualTo(String other) throws AbortException {
        return Result.fromString(getCurrentResult()).isWorseOrEqualTo(Result.fromString(other));
    }

    @Whitelisted
    public long getTimeInMillis() throws AbortException {
        return build().getTimeInMillis();
    }

    @Whitelisted
    public long getStartTimeInMillis() throws AbortException {
        return build().getStartTimeInMillis();
    }

    @Whitelisted
    public long getDuration() throws AbortException {
        Run<?, ?> run = build();
        return run.getDuration() != 0 ? run.getDuration() : System.currentTimeMillis() - run.getStartTimeInMillis();
    }

    @Whitelisted
    public String getDurationString() throws AbortException {
        return build().getDurationString();
    }

    @Whitelisted
    public String getDescription() throws AbortException {
        return build().getDescription();
    }

    @Whitelisted
    public String getDisplayName() throws AbortException {
        return build().getDisplayName();
    }

    @Whitelisted
    public String getFullDisplayName() throws AbortException {
        return build().getFullDisplayName();
    }

    @Whitelisted
    public boolean isKeepLog() throws AbortException {
        return build().isKeepLog();
    }

    @Whitelisted
    public String getProjectName() throws AbortException {
        return build().getParent().getName();
    }

    @Whitelisted
    public String getFullProjectName() throws AbortException {
        return build().getParent().getFullName();
    }

    @CheckForNull
    @Whitelisted
    public RunWrapper getPreviousBuild() throws AbortException {
        return wrap(build().getPreviousBuild());
    }

    @CheckForNull
    @Whitelisted
    public RunWrapper getPreviousSuccessfulBuild() throws AbortException {
        return wrap(build().getPreviousSuccessfulBuild());
    }

    @CheckForNull
    @Whitelisted
    public RunWrapper getNextBuild() throws AbortException {
        return wrap(build().getNextBuild());
    }

    @CheckForNull
    private static RunWrapper wrap(@CheckForNull Run<?, ?> run) {
        return run == null ? null : new RunWrapper(run, false);
    }

    @Whitelisted
    public String getId() throws AbortException {
        return build().getId();
    }

    public String getExternalizableId() {
        return externalizableId;
    }

    @Whitelisted
    public String getAbsoluteUrl() throws AbortException {
        return build().getAbsoluteUrl();
    }
}
