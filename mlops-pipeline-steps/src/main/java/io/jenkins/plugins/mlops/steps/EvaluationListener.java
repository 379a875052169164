package io.jenkins.plugins.mlops.steps;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Is told of evaluations when they are recorded, before their verdict takes effect on the build. */
public abstract class EvaluationListener implements ExtensionPoint {
    private static final Logger LOGGER = Logger.getLogger(EvaluationListener.class.getName());

    /**
     * An evaluation was recorded. Called on a thread that may wait, such as for a host of code to answer.
     *
     * @param build the build that evaluated
     * @param listener the build's console
     * @param evaluation what was found
     */
    public abstract void onEvaluated(Run<?, ?> build, TaskListener listener, RecordedEvaluation evaluation);

    /** Tells all; one that fails is no failure of the build. */
    static void fire(Run<?, ?> build, TaskListener listener, RecordedEvaluation evaluation) {
        for (EvaluationListener told : ExtensionList.lookup(EvaluationListener.class)) {
            try {
                told.onEvaluated(build, listener, evaluation);
            } catch (RuntimeException | LinkageError x) {
                LOGGER.log(Level.WARNING, x, () -> told + " of " + build);
                listener.getLogger().println("[mlops] the evaluation stands, but it was not passed on: " + x);
            }
        }
    }
}
