package io.jenkins.mlops.testbed.pipeline;

import com.cloudbees.groovy.cps.SerializableScript;
import groovy.lang.Closure;
import groovy.lang.MissingPropertyException;
import hudson.AbortException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.TreeSet;

/** The base of every script: methods that it does not have are steps, some variables are there for all. */
public abstract class PipelineScript extends SerializableScript {
    private static final long serialVersionUID = 1L;
    static final Set<String> GLOBALS = new TreeSet<>(Set.of("currentBuild", "env", "params", "scm", "steps"));

    private static final String NO_SCM = "‘scm’ is only there for jobs whose Jenkinsfile comes from source control; "
            + "here the workspace has the files already";

    @Override
    public final Object invokeMethod(String name, Object arguments) {
        if (getBinding().hasVariable(name) && getBinding().getVariable(name) instanceof Closure<?> closure) {
            return closure.call((Object[]) arguments);
        }
        return StepCaller.call(name, arguments);
    }

    @Override
    public Object getProperty(String name) {
        try {
            return super.getProperty(name);
        } catch (MissingPropertyException x) {
            Object global = global(name);
            if (global == null) {
                throw x;
            }
            return global;
        }
    }

    /** Whether {@code name} is a variable that all scripts have, or one of the environment. */
    final boolean hasGlobal(String name) {
        return GLOBALS.contains(name) || global(name) != null;
    }

    private Object global(String name) {
        try {
            return switch (name) {
                case "env" -> new EnvironmentVariable();
                case "params" ->
                    BuildVariables.parameters(Program.current().program.run());
                case "currentBuild" ->
                    BuildVariables.currentBuild(Program.current().program.run());
                case "steps" -> this;
                case "scm" -> throw new AbortException(NO_SCM);
                default -> new EnvironmentVariable().getProperty(name);
            };
        } catch (IOException x) {
            throw new UncheckedIOException(x.getMessage(), x);
        }
    }

    @Override
    public void println() {
        invokeMethod("echo", new Object[] {""});
    }

    @Override
    public void println(Object value) {
        invokeMethod("echo", new Object[] {String.valueOf(value)});
    }

    @Override
    public void print(Object value) {
        println(value);
    }

    /** Groovy has a method of this name for every object; here the step is meant. */
    public final Object sleep(long time) {
        return invokeMethod("sleep", new Object[] {time});
    }
}
