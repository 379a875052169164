package jenkins.model;

import hudson.model.Action;
import hudson.model.Run;

/** A build's action that is told its build. */
public interface RunAction2 extends Action {
    /** Called when the action joins the build. */
    void onAttached(Run<?, ?> r);

    /** Called after the build was read from disk. */
    void onLoad(Run<?, ?> r);
}
