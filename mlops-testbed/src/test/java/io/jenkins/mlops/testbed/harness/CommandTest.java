package io.jenkins.mlops.testbed.harness;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.AbortException;
import hudson.Extension;
import hudson.cli.CLICommand;
import hudson.cli.CLICommandInvoker;
import hudson.model.User;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;

@WithJenkins
class CommandTest {
    /** Says who runs it; fails as it is told. */
    @Extension
    public static final class SayHelloCommand extends CLICommand {
        @Argument(metaVar = "NAME", usage = "whom to greet", required = true)
        private String name = "";

        @Option(name = "--fail", usage = "how to fail")
        private String fail = "";

        @Override
        public String getShortDescription() {
            return "Greets.";
        }

        @Override
        protected int run() throws Exception {
            switch (fail) {
                case "abort" -> throw new AbortException("aborted");
                case "argument" -> throw new IllegalArgumentException("bad argument");
                case "state" -> throw new IllegalStateException("bad state");
                case "rights" -> Jenkins.get().checkPermission(Jenkins.ADMINISTER);
                case "bug" -> throw new UnsupportedOperationException("bug");
                default ->
                    stdout.println("Hello " + name + " from " + User.current().getId());
            }
            return 0;
        }
    }

    private static CLICommandInvoker.Result run(JenkinsRule j, String... args) {
        j.jenkins.setAuthorizationStrategy(
                new MockAuthorizationStrategy().grant(Jenkins.READ).everywhere().to("ann"));
        return new CLICommandInvoker(j, "say-hello").asUser("ann").invokeWithArgs(args);
    }

    @Test
    void runsAsItsUser(JenkinsRule j) {
        CLICommandInvoker.Result result = run(j, "Bob");

        assertThat(result.stdout()).contains("Hello Bob from ann");
        assertThat(result.returnCode()).isZero();
    }

    @Test
    void failsWithTheCodesOfAController(JenkinsRule j) {
        assertThat(run(j).returnCode()).isEqualTo(2);
        assertThat(run(j).stderr()).contains("java -jar jenkins-cli.jar say-hello", "whom to greet");
        assertThat(run(j, "Bob", "--fail", "argument").returnCode()).isEqualTo(3);
        assertThat(run(j, "Bob", "--fail", "state").returnCode()).isEqualTo(4);
        assertThat(run(j, "Bob", "--fail", "abort").returnCode()).isEqualTo(5);
        assertThat(run(j, "Bob", "--fail", "rights").returnCode()).isEqualTo(6);
        assertThat(run(j, "Bob", "--fail", "bug").returnCode()).isEqualTo(1);
        assertThat(new CLICommandInvoker(j, "say-hello").invokeWithArgs("Bob").returnCode())
                .isEqualTo(6);
    }
}
