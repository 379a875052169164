package org.jenkinsci.plugins.workflow.actions;

import edu.umd.cs.findbugs.annotations.NonNull;

/** The error that a node ended with. After a restart its text is left, as a plain exception. */
public class ErrorAction implements PersistentAction {
    private transient Throwable error;
    private final String text;

    public ErrorAction(@NonNull Throwable error) {
        this.error = error;
        this.text = error.toString();
    }

    private Object readResolve() {
        error = new Exception(text);
        return this;
    }

    @NonNull
    public Throwable getError() {
        return error;
    }

    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return error.getMessage();
    }

    @Override
    public String getUrlName() {
        return null;
    }
}
