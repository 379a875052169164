package org.jvnet.hudson.test.junit.jupiter;

import io.jenkins.mlops.testbed.harness.Sessions;
import io.jenkins.mlops.testbed.harness.TestExtensions;
import java.io.File;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.jvnet.hudson.test.fixtures.JenkinsSessionFixture;

/** Lets a test start and stop a controller several times in the same home. */
public class JenkinsSessionExtension implements BeforeEachCallback, AfterEachCallback {
    private Sessions sessions;

    public File getHome() {
        return sessions.home();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        TestExtensions.of(context);
        sessions = new Sessions();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        sessions.end();
    }

    /** What a test does in one session. */
    @FunctionalInterface
    public interface Step extends JenkinsSessionFixture.Step {}

    public void then(Step s) throws Throwable {
        if (sessions == null) {
            throw new IllegalStateException("JenkinsSessionExtension must be registered via @RegisterExtension");
        }
        sessions.run(s);
    }
}
