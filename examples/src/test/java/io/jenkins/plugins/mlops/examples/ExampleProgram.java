package io.jenkins.plugins.mlops.examples;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jvnet.hudson.test.JenkinsRule;

/** A program of an example as its build has compiled it, run within the test: each process would cost a second. */
final class ExampleProgram implements AutoCloseable {
    private final URLClassLoader loader;
    private final Method main;

    private ExampleProgram(URLClassLoader loader, Method main) {
        this.loader = loader;
        this.main = main;
    }

    /** A class of {@code classes/} in the workspace of a job. */
    static ExampleProgram of(JenkinsRule j, WorkflowJob job, String name) throws Exception {
        Path classes = Path.of(j.jenkins.getWorkspaceFor(job).getRemote()).resolve("classes");
        URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()});
        return new ExampleProgram(loader, loader.loadClass(name).getMethod("main", String[].class));
    }

    void run(String... arguments) throws ReflectiveOperationException {
        main.invoke(null, (Object) arguments);
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }
}
