package io.jenkins.mlops.testbed.harness;

import io.jenkins.mlops.testbed.host.Folders;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.fixtures.JenkinsSessionFixture;

/** Controllers one after the other in one home, on one port. */
public final class Sessions {
    private final File home;
    private int port;

    public Sessions() {
        try {
            home = Files.createTempDirectory("jenkins-session").toFile();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public File home() {
        return home;
    }

    /** Runs one session. */
    public void run(JenkinsSessionFixture.Step step) throws Throwable {
        if (port == 0) {
            try (ServerSocket free = new ServerSocket(0)) {
                port = free.getLocalPort();
            }
        }
        Session rule = TestHost.inHome(home, () -> new Session(port));
        rule.before();
        try {
            step.run(rule);
        } finally {
            rule.after();
        }
    }

    /** Deletes the home. */
    public void end() {
        try {
            Folders.delete(home.toPath());
        } catch (IOException e) {
            home.deleteOnExit();
        }
    }

    private static final class Session extends JenkinsRule {
        Session(int port) {
            this.localPort = port;
        }
    }
}
