package io.jenkins.mlops.testbed.harness;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.File;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.PrintWriter;
import java.io.Serializable;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.Socket;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.fixtures.RealJenkinsFixture;

/** The process of a {@link ControllerProcess}: a controller, and the steps that its test sends. */
final class ControllerMain {
    private ControllerMain() {}

    /**
     * What came of a step.
     *
     * @param result its answer, null if it has none
     * @param failure the stack trace of what it threw, null if it threw nothing
     */
    record Answer(@CheckForNull Object result, @CheckForNull String failure) implements Serializable {}

    public static void main(String[] arguments) throws Throwable {
        JenkinsRule rule = TestHost.inHome(new File(arguments[0]), JenkinsRule::new);
        rule.before();
        try (Socket test = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[1]));
                ObjectOutputStream out = new ObjectOutputStream(test.getOutputStream())) {
            out.writeObject(new Answer(null, null));
            out.flush();
            ObjectInputStream in = new ObjectInputStream(test.getInputStream());
            Object step = in.readObject();
            while (step != null) {
                out.writeObject(answer(step, rule));
                out.flush();
                step = in.readObject();
            }
            rule.after();
            out.writeObject(new Answer(null, null));
        }
        System.exit(0);
    }

    private static Answer answer(Object step, JenkinsRule rule) {
        try {
            if (step instanceof RealJenkinsFixture.Step2<?> question) {
                return new Answer(question.run(rule), null);
            }
            ((RealJenkinsFixture.Step) step).run(rule);
            return new Answer(null, null);
        } catch (Throwable t) {
            StringWriter trace = new StringWriter();
            t.printStackTrace(new PrintWriter(trace));
            return new Answer(null, trace.toString());
        }
    }
}
