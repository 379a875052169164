package org.jvnet.hudson.test.junit.jupiter;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.mlops.testbed.harness.ControllerProcess;
import java.io.File;
import java.io.Serializable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.fixtures.RealJenkinsFixture;

/** Runs a controller in a process of its own, which a test can kill. */
public class RealJenkinsExtension implements BeforeEachCallback, AfterEachCallback {
    private ControllerProcess controller;
    private String[] javaOptions = {};

    public RealJenkinsExtension() {}

    public RealJenkinsExtension javaOptions(String... options) {
        javaOptions = options.clone();
        return this;
    }

    @Override
    public void beforeEach(@NonNull ExtensionContext context) throws Exception {
        controller = new ControllerProcess();
    }

    @Override
    public void afterEach(@NonNull ExtensionContext context) throws Exception {
        controller.end();
    }

    public boolean isAlive() {
        return controller.isAlive();
    }

    public File getHome() {
        return controller.home();
    }

    /** What a test does in the controller's process; the body must not use inner classes or what can't be serialised. */
    @FunctionalInterface
    public interface Step extends RealJenkinsFixture.Step {
        void run(JenkinsRule r) throws Throwable;
    }

    /** What a test does in the controller's process, with an answer. */
    @FunctionalInterface
    public interface Step2<T extends Serializable> extends RealJenkinsFixture.Step2<T> {
        T run(JenkinsRule r) throws Throwable;
    }

    public void startJenkins() throws Exception {
        controller.start(javaOptions);
    }

    public void stopJenkins() throws Exception {
        controller.stop();
    }

    /** Kills the process, as {@code kill -9} does. */
    public void stopJenkinsForcibly() {
        controller.kill();
    }

    public void runRemotely(Step... steps) throws Throwable {
        for (Step step : steps) {
            controller.run(step);
        }
    }

    public <T extends Serializable> T runRemotely(Step2<T> s) throws Throwable {
        return controller.call(s);
    }
}
