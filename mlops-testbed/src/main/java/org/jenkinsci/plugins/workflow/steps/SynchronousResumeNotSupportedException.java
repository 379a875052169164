package org.jenkinsci.plugins.workflow.steps;

/** Why a step on a background thread fails after a restart: its work was lost with the process. */
public class SynchronousResumeNotSupportedException extends Exception {
    private static final long serialVersionUID = 1L;

    @Deprecated
    public SynchronousResumeNotSupportedException() {
        this(null);
    }

    public SynchronousResumeNotSupportedException(StepContext context) {
        super("The Pipeline step cannot be resumed after a controller restart; "
                + "run it inside retry(conditions: [nonresumable()], count: 2) to have it repeated");
    }
}
