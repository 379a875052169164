package hudson.util;

import hudson.model.TaskListener;

/** Base of task listeners. */
public abstract class AbstractTaskListener implements TaskListener {
    private static final long serialVersionUID = 1L;
}
