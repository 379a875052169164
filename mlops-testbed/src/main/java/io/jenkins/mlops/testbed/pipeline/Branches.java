package io.jenkins.mlops.testbed.pipeline;

import groovy.lang.Closure;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Starts closures other than a step's body. */
public final class Branches {
    private Branches() {}

    /** An invoker of {@code closure} in the surroundings of the step of {@code context}. */
    public static BodyInvoker invoker(StepContext context, Closure<?> closure) {
        try {
            return ((ProgramStepContext) context).newBodyInvoker(closure);
        } catch (IOException x) {
            throw new UncheckedIOException(x);
        }
    }
}
